//! `Type` names no state type.

use super::Rule;
use super::finding::{Report, Said};
use super::location::Location;
use super::missing_field::MISSING_FIELD;
use super::suggest::closest;
use super::wrong_type::{self, WRONG_TYPE};
use crate::asl::state::StateType;
use crate::source::json::{Node, NodeKind};
use crate::source::{Code, Diagnostic, Span, edit};

/// `Type` is one of eight.
pub const UNKNOWN_STATE_TYPE: Rule = Rule {
    code: Code("UNKNOWN_STATE_TYPE"),
    demand: "Type is one of Task, Pass, Choice, Wait, Succeed, Fail, Parallel and Map.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Suceed"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// The type of a state, if it is one; a report of what it is otherwise.
pub(super) fn check(
    report: &mut Report<'_>,
    node: &Node,
    label: Span,
    name: &str,
    location: &Location<'_>,
) -> Option<StateType> {
    let Some(value) = node.get("Type") else {
        let said = Said::schema(location, "These fields are required: [Type]");
        report.add(missing(report.text, node, label, name), said);
        return None;
    };
    let place = location.field("Type");
    let Some(text) = value.as_str() else {
        let is_told = !matches!(value.kind, NodeKind::Substitution(_) | NodeKind::Missing);
        let message = format!("Type must be a string, not {}", value.describe());
        let own = is_told.then(|| Diagnostic::error(WRONG_TYPE.code, value.span, message));
        let said = wrong_type::expected_type(wrong_type::STRING);
        report.add(own, Said::schema(place, said));
        return None;
    };
    let state_type = StateType::parse(text);
    if state_type.is_none() {
        let own = (!text.contains("${")).then(|| unknown(report.text, value, text));
        let said = "The field 'Type' should have one of these values: \
                    [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";
        report.add(own, Said::schema(place, said));
    }
    state_type
}

fn missing(source: &str, node: &Node, label: Span, name: &str) -> Diagnostic {
    let message = format!("State {name} needs Type");
    let members = node.members().unwrap_or_default();
    let misspelt = members
        .iter()
        .find(|member| closest(&member.key.name, ["Type"].into_iter()).is_some());
    match misspelt {
        None => Diagnostic::error(MISSING_FIELD.code, label, message),
        Some(member) => {
            let span = member.key.span;
            let message = format!("{message}; is this Type?");
            let edit = edit::rename(source, member, "Type");
            Diagnostic::error(MISSING_FIELD.code, span, message).with_fix("Change to Type", edit)
        }
    }
}

fn unknown(source: &str, value: &Node, text: &str) -> Diagnostic {
    let message = format!("{text} is not a state type");
    let problem = Diagnostic::error(UNKNOWN_STATE_TYPE.code, value.span, message)
        .with_hint("The types are Task, Pass, Choice, Wait, Succeed, Fail, Parallel and Map");
    let types = StateType::ALL.iter().map(|state_type| state_type.as_str());
    match closest(text, types) {
        None => problem,
        Some(close) => {
            let edit = edit::set(source, value, close);
            problem.with_fix(format!("Change to {close}"), edit)
        }
    }
}
