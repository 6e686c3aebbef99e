// Functions as values: kept in variables and members, handed on, composed, applied partly,
// called first and last. Where a call was made and by which name is what their errors tell.

const OWN = ["uppercase", "length", "sum", "sort", "map", "filter", "reduce", "single", "append", "keys", "string", "number", "substring", "contains", "split", "replace", "match", "each", "sift", "exists", "count", "not", "boolean", "type", "zip", "merge", "spread", "lookup", "join", "distinct", "reverse", "formatNumber", "toMillis", "fromMillis", "error", "assert", "round", "power", "pad", "max", "average", "abs", "trim", "encodeUrl"];
const VARIABLES = ["$f", "$g", "$h", "$x"];
const PARAMETERS = ["", "$x", "$f", "$f,$x", "$x,$g"];
const SIGNATURES = ["<n:n>", "<s>", "<f:a>", "<x-:x>", "<a<n>:n>", "<j?>"];
const VALUES = ["1", "'a'", "[1,2]", "a", "b", "{'a':1}", "null", "$", "missing", "true", "'b'", "[]"];
const OPERATORS = ["=", "!=", "in", "&", "and", "or"];
const DATA = { a: 1, b: [1, 2] };

/** What makes expressions with their data, from a source of chance. */
export function plumbing({ below, pick, chance }) {
  /** How many levels an expression may still have. */
  let room = 0;
  const deeper = (make) => {
    room -= 1;
    const text = room < 0 ? pick([...VALUES, ...VARIABLES]) : pick(make)();
    room += 1;
    return text;
  };
  const list = (most, make) => Array.from({ length: below(most + 1) }, make).join(",");

  const value = () => (chance(0.8) ? pick([...VALUES, ...VARIABLES]) : expression());
  const argument = () => (chance(0.35) ? fn() : value());
  const own = () => `$${pick(OWN)}`;
  const some = () => `(${list(3, argument)})`;
  /** Arguments of which one at least is left open. */
  const open = () => {
    const given = Array.from({ length: 1 + below(3) }, () => (chance(0.5) ? "?" : argument()));
    given[below(given.length)] = "?";
    return `(${given.join(",")})`;
  };

  const FUNCTIONS = [
    own, own,
    () => pick(VARIABLES), () => pick(VARIABLES),
    () => `function(${pick(PARAMETERS)})${chance(0.15) ? pick(SIGNATURES) : ""}{${expression()}}`,
    () => `function($f){$f${some()}}`,
    () => "function($f,$g){$g($f)}",
    () => `$single(${fn()})`,
    () => `$append(${fn()},[])[0]`,
    () => `(${fn()} ~> ${fn()})`,
    () => `${fn()} ~> ${fn()}`,
    () => `${own()}${open()}`,
    () => `${pick(VARIABLES)}${open()}`,
    () => `(${fn()})`,
    () => `{'k':${fn()}}.k`,
    () => `{'k':${fn()}}.*`,
    () => `[${fn()}][0]`,
    () => `[${fn()},${fn()}]`,
    () => `|${pick(["a", "$", "b"])}|{${chance(0.5) ? `'z':${value()}` : ""}}|`,
    () => pick(["/a+/", "/b*/"]),
    () => `(true ? ${fn()} : 1)`,
    () => `(${pick(VARIABLES)} := ${fn()})`,
    () => `$reduce(${fn()},${fn()})`,
    () => `$lookup({'k':${fn()}},'k')`,
  ];
  const fn = () => deeper(FUNCTIONS);
  const callee = () => {
    const called = fn();
    return /^(\$\w+|function.*\}|\(.*\))$/s.test(called) || chance(0.3) ? called : `(${called})`;
  };

  const EXPRESSIONS = [
    () => `${callee()}${some()}`,
    () => `${callee()}${some()}`,
    () => `${own()}${some()}`,
    () => `${own()}${some()}`,
    () => `${value()} ~> ${fn()}`,
    () => `${value()} ~> ${callee()}${some()}`,
    () => `(${expression()})`,
    () => `(${pick(VARIABLES)} := ${fn()}; ${expression()})`,
    () => `(${pick(VARIABLES)} := ${fn()}; ${pick(VARIABLES)} := ${fn()}; ${expression()})`,
    () => `[${expression()}]`,
    () => `[${expression()},${expression()}]`,
    () => `(${expression()};${expression()})`,
    () => `${expression()} ${pick(OPERATORS)} ${expression()}`,
    () => `(${value()} ? ${expression()} : ${expression()})`,
    () => `{'k':${expression()}}`,
    () => `b.(${expression()})`,
    () => `[1,2][${expression()}]`,
    () => `[1,2]^(${expression()})`,
    () => `[1,2].${callee()}${some()}`,
  ];
  const expression = () => deeper(EXPRESSIONS);

  return () => {
    room = 3 + below(5);
    return { expression: expression(), data: DATA, bindings: {} };
  };
}
