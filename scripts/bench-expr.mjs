// Measures our JSONata beside npm `jsonata`, both in this run: over values that are there
// already, natively; from text to text, in WebAssembly; and the reading of expressions.
//
// `make bench-expr` runs this. The cases are those of benches/expr.json. All times are CPU
// time and medians; what counts is how they stand to each other.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { brotliCompressSync } from "node:zlib";

import jsonata from "jsonata";

import { command, median, medians, wasm } from "./bench.mjs";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const AIM = { values: 5, texts: 1, median: 2, compileMicros: 20, languagesBytes: 150_000 };

const cases = JSON.parse(readFileSync("benches/expr.json", "utf8"));
for (const one of cases) one.value = await jsonata(one.data).evaluate({});

command("cargo", ["bench", "--quiet", "--bench", "expr"]);
const ours = { values: medians("values"), compile: medians("compile") };
createRequire(import.meta.url)(join(process.cwd(), wasm("expr-wasm", "nodejs", "worker"), "expr-wasm.js"));
const engine = globalThis.statelab;
const rows = [];
for (const one of cases) rows.push(await compare(one));
report(rows, weight("languages-wasm") - weight("json-wasm"));

/** What an example weighs as it crosses the network. */
function weight(example) {
  return brotliCompressSync(readFileSync(join(wasm(example, "nodejs", "worker"), `${example}_bg.wasm`))).length;
}

async function compare({ name, expression, binding, value }) {
  const compiled = jsonata(expression);
  const text = JSON.stringify(value);
  const bound = (data) => (binding ? [undefined, { [binding]: data }] : [data]);
  const evaluate = async (data) => compiled.evaluate(...bound(data));
  const index = engine.compile(expression, binding ?? "");
  const run = () => engine.evaluate(index, text);
  const answer = JSON.parse(run());
  if (!isDeepStrictEqual(answer, JSON.parse(JSON.stringify(await evaluate(value))))) {
    throw new Error(`${name}: the answers differ`);
  }
  const [texts, wasm] = await measure(async () => JSON.stringify(await evaluate(JSON.parse(text))), run);
  const [values] = await measure(() => evaluate(value));
  const [compile] = await measure(() => jsonata(expression));
  return { name, reference: { values, texts, compile }, native: { values: ours.values(`values/${name}`), compile: ours.compile(`compile/${name}`) }, wasm };
}

/** The median CPU times of calls in nanoseconds. They take turns, so that a machine that is
 * slower for a while is so for all of them. */
async function measure(...runs) {
  const batch = async (run, calls) => {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) await run();
    const { user, system } = process.cpuUsage(start);
    return ((user + system) * 1000) / calls;
  };
  const measured = [];
  for (const run of runs) {
    let calls = 1;
    for (const end = Date.now() + 500; Date.now() < end; ) {
      const once = await batch(run, calls);
      calls = Math.max(1, Math.round(5e7 / Math.max(once, 100)));
    }
    measured.push({ run, calls, times: [] });
  }
  for (let index = 0; index < 15; index += 1) {
    for (const { run, calls, times } of measured) times.push(await batch(run, calls));
  }
  return measured.map(({ times }) => median(times));
}

function report(rows, bytes) {
  const micros = (nanos) => (nanos / 1000).toFixed(nanos < 1e5 ? 2 : 0).padStart(10);
  const times = (ratio) => `${ratio.toFixed(1)}×`.padStart(9);
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = ["values: npm", "native", "faster", "texts: npm", "wasm", "faster", "compile: npm", "native"];
  console.log(`${"µs of CPU time".padEnd(width)} ${head.map((title, at) => title.padStart(at % 3 === 2 && at < 6 ? 9 : 13)).join("")}`);
  for (const row of rows) {
    row.values = row.reference.values / row.native.values;
    row.texts = row.reference.texts / row.wasm;
    const cells = [
      micros(row.reference.values), micros(row.native.values), times(row.values),
      micros(row.reference.texts), micros(row.wasm), times(row.texts),
      micros(row.reference.compile), micros(row.native.compile),
    ];
    console.log(`${row.name.padEnd(width)} ${cells.map((cell, at) => cell.padStart(at % 3 === 2 && at < 6 ? 9 : 13)).join("")}`);
  }
  const all = (key) => rows.map((row) => row[key]);
  const promises = [
    [`values, natively: at least ${AIM.values}× on each`, Math.min(...all("values")), AIM.values],
    [`texts, in WebAssembly: at least ${AIM.texts}× on each`, Math.min(...all("texts")), AIM.texts],
    [`texts, in WebAssembly: at least ${AIM.median}× on the median`, median(all("texts")), AIM.median],
  ];
  for (const [promise, seen, aim] of promises) console.log(`${promise}: ${times(seen).trim()}${seen >= aim ? "" : " MISSED"}`);
  const slowest = Math.max(...rows.map((row) => row.native.compile)) / 1000;
  const isQuick = slowest < AIM.compileMicros;
  console.log(`compile: at most ${AIM.compileMicros} µs: ${slowest.toFixed(1)} µs${isQuick ? "" : " MISSED"}`);
  const isSmall = bytes <= AIM.languagesBytes;
  console.log(`the three languages in WebAssembly, with brotli: at most ${AIM.languagesBytes / 1000} kB: ${(bytes / 1000).toFixed(1)} kB${isSmall ? "" : " MISSED"}`);
  process.exitCode = isQuick && isSmall && promises.every(([, seen, aim]) => seen >= aim) ? 0 : 1;
}
