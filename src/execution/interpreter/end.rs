//! The end of an execution.

use super::execution::{Execution, Outcome};
use super::map_run::MapRunStatus;
use super::state::distributed;
use super::task::Effect;
use crate::execution::history::{EventDetails, EventId, Failure, HistoryEventType};

impl Execution {
    /// The latest event of any frame that runs.
    pub(super) fn latest_event(&self) -> EventId {
        self.frames
            .values()
            .map(|frame| frame.last)
            .max()
            .unwrap_or_default()
    }

    /// Ends the execution with an error.
    pub(super) fn end_failed(&mut self, previous: EventId, failure: Failure) {
        let details = EventDetails::ExecutionFailed(failure.clone());
        self.end(
            HistoryEventType::ExecutionFailed,
            previous,
            details,
            Outcome::Failed(failure),
        );
    }

    pub(super) fn time_out(&mut self) {
        // Learned from recordings: a timed out execution has neither error nor cause.
        let failure = Failure::default();
        let details = EventDetails::ExecutionTimedOut(failure.clone());
        let previous = self.latest_event();
        self.end(
            HistoryEventType::ExecutionTimedOut,
            previous,
            details,
            Outcome::TimedOut(failure),
        );
    }

    pub(super) fn overflow(&mut self) {
        let cause = format!(
            "The execution reached the maximum number of history events ({}).",
            self.options.quotas.events
        );
        let previous = EventId(self.history.len() as u64);
        self.end_failed(previous, Failure::new("States.Runtime", cause));
    }

    /// Ends the execution: the last event, and nobody waits for anything.
    pub(super) fn end(
        &mut self,
        event_type: HistoryEventType,
        previous: EventId,
        details: EventDetails,
        outcome: Outcome,
    ) {
        if self.outcome.is_some() {
            return;
        }
        self.record(event_type, previous, Some(details));
        let tasks = std::mem::take(&mut self.tasks);
        self.effects.extend(tasks.into_keys().map(Effect::Cancel));
        // What a redrive needs of a Map Run is there once it is cut short.
        for frame in self.frames.keys().copied().collect::<Vec<_>>() {
            distributed::cut_short(self, frame, MapRunStatus::Aborted);
        }
        match outcome {
            Outcome::Succeeded(_) => {
                self.drop_remains();
                self.brood.forget_kept();
            }
            Outcome::Failed(_) | Outcome::TimedOut(_) | Outcome::Aborted(_) => {
                self.keep_remains();
            }
        }
        self.brood.clear();
        self.frames.clear();
        self.ready.clear();
        self.timers.clear();
        self.outcome = Some(outcome);
    }
}
