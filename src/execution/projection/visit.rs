//! One stay in a state, from entering it to leaving it.

use std::sync::Arc;

use super::status::Status;
use crate::asl::{Pointer, StateType};
use crate::execution::history::{EventId, Failure, Payload};
use crate::time::Timestamp;

/// The number of a visit in its trace, in the order of entering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitId(pub usize);

/// One stay in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// The name of the state.
    pub name: Arc<str>,
    /// The state; `None` if the definition has no such state.
    pub pointer: Option<Pointer>,
    /// Its type, by the event that entered it.
    pub state_type: Option<StateType>,
    /// The Parallel or Map state around it.
    pub parent: Option<VisitId>,
    /// Where its machine stands: the definition's root, a branch, an item processor.
    pub machine: Pointer,
    /// Which iteration of the Map state around it.
    pub iteration: Option<u64>,
    /// How it stands.
    pub status: Status,
    /// The event that entered it, and when.
    pub entered: (EventId, Timestamp),
    /// The event that left it, and when.
    pub exited: Option<(EventId, Timestamp)>,
    /// What went in.
    pub input: Option<Payload>,
    /// What came out.
    pub output: Option<Payload>,
    /// The variables it set, each as JSON text.
    pub assigned: Vec<(Arc<str>, Payload)>,
    /// Attempts of a task, or of a Parallel or Map state.
    pub attempts: Vec<Attempt>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The event that began it, and when.
    pub started: (EventId, Timestamp),
    /// The event that ended it, and when.
    pub ended: Option<(EventId, Timestamp)>,
    /// What was sent.
    pub parameters: Option<Payload>,
    /// What came back.
    pub result: Option<Payload>,
    /// What went wrong.
    pub failure: Option<Failure>,
    /// Whether it ran out of time.
    pub has_timed_out: bool,
}

impl Visit {
    /// Whether the state was neither left nor cut short.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Running)
    }

    /// The last failure of its attempts, if the last attempt failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.attempts.last()?.failure.as_ref()
    }

    pub(super) fn has_timed_out(&self) -> bool {
        self.attempts
            .last()
            .is_some_and(|attempt| attempt.has_timed_out)
    }

    pub(super) fn begin_attempt(&mut self, at: (EventId, Timestamp), parameters: Option<Payload>) {
        self.attempts.push(Attempt {
            started: at,
            ended: None,
            parameters,
            result: None,
            failure: None,
            has_timed_out: false,
        });
    }

    /// Ends the attempt under way; one that failed before it began counts too.
    pub(super) fn end_attempt(
        &mut self,
        at: (EventId, Timestamp),
        result: Option<Payload>,
        failure: Option<Failure>,
        has_timed_out: bool,
    ) {
        if self
            .attempts
            .last()
            .is_none_or(|attempt| attempt.ended.is_some())
        {
            self.begin_attempt(at, None);
        }
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.ended = Some(at);
            attempt.result = result;
            attempt.failure = failure;
            attempt.has_timed_out = has_timed_out;
        }
    }
}
