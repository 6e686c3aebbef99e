// Measures how fast a definition is read, lowered and checked: natively, and in WebAssembly as
// the program is built that helps to edit in the page.
//
// `make bench-validate` runs this. All times are CPU time and medians.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { command, median, medians, wasm } from "./bench.mjs";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
/** Milliseconds natively. */
const AIM = { "33 states": 1, "1 MB": 50 };

command("cargo", ["bench", "--quiet", "--bench", "validate"]);
const native = medians("validate");
createRequire(import.meta.url)(join(process.cwd(), wasm("validate-wasm", "nodejs"), "validate-wasm.js"));
const { definition, check } = globalThis.statelab;

console.log("milliseconds of CPU time      bytes    native   WebAssembly");
let isMissed = false;
for (const [name, aim] of Object.entries(AIM)) {
  const text = definition(name);
  const millis = native(`validate/${name}`) / 1e6;
  isMissed ||= millis >= aim;
  const cells = [text.length.toLocaleString("en").padStart(12), millis.toFixed(3).padStart(10), measure(() => check(text)).toFixed(3).padStart(14)];
  console.log(`${name.padEnd(22)} ${cells.join("")}   asked natively: below ${aim}${millis < aim ? "" : " MISSED"}`);
}
process.exitCode = isMissed ? 1 : 0;

/** The median of a call in milliseconds. */
function measure(run) {
  const once = (calls) => {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / calls;
  };
  // What the engine compiles for speed it has compiled after these.
  for (const end = Date.now() + 1000; Date.now() < end; ) run();
  const calls = Math.max(1, Math.round(50 / once(3)));
  return median(Array.from({ length: 15 }, () => once(calls)));
}
