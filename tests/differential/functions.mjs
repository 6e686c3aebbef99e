// Calls of the language's functions with arguments that they take, of more kinds than the
// expressions around them have: what a function makes of its arguments is seen best alone.

const TEXTS = ["", "a", "ab", "hello world", "12", "-3.5", "a,b;c", "  pad  me ", "0x1F", "true", "aXbXc", "ééà", "lollol", "foo bar baz", "2017-10-30T15:28:34Z", "a1b22c333", "A-b_C d", "x\ny\nz", '\t"q"\\', "one hundred", "日本語"];
const CODED = ["%41", "%E4%BD%A0", "%", "%zz", "aGVsbG8=", "aGVsbG8", "@@", "https://a.b/c?d=é&f=g h", "%C3%A9"];
const NUMBERS = ["0", "0.5", "1.5", "2.5", "-0.5", "-1.5", "1e-7", "1e15", "123456789.987", "0.1", "0.005", "999.995", "-0"];
const NUMERALS = ["1e5", "0x1f", "0b11", "0o17", " 12", "1.", ".5", "-", "1e", "Infinity", "-0x1", "+1", "1_000", "1e400", "-1e-400", "00012", "1E5", "0B1", "0X1F", "NaN", "", " ", "1,5", "12abc"];
const INTEGER_PICTURES = ["w", "W", "Ww", "I", "i", "A", "a", "0", "001", "#,##0", "w;o", "Ww;o", "0;o", "#:000", "١", "٠٠١", "0,000", "#,##,##0", "##0;o(-a)"];
/** A number shows the component as digits, a letter as Roman numerals, letters, words or a name. */
const COMPONENTS = ["[Y]", "[Y0001]", "[M01]", "[M]", "[MNn]", "[D]", "[D01]", "[D1o]", "[H01]", "[H]", "[h]", "[P]", "[PN]", "[m01]", "[s01]", "[f001]", "[Z]", "[z]", "[d]", "[F]", "[FNn]", "[W]", "[w]", "[X0001]", "[x]", "[Z01:01]", "[Z0101t]", "[YI]", "[Dw]", "[DWwo]", "[Y,2]", "[MN,3-3]"];
const PRESENTATIONS = ["", "1", "01", "001", "0001", "I", "i", "N", "n", "Nn", "w", "W", "Ww", "A", "a", "o", "1o", "wo", "Wwo", "t", "#1", "9,999", "##01", "#,##0", "0#", "01:01", "01.01", "01:01t", "1c", "1a", "01o", "٠١", "##"];
const WIDTHS = [",2", ",*-3", ",2-4", ",*", ",3-3", ",1", ",4-4", ",*-2", ",4-", ",-3", ",0-0", ",0", ",3-2", ",x", ",1-1", ",1-2", ",2-2", ",*-*", ",12-13"];
const ZONES = ["+0530", "-0800", "+0000", "-0000", "+1400", "0530", "+05:30", "Z", "", "+5"];
const TIMES = ["2017", "2017-10", "2017-10-30", "2017-10-30T15", "2017-10-30T15:28", "2017-10-30T15:28:34", "2017-10-30T15:28:34.5", "2017-10-30T15:28:34.123456Z", "2017-10-30T15:28:34+01:00", "2017-10-30T15:28:34+0100", "2017-13-01", "2017-02-30", "-002017-01-01T00:00:00Z", "+012017-01-01", "2017-10-30T24:00:00Z", "17-1-1"];
const TYPES = [..."snblofjxau", "a<s>", "a<n>", "f<n:n>", "(sn)", "(sao)", "(nbl)", "a<a<n>>", "a<(sn)>", "(s]", "(^s)"];
const ATOMS = ["a", "b", "l", "o", " ", "X", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\b", "[a-c]", "[^a]", "[a-z0-9]", "\\.", "-", "1", "^", "$", "é", "\\1"];
const QUANTIFIERS = ["*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{0,}", "??"];
const MATCHERS = ["function($s){null}", "function($s){false}", "$contains(?, 'a')", "function($s){{'match': 'a', 'start': 0, 'end': 1, 'groups': ['b'], 'next': function(){missing}}}"];
const CALLBACKS = ["function($v){$v}", "function($v, $i){$i}", "function($v, $i, $a){$count($a)}", "function($v){$v > 1}", "function($a, $b){$a > $b}", "function($a, $b){$a & $b}", "$string", "$sum", "$boolean", "function($v, $k){{$k: $v}}", "function($a, $b, $i, $all){$i}", "$type", "$append", "function(){1}", "$uppercase ~> $trim", "$substring(?, 1)", "function($v)<n:n>{$v + 1}", "function($v)<s-:s>{$v & 'x'}", "/[ab1]/", "/(l+)(o)?/"];
/** Characters that stand for nothing else in a picture. */
const OPTIONS = { "decimal-separator": [",", "·"], "grouping-separator": [" ", "'"], "minus-sign": ["~", "m"], percent: ["p"], "per-mille": ["q"], "zero-digit": ["٠", "0"], digit: ["D"], "pattern-separator": ["|"], infinity: ["inf"], NaN: ["nan"], "exponent-separator": ["E"] };

/** What makes calls, from a source of chance. */
export function calls({ random, below, pick, chance }) {
  const json = JSON.stringify;
  const times = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make).join("");
  const some = (most, make) => Array.from({ length: below(most + 1) }, make);
  const members = (names, value) => `{${[...new Set(some(3, () => pick(names)))].map((name) => `${json(name)}: ${value(name)}`).join(", ")}}`;

  const text = () => (chance(0.8) ? pick(TEXTS) : times(0, 6, () => pick([...'ab lo01-.,;Xé\n"$'])));
  const string = () => json(text());
  const number = () => {
    switch (below(8)) {
      case 0:
        return String(below(10 ** (1 + below(9))));
      case 1:
        return String(Math.floor(random() * 1e15));
      case 2:
        return (random() * 10 ** (1 + below(3))).toFixed(below(6));
      case 3:
        return `-${(random() * 100).toFixed(below(3))}`;
      case 4:
        return `${below(30)}.5`;
      case 5:
        return String(random());
      case 6:
        return pick(NUMBERS);
      default:
        return (random() * 10 ** below(12)).toPrecision(1 + below(15)).replace("+", "");
    }
  };
  const value = () => {
    switch (below(7)) {
      case 0:
        return pick(["true", "false", "null"]);
      case 1:
        return array();
      case 2:
        return object();
      case 3:
      case 4:
        return string();
      default:
        return number();
    }
  };
  const array = () => `[${some(5, value).join(", ")}]`;
  const numbers = () => `[${some(5, number).join(", ")}]`;
  const object = () => members(["a", "b", "c", "1", "10", "x y"], value);

  // The reference never ends on zero and negative numbers with an exponent.
  const picture = () => {
    const part = () => times(0, 1, () => pick([..."ab$("])) + times(1, 6, () => pick([..."##00,,."])) + (chance(0.2) ? pick(["%", "‰", ")", " x"]) : "");
    return part() + (chance(0.2) ? `;${part()}` : "");
  };
  const options = () => members(Object.keys(OPTIONS), (name) => json(pick(OPTIONS[name])));
  const integerPicture = () => (chance(0.4) ? pick(INTEGER_PICTURES) : times(1, 6, () => pick([..."##00,,.:-"])) + (chance(0.2) ? pick([";o", ";c", ";o(x)", ";t"]) : ""));
  const component = () => `[${pick([..."YYMMDDdFWwXxHhPmsfZzCE"])}${pick(PRESENTATIONS)}${chance(0.25) ? pick(WIDTHS) : ""}]`;
  const datePicture = () => json(times(1, 6, () => (chance(0.7) ? pick(COMPONENTS) : component()) + pick(["", "-", " ", "/", ":", "T", ", ", "[[", "]]", "."])));
  const zone = () => json(chance(0.8) ? pick(ZONES) : times(0, 6, () => pick([..."+-0123456789"])));
  const millis = () => (chance(0.9) ? String(Math.floor((random() * 2 - 0.7) * 4e12)) : pick(["0", "1", "-1", "1e12", "253402300799999", "951782400000"]));

  const atom = (depth) => {
    if (depth > 2 || chance(0.8)) return pick(ATOMS);
    return `${pick(["(", "(", "(?:", "(?="])}${regexBody(depth + 1)})`;
  };
  const regexBody = (depth) => times(1, 3, () => atom(depth) + (chance(0.35) ? pick(QUANTIFIERS) : "")) + (chance(0.2) ? `|${times(1, 2, () => atom(depth))}` : "");
  const matcher = () => (chance(0.1) ? pick(MATCHERS) : `/${regexBody(0)}/${pick(["", "", "i", "m", "im"])}`);
  const pattern = () => (chance(0.2) ? string() : matcher());
  const replacement = () => {
    if (chance(0.2)) return pick(["function($m){$m.match & '!'}", "function($m){$string($m.start)}", "function($m){$m.groups[0]}", "$uppercase"]);
    return json(chance(0.7) ? times(0, 4, () => pick(["$1", "$2", "$0", "$$", "$", "x", "-", "$10", "$12", "$a"])) : text());
  };
  const optional = (probability, make) => (chance(probability) ? `, ${make()}` : "");

  const time = () => {
    if (chance(0.5)) return pick(TIMES) + (chance(0.1) ? pick(["Z", "x", "0"]) : "");
    const parts = [["2017", "0000", "9999", "-000001", "+012020", "0099"], ["-10", "-02", "-13", "-1"], ["-30", "-29", "-00", "-9"], ["T15", "T24", "T1", " 10"], [":28", ":60", ":5"], [":34", ":00"], [".5", ".1234567", ",5"], ["Z", "+01:00", "-0130", "+1", "-00:00"]];
    return parts.slice(0, 1 + below(parts.length)).map(([usual, ...others]) => (chance(0.8) ? usual : pick(["", ...others]))).join("");
  };
  /** A function with a signature of many kinds, called with arguments that may fit it. */
  const signed = () => {
    const parameters = ["$p", "$q", "$r"].slice(0, below(4));
    const types = some(4, () => pick(TYPES) + (chance(0.5) ? "" : pick(["?", "-", "+", "+", "??", "-?"])));
    const body = pick([`[${parameters.join(", ")}]`, "$p", "{'p': $q}", "$"]);
    return `${pick(["", "", "a.", "$.", "[1, 2]."])}function(${parameters.join(", ")})<${types.join("")}${pick([":n", ":x", ""])}>{${body}}(${some(4, () => (chance(0.2) ? pick(["$sum", "nothing", "function($x){$x}", "null"]) : value())).join(", ")})`;
  };

  const CALLS = [
    () => `$string(${value()}${optional(0.3, () => "true")})`,
    () => `$substring(${string()}, ${chance(0.5) ? number() : below(9) - 4}${optional(0.5, () => below(9) - 2)})`,
    () => `$substring${pick(["Before", "After"])}(${string()}, ${string()})`,
    () => `$${pick(["uppercase", "lowercase", "trim", "length", "base64encode", "base64decode", "encodeUrl", "encodeUrlComponent", "decodeUrl", "decodeUrlComponent"])}(${chance(0.8) ? string() : json(pick(CODED))})`,
    () => `$pad(${string()}, ${below(30) - 15}${optional(0.5, string)})`,
    () => `$contains(${string()}, ${pattern()})`,
    () => `$${pick(["split", "match"])}(${string()}, ${pattern()}${optional(0.3, () => below(4))})`,
    () => `$replace(${string()}, ${pattern()}, ${replacement()}${optional(0.2, () => below(4))})`,
    () => `$join(${chance(0.5) ? array() : `[${string()}, ${string()}]`}${optional(0.6, string)})`,
    () => `$number(${chance(0.8) ? json(chance(0.5) ? number() : pick(NUMERALS)) : value()})`,
    () => `$${pick(["abs", "floor", "ceil", "sqrt", "round"])}(${number()})`,
    () => `$round(${number()}, ${below(12) - 5})`,
    () => `$power(${number()}, ${pick(["0", "1", "2", "-1", "0.5", "3", "10", "-2"])})`,
    () => `$formatBase(${number()}${optional(0.8, () => below(40))})`,
    () => `$formatNumber(${number()}, ${json(picture())}${optional(0.2, options)})`,
    () => `$formatInteger(${number()}, ${json(integerPicture())})`,
    () => {
      const own = json(integerPicture());
      return `$parseInteger(${chance(0.9) ? `$formatInteger(${number()}, ${own})` : string()}, ${chance(0.7) ? own : json(integerPicture())})`;
    },
    () => `$fromMillis(${millis()}${optional(0.9, () => datePicture() + optional(0.4, zone))})`,
    () => {
      const own = datePicture();
      const shown = `$fromMillis(${millis()}, ${own}${optional(0.2, zone)})`;
      return `$toMillis(${chance(0.7) ? shown : `$replace(${shown}, ${pick(["/[0-9]/", "/[a-z]/i", "/^./", "/.$/"])}, ${pick(['""', '"0"', '"12"', '"x"', '" "'])}, ${pick(["1", "2"])})`}, ${own})`;
    },
    () => `$toMillis(${json(time())})`,
    signed,
    () => `$now(${datePicture()}${optional(0.5, zone)})`,
    () => `$${pick(["sum", "max", "min", "average"])}(${chance(0.8) ? numbers() : array()})`,
    () => `$${pick(["count", "reverse", "distinct", "sort", "type", "exists", "not", "boolean"])}(${chance(0.7) ? array() : value()})`,
    () => `$${pick(["keys", "spread", "merge", "clone", "string"])}(${pick([object, array, () => `[${object()}, ${object()}]`])()})`,
    () => `$sort(${chance(0.5) ? numbers() : array()}, ${pick(CALLBACKS)})`,
    () => `$${pick(["map", "filter", "single", "reduce"])}(${array()}, ${pick(CALLBACKS)})`,
    () => `$reduce(${array()}, ${pick(CALLBACKS)}, ${value()})`,
    () => `$${pick(["each", "sift"])}(${object()}, ${pick(CALLBACKS)})`,
    () => `$lookup(${chance(0.7) ? object() : `[${object()}, ${object()}]`}, ${json(pick(["a", "b", "1", "z"]))})`,
    () => `$zip(${[array(), ...some(2, array)].join(", ")})`,
    () => `$append(${value()}, ${value()})`,
    () => `$assert(${value()}, ${string()})`,
    () => `$error(${string()})`,
  ];
  return () => pick(CALLS)();
}
