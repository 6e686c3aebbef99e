//! One thread of an execution: the machine itself, a branch, an iteration.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::scope::Scope;
use super::state::distributed::Work;
use super::task::TaskId;
use super::timer::TimerId;
use crate::asl::StateMachine;
use crate::execution::history::{EventId, Payload};
use crate::source::json::Value;
use crate::time::Timestamp;

/// A frame, never reused in an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FrameId(pub u64);

/// A machine that runs.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Who gets the result; `None` for the execution itself.
    pub parent: Option<Parent>,
    /// What runs.
    pub machine: Arc<StateMachine>,
    /// The event that the next one follows.
    pub last: EventId,
    /// The variables in sight.
    pub variables: Arc<Scope>,
    /// The iteration this is, or is part of.
    pub item: Option<MapItem>,
    /// The iterations around, outermost first, this one included.
    pub iterations: Vec<u64>,
    /// Where it is.
    pub phase: Phase,
}

/// Where the result of a frame goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parent {
    /// The frame whose state started it.
    pub frame: FrameId,
    /// Which branch or iteration it is.
    pub index: usize,
}

/// What `$$.Map.Item` shows.
#[derive(Clone, Debug)]
pub(super) struct MapItem {
    pub index: u64,
    pub value: Value,
}

/// Where a frame is.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// Before a state.
    Entering {
        /// Its place in `States`.
        state: usize,
        /// What goes in, with its text where that is to be kept.
        input: Payload,
    },
    /// In a state.
    Inside(Visit),
}

/// One visit of a state.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The state's place in `States`.
    pub state: usize,
    /// The input as it came in.
    pub input: Value,
    /// When it was entered.
    pub entered: Timestamp,
    /// The event of entering.
    pub entered_event: EventId,
    /// The event that the one of entering follows.
    pub before: EventId,
    /// Retries so far.
    pub retry_count: u64,
    /// Retries so far by Retrier.
    pub retries: Vec<u64>,
    /// The call that is awaited.
    pub task: Option<PendingTask>,
    /// Timers to cancel when the attempt ends.
    pub timers: Vec<TimerId>,
    /// The branches or iterations that run.
    pub children: Option<Box<Children>>,
    /// The Map Run of a distributed Map.
    pub map_run: Option<Box<Work>>,
}

/// A call whose answer is awaited.
#[derive(Clone, Debug)]
pub(super) struct PendingTask {
    pub id: TaskId,
    pub is_started: bool,
    pub is_submitted: bool,
    pub heartbeat: Option<(std::time::Duration, TimerId)>,
}

/// The branches or iterations of a Parallel or Map state.
#[derive(Clone, Debug)]
pub(super) struct Children {
    /// Results by index.
    pub results: Vec<Option<Value>>,
    /// Those that run, by index.
    pub running: BTreeMap<usize, FrameId>,
    /// How many have ended well.
    pub done: usize,
    /// Map: what `$` shows to `ItemSelector`.
    pub input: Value,
    /// Map: the items, the next of which starts when a place is free.
    pub items: Vec<Value>,
    /// The next item.
    pub next: usize,
    /// How many may run at a time.
    pub limit: usize,
}

impl Frame {
    /// The visit, if it is in a state.
    pub fn visit(&self) -> Option<&Visit> {
        match &self.phase {
            Phase::Inside(visit) => Some(visit),
            Phase::Entering { .. } => None,
        }
    }

    /// The visit, for change.
    pub fn visit_mut(&mut self) -> Option<&mut Visit> {
        match &mut self.phase {
            Phase::Inside(visit) => Some(visit),
            Phase::Entering { .. } => None,
        }
    }
}
