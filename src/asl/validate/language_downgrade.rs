//! A state of a JSONata definition wants to have JSONPath.

use super::Rule;
use super::finding::{Report, Said};
use super::location::Location;
use crate::asl::state::QueryLanguage;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, edit};

/// A definition in JSONata has no states in JSONPath.
pub const LANGUAGE_DOWNGRADE: Rule = Rule {
    code: Code("LANGUAGE_DOWNGRADE"),
    demand: "States of a JSONPath definition may choose JSONata; those of a JSONata definition may not \
             choose JSONPath.",
    invalid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "QueryLanguage": "JSONPath", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Reports a state that steps back to JSONPath; whether it does.
pub(super) fn check(report: &mut Report<'_>, state: &Node, location: &Location<'_>) -> bool {
    let Some(member) = state.member("QueryLanguage") else {
        return false;
    };
    let is_path = member
        .value
        .as_str()
        .is_some_and(|text| &**text == "JSONPath");
    if !is_path || report.language == QueryLanguage::JsonPath {
        return false;
    }
    let message = "A state cannot choose JSONPath when the whole definition has JSONata";
    let own = Diagnostic::error(LANGUAGE_DOWNGRADE.code, member.value.span, message)
        .with_hint("Choose JSONata state by state, or write this state in JSONata")
        .with_fix(
            "Remove QueryLanguage",
            edit::remove(report.text, state, member),
        );
    let said = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    report.add(own, Said::schema(location, said));
    true
}
