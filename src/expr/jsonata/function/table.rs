//! The list of all functions.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::{
    Args, Builtin, aggregate, array, boolean, encode, error, evaluate, higher_order, numeric,
    object, pattern, states, string, time,
};
use crate::expr::jsonata::Dialect;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};

type Run = fn(&mut Evaluation, Args) -> Outcome;

const fn function(name: &'static str, arity: usize, signature: &'static str, run: Run) -> Builtin {
    Builtin {
        name,
        arity,
        signature,
        run,
        only: None,
        parsed: OnceLock::new(),
    }
}

const fn only(dialect: Dialect, mut builtin: Builtin) -> Builtin {
    builtin.only = Some(dialect);
    builtin
}

/// Name, number of parameters that higher-order functions go by, signature, code.
static BUILTINS: [Builtin; 71] = [
    function("sum", 1, "<a<n>:n>", aggregate::sum),
    function("count", 1, "<a:n>", aggregate::count),
    function("max", 1, "<a<n>:n>", aggregate::max),
    function("min", 1, "<a<n>:n>", aggregate::min),
    function("average", 1, "<a<n>:n>", aggregate::average),
    function("string", 1, "<x-b?:s>", string::string),
    function("substring", 3, "<s-nn?:s>", string::substring),
    function("substringBefore", 2, "<s-s:s>", string::substring_before),
    function("substringAfter", 2, "<s-s:s>", string::substring_after),
    function("lowercase", 1, "<s-:s>", string::lowercase),
    function("uppercase", 1, "<s-:s>", string::uppercase),
    function("length", 1, "<s-:n>", string::length),
    function("trim", 1, "<s-:s>", string::trim),
    function("pad", 3, "<s-ns?:s>", string::pad),
    function("join", 2, "<a<s>s?:s>", string::join),
    function("match", 3, "<s-f<s:o>n?:a<o>>", pattern::find),
    function("contains", 2, "<s-(sf):b>", pattern::contains),
    function("replace", 4, "<s-(sf)(sf)n?:s>", pattern::replace),
    function("split", 3, "<s-(sf)n?:a<s>>", pattern::split),
    function("formatNumber", 3, "<n-so?:s>", numeric::format_number),
    function("formatBase", 2, "<n-n?:s>", numeric::format_base),
    function("formatInteger", 2, "<n-s:s>", numeric::format_integer),
    function("parseInteger", 2, "<s-s:n>", numeric::parse_integer),
    function("number", 1, "<(nsb)-:n>", numeric::number),
    function("floor", 1, "<n-:n>", numeric::floor),
    function("ceil", 1, "<n-:n>", numeric::ceil),
    function("round", 2, "<n-n?:n>", numeric::round),
    function("abs", 1, "<n-:n>", numeric::abs),
    function("sqrt", 1, "<n-:n>", numeric::sqrt),
    function("power", 2, "<n-n:n>", numeric::power),
    only(
        Dialect::Jsonata,
        function("random", 0, "<:n>", numeric::random),
    ),
    only(
        Dialect::States,
        function("random", 1, "<n?:n>", states::random),
    ),
    function("boolean", 1, "<x-:b>", boolean::boolean),
    function("not", 1, "<x-:b>", boolean::not),
    function("exists", 1, "<x:b>", boolean::exists),
    function("map", 2, "<af>", higher_order::map),
    function("filter", 2, "<af>", higher_order::filter),
    function("single", 2, "<af?>", higher_order::single),
    function("reduce", 3, "<afj?:j>", higher_order::reduce),
    function("sift", 2, "<o-f?:o>", higher_order::sift),
    function("each", 2, "<o-f:a>", higher_order::each),
    function("sort", 2, "<af?:a>", higher_order::sort),
    function("zip", 0, "<a+>", array::zip),
    function("append", 2, "<xx:a>", array::append_all),
    function("reverse", 1, "<a:a>", array::reverse),
    function("shuffle", 1, "<a:a>", array::shuffle),
    function("distinct", 1, "<x:x>", array::distinct),
    function("keys", 1, "<x-:a<s>>", object::keys),
    function("lookup", 2, "<x-s:x>", object::lookup),
    function("spread", 1, "<x-:a<o>>", object::spread),
    function("merge", 1, "<a<o>:o>", object::merge),
    function("clone", 1, "<(oa)-:o>", object::clone),
    function("type", 1, "<x:s>", object::type_name),
    function("error", 1, "<s?:x>", error::error),
    function("assert", 2, "<bs?:x>", error::assert),
    function("base64encode", 1, "<s-:s>", encode::base64_encode),
    function("base64decode", 1, "<s-:s>", encode::base64_decode),
    function(
        "encodeUrlComponent",
        1,
        "<s-:s>",
        encode::encode_url_component,
    ),
    function("encodeUrl", 1, "<s-:s>", encode::encode_url),
    function(
        "decodeUrlComponent",
        1,
        "<s-:s>",
        encode::decode_url_component,
    ),
    function("decodeUrl", 1, "<s-:s>", encode::decode_url),
    only(
        Dialect::Jsonata,
        function("eval", 2, "<sx?:x>", evaluate::eval),
    ),
    function("toMillis", 2, "<s-s?:n>", time::to_millis),
    function("fromMillis", 3, "<n-s?s?:s>", time::from_millis),
    function("now", 2, "<s?s?:s>", time::now),
    function("millis", 0, "<:n>", time::millis),
    only(
        Dialect::States,
        function("partition", 2, "<an:a>", states::partition),
    ),
    only(
        Dialect::States,
        function("range", 3, "<nnn:a>", states::range),
    ),
    only(
        Dialect::States,
        function("hash", 2, "<s-s:s>", states::hash),
    ),
    only(Dialect::States, function("uuid", 0, "<:s>", states::uuid)),
    only(
        Dialect::States,
        function("parse", 1, "<s-:x>", states::parse),
    ),
];

/// All functions.
pub(crate) fn builtins() -> &'static [Builtin] {
    &BUILTINS
}

/// The function of a name in a dialect; the name is without `$`.
pub(crate) fn builtin(name: &str, dialect: Dialect) -> Option<&'static Builtin> {
    static BY_NAME: LazyLock<HashMap<&str, Vec<&Builtin>>> = LazyLock::new(|| {
        let mut by_name: HashMap<&str, Vec<&Builtin>> = HashMap::new();
        for builtin in &BUILTINS {
            by_name.entry(builtin.name).or_default().push(builtin);
        }
        by_name
    });
    let mut known = BY_NAME.get(name)?.iter().copied();
    known.find(|builtin| builtin.is_in(dialect))
}
