//! A state that no transition leads to.

use std::collections::HashSet;

use super::super::machine::StateMachine;
use super::super::state::State;
use super::{Rule, is_unclear};
use crate::source::{Code, Diagnostic};

/// Every state can be reached.
pub const UNREACHABLE_STATE: Rule = Rule {
    code: Code("UNREACHABLE_STATE"),
    demand: "Every state can be reached from StartAt.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#,
    check,
};

fn check(machine: &StateMachine, diagnostics: &mut Vec<Diagnostic>) {
    // Without a start everything would be unreachable, which the missing start already says.
    let Some(start) = machine.start() else { return };
    if is_unclear(machine) {
        return;
    }
    let mut reached: HashSet<&str> = HashSet::from([&*start.name]);
    let mut stack: Vec<&State> = vec![start];
    while let Some(state) = stack.pop() {
        for reference in state.references() {
            if let Some(target) = machine.target(reference)
                && reached.insert(&target.name)
            {
                stack.push(target);
            }
        }
    }
    for state in machine
        .states
        .values()
        .filter(|state| !reached.contains(&*state.name))
    {
        let message = format!("No transition leads to {}", state.name);
        diagnostics.push(Diagnostic::warning(
            UNREACHABLE_STATE.code,
            state.name_span,
            message,
        ));
    }
}
