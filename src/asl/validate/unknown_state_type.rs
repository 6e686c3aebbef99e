//! `Type` names no state type.

use super::{Rule, checked_while_lowering};
use crate::source::Code;

/// `Type` is one of eight.
pub const UNKNOWN_STATE_TYPE: Rule = Rule {
    code: Code("UNKNOWN_STATE_TYPE"),
    demand: "Type is one of Task, Pass, Choice, Wait, Succeed, Fail, Parallel and Map.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Suceed"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#,
    check: checked_while_lowering,
};
