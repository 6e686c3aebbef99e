//! JSONata against the official suite, where it lies beside the repository, and against
//! cases of our own.
//!
//! What the suite expects and Rust strings cannot hold is listed in
//! `tests/data/expr/jsonata/suite-gaps.txt`; a listed case that passes fails the test.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test may fail

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value as Json;
use statelab::expr::jsonata::{Answer, Code, Dialect, Error, Options, compile, function_names};
use statelab::source::json::Value;
use statelab::time::Timestamp;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn value(json: &Json) -> Value {
    Value::parse(&json.to_string()).unwrap()
}

fn bindings(json: &Json) -> Vec<(Arc<str>, Value)> {
    let members = json.as_object().into_iter().flatten();
    members
        .map(|(name, json)| (name.as_str().into(), value(json)))
        .collect()
}

/// What a case evaluates to, within the depth it names.
fn answer(case: &Json, input: Option<&Value>, dialect: Dialect) -> Result<Answer, Error> {
    let expression = compile(case["expr"].as_str().unwrap(), dialect)?;
    let mut bits = 1_u64;
    let mut entropy = || {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        bits
    };
    let mut options = Options::new(Timestamp::from_millis(1_700_000_000_123), &mut entropy);
    if case.get("timelimit").is_some() {
        options.fuel = 2_000_000;
    }
    if let Some(depth) = case["depth"].as_u64().filter(|depth| *depth > 100) {
        options.depth = depth as usize;
    }
    expression.evaluate(input, &bindings(&case["bindings"]), &mut options)
}

/// Equal, numbers within what JSON texts of the suite carry, and in any order where the
/// case says so.
fn is_equal(actual: &Value, expected: &Value, is_unordered: bool) -> bool {
    let (Some(a), Some(b)) = (actual.as_array(), expected.as_array()) else {
        return match (actual.as_object(), expected.as_object()) {
            (Some(a), Some(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        b.get(key)
                            .is_some_and(|other| is_equal(value, other, is_unordered))
                    })
            }
            _ => match (actual.as_f64(), expected.as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-14,
                _ => actual == expected,
            },
        };
    };
    if !is_unordered {
        return a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b, false));
    }
    let mut left: Vec<&Value> = b.iter().collect();
    a.len() == b.len()
        && a.iter().all(|item| {
            let place = left.iter().position(|other| is_equal(item, other, true));
            place.map(|at| left.remove(at)).is_some()
        })
}

/// What is wrong with the answer to a case of the suite.
fn complaint(case: &Json, input: Option<&Value>) -> Option<String> {
    let answer = answer(case, input, Dialect::Jsonata);
    let expected = match case.get("code") {
        Some(_) => Some(case),
        None => case.get("error"),
    };
    let fails = |error: &Error, expected: &Json| {
        let fits = |member: &str, actual: Option<&str>| {
            expected.get(member).is_none_or(|it| it.as_str() == actual)
        };
        let message = error.to_string();
        !fits("code", Some(error.code().as_str()))
            || !fits("token", error.token_text())
            || !fits("message", Some(&message))
    };
    match (answer, expected) {
        (Err(error), Some(expected)) => fails(&error, expected)
            .then(|| format!("{} {:?} {error}", error.code().as_str(), error.token_text())),
        (Err(error), None) => Some(format!("{} {error}", error.code().as_str())),
        (Ok(answer), Some(_)) => Some(format!("{answer:?} instead of an error")),
        (Ok(Answer::Nothing), None) if case["undefinedResult"] == true => None,
        // The suite writes functions as nothing.
        (Ok(Answer::Function), None) if case.get("result").is_none_or(Json::is_null) => None,
        (Ok(Answer::Value(actual)), None) if case.get("result").is_some() => {
            let expected = value(&case["result"]);
            let is_equal = is_equal(&actual, &expected, case["unordered"] == true);
            (!is_equal).then(|| format!("{actual}\n    expected {expected}"))
        }
        (Ok(answer), None) => Some(format!("{answer:?}")),
    }
}

/// The text with the replacement character for halves of characters, which neither JSON
/// readers nor strings of Rust hold.
fn whole_characters(text: &str) -> String {
    let is_half = |text: &str, range: std::ops::Range<u16>| {
        let digits = text.strip_prefix("\\u").and_then(|rest| rest.get(..4));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        unit.is_some_and(|unit| range.contains(&unit))
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        let (before, here) = rest.split_at(at);
        let is_escaped = before.len() - before.trim_end_matches('\\').len();
        out.push_str(before);
        let (first, after) = here.split_at(here.len().min(6));
        let is_pair = is_half(first, 0xD800..0xDC00) && is_half(after, 0xDC00..0xE000);
        let len = if is_pair { 12 } else { 6 };
        let is_lone = !is_pair && is_half(first, 0xD800..0xE000) && is_escaped % 2 == 0;
        out.push_str(if is_lone { "\\ufffd" } else { &here[..len] });
        rest = &here[len..];
    }
    out + rest
}

#[test]
fn official_suite() {
    let path = root().join("../shared/conformance/jsonata/suite.json");
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("skipped: no ../shared/conformance/jsonata/suite.json");
        return;
    };
    let suite: Json = serde_json::from_str(&whole_characters(&text)).unwrap();
    let gaps = fs::read_to_string(root().join("tests/data/expr/jsonata/suite-gaps.txt")).unwrap();
    let gaps: Vec<&str> = gaps
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let (mut passed, mut total, mut wrong) = (0, 0, Vec::new());
    let cases = suite["groups"].as_object().unwrap().values();
    for case in cases.flat_map(|group| group.as_array().unwrap()) {
        let id = case["id"].as_str().unwrap();
        let input = match case.get("data") {
            Some(data) => Some(value(data)),
            None => case["dataset"]
                .as_str()
                .and_then(|name| suite["datasets"].get(name))
                .map(value),
        };
        let complaint = complaint(case, input.as_ref());
        total += 1;
        passed += usize::from(complaint.is_none());
        match (complaint, gaps.contains(&id)) {
            (Some(complaint), false) => {
                wrong.push(format!("{id}: {}\n    {complaint}", case["expr"]));
            }
            (None, true) => wrong.push(format!("{id} passes: take it off the list")),
            _ => {}
        }
    }
    println!("{passed} of {total}");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A file of our own cases.
fn own(name: &str) -> Vec<Json> {
    let path = root().join("tests/data/expr/jsonata").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Checks our own cases: results, and code, position and message of errors.
fn check_own(name: &str, input: Option<&Value>, dialect: Dialect) {
    let mut wrong = Vec::new();
    for case in own(name) {
        let text = case["expression"].as_str().unwrap();
        let case_of_suite = serde_json::json!({ "expr": text });
        let data = case.get("data").map(value);
        let actual = match answer(&case_of_suite, data.as_ref().or(input), dialect) {
            Ok(Answer::Value(actual)) => {
                let is_expected = case
                    .get("result")
                    .is_some_and(|result| is_equal(&actual, &value(result), false));
                (!is_expected).then(|| actual.to_string())
            }
            Ok(nothing) => (case["nothing"] != true).then(|| format!("{nothing:?}")),
            Err(error) => {
                let expected = &case["error"];
                let (code, message) = (error.code().as_str(), error.to_string());
                let is_expected = expected["code"] == code
                    && message.starts_with(expected["message"].as_str().unwrap_or("?"))
                    && expected["position"].as_u64() == error.position().map(|at| at as u64);
                (!is_expected).then(|| format!("{code} {:?} {message}", error.position()))
            }
        };
        if let Some(actual) = actual {
            wrong.push(format!("{case}\n    {actual}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shop() -> Value {
    let path = root().join("tests/data/expr/jsonata/input.json");
    Value::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn own_cases() {
    let shop = shop();
    for name in [
        "paths.json",
        "operators.json",
        "strings.json",
        "numbers.json",
        "collections.json",
        "errors.json",
        "unexpected.json",
    ] {
        check_own(name, Some(&shop), Dialect::Jsonata);
    }
}

/// The reference tells of a place in a text that it made up; what is marked is in the expression.
#[test]
fn an_error_of_composed_functions_is_marked_at_their_call() {
    let case = serde_json::json!({"expr": "($u := $count ~> $uppercase; $u(1))"});
    let error = answer(&case, None, Dialect::Jsonata).expect_err("it is no text");
    assert_eq!((error.position(), error.offset()), (Some(35), Some(32)));
}

#[test]
fn functions_of_step_functions() {
    check_own("states.json", None, Dialect::States);
}

#[test]
fn every_function_and_every_code_has_a_case() {
    let names = [
        "paths",
        "operators",
        "strings",
        "numbers",
        "collections",
        "errors",
        "unexpected",
        "states",
    ];
    let cases: Vec<Json> = names
        .iter()
        .flat_map(|name| own(&format!("{name}.json")))
        .collect();
    let texts: Vec<&str> = cases
        .iter()
        .map(|case| case["expression"].as_str().unwrap())
        .collect();
    for dialect in [Dialect::Jsonata, Dialect::States] {
        for name in function_names(dialect) {
            let call = format!("${name}");
            assert!(texts.iter().any(|text| text.contains(&call)), "{call}");
        }
    }
    // The limits are tried below, with less fuel than a case has.
    let has_case = |code: &Code| {
        *code == Code::U1001
            || cases
                .iter()
                .any(|case| case["error"]["code"] == code.as_str())
    };
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !has_case(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Expressions that would never end, or need more memory or stack than there is.
#[test]
fn hostile_expressions_end() {
    // What a page gives WebAssembly; without optimization, functions take more of it.
    let stack = if cfg!(debug_assertions) {
        16 << 20
    } else {
        1 << 20
    };
    let thread = std::thread::Builder::new().stack_size(stack);
    thread
        .spawn(end_hostile_expressions)
        .unwrap()
        .join()
        .unwrap();
}

fn end_hostile_expressions() {
    let deep = |open: &str, inner: &str, close: &str, times: usize| {
        open.repeat(times) + inner + &close.repeat(times)
    };
    let texts = [
        "($f := function(){ $f() }; $f())".to_owned(),
        "($f := function($n){ 1 + $f($n + 1) }; $f(1))".to_owned(),
        "($f := function($n){ $map([1], function($x){ $f($n) }) }; $f(1))".to_owned(),
        "$reduce([1..100000], function($a, $b){ [$a] }) ~> $string()".to_owned(),
        "$reduce([1..100000], function($a, $b){ {'a': $a} }) = {}".to_owned(),
        "($f := $reduce([1..100000], function($f, $x){ function(){ $f } }); 1 + 'a')".to_owned(),
        "($f := $reduce([1..100000], function($f, $x){ $f ~> $string }, $string); $f(1))"
            .to_owned(),
        "$reduce([1..60], function($a, $b){ $a & $a }, 'xxxxxxxx') ~> $length()".to_owned(),
        "$reduce([1..60], function($a, $b){ $append($a, $a) }, [1, 2]) ~> $count()".to_owned(),
        "[1..10000000].[1..10000000]".to_owned(),
        "$pad('', 1e15)".to_owned(),
        "$match($pad('', 100000, 'a'), /(a+)+b/)".to_owned(),
        "($a := {'b': 1}; $a ~> |$|{'b': $}|) ~> |**|{'c': $$}|".to_owned(),
        "($e := \"$eval($e)\"; $eval($e))".to_owned(),
        deep("(", "1", ")", 100_000),
        deep("[", "1", "]", 100_000),
        deep("-", "a", "", 100_000),
        deep("{'a':", "1", "}", 100_000),
        deep("function(){", "1", "}", 100_000),
        deep("a ? ", "1", "", 100_000),
        "1+".repeat(100_000) + "1",
        "a.".repeat(100_000) + "a",
        format!("function($x)<{}:n>{{$x}}(1)", "x+".repeat(1000)),
    ];
    for text in texts {
        let mut bits = || 1;
        let mut options = Options::new(Timestamp::from_millis(0), &mut bits);
        options.fuel = 1_000_000;
        let shown: String = text.chars().take(60).collect();
        let result = compile(&text, Dialect::Jsonata)
            .and_then(|expression| expression.evaluate(None, &[], &mut options));
        assert!(
            result.is_err() || options.fuel > 0,
            "{shown} ends by itself"
        );
    }
}
