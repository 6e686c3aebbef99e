//! The history of the shown run, and what it means: read on with every slice of a run, so
//! that a long history is not read again and again.

use std::sync::Arc;

use leptos::prelude::*;

use crate::asl::{Pointer, StateMachine};
use crate::execution::history::{HistoryEvent, HistoryEventType};
use crate::execution::projection::{Trace, Visit, trace};

/// The history of the shown run.
#[derive(Clone, Copy)]
pub struct HistoryStore {
    /// The definition as it was when the run started.
    machine: RwSignal<Option<Arc<StateMachine>>>,
    events: RwSignal<Vec<HistoryEvent>>,
    /// What all of it means.
    latest: RwSignal<Trace>,
    /// How many events are shown on the graph; all of them where it is `None`.
    cursor: RwSignal<Option<usize>>,
    /// What the events up to the cursor mean, where there is one.
    past: RwSignal<Trace>,
}

impl HistoryStore {
    /// None yet.
    pub fn new() -> Self {
        Self {
            machine: RwSignal::new(None),
            events: RwSignal::new(Vec::new()),
            latest: RwSignal::new(Trace::default()),
            cursor: RwSignal::new(None),
            past: RwSignal::new(Trace::default()),
        }
    }

    /// A run of this machine begins.
    pub(super) fn begin(self, machine: Arc<StateMachine>) {
        self.clear();
        self.machine.set(Some(machine));
    }

    /// There is none any more.
    pub(super) fn clear(self) {
        self.cursor.set(None);
        self.latest.set(Trace::default());
        self.past.set(Trace::default());
        self.events.set(Vec::new());
    }

    /// The run went on.
    pub(super) fn read_on(self, events: Vec<HistoryEvent>) {
        if let Some(machine) = self.machine.get_untracked() {
            self.latest.update(|trace| trace.read_on(&machine, &events));
        }
        self.events.update(|history| history.extend(events));
    }

    /// Looks at the events.
    pub fn with<T>(self, look: impl FnOnce(&[HistoryEvent]) -> T) -> T {
        self.events.with(|events| look(events))
    }

    /// Looks at the events without following them.
    pub fn with_untracked<T>(self, look: impl FnOnce(&[HistoryEvent]) -> T) -> T {
        self.events.with_untracked(|events| look(events))
    }

    /// How many events there are.
    pub fn count(self) -> usize {
        self.events.with(Vec::len)
    }

    /// How the execution ended, by the last event.
    pub fn end(self) -> Option<HistoryEventType> {
        self.with(|events| {
            let last = events.last()?.event_type;
            last.is_terminal().then_some(last)
        })
    }

    /// How many events are shown on the graph; all of them where it is `None`.
    pub fn cursor(self) -> Option<usize> {
        self.cursor.get()
    }

    /// Shows the beginning of the history on the graph, or all of it.
    pub fn look_at(self, cursor: Option<usize>) {
        if let (Some(shown), Some(machine)) = (cursor, self.machine.get_untracked()) {
            self.events.with_untracked(|events| {
                let read = self.past.with_untracked(Trace::events);
                match events.get(read..shown) {
                    Some(next) => self.past.update(|trace| trace.read_on(&machine, next)),
                    None => {
                        let beginning = events.get(..shown).unwrap_or(events);
                        self.past.set(trace(&machine, beginning));
                    }
                }
            });
        }
        self.cursor.set(cursor);
    }

    /// Looks at what the events mean that are shown on the graph.
    pub fn trace<T>(self, look: impl FnOnce(&Trace) -> T) -> T {
        match self.cursor.get() {
            Some(_) => self.past.with(look),
            None => self.latest.with(look),
        }
    }

    /// The visits of a state, as far as they are shown.
    pub fn visits_of(self, state: &Pointer) -> Vec<Visit> {
        self.trace(|trace| trace.visits_of(state).cloned().collect())
    }

    /// Looks at what the whole history means, without following it.
    pub fn whole_trace_untracked<T>(self, look: impl FnOnce(&Trace) -> T) -> T {
        self.latest.with_untracked(look)
    }
}
