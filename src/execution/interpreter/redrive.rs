//! Redrive: an execution that did not succeed goes on where it ended.
//!
//! What succeeded stays as it is; states that failed or were cut short begin anew, with
//! the attempts of their Retriers. Branches and iterations that had ended well are not
//! run again. A Map Run goes on as the same one, with its unsuccessful children and those
//! that were not started.

use std::collections::BTreeMap;
use std::fmt;

use super::execution::{Execution, Outcome, Wake};
use super::frame::{Frame, FrameId, Phase};
use super::options::WorkflowType;
use super::state::distributed;
use crate::execution::history::{
    EventDetails, EventId, ExecutionRedrivenEventDetails, HistoryEventType,
};
use crate::time::Timestamp;

/// Why an execution cannot be redriven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRedrivable {
    /// It has not ended.
    Running,
    /// It ended well.
    Succeeded,
    /// Express executions never can.
    Express,
    /// Its history is full.
    HistoryFull,
    /// It failed before any state was entered.
    NoState,
}

impl fmt::Display for NotRedrivable {
    /// The reason as `redriveStatusReason` gives it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "Execution is RUNNING and cannot be redriven",
            Self::Succeeded => "Execution is SUCCEEDED and cannot be redriven",
            Self::Express => "Execution is EXPRESS and cannot be redriven",
            Self::HistoryFull => {
                "Execution history event limit exceeded and the execution cannot be redriven"
            }
            Self::NoState => "Execution has no state to be redriven from",
        })
    }
}

impl std::error::Error for NotRedrivable {}

impl Execution {
    /// Whether [`redrive`](Self::redrive) would work.
    pub fn redrivable(&self) -> Result<(), NotRedrivable> {
        match &self.outcome {
            None => Err(NotRedrivable::Running),
            Some(Outcome::Succeeded(_)) => Err(NotRedrivable::Succeeded),
            Some(_) if self.options.workflow_type == WorkflowType::Express => {
                Err(NotRedrivable::Express)
            }
            Some(_) if self.is_history_full => Err(NotRedrivable::HistoryFull),
            Some(_) if self.remains.is_empty() => Err(NotRedrivable::NoState),
            Some(Outcome::Failed(_) | Outcome::TimedOut(_) | Outcome::Aborted(_)) => Ok(()),
        }
    }

    /// Goes on where an execution failed, ran out of time or was stopped.
    pub fn redrive(&mut self, now: Timestamp) -> Result<(), NotRedrivable> {
        self.redrivable()?;
        self.now = self.now.max(now);
        self.redrive_count += 1;
        self.redriven = Some(self.now);
        self.outcome = None;
        self.frames = std::mem::take(&mut self.remains);
        let details = ExecutionRedrivenEventDetails {
            redrive_count: Some(self.redrive_count),
        };
        let previous = EventId(self.history.len() as u64);
        let event = self.record(
            HistoryEventType::ExecutionRedriven,
            previous,
            Some(EventDetails::ExecutionRedriven(details)),
        );
        self.limit_time();
        let frames: Vec<FrameId> = self.frames.keys().copied().collect();
        for id in frames {
            let Some(frame) = self.frames.get_mut(&id) else {
                continue;
            };
            match &mut frame.phase {
                Phase::Entering { .. } => self.ready.push_back(Wake::Enter(id)),
                Phase::Inside(visit) => {
                    visit.task = None;
                    visit.timers.clear();
                    visit.retries.fill(0);
                    visit.retry_count = 0;
                    let has_running = visit
                        .children
                        .as_ref()
                        .is_some_and(|children| !children.running.is_empty());
                    if has_running {
                        continue;
                    }
                    visit.children = None;
                    frame.last = event;
                    if !distributed::redrive(self, id) {
                        self.ready.push_back(Wake::Attempt(id));
                    }
                }
            }
        }
        Ok(())
    }

    /// How often it was redriven.
    pub fn redrive_count(&self) -> u64 {
        self.redrive_count
    }

    /// Keeps the frames as they stand before a failure takes them apart; the first failure
    /// of those that lead to one another counts.
    pub(super) fn keep_remains(&mut self) {
        if self.remains.is_empty() {
            self.remains = self.frames.clone();
        }
    }

    /// A failure was handled: what was kept of it is of no use.
    pub(super) fn drop_remains(&mut self) {
        self.remains = BTreeMap::<FrameId, Frame>::new();
    }
}
