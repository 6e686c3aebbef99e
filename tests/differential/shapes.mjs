// Short expressions in which much stands behind little: predicates, orders, variables, groupings
// and calls behind names, over data that is made for them. How the forms of the language go
// together is seen best where nothing else goes wrong.

const NAMES = ["a", "b", "c", "d"];
const DATA = [
  { a: 1, c: { d: [1, 2] } },
  [{ a: { b: 1 }, c: 3 }, { a: { b: 2 }, c: [4] }],
  { a: [{ b: [1, [2]], c: "x" }, { b: 3, c: "y" }], c: [] },
  { a: [[{ b: 1 }], [{ b: 2 }, { b: [] }]], b: { a: { b: 5 } } },
  { a: { b: [{ c: 1 }, { c: 2 }] }, b: "b", c: null },
  [[1, 2], [3]],
  [],
  3,
  "éx",
  null,
  undefined,
];
const PLAIN = ["$", "$$", "*", "**", "%", "%.%", "$v", "$i", "$x", "[1,2]", "[]", "{}", "'é'", "1", "null", "true", "$count", "$string", "$sum", "$uppercase", "$string(?)"];
const OF_ONE = ["count", "keys", "sum", "merge", "distinct", "sort", "spread", "reverse", "exists", "type", "boolean", "not", "join", "max", "single"];

/** What makes expressions with their data, from a source of chance. */
export function shapes({ below, pick, chance }) {
  /** So many parts an expression may still have. */
  let room = 0;
  const name = () => pick(NAMES);

  const ATOMS = [
    () => `(${inner()})`,
    () => `(${inner()};${inner()})`,
    () => `($v:=${inner()};${inner()})`,
    () => `[${inner()}]`,
    () => `[${inner()},${inner()}]`,
    () => `{"k":${inner()}}`,
    () => `{${inner()}:${inner()}}`,
    () => `-${atom()}`,
    () => `function($x){${inner()}}`,
    () => `function($x,$y){$x}(${inner()})`,
    () => `function(){${inner()}}()`,
    () => `|${inner()}|${inner()}|`,
    () => `|${inner()}|{"${name()}":${inner()}}|`,
    () => `$${pick(OF_ONE)}(${inner()})`,
    () => `$${pick(["append", "zip"])}(${inner()},${inner()})`,
    () => `$append(?,${inner()})`,
    () => `$lookup(${inner()},"a")`,
    () => `$${pick(["map", "filter", "reduce", "each", "sift"])}(${inner()},function($v,$i){${inner()}})`,
  ];
  function atom() {
    room -= 1;
    if (room < 0 || chance(0.35)) return name();
    return chance(0.4) ? pick(PLAIN) : pick(ATOMS)();
  }

  const BEHIND = [
    (it) => `${it}.${atom()}`,
    (it) => `${it}.${atom()}`,
    (it) => `${it}.${name()}`,
    (it) => `${it}.${name()}`,
    (it) => `${it}.%`,
    (it) => `${it}.*`,
    (it) => `${it}[${pick(["0", "-1", ""])}]`,
    (it) => `${it}[]`,
    (it) => `${it}[${inner()}]`,
    (it) => `${it}{${inner()}:${inner()}}`,
    (it) => `${it}^(${inner()})`,
    (it) => `${it}^(>${name()})`,
    (it) => `${it}@$${pick(["v", "i", ""])}`,
    (it) => `${it}#$${pick(["v", "i", ""])}`,
    (it) => `${it}(${inner()})`,
    (it) => `(${it})`,
    (it) => `[${it}]`,
    (it) => `${it}~>${atom()}`,
    (it) => `${it}?${inner()}:${inner()}`,
    (it) => `${it}${pick(["&", " in ", "=", "..", " and ", "+"])}${atom()}`,
  ];
  const built = (most) => {
    let expression = atom();
    for (let count = below(most + 1); count > 0; count -= 1) expression = pick(BEHIND)(expression);
    return expression;
  };
  const inner = () => {
    const most = room > 0 ? 1 : 0;
    room -= most;
    return built(most);
  };

  return () => {
    room = 1 + below(chance(0.5) ? 4 : 12);
    const expression = built(5);
    const data = pick(DATA);
    return { expression, ...(data === undefined ? {} : { data }), bindings: chance(0.5) ? {} : { v: 1, i: [5] } };
  };
}
