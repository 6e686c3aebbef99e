// npm `jsonata` in a process of its own, since nothing bounds how long it takes or how much
// memory. Answers come in the order of the questions.
//
// Its clock stands still, and the members of constructors are made to follow one another. In
// the reference they are evaluated at once, so that which of several errors comes first is an
// accident.
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** How long one expression may take; most take less than a millisecond. */
const LIMIT = 5_000;

/** What the process says first. */
const READY = "ready";

/** What an expression is ended with that takes too many steps. */
const TOO_LONG = "the comparison does not wait for this";

/** Messages of the engine below, and of this comparison, which `$eval` takes into its own. */
const ACCIDENTS = new RegExp(`_jsonata_|async|Cannot read properties|is not (a function|iterable)|Maximum call stack|Invalid code point|${TOO_LONG}`);

/** What to ask. An answer is `{ result }`, `{}`, or `{ error }`, or null where it is an
 * accident of JavaScript; `unchecked` says that a function got arguments that its signature
 * refuses, `shared` that a value has an object in two places, `sorted` that a path sorts
 * items that carry variables and goes on with them, `halved` that there was half of a character
 * on the way, `unmatched` a group of a regular expression that took no part, `early` that a day
 * was told of a year before 100, `foreign` that a text was read as a time that is none of
 * JavaScript's, `powered` that a power is no whole number. `endless` counts
 * what did not come to an end. */
export class Reference {
  endless = 0;
  #waiting = [];
  #process;
  #timer;

  constructor() {
    this.#start();
  }

  answer(request) {
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve });
      this.#process.send(request);
    });
  }

  close() {
    clearInterval(this.#timer);
    this.#stop();
  }

  #start() {
    const answering = fork(fileURLToPath(import.meta.url), ["answer"], {
      // Values that JSON does not have are told apart.
      serialization: "advanced",
      execArgv: ["--max-old-space-size=2048"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    let seen = 0;
    let answered = 0;
    let isReady = false;
    answering.on("message", (answer) => {
      if (answer === READY) {
        isReady = true;
        return;
      }
      if (answer?.fault) throw new Error(`the comparison itself is wrong: ${answer.fault}`);
      answered += 1;
      this.#waiting.shift().resolve(answer);
    });
    answering.on("exit", () => {
      if (!isReady) throw new Error("the reference does not start");
      // It ran out of memory.
      this.#restart();
    });
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (this.#waiting.length > 0 && answered === seen) this.#restart();
      seen = answered;
    }, LIMIT);
    this.#process = answering;
    for (const { request } of this.#waiting) answering.send(request);
  }

  #stop() {
    this.#process.removeAllListeners();
    this.#process.on("error", () => {});
    this.#process.kill("SIGKILL");
  }

  #restart() {
    this.#stop();
    this.endless += 1;
    this.#waiting.shift()?.resolve(null);
    this.#start();
  }
}

/** What there is to tell of the expression at hand, and whether it is an accident. */
let told = {};

/** It stands still at the time that `statelab eval` tells where it is given none. */
class Clock extends Date {
  constructor(...args) {
    super(...(args.length > 0 ? args : [Clock.now()]));
  }

  static now() {
    return Date.UTC(2026);
  }

  /** Reads what is no time of JavaScript as the browser at hand happens to. */
  static parse(text) {
    told.foreign ||= !/^([+-]\d{6}|\d{4})(-\d\d){0,2}(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text);
    return Date.parse(text);
  }

  /** Takes the years before 100 for those of the 20th century: so do the weeks of the reference. */
  static UTC(year, ...rest) {
    told.early ||= year >= 0 && year < 100;
    return Date.UTC(year, ...rest);
  }
}

/** Notes that a power is one whose last digits may differ from those of ours. */
const Powers = new Proxy(Math, {
  get: (math, name) => (name === "pow" ? power : math[name]),
});

function power(base, exponent) {
  const result = Math.pow(base, exponent);
  told.powered ||= Number.isFinite(result) && !Number.isSafeInteger(result);
  return result;
}

const isAnswering = process.argv[2] === "answer" && process.argv[1] === fileURLToPath(import.meta.url);
const SOURCE = readFileSync(new URL("../../node_modules/jsonata/jsonata.js", import.meta.url), "utf8");
const jsonata = isAnswering ? load() : null;

/** Notes that a group took no part in a match. That arrays, objects and what is missing are
 * searched in as texts is an accident. */
class Groups extends RegExp {
  exec(text) {
    const match = super.exec(text);
    look(() => {
      told.accident ||= text !== null && !["string", "number", "boolean"].includes(typeof text);
      told.unmatched ||= match?.includes(undefined);
    });
    return match;
  }
}

if (isAnswering) {
  const own = await functions();
  process.send(READY);
  let turn = Promise.resolve();
  process.on("message", (request) => {
    turn = turn.then(async () => {
      for (const [called, made] of own) {
        for (const member of Object.keys(called)) delete called[member];
        Object.assign(called, made);
      }
      told = { accident: false };
      process.send(await answer(request));
    });
  });
}

function load() {
  let constructors = 0;
  let source = SOURCE.replace(/Promise\.all\(([\w.()]+)\s*\.map\((async [\s\S]*?\n\s*\})\)\)/g, (_, list, visit) => {
    constructors += 1;
    return `inTurn(${list}, ${visit})`;
  });
  if (constructors !== 2) throw new Error(`the reference has ${constructors} places where it evaluates members`);
  let definitions = 0;
  source = source.replace(/(function defineFunction\(func, signature\) \{[^}]*\}[^}]*\}\s*return )definition;/, (_, made) => {
    definitions += 1;
    return `${made}watched(definition);`;
  });
  if (definitions !== 1) throw new Error(`the reference has ${definitions} places where it defines functions`);
  const inTurn = async (list, visit) => {
    const results = [];
    for (const [index, each] of list.entries()) results.push(await visit(each, index));
    return results;
  };
  const module = { exports: {} };
  new Function("module", "exports", "inTurn", "watched", "Date", "Math", source)(module, module.exports, inTurn, watched, Clock, Powers);
  return module.exports;
}

/** The reference's functions, each with its members as they were made: it keeps the place of its
 * last call, which a later error would tell, and a transform may change it. */
async function functions() {
  const names = [...SOURCE.matchAll(/staticFrame\.bind\('(\w+)'/g)].map(([, name]) => name);
  const own = await Promise.all(names.map((name) => jsonata(`$${name}`).evaluate()));
  return own.map((called) => [called, { ...called }]);
}

/** A function that notes when it runs with arguments that its signature refuses or changes:
 * one that is applied partly gets them unchecked. */
function watched(called) {
  const { implementation, signature } = called;
  if (!signature) return called;
  const watching = function (...args) {
    // Functions are objects with members of their own.
    look(() => (told.accident ||= implementation.name === "spread" && hasFunction(args[0])));
    let checked = [];
    try {
      checked = signature.validate(args, undefined);
    } catch {
      told.unchecked = true;
    }
    look(() => (told.unchecked ||= args.some((arg, index) => arg !== checked[index] && arg !== undefined)));
    return implementation.apply(this, args);
  };
  // The parameters are read from the text.
  watching.toString = () => implementation.toString();
  Object.defineProperty(watching, "length", { value: implementation.length });
  return { ...called, implementation: watching };
}

/** What to answer, with what there is to tell; or where this comparison is wrong itself. */
async function answer(request) {
  try {
    const answer = await evaluate(request);
    if (told.fault) throw told.fault;
    return answer && { ...answer, ...told };
  } catch (error) {
    return { fault: error.stack };
  }
}

/** Looks at what the reference is about to do or did. It takes an error for one of its own, so
 * that one of ours is kept. That a value is deeper than the stack is none. */
function look(at) {
  try {
    at();
  } catch (error) {
    if (error instanceof RangeError) told.accident = true;
    else told.fault ??= error;
  }
}

/** What the reference answers; null where its answer is an accident of JavaScript. */
async function evaluate({ expression, data, bindings }) {
  const before = text([data, bindings]);
  let compiled;
  try {
    compiled = jsonata(expression, { RegexEngine: Groups });
  } catch (error) {
    return failure(error);
  }
  const { later, updates, patterns, isThunkGrouped, isTupleSorted } = inspect(compiled.ast());
  if (isThunkGrouped) return null;
  told.sorted = isTupleSorted;
  let steps = 0;
  const entering = (node, input) => {
    // A step of a block that looks for its parent hands on the engine's own tuples.
    told.accident ||= isTuple(input);
    told.halved ||= hasHalf(input);
    // A predicate that holds keeps even what is missing, and the path goes on from it.
    told.accident ||= input === undefined && later.has(node);
    // Functions are objects with members of their own; so are arrays that the engine marked.
    told.accident ||= isWild(node) && (hasFunction(input) || isMarked(input));
    told.accident ||= node.type === "descendant" && hasFunctionWithin(input);
    // A constructor that a path begins with is applied to a list even of what is missing, and
    // an object constructor adds what is missing to an empty array.
    told.accident ||= Array.isArray(input) && input.includes(undefined) && (!input.sequence || looksAtInput(node));
  };
  const leaving = (node, input, result) => {
    told.halved ||= hasHalf(result);
    told.shared ||= node.type === "apply" && hasShared(result, new Set());
    told.accident ||= Array.isArray(input) && input.includes(undefined) && !input.sequence;
    told.accident ||= Array.isArray(result) && hasMissing(result);
    // A grouping adds what is missing to an empty array; as a pattern it does so in the copy.
    told.accident ||= patterns.has(node) && hasHole(input);
    // The text of a function of the reference's own.
    told.accident ||= typeof result === "string" && result.includes("async function");
    // So is what a transform makes of functions.
    told.accident ||= (isWild(node) || patterns.has(node) || updates.has(node)) && hasFunction(result);
    // A transform gives an array what it gives objects; what is named by a number is an element.
    told.accident ||= Array.isArray(input) && updates.has(node) && Object.keys(result ?? {}).some((name) => /^\d+$/.test(name));
  };
  compiled.assign(Symbol.for("jsonata.__evaluate_entry"), (node, input) => {
    look(() => entering(node, input));
    steps += 1;
    if (steps > 10000) throw new Error(TOO_LONG);
  });
  compiled.assign(Symbol.for("jsonata.__evaluate_exit"), (node, input, _scope, result) => look(() => leaving(node, input, result)));
  let answer;
  try {
    const result = await compiled.evaluate(data, bindings);
    answer = () => success(result);
  } catch (error) {
    answer = () => failure(error);
  }
  // A constructor adds to an empty array that it is applied to, and a transform may reach the
  // data itself.
  return told.accident || text([data, bindings]) !== before ? null : answer();
}

/** What a result is answered with. */
function success(result) {
  if (!plain(result)) return null;
  told.shared ||= hasShared(result, new Set());
  return JSON.parse(JSON.stringify(result === undefined ? {} : { result }));
}

/** What an error is answered with. */
function failure({ code, message, position }) {
  if (typeof code !== "string" || ACCIDENTS.test(message)) return null;
  return JSON.parse(JSON.stringify({ error: { code, message, position } }));
}

/** The text of values; undefined where they contain themselves. */
function text(values) {
  try {
    return JSON.stringify(values);
  } catch {
    return undefined;
  }
}

/** Whether a node makes something of its input as a whole. */
function looksAtInput({ type, value }) {
  return ["function", "apply", "lambda"].includes(type) || isWild({ type }) || (type === "variable" && value === "");
}

function isWild({ type }) {
  return type === "wildcard" || type === "descendant";
}

/** Whether a value is a function of the language or has some among its elements. */
function hasFunction(value) {
  if (Array.isArray(value)) return value.some(hasFunction);
  return typeof value === "function" || Boolean(value?._jsonata_lambda || value?._jsonata_function);
}

/** Whether there is a function of the language anywhere in a value. */
function hasFunctionWithin(value) {
  if (hasFunction(value)) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(hasFunctionWithin);
}

/** Whether a value is what the engine keeps an item and its variables in. */
function isTuple(value) {
  return value !== null && typeof value === "object" && Object.hasOwn(value, "@");
}

/** Whether a value is an array with a mark that is seen as a member. */
function isMarked(value) {
  return Array.isArray(value) && Object.keys(value).length > value.length;
}

/** Whether something is missing among the elements of an array, or of arrays in it. */
function hasMissing(array) {
  return array.includes(undefined) || array.some((each) => Array.isArray(each) && hasMissing(each));
}

/** Whether something is missing in an array anywhere in a value. */
function hasHole(value) {
  if (value === null || typeof value !== "object") return false;
  return (Array.isArray(value) && value.includes(undefined)) || Object.values(value).some(hasHole);
}

/** Whether a value is half of a character or has some among its elements. */
function hasHalf(value) {
  if (Array.isArray(value)) return value.some((each) => typeof each === "string" && !each.isWellFormed());
  return typeof value === "string" && !value.isWellFormed();
}

/** The steps of all paths with their predicates, of the first one all but the first; what
 * transforms put into objects, and what into; whether items with variables are sorted and then sorted again,
 * grouped, chosen from or handed on; and whether there is a grouping or a predicate behind the
 * last call of a function, which then is applied to the call that is still to be made, or to
 * nothing. */
function inspect(ast) {
  const later = new Set();
  const updates = new Set();
  const patterns = new Set();
  const seen = new Set();
  let isThunkGrouped = false;
  let isTupleSorted = false;
  const predicates = (node) => [...(node.predicate ?? []), ...(node.stages ?? [])].map(({ expr }) => expr);
  const walk = (node) => {
    if (node === null || typeof node !== "object" || seen.has(node)) return;
    seen.add(node);
    if (node.type === "path") {
      for (const step of node.steps.slice(1)) for (const each of [step, ...predicates(step)]) later.add(each);
      const isTuple = node.steps.some((step) => step.tuple);
      const sorts = node.steps.filter((step) => step.type === "sort");
      isTupleSorted ||= isTuple && (sorts.length > 1 || sorts.some((step) => node.group || node.tuple || step.stages || step.predicate));
    }
    for (const each of predicates(node).slice(1)) later.add(each);
    if (node.type === "transform") {
      updates.add(node.update);
      patterns.add(node.pattern);
    }
    const last = { block: [node.expressions?.at?.(-1)], condition: [node.then, node.else] }[node.type] ?? [];
    isThunkGrouped ||= last.some((each) => each?.thunk) && Boolean(node.group ?? node.predicate);
    isThunkGrouped ||= Boolean(node.thunk && node.body?.group);
    Object.values(node).forEach(walk);
  };
  walk(ast);
  return { later, updates, patterns, isThunkGrouped, isTupleSorted };
}

/** Whether an object is in a value twice. */
function hasShared(value, seen) {
  if (value === null || typeof value !== "object") return false;
  if (seen.has(value)) return true;
  seen.add(value);
  return Object.values(value).some((child) => hasShared(child, seen));
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
      return !hasFunction(value) && Object.values(value).every((child) => plain(child, depth + 1));
    default:
      return false;
  }
}
