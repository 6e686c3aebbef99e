//! Every operator of Choice Rules and its `…Path` twin, matching and not.

use serde_json::{Value, json};
use statelab::asl::Operator;

/// Operator, operand, a value that matches, values that do not.
fn table() -> Vec<(Operator, Value, Value, Vec<Value>)> {
    use Operator as Op;
    let time = "2024-01-01T00:00:00Z";
    let (earlier, later) = ("2023-12-31T23:59:59Z", "2024-01-01T01:00:01+01:00");
    let texts = |value: &str| vec![json!(value), json!(1), json!(null), json!(["b"])];
    vec![
        (Op::StringEquals, json!("b"), json!("b"), texts("c")),
        (Op::StringLessThan, json!("b"), json!("a"), texts("b")),
        (Op::StringGreaterThan, json!("b"), json!("c"), texts("b")),
        (Op::StringLessThanEquals, json!("b"), json!("b"), texts("c")),
        (
            Op::StringGreaterThanEquals,
            json!("b"),
            json!("b"),
            texts("a"),
        ),
        (Op::StringMatches, json!("l*g"), json!("log"), texts("logs")),
        (
            Op::NumericEquals,
            json!(2),
            json!(2.0),
            vec![json!(3), json!("2"), json!(null)],
        ),
        (
            Op::NumericLessThan,
            json!(2),
            json!(1.5),
            vec![json!(2), json!("1")],
        ),
        (
            Op::NumericGreaterThan,
            json!(2),
            json!(2.5),
            vec![json!(2), json!("3")],
        ),
        (
            Op::NumericLessThanEquals,
            json!(2),
            json!(2),
            vec![json!(3), json!("2")],
        ),
        (
            Op::NumericGreaterThanEquals,
            json!(2),
            json!(2),
            vec![json!(1), json!("2")],
        ),
        (
            Op::BooleanEquals,
            json!(false),
            json!(false),
            vec![json!(true), json!(0), json!("false")],
        ),
        (
            Op::TimestampEquals,
            json!(time),
            json!("2024-01-01T01:00:00+01:00"),
            vec![json!(later), json!("x")],
        ),
        (
            Op::TimestampLessThan,
            json!(time),
            json!(earlier),
            vec![json!(time), json!(0)],
        ),
        (
            Op::TimestampGreaterThan,
            json!(time),
            json!(later),
            vec![json!(time), json!(0)],
        ),
        (
            Op::TimestampLessThanEquals,
            json!(time),
            json!(time),
            vec![json!(later)],
        ),
        (
            Op::TimestampGreaterThanEquals,
            json!(time),
            json!(time),
            vec![json!(earlier)],
        ),
        (
            Op::IsNull,
            json!(true),
            json!(null),
            vec![json!(0), json!("")],
        ),
        (Op::IsPresent, json!(true), json!(null), vec![]),
        (
            Op::IsNumeric,
            json!(true),
            json!(1),
            vec![json!("1"), json!(null)],
        ),
        (
            Op::IsString,
            json!(true),
            json!(""),
            vec![json!(1), json!(null)],
        ),
        (
            Op::IsBoolean,
            json!(true),
            json!(false),
            vec![json!("true"), json!(0)],
        ),
        (
            Op::IsTimestamp,
            json!(true),
            json!(time),
            vec![json!("2024-01-01"), json!(1)],
        ),
    ]
}

#[test]
fn every_operator() {
    let table = table();
    assert_eq!(table.len(), Operator::ALL.len());
    for (operator, operand, matching, others) in &table {
        let field = operator.as_str();
        let literal = json!({"Variable": "$.value", field: operand, "Next": "Yes"});
        check(&literal, matching, operand, true);
        for other in others {
            check(&literal, other, operand, false);
        }
        let negated = json!({"Not": {"Variable": "$.value", field: operand}, "Next": "Yes"});
        check(&negated, matching, operand, false);
        if operator.has_path() {
            let twin =
                json!({"Variable": "$.value", format!("{field}Path"): "$.other", "Next": "Yes"});
            check(&twin, matching, operand, true);
            for other in others {
                check(&twin, other, operand, false);
            }
        }
    }
}

#[test]
fn presence_and_absence() {
    for (is_present, state) in [(true, "No"), (false, "Yes")] {
        let rule = json!({"Variable": "$.nothing", "IsPresent": is_present, "Next": "Yes"});
        assert!(events(&rule, &json!({})).contains(&format!("PassStateEntered {state} ")));
    }
    let rule = json!({"Variable": "$.nothing", "IsNull": true, "Next": "Yes"});
    assert!(events(&rule, &json!({})).contains("Invalid path '$.nothing'"));
}

fn check(rule: &Value, value: &Value, other: &Value, expected: bool) {
    let events = events(rule, &json!({"value": value, "other": other}));
    let state = if expected { "Yes" } else { "No" };
    assert!(
        events.contains(&format!("PassStateEntered {state} ")),
        "{rule} {value}\n{events}"
    );
}

fn events(rule: &Value, input: &Value) -> String {
    let case = json!({"input": input, "definition": {"StartAt": "Choose", "States": {
        "Choose": {"Type": "Choice", "Choices": [rule], "Default": "No"},
        "Yes": {"Type": "Pass", "End": true},
        "No": {"Type": "Pass", "End": true}
    }}});
    crate::case::events(&case).join("\n")
}
