//! A field holds a value of another type than it takes.

use super::{Rule, checked_while_lowering};
use crate::source::Code;

/// Fields hold values of their types.
pub const WRONG_TYPE: Rule = Rule {
    code: Code("WRONG_TYPE"),
    demand: "Every field takes values of one type, or a few; a string with ${…} stands for any of them.",
    invalid: r#"{"StartAt": "A", "TimeoutSeconds": "ten", "States": {"A": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "TimeoutSeconds": "${Ten}", "States": {"A": {"Type": "Succeed"}}}"#,
    check: checked_while_lowering,
};
