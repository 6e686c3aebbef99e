//! From the JSON tree to the model. Total: every tree gives a machine.

mod choice;
mod error_handling;
mod fields;
mod machine;
mod state;

use std::sync::Arc;

use super::machine::StateMachine;
use super::state::QueryLanguage;
use super::validate;
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
    /// What could not, and what is wrong with the rest, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Placeholders that a deployment tool replaces and without which the machine cannot
    /// run: a field of another type than a string, a transition. The definition is right
    /// all the same.
    pub unresolved: Vec<Diagnostic>,
}

/// Lowers a tree and checks the result against every rule. Never fails.
pub fn lower(root: &Node) -> Lowered {
    let mut diagnostics = Vec::new();
    let machine = match &root.kind {
        // A text without any value has its syntax error already.
        NodeKind::Missing => StateMachine::default(),
        _ => machine::machine(
            root,
            Pointer::root(),
            QueryLanguage::default(),
            machine::Place::Definition,
            &mut diagnostics,
        ),
    };
    validate::check(&machine, &mut diagnostics);
    sort_by_number(&mut diagnostics, |diagnostic| diagnostic.span.order());
    let (unresolved, diagnostics) = diagnostics
        .into_iter()
        .partition(|problem| problem.code == UNRESOLVED);
    Lowered {
        machine: Arc::new(machine),
        diagnostics,
        unresolved,
    }
}
