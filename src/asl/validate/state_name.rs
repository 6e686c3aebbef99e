//! The name of a state, or the label of a Map, is too long or taken.

use std::collections::HashMap;

use super::Rule;
use super::finding::{Report, Said};
use super::location::{Location, location_of};
use crate::asl::machine::StateMachine;
use crate::asl::state::StateKind;
use crate::source::json::{Member, Node, Pointer};
use crate::source::{Code, Diagnostic, Span};

/// Names are short and used once.
pub const STATE_NAME: Rule = Rule {
    code: Code("STATE_NAME"),
    demand: "The name of a state has at most 80 characters and occurs once in the whole definition, nested \
             machines included; the Label of a Distributed Map has at most 40 and occurs once.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}], "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}], "End": true}}}"#,
    ..Rule::STANDARD
};

const LONGEST_NAME: usize = 80;
const LONGEST_LABEL: usize = 40;

/// Checks the length of a state's name.
pub(super) fn check_length(report: &mut Report<'_>, member: &Member, location: &Location<'_>) {
    let name = &*member.key.name;
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return;
    }
    let own = (!name.contains("${")).then(|| {
        let message = format!("The name has {length} characters; {LONGEST_NAME} are allowed");
        Diagnostic::error(STATE_NAME.code, member.key.span, message)
    });
    let said = format!(
        "Invalid State name: State '{name}' exceeds the 80-character limit allowed by the service"
    );
    report.add(own, Said::error(Code("INVALID_STATE_NAME"), location, said));
}

/// Checks that no name and no label is used twice in the definition.
pub(super) fn check_unique(report: &mut Report<'_>, root: &Node, machine: &StateMachine) {
    let mut names: HashMap<&str, &Pointer> = HashMap::new();
    let mut labels: HashMap<&str, ()> = HashMap::new();
    for state in machine.walk() {
        if let Some(first) = names.insert(&state.name, &state.pointer) {
            let message = format!("The name {} is taken by another state", state.name);
            let own =
                Diagnostic::error(STATE_NAME.code, state.name_span, message).with_hint(format!(
                    "{} bears it too; names are for the whole definition",
                    location_of(root, first)
                ));
            let said = format!("Duplicate State name: {}", state.name);
            let location = location_of(root, &state.pointer);
            report.add(
                own,
                Said::error(Code("DUPLICATE_STATE_NAME"), location, said),
            );
        }
        let StateKind::Map(map) = &state.kind else {
            continue;
        };
        let Some(label) = map.label.as_deref() else {
            continue;
        };
        let place = root.find(&state.pointer.child("Label"));
        let span = place.map_or(state.name_span, |place| place.span);
        let location = location_of(root, &state.pointer.child("Label"));
        check_label(report, label, span, &location);
        if labels.insert(label, ()).is_some() {
            let message = format!("The label {label} is taken by another Map");
            let own = Diagnostic::error(STATE_NAME.code, span, message);
            let said = format!("Duplicate Label name: {label}");
            report.add(
                own,
                Said::error(Code("DUPLICATE_LABEL_NAME"), &location, said),
            );
        }
    }
}

/// Characters that the ARN of a Map Run cannot hold.
const NOT_IN_ARNS: &str = "?*<>{}[]:;,\\|^~$#%&`\"";

fn check_label(report: &mut Report<'_>, label: &str, span: Span, location: &str) {
    let length = label.chars().count();
    let code = Code("INVALID_LABEL_NAME");
    if length > LONGEST_LABEL {
        let message = format!("The label has {length} characters; {LONGEST_LABEL} are allowed");
        let own = Diagnostic::error(STATE_NAME.code, span, message);
        let said = format!(
            "Invalid Label name: Label '{label}' exceeds the 40-character limit allowed by the service"
        );
        return report.add(own, Said::error(code, location, said));
    }
    let is_bad =
        |char: char| char.is_whitespace() || char.is_control() || NOT_IN_ARNS.contains(char);
    if let Some(bad) = label.chars().find(|&char| is_bad(char)) {
        let message = format!("A label cannot have “{}” in it", bad.escape_debug());
        let own =
            (!label.contains("${")).then(|| Diagnostic::error(STATE_NAME.code, span, message));
        let said = format!("Invalid Label name: Label '{label}' contains invalid characters");
        report.add(own, Said::error(code, location, said));
    }
}
