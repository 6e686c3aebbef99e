// Compares our JSONata with the reference on generated expressions: results, and of errors
// code, position and message.
//
//   node tests/differential/jsonata.mjs [seconds] [seed]
//
// It needs `statelab` built (`cargo build --features native`), or STATELAB naming it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import jsonata from "jsonata";
import { generator } from "./generate.mjs";

const seconds = Number(process.argv[2] ?? 10);
const seed = Number(process.argv[3] ?? 1);
const statelab = process.env.STATELAB ?? "target/debug/statelab";

const child = spawn(statelab, ["eval", "--lines"], { stdio: ["pipe", "pipe", "inherit"] });
child.on("error", (error) => {
  console.error(`${statelab}: ${error.message}`);
  process.exit(1);
});
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

const generate = generator(seed);
const end = Date.now() + seconds * 1000;
let compared = 0;
let skipped = 0;
let different = 0;
while (Date.now() < end) {
  const request = { language: "jsonata", ...generate() };
  const expected = await reference(request);
  if (expected === null) {
    skipped += 1;
    continue;
  }
  child.stdin.write(JSON.stringify(request) + "\n");
  const { value, done } = await answers.next();
  if (done) {
    console.log(`${statelab} ended at ${JSON.stringify(request)}`);
    different += 1;
    break;
  }
  compared += 1;
  const actual = JSON.parse(value);
  if (canonical(actual) !== canonical(expected)) {
    // The members of a constructor are evaluated at once in the reference: which of several
    // errors comes first is an accident.
    if (actual.error && expected.error && /[[{].*,|[[{].*:/.test(request.expression)) {
      skipped += 1;
      continue;
    }
    different += 1;
    if (different <= 20) {
      console.log(`${JSON.stringify(request)}\n  reference ${canonical(expected)}\n  ours      ${canonical(actual)}`);
    }
  }
}
child.stdin.end();
console.log(`${compared} compared, ${different} different, ${skipped} skipped (seed ${seed})`);
process.exit(different > 0 ? 1 : 0);

/** What the reference answers; null where its answer is an accident of JavaScript. */
async function reference({ expression, data, bindings }) {
  try {
    const compiled = jsonata(expression);
    let steps = 0;
    compiled.assign(Symbol.for("jsonata.__evaluate_entry"), () => {
      steps += 1;
      if (steps > 10000) throw new Error("too long");
    });
    const result = await compiled.evaluate(structuredClone(data), bindings);
    return plain(result) ? JSON.parse(JSON.stringify(result === undefined ? {} : { result })) : null;
  } catch (error) {
    if (typeof error?.code !== "string" || /_jsonata_|async/.test(error.message)) return null;
    return JSON.parse(JSON.stringify({ error: { code: error.code, message: error.message, position: error.position } }));
  }
}

/** Whether a result is JSON: no functions, no infinities, nothing in a circle. */
function plain(value, depth = 0) {
  if (depth > 50) return false;
  if (value === undefined && depth === 0) return true;
  if (value === null) return true;
  switch (typeof value) {
    case "number":
      return Number.isFinite(value);
    case "string":
    case "boolean":
      return true;
    case "object":
      return !value._jsonata_lambda && !value._jsonata_function && Object.values(value).every((child) => plain(child, depth + 1));
    default:
      return false;
  }
}

/** Text that is equal for equal answers: members in order of their names, numbers without
 * their last digits, which differ between libraries of mathematics. */
function canonical(value) {
  return JSON.stringify(value, (_, child) => typeof child === "number" ? Number(child.toPrecision(14)) :
    child && typeof child === "object" && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
