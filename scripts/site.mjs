// The built site: its files, their sizes, and a small server for them.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export const folder = join(dirname(fileURLToPath(import.meta.url)), "../dist");

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** @returns {string[]} the files of the site, relative to its folder */
export function files() {
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.split(sep).join("/"))
    .sort();
}

/** A file's name without the hash of its content. */
export function plain(name) {
  return name.replace(/-[0-9a-f]{12,}/, "");
}

/**
 * The parts of the site. `onPage` are those that are loaded before it takes input; the
 * second file of the program, the workers, the examples and the rest of the editor come later.
 * @returns {{name: string, raw: number, brotli: number, onPage: boolean}[]}
 */
export function parts() {
  measured ??= files().map((file) => {
    const content = readFileSync(join(folder, file));
    const name = plain(file);
    return { name, raw: content.length, brotli: best(content).length, onPage: !/^(worker|assistant|later|examples|editor-)/.test(name) };
  });
  return measured;
}

let measured;

/** Packs as small as it gets, which takes seconds for a large file: once for each content. */
function best(content) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../target/packed");
  const file = join(folder, `${createHash("sha256").update(content).digest("hex")}.br`);
  try {
    return readFileSync(file);
  } catch {
    const packed = brotliCompressSync(content);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, packed);
    return packed;
  }
}

/**
 * Serves the site on a free port of this machine, below `prefix`; with the packing `best`
 * as small as a good host does.
 * @param {{prefix?: string, port?: number, packing?: "quick" | "best"}} [options]
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export function serve({ prefix = "/", port = 0, packing = "quick" } = {}) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : null;
    const file = path === null ? null : join(folder, normalize(path === "" ? "index.html" : path));
    if (file === null || relative(folder, file).startsWith("..")) return missing(response);
    let content;
    try {
      content = readFileSync(file);
    } catch {
      return missing(response);
    }
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": "no-store",
      vary: "accept-encoding",
    };
    const encoding = encodingOf(request.headers["accept-encoding"] ?? "");
    if (encoding) {
      const key = `${encoding} ${file} ${statSync(file).mtimeMs}`;
      if (!packed.has(key)) packed.set(key, packing === "best" && encoding === "br" ? best(content) : pack[encoding](content));
      content = packed.get(key);
      headers["content-encoding"] = encoding;
    }
    response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : content);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}${prefix}`,
        close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))),
      });
    });
  });
}

/** Packs quickly: the smallest form of a large file takes most of a minute. */
const pack = {
  br: (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (content) => gzipSync(content),
};

function encodingOf(accepted) {
  const names = accepted.split(",").map((entry) => entry.split(";")[0].trim());
  if (names.includes("br")) return "br";
  return names.includes("gzip") ? "gzip" : null;
}

function missing(response) {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
}
