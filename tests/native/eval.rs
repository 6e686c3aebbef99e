//! `statelab eval`

use crate::{call, call_with, file};

const DATA: &str = r#"{"order": {"items": [{"sku": "lamp", "n": 1}, {"sku": "bulb", "n": 4}]}}"#;

#[test]
fn paths_and_calls_have_values() {
    for (expression, value) in [
        ("$.order.items[1].sku", "\"bulb\"\n"),
        ("$..n", "[\n  1,\n  4\n]\n"),
        (
            "States.Format('{} lamps', $.order.items[0].n)",
            "\"1 lamps\"\n",
        ),
        ("States.ArrayLength($.order.items)", "2\n"),
    ] {
        let called = call_with(&["eval", expression, "--data", "-"], DATA);
        assert_eq!((called.code, called.out.as_str()), (0, value), "{called:?}");
    }
}

#[test]
fn bindings_are_variables_and_context() {
    let bindings = file(
        "bindings.json",
        r#"{"count": 3, "$$": {"State": {"Name": "A"}}}"#,
    );
    for (expression, value) in [("$count", "3\n"), ("$$.State.Name", "\"A\"\n")] {
        let called = call(&["eval", expression, "--bindings", &bindings]);
        assert_eq!((called.code, called.out.as_str()), (0, value), "{called:?}");
    }
}

#[test]
fn a_wrong_expression_is_marked() {
    let called = call(&["eval", "$.a[1"]);
    assert_eq!((called.code, called.out.as_str()), (1, ""));
    assert!(called.err.contains("\n  $.a[1\n  "), "{}", called.err);
    assert!(called.err.contains('^'), "{}", called.err);
    let called = call(&["eval", "$.a"]);
    assert_eq!(called.code, 1);
    assert_eq!(called.err, "No results for path: $['a']\n");
    assert_eq!(call(&["eval", "States.Nothing()"]).code, 1);
    assert_eq!(call(&["eval", "-1"]).code, 1);
}

#[test]
fn what_is_not_there_is_said() {
    for arguments in [
        &["eval", "1 + 1", "--language", "jsonata"] as &[&str],
        &["eval", "{% 1 + 1 %}"],
    ] {
        let called = call(arguments);
        assert_eq!(called.code, 2);
        assert!(
            called.err.contains("JSONata cannot be evaluated yet"),
            "{called:?}"
        );
    }
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
    let with = |seed| call(&["eval", "States.UUID()", "--seed", seed]).out;
    assert_eq!(with("7"), with("7"));
    assert_ne!(with("7"), with("8"));
}
