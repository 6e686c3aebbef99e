//! A transition names a state that is not in its machine.

use super::super::lower::UNRESOLVED;
use super::super::machine::{Reference, StateMachine};
use super::{Rule, closest};
use crate::source::{Code, Diagnostic, TextEdit};

/// Transitions lead to states of the same machine.
pub const UNKNOWN_TARGET: Rule = Rule {
    code: Code("UNKNOWN_TARGET"),
    demand: "StartAt and every transition name a state of the same States object.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#,
    check,
};

/// Names that are compared at most to find the one that was meant: in a machine of
/// thousands of states with as many slips the last ones get no suggestion.
const MOST_COMPARED: usize = 50_000;

fn check(machine: &StateMachine, diagnostics: &mut Vec<Diagnostic>) {
    let references = machine.states.values().flat_map(|state| state.references());
    let mut searches = MOST_COMPARED / machine.states.len().max(1);
    for reference in machine.start_at.iter().chain(references) {
        if machine.target(reference).is_some() {
            continue;
        }
        diagnostics.push(match reference.is_substituted() {
            false => {
                let is_searched = searches > 0;
                searches = searches.saturating_sub(1);
                unknown(machine, reference, is_searched)
            }
            true => {
                let name = &reference.name;
                let message = format!("No state is named {name}, so it needs a value");
                Diagnostic::error(UNRESOLVED, reference.span, message)
            }
        });
    }
}

fn unknown(machine: &StateMachine, reference: &Reference, is_searched: bool) -> Diagnostic {
    let message = format!("No state is named {}", reference.name);
    let diagnostic = Diagnostic::error(UNKNOWN_TARGET.code, reference.span, message);
    let names = machine.states.keys().filter(|_| is_searched);
    let Some(close) = closest(&reference.name, names.map(|name| &**name)) else {
        return diagnostic.with_hint("A transition can only name a state beside it");
    };
    let edit = TextEdit::replace(
        reference.span,
        crate::source::json::Value::from(close).to_string(),
    );
    diagnostic.with_fix(format!("Change to {close}"), edit)
}
