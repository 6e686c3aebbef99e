//! Mocks from what happened: a history becomes a test case.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::super::task::{FailedAt, TaskResult};
use super::{Mock, Mocks, TestCase};
use crate::execution::history::{
    EventDetails, EventId, EventPhase, HistoryEvent, HistoryEventType,
};
use crate::source::json::Value;
use crate::time::Timestamp;

impl Mocks {
    /// A configuration with one test case in which every attempt of every task ends as
    /// it did in a history, after as much time. What was under way when the history
    /// breaks off is left out; what was cut short takes longer than the execution did.
    pub fn record(
        machine: impl Into<Arc<str>>,
        case: impl Into<Arc<str>>,
        events: &[HistoryEvent],
    ) -> Self {
        let mut mocks = Mocks::default();
        let mut states = TestCase::new();
        let mut counts: BTreeMap<Arc<str>, u32> = BTreeMap::new();
        let attempts = Attempts::of(events);
        for attempt in attempts.0 {
            let number = counts.entry(attempt.state.clone()).or_insert(0);
            let first = *number;
            *number += 1;
            let Some((result, delay)) = attempt.outcome(events.last()) else {
                continue;
            };
            states.insert(attempt.state.clone(), attempt.state.clone());
            mocks
                .responses
                .entry(attempt.state)
                .or_default()
                .push(Mock {
                    iterations: None,
                    first,
                    last: first,
                    result,
                    delay,
                    submitted: attempt.submitted,
                });
        }
        mocks
            .machines
            .entry(machine.into())
            .or_default()
            .insert(case.into(), states);
        mocks
    }
}

/// Attempts in the order of being scheduled.
struct Attempts(Vec<Attempt>);

struct Attempt {
    state: Arc<str>,
    scheduled: Timestamp,
    /// `TimeoutSeconds` and `HeartbeatSeconds`.
    limits: [Option<u64>; 2],
    submitted: Option<Value>,
    end: Option<(TaskResult, Timestamp)>,
}

impl Attempt {
    /// How it ended and after what time. `last` is the last event of the history.
    fn outcome(&self, last: Option<&HistoryEvent>) -> Option<(TaskResult, Duration)> {
        let Some((result, ended)) = &self.end else {
            let last = last.filter(|last| last.event_type.is_terminal())?;
            let delay = last.timestamp.since(self.scheduled) + Duration::from_secs(1);
            return Some((TaskResult::timed_out(), delay));
        };
        let delay = ended.since(self.scheduled);
        // A state's own time limit strikes again: the answer must not come first.
        let is_timeout = matches!(
            result,
            TaskResult::Failure {
                at: FailedAt::TimedOut,
                ..
            }
        );
        let is_own = self
            .limits
            .iter()
            .flatten()
            .any(|limit| delay >= Duration::from_secs(*limit));
        let late = Duration::from_millis(u64::from(is_timeout && is_own));
        Some((result.clone(), delay + late))
    }
}

fn limits(details: Option<&EventDetails>) -> [Option<u64>; 2] {
    match details {
        Some(EventDetails::TaskScheduled(details)) => {
            [details.timeout_in_seconds, details.heartbeat_in_seconds]
        }
        Some(EventDetails::ActivityScheduled(details)) => {
            [details.timeout_in_seconds, details.heartbeat_in_seconds]
        }
        Some(EventDetails::LambdaFunctionScheduled(details)) => [details.timeout_in_seconds, None],
        _ => [None, None],
    }
}

impl Attempts {
    fn of(events: &[HistoryEvent]) -> Self {
        let mut attempts = Vec::new();
        // What an event belongs to: the name of a state, or an attempt.
        let mut states: BTreeMap<EventId, Arc<str>> = BTreeMap::new();
        let mut owners: BTreeMap<EventId, usize> = BTreeMap::new();
        for event in events {
            let details = event.details.as_ref();
            let phase = event.event_type.phase();
            if phase == EventPhase::StateEntered {
                let name = details.and_then(EventDetails::state_name);
                states.extend(name.map(|name| (event.id, name.clone())));
                continue;
            }
            let Some(state) = states.get(&event.previous_event_id).cloned() else {
                continue;
            };
            states.insert(event.id, state.clone());
            if phase == EventPhase::TaskScheduled {
                owners.insert(event.id, attempts.len());
                attempts.push(Attempt {
                    state,
                    scheduled: event.timestamp,
                    limits: limits(details),
                    submitted: None,
                    end: None,
                });
                continue;
            }
            let Some(&owner) = owners.get(&event.previous_event_id) else {
                continue;
            };
            owners.insert(event.id, owner);
            let Some(attempt) = attempts.get_mut(owner) else {
                continue;
            };
            let output = || {
                details
                    .and_then(EventDetails::output)
                    .map(|output| output.value().clone())
            };
            match phase {
                EventPhase::TaskProgress if event.event_type == HistoryEventType::TaskSubmitted => {
                    attempt.submitted = output();
                }
                EventPhase::TaskSucceeded => {
                    let result = TaskResult::Success(output().unwrap_or_default());
                    attempt.end = Some((result, event.timestamp));
                }
                EventPhase::TaskFailed | EventPhase::TaskTimedOut => {
                    let failure = details.and_then(EventDetails::failure).unwrap_or_default();
                    let at = FailedAt::of_event(event.event_type).unwrap_or_default();
                    attempt.end = Some((TaskResult::Failure { failure, at }, event.timestamp));
                }
                _ => {}
            }
        }
        Self(attempts)
    }
}
