/**
 * What keeping documents needs of the browser and Rust has no bindings for, behind the one
 * global `statelabDocuments`: the database, the locks between tabs, zip files and pictures.
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

/** Canvases above this width or height are refused by some browsers. */
const MOST_PIXELS = 8192;

/**
 * Draws an SVG picture in pixels, two for each of its own where that is not too many.
 * @param {string} svg
 * @returns {Promise<Blob>} a PNG file
 */
async function pixels(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(2, MOST_PIXELS / Math.max(width, height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

globalThis.statelabDocuments = Object.freeze({
  database, atLast, list, read, write, remove, clear, hold, wait, steal, release, onLost, zip, pixels,
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
