//! A machine that can never end.

use super::super::machine::StateMachine;
use super::{Rule, is_unclear};
use crate::source::{Code, Diagnostic, Span};

/// A machine has an end.
pub const NO_END: Rule = Rule {
    code: Code("NO_END"),
    demand: "At least one state of a machine ends it: a Succeed, a Fail, or a state with End.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#,
    check,
};

fn check(machine: &StateMachine, diagnostics: &mut Vec<Diagnostic>) {
    if machine.states.is_empty()
        || is_unclear(machine)
        || machine.states.values().any(|state| state.is_terminal())
    {
        return;
    }
    let start = machine.span.start as usize;
    let span = machine
        .start_at
        .as_ref()
        .map_or(Span::new(start, start + 1), |start_at| start_at.span);
    diagnostics.push(
        Diagnostic::error(NO_END.code, span, "No state ends this state machine")
            .with_hint("Add \"End\": true, or a Succeed or Fail state"),
    );
}
