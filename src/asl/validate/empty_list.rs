//! A list that needs an element has none.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Place;
use crate::source::{Code, Diagnostic};

/// Branches, rules and error names are never an empty list.
pub const EMPTY_LIST: Rule = Rule {
    code: Code("EMPTY_LIST"),
    demand: "Choices, Branches, And, Or and ErrorEquals have at least one element.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [], "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}], "End": true}}}"#,
    ..Rule::STANDARD
};

/// Reports an empty list.
pub(super) fn report(report: &mut Report<'_>, place: &Place<'_>) {
    let message = format!("{} needs at least one element", place.name());
    let own = Diagnostic::error(EMPTY_LIST.code, place.node.span, message);
    report.add(own, Said::schema(place.location, "Value cannot be empty"));
}
