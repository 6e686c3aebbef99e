// Expressions and data from a seed: equal seeds give equal sequences.
import { calls } from "./functions.mjs";
import { plumbing } from "./plumbing.mjs";
import { shapes } from "./shapes.mjs";

const NAMES = ["a", "b", "c", "items", "price", "name", "`x y`"];
/** Of members of data: a name that is a whole number has an order of its own. */
const MEMBERS = ["a", "b", "c", "items", "price", "name", "x y", "2", "12", "012"];
const VARIABLES = ["$x", "$y", "$f", "$v"];
const TEXTS = ["", "a", "ab", "hello world", "é😀z", "12", "-3.5", "a,b;c", " pad  me ", "0x1F", "true", "$1", "2017-10-30T15:28:34Z"];
const NUMBERS = ["0", "1", "2", "3", "-1", "1.5", "10", "0.1", "1e3", "2.5", "-2.5", "100", "1e-7", "123456789012"];
const OPERATORS = ["+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "&", "and", "or", "in", "~>", "."];
const REGEXES = ["/a/", "/[a-z]+/i", "/(l+)(o)?/", "/\\\\s/", "/b|c/", "/^h/", "/o$/m", "/(\\\\d+)/", "/x*y?z/"];
const PICTURES = ["#,##0.00", "0", "000", "#0.0#", "0%", "00.0e0", "#.#", "0;(0)"];
const INTEGER_PICTURES = ["0", "001", "#,##0", "w", "W", "Ww", "I", "i", "A", "a", "0;o", "w;o", "#"];
const DATE_PICTURES = ["[Y]-[M01]-[D01]", "[Y0001][M01][D01]", "[D1o] [MNn] [Y]", "[FNn], [D] [MNn,*-3]", "[H01]:[m01]:[s01].[f001]", "[h]:[m][P]", "[W]/[w] [X]", "[Z] [z]", "[YI]", "[Dw]"];

// Arity and kinds of arguments: s text, n number, b boolean, a array, o object, x any, f function, r regex.
const FUNCTIONS = {
  string: ["x", "xb"], length: ["s"], substring: ["sn", "snn"], substringBefore: ["ss"], substringAfter: ["ss"],
  lowercase: ["s"], uppercase: ["s"], trim: ["s"], pad: ["sn", "sns"], contains: ["ss", "sr"],
  split: ["ss", "sr", "ssn", "srn"], join: ["a", "as"], match: ["sr", "srn"], replace: ["sss", "srs", "srf", "srsn"],
  base64encode: ["s"], encodeUrlComponent: ["s"], encodeUrl: ["s"], decodeUrl: ["s"], decodeUrlComponent: ["s"],
  number: ["x"], abs: ["n"], floor: ["n"], ceil: ["n"], round: ["n", "nn"], power: ["nn"], sqrt: ["n"],
  formatBase: ["n", "nn"], sum: ["a"], max: ["a"], min: ["a"], average: ["a"], count: ["a"],
  boolean: ["x"], not: ["x"], exists: ["x"], type: ["x"], append: ["xx"], sort: ["a", "af"], reverse: ["a"],
  distinct: ["a"], zip: ["a", "aa"], keys: ["o", "x"], lookup: ["os", "xs"], spread: ["o", "x"], merge: ["a"],
  each: ["of"], sift: ["of"], map: ["af"], filter: ["af"], single: ["af"], reduce: ["af", "afx"], error: ["s"], assert: ["bs"],
  eval: ["s"],
  now: ["", "D"], millis: [""],
  formatNumber: ["nP"], formatInteger: ["nI"], parseInteger: ["sI"], fromMillis: ["n", "nD"], toMillis: ["s", "sD"],
};

export function generator(seed) {
  // Sfc32, whose state is large enough that long runs do not meet what others have met.
  let [a, b, c, turn] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b9, 1];
  const random = () => {
    const sum = (((a + b) | 0) + turn) | 0;
    turn = (turn + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 16; round += 1) random();
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (probability) => random() < probability;
  const list = (most, make) => Array.from({ length: below(most + 1) }, make);

  const ownCall = calls({ random, below, pick, chance });
  const shape = shapes({ below, pick, chance });
  const plumb = plumbing({ below, pick, chance });

  function data(depth = 0) {
    switch (below(depth > 3 ? 5 : 9)) {
      case 0:
        return null;
      case 1:
        return chance(0.5);
      case 2:
      case 3:
        return Number(pick(NUMBERS));
      case 4:
        return pick(TEXTS);
      case 5:
      case 6:
        return list(4, () => data(depth + 1));
      default:
        return Object.fromEntries(list(5, () => [pick(MEMBERS), data(depth + 1)]));
    }
  }

  const text = () => JSON.stringify(pick(TEXTS));

  function argument(kind, depth) {
    if (chance(0.15)) return expression(depth + 1);
    switch (kind) {
      case "s":
        return chance(0.7) ? text() : path(depth);
      case "n":
        return chance(0.7) ? pick(NUMBERS) : path(depth);
      case "b":
        return pick(["true", "false"]);
      case "a":
        return chance(0.5) ? `[${list(4, () => (chance(0.6) ? pick(NUMBERS) : text())).join(", ")}]` : path(depth);
      case "o":
        return chance(0.5) ? object(depth) : path(depth);
      case "f":
        return callback(depth);
      case "r":
        return pick(REGEXES).replaceAll("\\\\", "\\");
      case "P":
        return JSON.stringify(pick(PICTURES));
      case "I":
        return JSON.stringify(pick(INTEGER_PICTURES));
      case "D":
        return JSON.stringify(pick(DATE_PICTURES));
      default:
        return expression(depth + 1);
    }
  }

  function callback(depth) {
    if (chance(0.2)) return `$${pick(["string", "not", "exists", "sum", "number", "uppercase", "type", "boolean"])}`;
    const parameters = pick([["$x"], ["$x", "$y"], ["$x", "$y", "$v"], []]);
    const signature = chance(0.1) ? pick(["<n:n>", "<s-:s>", "<x?:x>", "<nn:n>", "<a<n>:n>", "<j-n?:x>"]) : "";
    return `function(${parameters.join(", ")})${signature}{${expression(depth + 1)}}`;
  }

  function object(depth) {
    return `{${list(3, () => `${chance(0.8) ? text() : expression(depth + 1)}: ${expression(depth + 1)}`).join(", ")}}`;
  }

  function call(depth) {
    const name = pick(Object.keys(FUNCTIONS));
    const kinds = [...pick(FUNCTIONS[name])];
    if (chance(0.1)) kinds.pop();
    if (chance(0.03)) kinds.push("x");
    const args = kinds.map((kind) => argument(kind, depth));
    // The reference never ends on zero and negative numbers with an exponent.
    if (kinds.includes("P") && args.some((arg) => arg.includes("e0"))) args[0] = pick(["1", "12345.678", "0.00123"]);
    if (chance(0.05) && args.length > 0) args[below(args.length)] = "?";
    if (chance(0.1) && args.length > 0) return `${args.shift()} ~> $${name}${args.length > 0 || chance(0.8) ? `(${args.join(", ")})` : ""}`;
    return `$${name}(${args.join(", ")})`;
  }

  function step(depth) {
    switch (below(14)) {
      case 0:
        return "*";
      case 1:
        return "**";
      case 2:
        return "%";
      case 3:
        return `(${expression(depth + 1)})`;
      case 4:
        return object(depth);
      case 5:
        return `[${list(3, () => expression(depth + 1)).join(", ")}]`;
      case 6:
        return call(depth);
      case 7:
        return pick(VARIABLES);
      default:
        return pick(NAMES);
    }
  }

  function suffix(depth) {
    switch (below(16)) {
      case 0:
        return `[${pick(NUMBERS)}]`;
      case 1:
        return `[${expression(depth + 1)}]`;
      case 2:
        return "[]";
      case 3:
        return `@${pick(VARIABLES)}`;
      case 4:
        return `#${pick(VARIABLES)}`;
      case 5:
        return `^(${pick(["", "<", ">"])}${expression(depth + 1)})`;
      case 6:
        return object(depth);
      default:
        return "";
    }
  }

  function path(depth) {
    const start = pick(["$", "$$", "", "", "", ""]);
    const steps = Array.from({ length: 1 + below(3) }, () => step(depth) + suffix(depth));
    return [...(start ? [start] : []), ...steps].join(".");
  }

  function expression(depth) {
    if (depth > 4) return chance(0.5) ? pick(NUMBERS) : pick([...NAMES, ...VARIABLES, "$"]);
    switch (below(16)) {
      case 0:
        return pick(NUMBERS);
      case 1:
        return text();
      case 2:
        return pick(["true", "false", "null"]);
      case 3:
      case 4:
        return path(depth);
      case 5:
      case 6:
        return `${expression(depth + 1)} ${pick(OPERATORS)} ${expression(depth + 1)}`;
      case 7:
        return `${expression(depth + 1)} ? ${expression(depth + 1)}${chance(0.8) ? ` : ${expression(depth + 1)}` : ""}`;
      case 8:
        return `(${list(3, () => (chance(0.4) ? `${pick(VARIABLES)} := ${chance(0.3) ? callback(depth) : expression(depth + 1)}` : expression(depth + 1))).join("; ")})`;
      case 9:
        return chance(0.3) ? `[${pick(NUMBERS)}..${pick(NUMBERS)}]` : `[${list(4, () => expression(depth + 1)).join(", ")}]${suffix(depth)}`;
      case 10:
        return object(depth);
      case 11:
        return chance(0.3) ? `-${expression(depth + 1)}` : `${pick(VARIABLES)}(${list(2, () => expression(depth + 1)).join(", ")})`;
      case 12:
        return chance(0.4) ? `$ ~> |${path(depth)}|${object(depth)}${chance(0.3) ? `, ${text()}` : ""}|` : path(depth);
      default:
        return call(depth);
    }
  }

  /** Leaves something out or doubles it, so that errors of syntax occur. */
  function damage(text) {
    const at = below(text.length);
    return chance(0.5) ? text.slice(0, at) + text.slice(at + 1 + below(3)) : text.slice(0, at) + pick([...")]}|;:=?~!@#'\"`/"]) + text.slice(at);
  }

  return () => {
    if (chance(0.25)) return shape();
    if (chance(0.1)) return plumb();
    let text = expression(0);
    if (chance(0.15)) text = damage(text);
    else if (chance(0.1)) text = ownCall();
    return { expression: text, ...(chance(0.95) ? { data: data() } : {}), bindings: { y: data(2), v: pick([1, "a", [1, 2]]) } };
  };
}
