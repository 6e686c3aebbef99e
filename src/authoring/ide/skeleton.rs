//! States to start from, one of each type.

use std::sync::Arc;

use crate::asl::{QueryLanguage, StateType};
use crate::source::json::Value;

/// A state of a type with what it needs, as JSON.
pub(super) fn skeleton(state_type: StateType, language: QueryLanguage) -> Value {
    let is_jsonata = language == QueryLanguage::Jsonata;
    let text = match (state_type, is_jsonata) {
        (StateType::Task, false) => {
            r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "", "Payload.$": "$"}, "OutputPath": "$.Payload", "End": true}"#
        }
        (StateType::Task, true) => {
            r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "", "Payload": "{% $states.input %}"}, "Output": "{% $states.result.Payload %}", "End": true}"#
        }
        (StateType::Pass, false) => r#"{"Type": "Pass", "Parameters": {}, "End": true}"#,
        (StateType::Pass, true) => r#"{"Type": "Pass", "Output": {}, "End": true}"#,
        (StateType::Choice, false) => {
            r#"{"Type": "Choice", "Choices": [{"Variable": "$.", "IsPresent": true, "Next": ""}], "Default": ""}"#
        }
        (StateType::Choice, true) => {
            r#"{"Type": "Choice", "Choices": [{"Condition": "{% $states.input %}", "Next": ""}], "Default": ""}"#
        }
        (StateType::Wait, _) => r#"{"Type": "Wait", "Seconds": 60, "End": true}"#,
        (StateType::Succeed, _) => r#"{"Type": "Succeed"}"#,
        (StateType::Fail, _) => r#"{"Type": "Fail", "Error": "", "Cause": ""}"#,
        (StateType::Parallel, _) => {
            r#"{"Type": "Parallel", "Branches": [{"StartAt": "First", "States": {"First": {"Type": "Pass", "End": true}}}], "End": true}"#
        }
        (StateType::Map, _) => {
            r#"{"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": true}}}, "End": true}"#
        }
    };
    Value::parse(text).unwrap_or_else(|_| Value::empty_object())
}

/// A name that no state has yet: the type, or the type and a number.
pub(super) fn unused(state_type: StateType, names: &[Arc<str>]) -> String {
    let is_free = |name: &String| !names.iter().any(|other| **other == **name);
    let numbered = (2_u32..).map(|number| format!("{state_type} {number}"));
    let mut wanted = std::iter::once(state_type.to_string()).chain(numbered);
    wanted.find(is_free).unwrap_or_default()
}
