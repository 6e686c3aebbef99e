/**
 * One writer for each document: the tab that holds its lock. A browser without Web Locks
 * lets every tab write; there the last one wins.
 */
const nameOf = (id) => `statelab.document.${id}`;

/** What this tab holds: id → the function that lets it go. */
const held = new Map();
/** What this tab waits for: id → what ends the waiting. */
const waiting = new Map();
/** Requests without an answer, so that asking twice is asking once. */
const asked = new Map();
let lost = () => {};

/** @param {(id: string) => void} act called when another tab has taken a document over */
export function onLost(act) {
  lost = act;
}

/** @returns {Promise<boolean>} whether this tab may write; at once */
export function hold(id) {
  if (held.has(id)) return Promise.resolve(true);
  if (!asked.has(id)) {
    asked.set(id, request(id, { ifAvailable: true }).finally(() => asked.delete(id)));
  }
  return asked.get(id);
}

/** @returns {Promise<boolean>} whether this tab may write, when no other does any more */
export function wait(id) {
  waiting.get(id)?.abort();
  const controller = new AbortController();
  waiting.set(id, controller);
  return request(id, { signal: controller.signal }).finally(() => {
    if (waiting.get(id) === controller) waiting.delete(id);
  });
}

/** @returns {Promise<boolean>} takes the document from whichever tab has it */
export function steal(id) {
  waiting.get(id)?.abort();
  return request(id, { steal: true });
}

/** Neither holds nor waits any longer. */
export function release(id) {
  waiting.get(id)?.abort();
  held.get(id)?.();
  held.delete(id);
}

function request(id, options) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    let release;
    const granted = (lock) => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      return new Promise((done) => {
        release = done;
        held.set(id, release);
      });
    };
    navigator.locks.request(nameOf(id), options, granted).catch(() => {
      const wasHeld = release !== undefined && held.get(id) === release;
      if (wasHeld) {
        held.delete(id);
        lost(id);
        return;
      }
      // The waiting was given up; or the browser refuses locks here, then every tab writes.
      resolve(options.signal?.aborted !== true);
    });
  });
}
