//! A definition to check, as large as it is asked for.

use std::fmt::Write;

use statelab::asl::{WorkflowType, lower, validate};
use statelab::source::json::parse;

/// What is measured: one that a key stroke must not notice, and the most that the service takes.
pub const SIZES: [(&str, usize); 2] = [("33 states", 33), ("1 MB", 3_560)];

/// A definition of this many states of all kinds, all of them right.
pub fn definition(states: usize) -> String {
    let mut text = String::from("{\n  \"StartAt\": \"State 0\",\n  \"States\": {\n");
    for number in 0..states.saturating_sub(2) {
        let fields = match number % 5 {
            0 => {
                r#""Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {
        "FunctionName": "ship",
        "Payload": {
          "id.$": "$.order.id",
          "text.$": "States.Format('{}: {}', $.order.id, $$.State.EnteredTime)"
        }
      },
      "ResultPath": "$.result",
      "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 6, "BackoffRate": 2}],
      "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}]"#
            }
            1 => {
                r#""Type": "Choice",
      "Choices": [
        {
          "And": [
            {"Variable": "$.count", "IsPresent": true},
            {"Variable": "$.count", "NumericGreaterThan": 5}
          ],
          "Next": "Failed"
        }
      ]"#
            }
            2 => {
                r#""Type": "Pass",
      "QueryLanguage": "JSONata",
      "Assign": {"count": "{% $count($states.input.items) %}"},
      "Output": {"total": "{% $sum($states.input.items.(price * quantity)) %}"}"#
            }
            3 => {
                r#""Type": "Parallel",
      "Branches": [
        {"StartAt": "Inner @", "States": {"Inner @": {"Type": "Wait", "Seconds": 5, "End": true}}}
      ]"#
            }
            _ => {
                r#""Type": "Wait",
      "SecondsPath": "$.seconds""#
            }
        };
        let fields = fields.replace('@', &number.to_string());
        let next = match number % 5 {
            1 => "Default",
            _ => "Next",
        };
        let to = match number + 3 < states {
            true => format!("State {}", number + 1),
            false => "Done".to_owned(),
        };
        writeln!(
            text,
            "    \"State {number}\": {{\n      {fields},\n      \"{next}\": \"{to}\"\n    }},"
        )
        .unwrap();
    }
    text +=
        "    \"Done\": {\"Type\": \"Succeed\"},\n    \"Failed\": {\"Type\": \"Fail\"}\n  }\n}\n";
    text
}

/// How many problems a text has.
pub fn check(text: &str) -> usize {
    let root = parse(text).root;
    let lowered = lower(&root);
    validate(text, &root, &lowered.machine, WorkflowType::Standard).len()
}
