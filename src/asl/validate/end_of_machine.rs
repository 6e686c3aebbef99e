//! A machine that can never end.

use super::finding::{Report, Said};
use super::{Rule, is_unclear};
use crate::asl::machine::StateMachine;
use crate::source::{Code, Diagnostic, Span};

/// A machine has an end.
pub const NO_END: Rule = Rule {
    code: Code("NO_END"),
    demand: "At least one state of a machine ends it: a Succeed, a Fail, or a state with End.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks every machine of a definition; whether the whole has an end.
///
/// The service accepts branches and item processors that go round for ever.
pub(super) fn check(report: &mut Report<'_>, machine: &StateMachine) -> bool {
    let has_end = ends(machine);
    for (index, machine) in machine.machines().enumerate() {
        if ends(machine) {
            continue;
        }
        let own = (!is_unclear(report, machine)).then(|| {
            let start = machine.span.start as usize;
            let span = machine.start_at.as_ref().map(|start_at| start_at.span);
            let span = span.unwrap_or(Span::char_at(report.text, start));
            let problem = match index {
                0 => Diagnostic::error(NO_END.code, span, "No state ends this state machine"),
                _ => Diagnostic::warning(NO_END.code, span, "No state ends this machine"),
            };
            problem.with_hint("Add \"End\": true, or a Succeed or Fail state")
        });
        let said = (index == 0).then(|| {
            let said = "Workflow has no terminal state";
            Said::error(Code("MISSING_END_STATE"), "", said)
                .nowhere()
                .about_transitions()
        });
        report.add(own, said);
    }
    has_end
}

/// Whether a machine has an end, or no states that could be one.
fn ends(machine: &StateMachine) -> bool {
    machine.states.is_empty() || machine.states.values().any(|state| state.is_terminal())
}
