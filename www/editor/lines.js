/**
 * Line endings. CodeMirror counts every line break as one unit; a file from Windows has
 * two. The application's text is never rewritten, so offsets are converted here.
 *
 * - `lf`: no carriage return at all; nothing to convert.
 * - `crlf`: every line break is `\r\n`; an offset moves by the number of lines before it.
 * - `raw`: anything else; carriage returns stay in the document as visible characters.
 *
 * @typedef {"lf" | "crlf" | "raw"} Mode
 * @typedef {{from: number, to: number, insert: string}} Change
 */

const LONE_RETURN = /\r(?!\n)/;
const LONE_FEED = /(^|[^\r])\n/;

/** @param {string} text @returns {Mode} */
export function modeOf(text) {
  if (!text.includes("\r")) return "lf";
  return LONE_RETURN.test(text) || LONE_FEED.test(text) ? "raw" : "crlf";
}

/** What CodeMirror is to split lines at; `undefined` is any of the three line endings. */
export function separatorOf(mode) {
  return mode === "raw" ? "\n" : undefined;
}

/** What a line break of the editor is in the application's text. */
export function breakOf(mode) {
  return mode === "crlf" ? "\r\n" : "\n";
}

/**
 * The application's offset of a position in the editor.
 * @param {Mode} mode
 * @param {import("@codemirror/state").Text} doc
 */
export function toText(mode, doc, position) {
  return mode === "crlf" ? position + doc.lineAt(position).number - 1 : position;
}

/**
 * The editor's position of an offset of the application, clamped to the document.
 * An offset between `\r` and `\n` gives the end of the line.
 * @param {Mode} mode
 * @param {import("@codemirror/state").Text} doc
 */
export function fromText(mode, doc, offset) {
  if (mode !== "crlf") return Math.min(Math.max(offset, 0), doc.length);
  let low = 1;
  let high = doc.lines;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (doc.line(middle).from + middle - 1 <= offset) low = middle;
    else high = middle - 1;
  }
  const line = doc.line(low);
  return Math.min(Math.max(offset - (low - 1), line.from), line.to);
}

/**
 * Whether `changes` leave every line break of `text` as `mode` promises.
 * @param {Mode} mode
 * @param {string} text
 * @param {Change[]} changes
 */
export function keepsMode(mode, text, changes) {
  if (mode === "raw") return true;
  return changes.every(({ from, to, insert }) => {
    if (mode === "lf") return !insert.includes("\r");
    const splits = (at) => text[at - 1] === "\r" && text[at] === "\n";
    return !splits(from) && !splits(to) && !LONE_RETURN.test(insert) && !LONE_FEED.test(insert);
  });
}

/** @param {string} text @param {Change[]} changes sorted, in offsets of `text` */
export function applyTo(text, changes) {
  let result = "";
  let at = 0;
  for (const { from, to, insert } of changes) {
    result += text.slice(at, from) + insert;
    at = to;
  }
  return result + text.slice(at);
}
