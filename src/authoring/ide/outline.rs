//! The states of a definition as a tree.

use std::sync::Arc;

use crate::asl::{Pointer, State, StateMachine};
use crate::authoring::document::Document;
use crate::source::text::Span;

/// A state in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub detail: &'static str,
    /// Its identity.
    pub pointer: Pointer,
    /// From its name to the end of its object.
    pub span: Span,
    /// The states of each machine inside.
    pub machines: Vec<Vec<Symbol>>,
}

/// The states of a definition, those of branches and item processors below their owner.
pub fn outline(document: &Document) -> Vec<Symbol> {
    of_machine(document.machine())
}

/// Machines nest no deeper than the text.
fn of_machine(machine: &StateMachine) -> Vec<Symbol> {
    machine.states.values().map(of_state).collect()
}

fn of_state(state: &State) -> Symbol {
    Symbol {
        name: state.name.clone(),
        detail: state.kind.state_type().map_or("", |kind| kind.as_str()),
        pointer: state.pointer.clone(),
        span: state.span,
        machines: state.machines().map(of_machine).collect(),
    }
}
