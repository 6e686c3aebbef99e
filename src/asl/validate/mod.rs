//! What can be wrong with a definition: one file per rule.
//!
//! A rule has a code, a sentence that says what the language demands, and an
//! invalid and a valid example, both tested. Problems of shape (types, missing
//! fields) are found while lowering; the rules here look at the whole.

mod end_of_machine;
mod missing_field;
mod suggest;
mod unknown_state_type;
mod unknown_target;
mod unreachable_state;
mod wrong_type;

use super::machine::{Reference, StateMachine};
use super::state::{StateKind, Transition};
use crate::source::{Code, Diagnostic};

pub use missing_field::MISSING_FIELD;
pub(super) use suggest::closest;
pub use unknown_state_type::UNKNOWN_STATE_TYPE;
pub use wrong_type::WRONG_TYPE;

/// One rule of the language.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: Code,
    /// What the language demands.
    pub demand: &'static str,
    /// A definition that breaks it.
    pub invalid: &'static str,
    /// A definition that keeps it.
    pub valid: &'static str,
    /// Finds every place where a machine or a machine inside it breaks the rule;
    /// nothing for rules that lowering itself checks.
    check: fn(&StateMachine, &mut Vec<Diagnostic>),
}

/// Every rule.
pub const RULES: &[Rule] = &[
    WRONG_TYPE,
    MISSING_FIELD,
    UNKNOWN_STATE_TYPE,
    unknown_target::UNKNOWN_TARGET,
    unreachable_state::UNREACHABLE_STATE,
    end_of_machine::NO_END,
];

/// Applies every rule to a lowered definition.
pub(super) fn check(machine: &StateMachine, diagnostics: &mut Vec<Diagnostic>) {
    for machine in machine.machines() {
        for rule in RULES {
            (rule.check)(machine, diagnostics);
        }
    }
}

/// Whether it is unclear where a machine goes on: because of a fault of its own a state may
/// lead anywhere, so that what cannot be reached or never ends is not known.
fn is_unclear(machine: &StateMachine) -> bool {
    machine.states.values().any(|state| {
        let is_end = matches!(
            state.kind,
            StateKind::Choice { .. } | StateKind::Succeed | StateKind::Fail { .. }
        );
        let is_lost = |reference: &&Reference| machine.target(reference).is_none();
        matches!(state.kind, StateKind::Unknown { .. })
            || (state.transition == Transition::None && !is_end)
            || state.references().iter().any(is_lost)
    })
}

/// The check of rules that lowering applies.
fn checked_while_lowering(_: &StateMachine, _: &mut Vec<Diagnostic>) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    fn codes(text: &str) -> Vec<Code> {
        super::super::lower(&parse(text).root)
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }

    #[test]
    fn every_rule_tells_its_examples_apart() {
        for rule in RULES {
            assert!(
                codes(rule.invalid).contains(&rule.code),
                "{} accepts {}",
                rule.code,
                rule.invalid
            );
            assert_eq!(
                codes(rule.valid),
                [],
                "{} refuses {}",
                rule.code,
                rule.valid
            );
            assert!(rule.demand.ends_with('.'), "{}", rule.code);
        }
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
    }
}
