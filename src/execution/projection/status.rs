//! How states stand, over all visits.

use super::visit::Visit;
use crate::asl::Pointer;

/// How a visit stands. Later in the list wins where several visits are summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// No execution came here.
    #[default]
    NotReached,
    /// Left as planned.
    Succeeded,
    /// Cut short from outside.
    Aborted,
    /// Left as planned after an attempt that failed.
    Retried,
    /// Failed, and a Catcher took over.
    Caught,
    /// Ran out of time.
    TimedOut,
    /// Failed.
    Failed,
    /// Entered and not yet left.
    Running,
    /// Waits for a result from outside the simulation.
    Pending,
}

impl Status {
    /// All of them, in the order of a legend.
    pub const ALL: [Status; 9] = [
        Status::Running,
        Status::Succeeded,
        Status::Retried,
        Status::Caught,
        Status::Failed,
        Status::TimedOut,
        Status::Aborted,
        Status::Pending,
        Status::NotReached,
    ];

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            Status::NotReached => "Not reached",
            Status::Succeeded => "Succeeded",
            Status::Aborted => "Aborted",
            Status::Retried => "Retried",
            Status::Caught => "Caught",
            Status::TimedOut => "Timed out",
            Status::Failed => "Failed",
            Status::Running => "Running",
            Status::Pending => "Pending",
        }
    }
}

/// How a state stands over all its visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateStatus {
    /// In a word: of the latest visit, or of the worst one where a Map state runs
    /// the same state for many items.
    pub status: Status,
    /// How many visits.
    pub visits: usize,
    /// How many of them are over and went well, with or without help.
    pub succeeded: usize,
    /// How many of them failed, timed out or were cut short.
    pub failed: usize,
}

impl StateStatus {
    /// Adds visits by executions that have ended: those that left the state, and those that
    /// ended in it.
    pub fn add_many(&mut self, entered: u64, exited: u64) {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let failed = count(entered.saturating_sub(exited));
        self.visits += count(entered);
        self.succeeded += count(exited);
        self.failed += failed;
        let status = match (failed, exited) {
            (0, 0) => Status::NotReached,
            (0, _) => Status::Succeeded,
            _ => Status::Failed,
        };
        self.status = self.status.max(status);
    }

    pub(super) fn add(&mut self, visit: &Visit) {
        let is_first = self.visits == 0;
        self.visits += 1;
        match visit.status {
            Status::Succeeded | Status::Retried | Status::Caught => self.succeeded += 1,
            Status::Failed | Status::TimedOut | Status::Aborted => self.failed += 1,
            Status::NotReached | Status::Running | Status::Pending => {}
        }
        self.status = if visit.iteration.is_some() && !is_first {
            self.status.max(visit.status)
        } else {
            visit.status
        };
    }
}

/// A transition that was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TakenTransition {
    /// The state it left; for the first state of a machine, the machine.
    pub from: Pointer,
    /// The state it led to.
    pub to: Pointer,
    /// Whether a Catcher took it.
    pub is_caught: bool,
}
