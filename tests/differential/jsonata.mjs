// Compares our JSONata with the reference: results, and of errors code, position and
// message. First the cases of the official suite, where it lies beside the repository, then
// generated expressions over generated data.
//
//   node tests/differential/jsonata.mjs [expressions] [seed]
//
// A number is that of generated expressions; one with an `s` behind it is the seconds to
// generate for.
// It needs `statelab` built (`cargo build --features native`), or STATELAB naming it. The
// last line is "N compared, N different, N skipped"; what is different for a known reason
// is skipped, and counted by reason.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import jsonata from "jsonata";
import { generator } from "./generate.mjs";

const amount = process.argv[2] ?? "1000";
const seed = Number(process.argv[3] ?? 1);
const statelab = process.env.STATELAB ?? "target/debug/statelab";
const SUITE = new URL("../../../shared/conformance/jsonata/suite.json", import.meta.url);

/** Why an answer may differ, and how to tell. */
const KNOWN = [
  {
    reason: "The members of a constructor are evaluated at once in the reference: which of several errors comes first is an accident",
    explains: ({ expression }, expected, actual) => expected.error && actual.error && /[[{].*,|[[{].*:/s.test(expression),
  },
  {
    reason: "The reference's position is one in a text that it made up",
    explains: (_, expected, actual) => expected.error?.code === "S0208" && expected.error.position === 26 && expected.error.message === actual.error?.message,
  },
  {
    reason: "Half of a character, which no string of Rust holds",
    explains: ({ expression, data }) => /\\ud[89a-f]/.test(JSON.stringify([expression, data])),
  },
];

/** The reference's functions, whose errors would tell the place of an earlier call. */
const own = await Promise.all(
  [...readFileSync(new URL("../../node_modules/jsonata/jsonata.js", import.meta.url), "utf8").matchAll(/staticFrame\.bind\('(\w+)'/g)].map(
    ([, name]) => jsonata(`$${name}`).evaluate(),
  ),
);

const child = spawn(statelab, ["eval", "--lines"], { stdio: ["pipe", "pipe", "inherit"] });
child.on("error", (error) => {
  console.error(`${statelab}: ${error.message}`);
  process.exit(1);
});
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

let compared = 0;
let accidents = 0;
let different = 0;
const explained = new Map(KNOWN.map(({ reason }) => [reason, 0]));

for (const request of suite()) await compare(request);
const generate = generator(seed);
const end = Date.now() + (amount.endsWith("s") ? parseInt(amount) * 1000 : Infinity);
const last = amount.endsWith("s") ? Infinity : Number(amount);
for (let count = 0; count < last && Date.now() < end; count += 1) await compare(generate());

child.stdin.end();
let skipped = accidents;
if (accidents > 0) console.log(`skipped ${accidents}: The reference's answer is an accident of JavaScript or no JSON`);
for (const [reason, count] of explained) {
  skipped += count;
  if (count > 0) console.log(`skipped ${count}: ${reason}`);
}
console.log(`${compared} compared, ${different} different, ${skipped} skipped (seed ${seed})`);
process.exit(different > 0 ? 1 : 0);

/** The cases of the suite that end by themselves. */
function* suite() {
  if (!existsSync(SUITE)) {
    console.log("The official suite is not beside the repository: generated expressions only");
    return;
  }
  const { datasets, groups } = JSON.parse(readFileSync(SUITE, "utf8"));
  for (const one of Object.values(groups).flat()) {
    if (one.timelimit || one.depth) continue;
    const data = one.dataset ? datasets[one.dataset] : one.data;
    yield { expression: one.expr, ...(data === undefined ? {} : { data }), bindings: one.bindings ?? {} };
  }
}

async function compare(generated) {
  const request = { language: "jsonata", ...generated };
  const expected = await reference(request);
  if (expected === null) {
    accidents += 1;
    return;
  }
  child.stdin.write(JSON.stringify(request) + "\n");
  const { value, done } = await answers.next();
  if (done) {
    console.log(`${statelab} ended at ${JSON.stringify(request)}`);
    process.exit(1);
  }
  compared += 1;
  const actual = JSON.parse(value);
  if (canonical(actual) === canonical(expected)) return;
  const known = KNOWN.find(({ explains }) => explains(request, expected, actual));
  if (known) {
    explained.set(known.reason, explained.get(known.reason) + 1);
    return;
  }
  different += 1;
  if (different <= 20) {
    console.log(`${JSON.stringify(request)}\n  reference ${canonical(expected)}\n  ours      ${canonical(actual)}`);
  }
}

/** What the reference answers; null where its answer is an accident of JavaScript. */
async function reference({ expression, data, bindings }) {
  for (const called of own) {
    delete called.token;
    delete called.position;
  }
  try {
    const compiled = jsonata(expression);
    const later = laterSteps(compiled.ast());
    let steps = 0;
    let isAccident = false;
    compiled.assign(Symbol.for("jsonata.__evaluate_entry"), (node, input) => {
      steps += 1;
      if (steps > 10000) throw new Error("too long");
      // A predicate that holds keeps even what is missing, and the path goes on from it.
      isAccident ||= input === undefined && later.has(node);
    });
    compiled.assign(Symbol.for("jsonata.__evaluate_exit"), (_node, _input, _scope, result) => {
      isAccident ||= Array.isArray(result) && result.includes(undefined);
    });
    let result;
    try {
      result = await compiled.evaluate(structuredClone(data), bindings);
    } finally {
      if (isAccident) return null;
    }
    return plain(result) ? JSON.parse(JSON.stringify(result === undefined ? {} : { result })) : null;
  } catch (error) {
    if (typeof error?.code !== "string" || /_jsonata_|async/.test(error.message)) return null;
    return JSON.parse(JSON.stringify({ error: { code: error.code, message: error.message, position: error.position } }));
  }
}

/** The steps of all paths but the first ones. */
function laterSteps(ast) {
  const found = new Set();
  const seen = new Set();
  const walk = (node) => {
    if (node === null || typeof node !== "object" || seen.has(node)) return;
    seen.add(node);
    if (node.type === "path") for (const step of node.steps.slice(1)) found.add(step);
    Object.values(node).forEach(walk);
  };
  walk(ast);
  return found;
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
      // The text of a function of the reference's own.
      return !value.includes("async function");
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
