/**
 * Documents in IndexedDB: what the list shows in one object store, what is large in
 * another, so that a list of many documents reads none of their texts.
 */
import { openDB } from "idb";

const SUMMARIES = "summaries";
const CONTENTS = "contents";
const BOTH = [SUMMARIES, CONTENTS];
const PATIENCE_MILLIS = 4000;

let opening;
let patience;

/** Opens the database, once; fails where the browser has none, and as long as it gives no answer. */
export function database() {
  patience ??= noAnswer();
  return Promise.race([atLast(), patience]);
}

/** Opens the database, however long the browser takes: a busy one may answer late. */
export function atLast() {
  opening ??= open();
  return opening;
}

async function open() {
  const database = await openDB("statelab", 1, {
    upgrade(database) {
      database.createObjectStore(SUMMARIES, { keyPath: "id" });
      database.createObjectStore(CONTENTS, { keyPath: "id" });
    },
    // A later version of this page wants to change the database.
    blocking: () => database.close(),
  });
  return database;
}

function noAnswer() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("the browser's database does not answer")), PATIENCE_MILLIS);
  });
}

/** @returns {Promise<string[]>} the summaries, each as JSON */
export async function list() {
  const summaries = await (await database()).getAll(SUMMARIES);
  return summaries.map(({ json }) => json);
}

/** @returns {Promise<string[] | undefined>} summary, text and what stands beside it */
export async function read(id) {
  const transaction = (await database()).transaction(BOTH);
  const [summary, content] = await Promise.all(BOTH.map((name) => transaction.objectStore(name).get(id)));
  return summary && content && [summary.json, content.text, content.beside];
}

/** Both parts are written, or neither. */
export async function write(id, json, text, beside) {
  const transaction = (await database()).transaction(BOTH, "readwrite");
  await Promise.all([
    transaction.objectStore(SUMMARIES).put({ id, json }),
    transaction.objectStore(CONTENTS).put({ id, text, beside }),
    transaction.done,
  ]);
}

/** Removes a document; one that is not there is removed already. */
export async function remove(id) {
  const transaction = (await database()).transaction(BOTH, "readwrite");
  await Promise.all([...BOTH.map((name) => transaction.objectStore(name).delete(id)), transaction.done]);
}

/** Removes everything. */
export async function clear() {
  const transaction = (await database()).transaction(BOTH, "readwrite");
  await Promise.all([...BOTH.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}
