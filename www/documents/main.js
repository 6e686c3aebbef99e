/**
 * What keeping documents needs of the browser and Rust has no bindings for, behind the one
 * global `statelabDocuments`: the database, the locks between tabs, and a zip file.
 *
 * Every function takes and gives strings, booleans and lists of them; what they mean is
 * known in `src/web/documents`.
 */
import { downloadZip } from "client-zip";

import { atLast, clear, database, list, read, remove, write } from "./database.js";
import { hold, onLost, release, steal, wait } from "./locks.js";

/**
 * Packs files into one, without compressing them.
 * @param {string[]} names
 * @param {string[]} texts
 * @returns {Promise<Blob>}
 */
function zip(names, texts) {
  return downloadZip(names.map((name, index) => ({ name, input: texts[index] }))).blob();
}

globalThis.statelabDocuments = Object.freeze({
  database, atLast, list, read, write, remove, clear, hold, wait, steal, release, onLost, zip,
});

// Both take a moment, which passes while the rest of the page is still loading.
database().catch(() => {});
const last = lastShown();
if (last) hold(last);

/** The id of the document that this tab, or another one, showed last. */
function lastShown() {
  const KEY = "statelab.document";
  try {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
