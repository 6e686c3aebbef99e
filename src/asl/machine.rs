//! A state machine: the whole definition, a branch of a Parallel state, or what a
//! Map state runs for each item.

use std::sync::Arc;

use indexmap::IndexMap;

use super::state::{QueryLanguage, State, StateKind};
use crate::source::Span;
use crate::source::json::Pointer;

/// The lowered form of an object with `StartAt` and `States`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateMachine {
    /// Where it stands in the definition; the root for the whole.
    pub pointer: Pointer,
    /// The bytes of its object.
    pub span: Span,
    /// `Comment`
    pub comment: Option<Arc<str>>,
    /// `QueryLanguage` of the machine; nested machines take it over.
    pub query_language: QueryLanguage,
    /// `TimeoutSeconds` of the whole machine.
    pub timeout_seconds: Option<u64>,
    /// `StartAt`
    pub start_at: Option<Reference>,
    /// `States`, in the order of the text.
    pub states: IndexMap<Arc<str>, State>,
}

/// The name of a state where a transition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: Arc<str>,
    /// The bytes of the string, quotes included.
    pub span: Span,
}

impl Reference {
    /// Whether a deployment tool will put the real name here.
    pub fn is_substituted(&self) -> bool {
        self.name.contains("${")
    }
}

impl StateMachine {
    /// The state that a transition of this machine leads to.
    pub fn target(&self, reference: &Reference) -> Option<&State> {
        self.states.get(&reference.name)
    }

    /// The state an execution begins with.
    pub fn start(&self) -> Option<&State> {
        self.target(self.start_at.as_ref()?)
    }

    /// Every state, those of branches and item processors after their owner.
    pub fn walk(&self) -> impl Iterator<Item = &State> {
        let mut stack: Vec<&State> = self.states.values().rev().collect();
        std::iter::from_fn(move || {
            let state = stack.pop()?;
            for machine in state.machines().rev() {
                stack.extend(machine.states.values().rev());
            }
            Some(state)
        })
    }

    /// This machine and every machine inside it.
    pub fn machines(&self) -> impl Iterator<Item = &StateMachine> {
        std::iter::once(self).chain(self.walk().flat_map(State::machines))
    }

    /// The state at `pointer`, at any depth.
    pub fn find(&self, pointer: &Pointer) -> Option<&State> {
        let mut machine = self;
        loop {
            let state = machine
                .states
                .values()
                .find(|state| pointer.is_within(&state.pointer))?;
            if state.pointer == *pointer {
                return Some(state);
            }
            machine = state
                .machines()
                .find(|inner| pointer.is_within(&inner.pointer))?;
        }
    }

    /// The innermost state whose text a byte offset touches.
    pub fn state_at(&self, offset: usize) -> Option<&State> {
        let mut machine = self;
        let mut found = None;
        loop {
            let Some(state) = machine
                .states
                .values()
                .find(|state| state.span.touches(offset))
            else {
                return found;
            };
            found = Some(state);
            let Some(inner) = state.machines().find(|inner| inner.span.touches(offset)) else {
                return found;
            };
            machine = inner;
        }
    }
}

impl State {
    /// The machines inside: branches of a Parallel state, the processor of a Map state.
    pub fn machines(&self) -> impl DoubleEndedIterator<Item = &StateMachine> {
        let machines: &[Arc<StateMachine>] = match &self.kind {
            StateKind::Parallel(parallel) => &parallel.branches,
            StateKind::Map(map) => map.item_processor.as_slice(),
            StateKind::Task(_)
            | StateKind::Pass { .. }
            | StateKind::Choice { .. }
            | StateKind::Wait { .. }
            | StateKind::Succeed
            | StateKind::Fail { .. }
            | StateKind::Unknown { .. } => &[],
        };
        machines.iter().map(Arc::as_ref)
    }
}
