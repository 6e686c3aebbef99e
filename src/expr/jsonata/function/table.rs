//! The list of all functions.

use std::sync::{LazyLock, OnceLock};

use super::{
    Args, Builtin, aggregate, array, boolean, encode, error, evaluate, higher_order, numeric,
    object, pattern, states, string, time,
};
use crate::expr::jsonata::Dialect;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

type Run = fn(&mut Evaluation, Args) -> Outcome;

/// Two lists of one length: what a function is, and what it does. Who only reads expressions
/// names the first alone, so that its program has nothing of the second.
macro_rules! functions {
    ($($name:literal, $arity:literal, $signature:literal, $run:path, $only:expr;)*) => {
        const COUNT: usize = [$($name,)*].len();
        static BUILTINS: [Builtin; COUNT] = functions!(@number 0; []; $($name, $arity, $signature, $only;)*);
        static RUNS: [Run; COUNT] = [$($run,)*];
    };
    (@number $index:expr; [$($built:expr,)*]; $name:literal, $arity:literal, $signature:literal, $only:expr; $($rest:tt)*) => {
        functions!(@number $index + 1; [$($built,)* Builtin {
            index: $index,
            name: $name,
            arity: $arity,
            signature: $signature,
            only: $only,
            parsed: OnceLock::new(),
        },]; $($rest)*)
    };
    (@number $index:expr; [$($built:expr,)*];) => { [$($built,)*] };
}

// Name, number of parameters that higher-order functions go by, signature, code, the only
// dialect that has it.
functions! {
    "sum", 1, "<a<n>:n>", aggregate::sum, None;
    "count", 1, "<a:n>", aggregate::count, None;
    "max", 1, "<a<n>:n>", aggregate::max, None;
    "min", 1, "<a<n>:n>", aggregate::min, None;
    "average", 1, "<a<n>:n>", aggregate::average, None;
    "string", 1, "<x-b?:s>", string::string, None;
    "substring", 3, "<s-nn?:s>", string::substring, None;
    "substringBefore", 2, "<s-s:s>", string::substring_before, None;
    "substringAfter", 2, "<s-s:s>", string::substring_after, None;
    "lowercase", 1, "<s-:s>", string::lowercase, None;
    "uppercase", 1, "<s-:s>", string::uppercase, None;
    "length", 1, "<s-:n>", string::length, None;
    "trim", 1, "<s-:s>", string::trim, None;
    "pad", 3, "<s-ns?:s>", string::pad, None;
    "join", 2, "<a<s>s?:s>", string::join, None;
    "match", 3, "<s-f<s:o>n?:a<o>>", pattern::find, None;
    "contains", 2, "<s-(sf):b>", pattern::contains, None;
    "replace", 4, "<s-(sf)(sf)n?:s>", pattern::replace, None;
    "split", 3, "<s-(sf)n?:a<s>>", pattern::split, None;
    "formatNumber", 3, "<n-so?:s>", numeric::format_number, None;
    "formatBase", 2, "<n-n?:s>", numeric::format_base, None;
    "formatInteger", 2, "<n-s:s>", numeric::format_integer, None;
    "parseInteger", 2, "<s-s:n>", numeric::parse_integer, None;
    "number", 1, "<(nsb)-:n>", numeric::number, None;
    "floor", 1, "<n-:n>", numeric::floor, None;
    "ceil", 1, "<n-:n>", numeric::ceil, None;
    "round", 2, "<n-n?:n>", numeric::round, None;
    "abs", 1, "<n-:n>", numeric::abs, None;
    "sqrt", 1, "<n-:n>", numeric::sqrt, None;
    "power", 2, "<n-n:n>", numeric::power, None;
    "random", 0, "<:n>", numeric::random, Some(Dialect::Jsonata);
    "random", 1, "<n?:n>", states::random, Some(Dialect::States);
    "boolean", 1, "<x-:b>", boolean::boolean, None;
    "not", 1, "<x-:b>", boolean::not, None;
    "exists", 1, "<x:b>", boolean::exists, None;
    "map", 2, "<af>", higher_order::map, None;
    "filter", 2, "<af>", higher_order::filter, None;
    "single", 2, "<af?>", higher_order::single, None;
    "reduce", 3, "<afj?:j>", higher_order::reduce, None;
    "sift", 2, "<o-f?:o>", higher_order::sift, None;
    "each", 2, "<o-f:a>", higher_order::each, None;
    "sort", 2, "<af?:a>", higher_order::sort, None;
    "zip", 0, "<a+>", array::zip, None;
    "append", 2, "<xx:a>", array::append_all, None;
    "reverse", 1, "<a:a>", array::reverse, None;
    "shuffle", 1, "<a:a>", array::shuffle, None;
    "distinct", 1, "<x:x>", array::distinct, None;
    "keys", 1, "<x-:a<s>>", object::keys, None;
    "lookup", 2, "<x-s:x>", object::lookup, None;
    "spread", 1, "<x-:a<o>>", object::spread, None;
    "merge", 1, "<a<o>:o>", object::merge, None;
    "clone", 1, "<(oa)-:o>", object::clone, None;
    "type", 1, "<x:s>", object::type_name, None;
    "error", 1, "<s?:x>", error::error, None;
    "assert", 2, "<bs?:x>", error::assert, None;
    "base64encode", 1, "<s-:s>", encode::base64_encode, None;
    "base64decode", 1, "<s-:s>", encode::base64_decode, None;
    "encodeUrlComponent", 1, "<s-:s>", encode::encode_url_component, None;
    "encodeUrl", 1, "<s-:s>", encode::encode_url, None;
    "decodeUrlComponent", 1, "<s-:s>", encode::decode_url_component, None;
    "decodeUrl", 1, "<s-:s>", encode::decode_url, None;
    "eval", 2, "<sx?:x>", evaluate::eval, Some(Dialect::Jsonata);
    "toMillis", 2, "<s-s?:n>", time::to_millis, None;
    "fromMillis", 3, "<n-s?s?:s>", time::from_millis, None;
    "now", 2, "<s?s?:s>", time::now, None;
    "millis", 0, "<:n>", time::millis, None;
    "partition", 2, "<an:a>", states::partition, Some(Dialect::States);
    "range", 3, "<nnn:a>", states::range, Some(Dialect::States);
    "hash", 2, "<s-s:s>", states::hash, Some(Dialect::States);
    "uuid", 0, "<:s>", states::uuid, Some(Dialect::States);
    "parse", 1, "<s-:x>", states::parse, Some(Dialect::States);
}

/// All functions.
pub(crate) fn builtins() -> &'static [Builtin] {
    &BUILTINS
}

impl Builtin {
    /// Calls the function with arguments that fit it.
    pub(crate) fn call(
        &self,
        run: &mut Evaluation,
        values: Vec<Option<Val>>,
        context: Option<&Val>,
    ) -> Outcome {
        match RUNS.get(self.index) {
            Some(function) => function(run, Args { values, context }),
            None => unreachable!("both lists are of one length"),
        }
    }
}

/// What names are ordered by.
fn rank(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// The function of a name in a dialect; the name is without `$`.
pub(crate) fn builtin(name: &str, dialect: Dialect) -> Option<&'static Builtin> {
    // By length first, which tells most names apart at once; some have one for each dialect.
    static SORTED: LazyLock<Vec<&Builtin>> = LazyLock::new(|| {
        let mut sorted: Vec<&Builtin> = Vec::with_capacity(BUILTINS.len());
        for builtin in &BUILTINS {
            let at = sorted.partition_point(|other| rank(other.name) <= rank(builtin.name));
            sorted.insert(at, builtin);
        }
        sorted
    });
    let first = SORTED.partition_point(|builtin| rank(builtin.name) < rank(name));
    let known = SORTED.get(first..)?.iter().copied();
    let mut known = known.take_while(|builtin| builtin.name == name);
    known.find(|builtin| builtin.is_in(dialect))
}
