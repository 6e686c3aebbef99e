//! From the JSON tree to the model. Total: every tree gives a machine.
//!
//! What does not fit is left out without a word; `validate` looks at the tree itself and tells.

mod choice;
mod error_handling;
mod fields;
mod machine;
mod map;
mod state;

use std::sync::Arc;

use super::machine::StateMachine;
use super::state::QueryLanguage;
use crate::source::json::{Node, NodeKind, Pointer};
use crate::source::sort::sort_by_number;
use crate::source::{Code, Diagnostic};

/// A placeholder stands where the machine needs its value.
pub(super) const UNRESOLVED: Code = Code("UNRESOLVED");

/// What [`lower`] gives.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// All that could be understood.
    pub machine: Arc<StateMachine>,
    /// Placeholders that a deployment tool replaces and without which the machine cannot
    /// run: a field of another type than a string, a transition. The definition is right
    /// all the same.
    pub unresolved: Vec<Diagnostic>,
}

/// Lowers a tree. Never fails.
pub fn lower(root: &Node) -> Lowered {
    let mut unresolved = Vec::new();
    let machine = match &root.kind {
        NodeKind::Missing => StateMachine::default(),
        _ => machine::machine(
            root,
            Pointer::root(),
            QueryLanguage::default(),
            &mut unresolved,
        ),
    };
    for machine in machine.machines() {
        targets(machine, &mut unresolved);
    }
    sort_by_number(&mut unresolved, |problem| problem.span.order());
    Lowered {
        machine: Arc::new(machine),
        unresolved,
    }
}

/// Transitions to states whose names a deployment tool knows.
fn targets(machine: &StateMachine, unresolved: &mut Vec<Diagnostic>) {
    let references = machine.states.values().flat_map(|state| state.references());
    for reference in machine.start_at.iter().chain(references) {
        if reference.is_substituted() && machine.target(reference).is_none() {
            let name = &reference.name;
            let message = format!("No state is named {name}, so it needs a value");
            unresolved.push(Diagnostic::error(UNRESOLVED, reference.span, message));
        }
    }
}
