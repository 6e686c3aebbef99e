//! A transition names a state that is not in its machine.

use super::finding::{Report, Said};
use super::location::location_of;
use super::{Rule, closest};
use crate::asl::machine::{Reference, StateMachine};
use crate::asl::state::{State, StateKind, Transition};
use crate::source::json::{Node, Pointer, Value};
use crate::source::{Code, Diagnostic, TextEdit};

/// Transitions lead to states of the same machine.
pub const UNKNOWN_TARGET: Rule = Rule {
    code: Code("UNKNOWN_TARGET"),
    demand: "StartAt and every transition name a state of the same States object.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// Names that are compared at most to find the one that was meant: in a machine of
/// thousands of states with as many slips the last ones get no suggestion.
const MOST_COMPARED: usize = 50_000;

/// The service's code for it, and for what therefore cannot be reached.
pub(super) const MISSING_TARGET: Code = Code("MISSING_TRANSITION_TARGET");

/// Checks every transition of a definition.
pub(super) fn check(report: &mut Report<'_>, root: &Node, machine: &StateMachine) {
    for machine in machine.machines() {
        check_machine(report, root, machine);
    }
}

fn check_machine(report: &mut Report<'_>, root: &Node, machine: &StateMachine) {
    let lost = lost(machine);
    if lost.is_empty() {
        return;
    }
    let mut searches = MOST_COMPARED / machine.states.len().max(1);
    // Without states the start leads nowhere, which the missing States already says.
    let has_states = root
        .find(&machine.pointer)
        .and_then(|node| node.get("States"))
        .is_some_and(|states| states.members().is_some());
    for (reference, pointer) in lost {
        let own = (has_states && !reference.is_substituted()).then(|| {
            let is_searched = searches > 0;
            searches = searches.saturating_sub(1);
            unknown(machine, reference, is_searched)
        });
        let said = format!("Missing 'Next' target: {}", reference.name);
        let said = Said::error(MISSING_TARGET, location_of(root, &pointer), said);
        report.add(own, said.about_transitions());
    }
}

/// Transitions that lead nowhere, and where they stand.
fn lost(machine: &StateMachine) -> Vec<(&Reference, Pointer)> {
    let is_lost = |reference: &&Reference| machine.target(reference).is_none();
    let start = machine.start_at.iter().filter(is_lost);
    let mut lost: Vec<(&Reference, Pointer)> = start
        .map(|start| (start, machine.pointer.child("StartAt")))
        .collect();
    for state in machine.states.values() {
        if state.references().iter().any(is_lost) {
            let all = transitions(state).into_iter();
            lost.extend(all.filter(|(reference, _)| is_lost(reference)));
        }
    }
    lost
}

fn transitions(state: &State) -> Vec<(&Reference, Pointer)> {
    let mut transitions = Vec::new();
    if let Transition::Next(next) = &state.transition {
        transitions.push((next, state.pointer.child("Next")));
    }
    if let StateKind::Choice { rules, default } = &state.kind {
        for rule in rules {
            transitions.extend(
                rule.next
                    .iter()
                    .map(|next| (next, rule.pointer.child("Next"))),
            );
        }
        let default = default.iter();
        transitions.extend(default.map(|default| (default, state.pointer.child("Default"))));
    }
    for catcher in state.catchers() {
        let next = catcher.next.iter();
        transitions.extend(next.map(|next| (next, catcher.pointer.child("Next"))));
    }
    transitions
}

fn unknown(machine: &StateMachine, reference: &Reference, is_searched: bool) -> Diagnostic {
    let message = format!("No state is named {}", reference.name);
    let diagnostic = Diagnostic::error(UNKNOWN_TARGET.code, reference.span, message);
    let names = machine.states.keys().filter(|_| is_searched);
    let Some(close) = closest(&reference.name, names.map(|name| &**name)) else {
        return diagnostic.with_hint("A transition can only name a state beside it");
    };
    let edit = TextEdit::replace(reference.span, Value::from(close).to_string());
    diagnostic.with_fix(format!("Change to {close}"), edit)
}
