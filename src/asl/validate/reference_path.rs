//! A path finds several values where it must name one place.

use super::Rule;
use crate::source::Code;

/// Paths that are read or written one by one are Reference Paths.
pub const NOT_A_REFERENCE_PATH: Rule = Rule {
    code: Code("NOT_A_REFERENCE_PATH"),
    demand: "ResultPath, Variable and the fields that read one value are Reference Paths: names and \
             indices alone, without *, .., filters and slices.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$.orders[*]", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "ResultPath": "$.orders[0]", "End": true}}}"#,
    ..Rule::STANDARD
};

/// What the service adds to its sentence. It reads Reference Paths with a reader of its own,
/// of which two reasons are known; of others it is said that the path is none.
pub(super) fn reason(text: &str) -> String {
    if !text.starts_with('$') {
        return ": Reference path didn't start with '$'".to_owned();
    }
    let opened = text.split('[').skip(1).map(|rest| rest.trim_start());
    let is_bad = |rest: &str| {
        let first = rest.chars().next();
        !first.is_some_and(|first| {
            first == '\'' || first == '"' || first.is_ascii_digit() || first == '-'
        })
    };
    if opened.into_iter().any(is_bad) {
        return ": '[' must be followed by ' or '['".to_owned();
    }
    String::new()
}
