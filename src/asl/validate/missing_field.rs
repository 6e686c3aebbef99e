//! A required field is not there.

use super::{Rule, checked_while_lowering};
use crate::source::Code;

/// Required fields are there.
pub const MISSING_FIELD: Rule = Rule {
    code: Code("MISSING_FIELD"),
    demand: "A state machine has StartAt and States, a state has Type and the fields its type requires, \
             and a state that does not end the execution says what is next.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#,
    check: checked_while_lowering,
};
