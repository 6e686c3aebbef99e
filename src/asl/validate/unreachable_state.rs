//! A state that no transition leads to.

use std::collections::HashSet;

use super::finding::{Report, Said};
use super::location::location_of;
use super::unknown_target::MISSING_TARGET;
use super::{Rule, is_unclear};
use crate::asl::machine::StateMachine;
use crate::asl::state::State;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic};

/// Every state can be reached.
pub const UNREACHABLE_STATE: Rule = Rule {
    code: Code("UNREACHABLE_STATE"),
    demand: "Every state can be reached from StartAt.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// Checks every machine of a definition. Where the whole has no end, the service says nothing
/// of what cannot be reached.
pub(super) fn check(report: &mut Report<'_>, root: &Node, machine: &StateMachine, has_end: bool) {
    for machine in machine.machines() {
        // Without a start everything would be unreachable, which the missing start already
        // says to people.
        let is_clear = machine.start().is_some() && !is_unclear(report, machine);
        let reached = reached(machine);
        let states = machine.states.values();
        for state in states.filter(|state| !reached.contains(&*state.name)) {
            let name = &state.name;
            let own = is_clear.then(|| {
                let message = format!("No transition leads to {name}");
                Diagnostic::error(UNREACHABLE_STATE.code, state.name_span, message)
            });
            let said = has_end.then(|| {
                let said = format!("State \"{name}\" is not reachable.");
                let location = location_of(root, &state.pointer);
                Said::error(MISSING_TARGET, location, said).about_transitions()
            });
            report.add(own, said);
        }
    }
}

fn reached(machine: &StateMachine) -> HashSet<&str> {
    let mut stack: Vec<&State> = machine.start().into_iter().collect();
    let mut reached: HashSet<&str> = stack.iter().map(|state| &*state.name).collect();
    while let Some(state) = stack.pop() {
        for reference in state.references() {
            if let Some(target) = machine.target(reference)
                && reached.insert(&target.name)
            {
                stack.push(target);
            }
        }
    }
    reached
}
