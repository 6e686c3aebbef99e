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
import { generator } from "./generate.mjs";
import { Reference } from "./reference.mjs";

const amount = process.argv[2] ?? "1000";
const seed = Number(process.argv[3] ?? 1);
const statelab = process.env.STATELAB ?? "target/debug/statelab";
const AHEAD = 256;
const SUITE = new URL("../../../shared/conformance/jsonata/suite.json", import.meta.url);

// What differs too, and is an accident that the generator does not make:
// - options of `$formatNumber` that are no texts, no single signs where those are asked for, or one
//   sign for two things, such as a zero that is the decimal separator;
// - the `next` of a match, called twice: all matches of one expression share the place where the
//   reference goes on, so that the second call goes on from the first; here it answers the same;
// - blanks around a number and "Infinity" in a text that tells a regular expression where to
//   begin, `/a/('aa', ' 1 ')`: JavaScript reads them, `$number` does not, and neither does ours.

/** Why an answer may differ, and how to tell. */
const KNOWN = [
  {
    reason: "A function of the language that is applied partly gets its arguments unchecked: what it makes of others than it takes is an accident of JavaScript",
    explains: (_, expected) => expected.unchecked,
  },
  {
    reason: "What a transform puts into an object is shared with where it comes from in the reference: what the same transform changes later is changed there too",
    explains: ({ expression }, expected, actual) => expected.shared && /~>.*\|/s.test(expression) && Boolean(actual.error) === Boolean(expected.error),
  },
  {
    reason: "Sorting loses in the reference that items carry variables: what comes behind sees its own inner objects instead of them",
    explains: (_, expected) => expected.sorted,
  },
  {
    reason: "A group that took no part in a match is undefined in the reference, which texts show as null: arrays of ours have no such elements",
    explains: (_, expected) => expected.unmatched,
  },
  {
    reason: "Weeks of the years before 100 are those of the 20th century in the reference, as JavaScript takes such years: what is read back then may be another day, or none",
    explains: ({ expression }, expected) => expected.early && /fromMillis|toMillis/.test(expression),
  },
  {
    reason: "A time that is none of JavaScript's, such as 2020Z, is read by each browser in its own way, or not at all",
    explains: ({ expression }, expected, actual) => expected.foreign && /toMillis/.test(expression) && Boolean(actual.error) === Boolean(expected.error),
  },
  {
    reason: "Last digits of powers differ between libraries of mathematics, between browsers too: a remainder or a comparison makes more of them",
    explains: ({ expression }, expected, actual) => expected.powered && /[%=<>]/.test(expression) && Boolean(actual.error) === Boolean(expected.error),
  },
  {
    reason: "$formatNumber has signs for what is infinite or no number, as its specification says; the reference leaves them out",
    explains: ({ expression }, expected) => /formatNumber/.test(expression) && /NaN|Infinity/.test(JSON.stringify(expected)),
  },
  {
    reason: "Ours ends what takes too many steps or too much room",
    explains: (_, expected, actual) => actual.error?.code === "U1001",
  },
  {
    reason: "What begins with {% and ends with %} is taken for the braces of a definition",
    explains: ({ expression }) => /^\s*\{%.*%\}\s*$/s.test(expression),
  },
  {
    reason: "Half of a character, which no string of Rust holds",
    explains: ({ expression, data }, expected) => expected.halved || /\\ud[89a-f]/.test(JSON.stringify([expression, data, expected])),
  },
];

const child = spawn(statelab, ["eval", "--lines"], { stdio: ["pipe", "pipe", "inherit"] });
child.on("error", (error) => {
  console.error(`${statelab}: ${error.message}`);
  process.exit(1);
});
const waiting = [];
const answers = createInterface({ input: child.stdout });
answers.on("line", (line) => waiting.shift().resolve(JSON.parse(line)));
answers.on("close", () => {
  if (waiting.length === 0) return;
  console.log(`${statelab} ended at ${JSON.stringify(waiting[0].request)}`);
  process.exit(1);
});

const reference = new Reference();
let compared = 0;
let accidents = 0;
let different = 0;
const explained = new Map(KNOWN.map(({ reason }) => [reason, 0]));

// Both sides work at the same time, some expressions ahead of what is judged.
const asked = [];
for (const request of requests()) {
  asked.push(ask(request));
  if (asked.length >= AHEAD) judge(await asked.shift());
}
for (const each of asked) judge(await each);

reference.close();
child.stdin.end();
let skipped = accidents;
if (reference.endless > 0) console.log(`skipped ${reference.endless}: The reference did not come to an end`);
accidents -= reference.endless;
if (accidents > 0) console.log(`skipped ${accidents}: The reference's answer is an accident of JavaScript or no JSON`);
for (const [reason, count] of explained) {
  skipped += count;
  if (count > 0) console.log(`skipped ${count}: ${reason}`);
}
console.log(`${compared} compared, ${different} different, ${skipped} skipped (seed ${seed})`);
process.exit(different > 0 ? 1 : 0);

function* requests() {
  yield* suite();
  const generate = generator(seed);
  const end = Date.now() + (amount.endsWith("s") ? parseInt(amount) * 1000 : Infinity);
  const last = amount.endsWith("s") ? Infinity : Number(amount);
  for (let count = 0; count < last && Date.now() < end; count += 1) yield generate();
}

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

/** Asks both sides. Ours is not asked where the reference has no answer to hold it against. */
async function ask(generated) {
  const request = { language: "jsonata", ...generated };
  const expected = await reference.answer(request);
  return { request, expected, actual: expected && (await ours(request)) };
}

function ours(request) {
  child.stdin.write(JSON.stringify(request) + "\n");
  return new Promise((resolve) => waiting.push({ request, resolve }));
}

function judge({ request, expected, actual }) {
  if (expected === null) {
    accidents += 1;
    return;
  }
  compared += 1;
  const { result, error } = expected;
  const answer = { result, error };
  if (canonical(actual) === canonical(answer)) return;
  const known = KNOWN.find(({ explains }) => explains(request, expected, actual));
  if (known) {
    explained.set(known.reason, explained.get(known.reason) + 1);
    return;
  }
  different += 1;
  if (different <= 20) {
    const shown = [JSON.stringify(request), `  reference ${canonical(answer)}`, `  ours      ${canonical(actual)}`];
    for (const line of shown) console.log(line.length > 2000 ? `${line.slice(0, 2000)}…` : line);
  }
}

/** Text that is equal for equal answers: numbers without their last digits, which differ
 * between libraries of mathematics, be they values or written out. */
function canonical(value) {
  const rounded = (number) => Number(Number(number).toPrecision(12));
  return JSON.stringify(value, (_, child) => {
    if (typeof child === "string") return child.replace(/\d+\.\d+(e[+-]?\d+)?/g, (text) => (text.length > 13 ? rounded(text) : text));
    return typeof child === "number" ? rounded(child) : child;
  });
}
