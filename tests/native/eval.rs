//! `statelab eval`

use crate::{call, call_with, file};

const DATA: &str = r#"{"order": {"items": [{"sku": "lamp", "n": 1}, {"sku": "bulb", "n": 4}]}}"#;

#[test]
fn paths_and_calls_have_values() {
    for (language, expression, value) in [
        ("jsonpath", "$.order.items[1].sku", "\"bulb\"\n"),
        ("jsonpath", "$..n", "[\n  1,\n  4\n]\n"),
        (
            "intrinsic",
            "States.Format('{} lamps', $.order.items[0].n)",
            "\"1 lamps\"\n",
        ),
        ("intrinsic", "States.ArrayLength($.order.items)", "2\n"),
        ("jsonata", "$sum(order.items.n)", "5\n"),
        ("jsonata", "{% order.items[n > 1].sku %}", "\"bulb\"\n"),
    ] {
        let arguments = ["eval", expression, "--language", language, "--data", "-"];
        let called = call_with(&arguments, DATA);
        assert_eq!((called.code, called.out.as_str()), (0, value), "{called:?}");
    }
}

#[test]
fn bindings_are_variables_and_context() {
    let bindings = file(
        "bindings.json",
        r#"{"count": 3, "$$": {"State": {"Name": "A"}}}"#,
    );
    for (language, expression, value) in [
        ("jsonpath", "$count", "3\n"),
        ("jsonpath", "$$.State.Name", "\"A\"\n"),
        ("jsonata", "$count + 1", "4\n"),
    ] {
        let arguments = ["eval", expression, "--language", language];
        let called = call(&[&arguments[..], &["--bindings", &bindings]].concat());
        assert_eq!((called.code, called.out.as_str()), (0, value), "{called:?}");
    }
}

#[test]
fn a_wrong_expression_is_marked() {
    let called = call(&["eval", "$.a[1", "--language", "jsonpath"]);
    assert_eq!((called.code, called.out.as_str()), (1, ""));
    assert!(called.err.contains("\n  $.a[1\n  "), "{}", called.err);
    assert!(called.err.contains('^'), "{}", called.err);
    let called = call(&["eval", "$.a", "--language", "jsonpath"]);
    assert_eq!(called.code, 1);
    assert_eq!(called.err, "No results for path: $['a']\n");
    let unknown = ["eval", "States.Nothing()", "--language", "intrinsic"];
    assert_eq!(call(&unknown).code, 1);
    let called = call(&["eval", "1 + 'a'"]);
    assert_eq!(called.code, 1);
    assert!(
        called.err.starts_with("T2002: The right side"),
        "{called:?}"
    );
    assert!(called.err.ends_with("  1 + 'a'\n    ^\n"), "{called:?}");
}

#[test]
fn no_value_is_no_error() {
    let called = call(&["eval", "missing"]);
    assert_eq!((called.code, called.out.as_str()), (0, ""));
    assert_eq!(called.err, "The expression has no value\n");
}

#[test]
fn dialects_differ_in_functions() {
    let states = |text| call(&["eval", text, "--dialect", "states"]);
    assert_eq!(states("$count($partition([1, 2, 3], 2))").out, "2\n");
    assert_eq!(states("$eval('1')").code, 1);
    assert_eq!(call(&["eval", "$eval('1')"]).out, "1\n");
}

#[test]
fn lines_are_answered_one_by_one() {
    let requests = [
        r#"{"language": "jsonata", "expression": "$sum(a) + $b", "data": {"a": [1, 2]}, "bindings": {"b": 3}}"#,
        r#"{"expression": "missing"}"#,
        "",
        r#"{"expression": "é + 1", "data": {"é": "x"}}"#,
        r#"{"language": "jsonpath", "expression": "$.a", "data": {"a": true}}"#,
        r#"{"language": "intrinsic", "expression": "States.Array(1"}"#,
        "nonsense",
        r#"{"language": "xpath", "expression": "1"}"#,
    ];
    let called = call_with(&["eval", "--lines"], &requests.join("\n"));
    assert_eq!(called.code, 0, "{called:?}");
    let answers: Vec<&str> = called.out.lines().collect();
    assert_eq!(answers.len(), 7, "{called:?}");
    assert_eq!(answers[..2], [r#"{"result":6}"#, "{}"]);
    assert!(
        answers[2].contains(r#"{"error":{"code":"T2001","#),
        "{called:?}"
    );
    assert!(answers[2].contains(r#""position":3"#), "{called:?}");
    assert_eq!(answers[3], r#"{"result":true}"#);
    for answer in &answers[4..] {
        assert!(answer.starts_with(r#"{"error":{"message":"#), "{answer}");
    }
}

#[test]
fn wrong_use_is_said() {
    let list = file("list.json", "[]");
    let called = call(&["eval", "$a", "--bindings", &list]);
    assert_eq!(called.code, 2);
    assert!(called.err.contains("must be an object"), "{called:?}");
    let called = call_with(&["eval", "$", "--data", "-"], "{\n a}");
    assert_eq!(called.code, 2);
    assert!(called.err.contains("<stdin>:2:2: "), "{called:?}");
}

#[test]
fn seeds_make_randomness_repeat() {
    let with = |seed| {
        call(&[
            "eval",
            "States.UUID()",
            "--language",
            "intrinsic",
            "--seed",
            seed,
        ])
        .out
    };
    assert_eq!(with("7"), with("7"));
    assert_ne!(with("7"), with("8"));
}
