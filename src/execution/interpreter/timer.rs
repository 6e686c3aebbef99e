//! What is due later.

use std::collections::BTreeMap;

use super::child::ChildId;
use super::frame::FrameId;
use super::task::TaskId;
use crate::time::Timestamp;

/// A timer, for cancelling it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimerId(Timestamp, u64);

/// What happens when a timer fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alarm {
    /// A Wait state has waited.
    WaitOver(FrameId),
    /// A state tries again.
    Retry(FrameId),
    /// A task has taken too long.
    TaskTimeout(TaskId),
    /// A task has been silent too long.
    HeartbeatTimeout(TaskId),
    /// An execution inside has something to do.
    Child(ChildId),
    /// The whole execution has taken too long.
    ExecutionTimeout,
}

/// Timers by time; of equal times the one set first fires first.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    alarms: BTreeMap<TimerId, Alarm>,
    count: u64,
}

impl Timers {
    pub fn set(&mut self, at: Timestamp, alarm: Alarm) -> TimerId {
        self.count += 1;
        let id = TimerId(at, self.count);
        self.alarms.insert(id, alarm);
        id
    }

    pub fn cancel(&mut self, id: TimerId) {
        self.alarms.remove(&id);
    }

    pub fn clear(&mut self) {
        self.alarms.clear();
    }

    /// When the next timer fires.
    pub fn next(&self) -> Option<Timestamp> {
        self.alarms.first_key_value().map(|(id, _)| id.0)
    }

    /// Takes the next timer that is due.
    pub fn pop_due(&mut self, now: Timestamp) -> Option<Alarm> {
        if self.next()? > now {
            return None;
        }
        self.alarms.pop_first().map(|(_, alarm)| alarm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fires_in_order_of_time_then_of_setting() {
        let mut timers = Timers::default();
        let at = Timestamp::from_millis;
        timers.set(at(2), Alarm::Retry(FrameId(1)));
        let cancelled = timers.set(at(1), Alarm::Retry(FrameId(2)));
        timers.set(at(1), Alarm::Retry(FrameId(3)));
        timers.set(at(1), Alarm::Retry(FrameId(4)));
        timers.cancel(cancelled);
        assert_eq!(timers.pop_due(at(0)), None);
        assert_eq!(timers.pop_due(at(1)), Some(Alarm::Retry(FrameId(3))));
        assert_eq!(timers.pop_due(at(1)), Some(Alarm::Retry(FrameId(4))));
        assert_eq!(timers.pop_due(at(1)), None);
        assert_eq!(timers.next(), Some(at(2)));
    }
}
