// Measures how fast a definition is read, lowered and checked: natively, and in a worker of
// Chromium, as the program is built that helps to edit in the page.
//
// `make bench-validate` runs this. Natively it is CPU time; a browser tells only the clock's. All
// are medians.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { browserWorker, command, medians, wasm } from "./bench.mjs";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
/** Milliseconds natively. */
const AIM = { "33 states": 1, "1 MB": 50 };

/** Checks a definition until the engine has compiled for speed what it does, and then times it. */
const WORKER = `
  import init from "./validate-wasm.js";
  const ready = init();
  onmessage = async ({ data: name }) => {
    await ready;
    const { definition, check } = statelab;
    const text = definition(name);
    const once = (calls) => {
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) check(text);
      return (performance.now() - start) / calls;
    };
    const first = once(1);
    for (const end = performance.now() + 1000; performance.now() < end; ) check(text);
    const calls = Math.max(1, Math.round(50 / once(3)));
    const times = Array.from({ length: 15 }, () => once(calls)).sort((a, b) => a - b);
    postMessage({ bytes: text.length, first, millis: times[7] });
  };
`;

command("cargo", ["bench", "--quiet", "--bench", "validate"]);
const native = medians("validate");
const worker = await browserWorker(wasm("validate-wasm", "web"), WORKER);
console.log("milliseconds                  bytes    native   in Chromium   the first time there");
let isMissed = false;
for (const [name, aim] of Object.entries(AIM)) {
  const { bytes, first, millis: browser } = await worker.ask(name);
  const millis = native(`validate/${name}`) / 1e6;
  isMissed ||= millis >= aim;
  const cells = [bytes.toLocaleString("en").padStart(12), millis.toFixed(3).padStart(10), browser.toFixed(3).padStart(14), first.toFixed(1).padStart(23)];
  console.log(`${name.padEnd(22)} ${cells.join("")}   asked natively: below ${aim}${millis < aim ? "" : " MISSED"}`);
}
await worker.close();
process.exitCode = isMissed ? 1 : 0;
