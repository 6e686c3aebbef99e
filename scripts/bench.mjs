// What the benchmarks share: Criterion's figures, and examples built for WebAssembly.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";

import { chromium } from "playwright-core";

/** What every browser has, and what Rust makes use of. */
const FEATURES = ["bulk-memory", "mutable-globals", "multivalue", "nontrapping-float-to-int", "reference-types", "sign-ext"].map((name) => `--enable-${name}`);

const target = process.env.CARGO_TARGET_DIR ?? "target";

/** Runs a program to its end; what it prints is of no interest unless it fails. */
export function command(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? `exit ${status}`}`);
}

/** Criterion's medians of a benchmark's last run: by id, in nanoseconds. */
export function medians(group) {
  const folder = join(target, "criterion");
  const found = new Map();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.startsWith(group) || !file.endsWith(join("new", "estimates.json"))) continue;
    const read = (name) => JSON.parse(readFileSync(join(folder, dirname(file), name), "utf8"));
    found.set(read("benchmark.json").full_id, read("estimates.json").median.point_estimate);
  }
  return (id) => found.get(id) ?? null;
}

/** Builds an example, as the worker that runs is built or for size, for Node.js or the web; tells its folder. */
export function wasm(example, bindings, profile = "release") {
  const triple = "wasm32-unknown-unknown";
  const folder = join(target, "bench", example);
  mkdirSync(folder, { recursive: true });
  command("cargo", ["build", "--quiet", "--profile", profile, "--target", triple, "--features", "web", "--example", example]);
  // That of a program is named as the example is, that of a library as its crate.
  const built = [example, example.replaceAll("-", "_")].map((name) => join(target, triple, profile, "examples", `${name}.wasm`)).find(existsSync);
  command("wasm-bindgen", ["--target", bindings, "--out-dir", folder, "--out-name", example, "--no-typescript", built]);
  const file = join(folder, `${example}_bg.wasm`);
  // As www/index.html has it.
  const optimise = profile === "worker" ? ["-O3", "--one-caller-inline-max-function-size=50"] : ["-Os"];
  command("wasm-opt", [...FEATURES, ...optimise, "-o", file, file]);
  // The bindings for Node.js are no modules, whatever the folders around say.
  if (bindings === "nodejs") writeFileSync(join(folder, "package.json"), '{"type": "commonjs"}');
  return folder;
}

/**
 * A worker of Chromium with an example built for the web: what it is asked goes to the `onmessage`
 * of `script`, a module beside the example, which posts one answer for each.
 */
export async function browserWorker(folder, script) {
  const server = createServer((request, response) => {
    const files = {
      "/": ["text/html", "<!doctype html>"],
      "/worker.js": ["text/javascript", script],
    };
    const path = join(folder, request.url.slice(1));
    if (!files[request.url] && !existsSync(path)) return response.writeHead(404).end();
    const [type, body] = files[request.url] ?? [
      extname(path) === ".wasm" ? "application/wasm" : "text/javascript",
      readFileSync(path),
    ];
    response.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
  const chrome = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
  const page = await chrome.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return {
    ask: (question) => page.evaluate(inWorker, question),
    close: async () => {
      await chrome.close();
      server.close();
    },
  };
}

function inWorker(question) {
  globalThis.worker ??= new Worker("worker.js", { type: "module" });
  return new Promise((resolve, reject) => {
    globalThis.worker.onmessage = ({ data }) => resolve(data);
    globalThis.worker.onerror = (event) => reject(new Error(event.message));
    globalThis.worker.postMessage(question);
  });
}

/** The middle one. */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
