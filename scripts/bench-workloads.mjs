// Measures the interpreter on the workloads of ../shared/bench beside
// aws-local-stepfunctions, both in this run: natively, and in a worker of Chromium.
//
// `make bench-workloads` runs this; the peer is installed below target/ and wants Node 22.
// Natively and for the peer it is CPU time; a browser tells only the clock's, of which the
// quickest of ten runs is taken. What counts is how the figures stand to each other.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { browserWorker, command, medians, wasm } from "./bench.mjs";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const shared = "../shared/bench";
const target = process.env.CARGO_TARGET_DIR ?? "target";
const PEER = "aws-local-stepfunctions@3.0.0";
/** Times the peer; transitions per second where the peer cannot or crawls. */
const AIM = { native: 10, browser: 5, perSecond: 50_000 };

/** A worker that runs a workload ten times and tells the quickest. */
const WORKER = `
  import init from "./workloads-wasm.js";
  const ready = init();
  onmessage = async ({ data: [definition, input] }) => {
    await ready;
    let output;
    const times = [];
    for (let run = 0; run < 10; run += 1) {
      const start = performance.now();
      output = runWorkload(definition, input);
      times.push(performance.now() - start);
    }
    postMessage({ output, millis: Math.min(...times) });
  };
`;

if (!existsSync(shared)) {
  console.log(`skipped: no ${shared}`);
  process.exit(0);
}
const load = (name) => readFileSync(join(shared, "workloads", name), "utf8");
const workloads = JSON.parse(load("manifest.json"));

const peers = peer();
command("cargo", ["bench", "--quiet", "--bench", "workloads"]);
const native = medians("workloads");
const browser = await inBrowser();
report();

/** The peer's transitions per second of CPU time by workload. */
function peer() {
  const folder = join(target, "bench-peer");
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "peers.mjs", "workloads"]) cpSync(join(shared, name), join(folder, name), { recursive: true });
  command("npm", ["install", "--silent", "--no-save", "--prefix", folder, PEER]);
  const { stdout } = spawnSync("npx", ["-y", "-p", "node@22", "node", join(folder, "peers.mjs")], { encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  return new Map(lines.map((line) => [line.workload, line.ok ? line.per_cpu_s : null]));
}

/** Events and peak memory of one run in a process of its own. */
function once(name) {
  const { stdout, stderr, status } = spawnSync("cargo", ["bench", "--quiet", "--bench", "workloads", "--", "--once", name], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim() ? JSON.parse(stdout) : null;
}

/** Transitions per second in a worker of Chromium by workload. */
async function inBrowser() {
  const worker = await browserWorker(wasm("workloads-wasm", "web", "worker"), WORKER);
  try {
    const found = new Map();
    for (const { name, transitions } of workloads) {
      const answer = await worker.ask([load(`${name}.asl.json`), load(`${name}.input.json`)]);
      if (!answer.output) continue;
      if (!isDeepStrictEqual(JSON.parse(answer.output).output, JSON.parse(load(`${name}.expected.json`)))) throw new Error(`${name}: wrong output in the browser`);
      found.set(name, transitions / (answer.millis / 1000));
    }
    return found;
  } finally {
    await worker.close();
  }
}

function report() {
  const number = (value) => (value === null || value === undefined ? "–" : Math.round(value).toLocaleString("en")).padStart(12);
  const times = (ratio) => (ratio ? `${ratio.toFixed(1)}×` : "–").padStart(9);
  console.log("transitions per second         peer      native               browser                  events     peak MB");
  let isMissed = false;
  for (const { name, transitions } of workloads) {
    const nanos = native(`workloads/${name}`);
    const seen = once(name);
    if (!nanos || !seen) {
      console.log(`${name.padEnd(22)} not run`);
      continue;
    }
    const ours = { native: transitions / (nanos / 1e9), browser: browser.get(name) };
    const other = peers.get(name);
    const isRacing = other && name !== "6-payload";
    const ratio = (key) => (other ? ours[key] / other : null);
    const misses = isRacing ? ["native", "browser"].filter((key) => ratio(key) < AIM[key]) : ["native"].filter((key) => ours[key] < AIM.perSecond);
    isMissed ||= misses.length > 0;
    console.log(`${name.padEnd(22)} ${number(other)}${number(ours.native)}${times(ratio("native"))}${number(ours.browser)}${times(ratio("browser"))}${number(seen.events)}${number(seen.peakKilobytes / 1024)}${misses.length > 0 ? `  MISSED: ${misses.join(", ")}` : ""}`);
  }
  process.exitCode = isMissed ? 1 : 0;
}
