//! Map Runs: what a distributed Map did, apart from the history.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::execution::Outcome;
use crate::asl::Pointer;
use crate::execution::history::{EventDetails, HistoryEvent};
use crate::source::json::Value;
use crate::time::Timestamp;

/// One Map Run, with the members that `DescribeMapRun` has.
#[derive(Clone, Debug, PartialEq)]
pub struct MapRun {
    /// Its ARN.
    pub arn: Arc<str>,
    /// The name of the Map state.
    pub state: Arc<str>,
    /// Where the Map state stands in the definition.
    pub pointer: Pointer,
    /// How it stands.
    pub status: MapRunStatus,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub stopped: Option<Timestamp>,
    /// How often it was redriven.
    pub redrive_count: u64,
    /// When it was redriven last.
    pub redriven: Option<Timestamp>,
    /// How many children may run at a time; 0 is no limit.
    pub max_concurrency: u64,
    /// How many items may fail.
    pub tolerated_failure_count: u64,
    /// What part of the items may fail, of 100.
    pub tolerated_failure_percentage: f64,
    /// Child executions.
    pub executions: Counts,
    /// Items.
    pub items: Counts,
    /// The child executions that were started, in order.
    pub children: Vec<ChildExecution>,
    /// How often children that have ended came through each state, by its name.
    pub visits: BTreeMap<Arc<str>, Visits>,
}

/// How often a state was entered, and left again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// Entered.
    pub entered: u64,
    /// Left as planned; the others ended with their execution.
    pub exited: u64,
}

impl MapRun {
    /// Counts what a child came through, and the children of that.
    pub(super) fn count_visits(&mut self, history: &[HistoryEvent], inner: &[MapRun]) {
        for event in history {
            let (name, is_entry) = match &event.details {
                Some(EventDetails::StateEntered(details)) => (&details.name, true),
                Some(EventDetails::StateExited(details)) => (&details.name, false),
                _ => continue,
            };
            let Some(name) = name else { continue };
            let visits = self.visits.entry(name.clone()).or_default();
            visits.entered += u64::from(is_entry);
            visits.exited += u64::from(!is_entry);
        }
        for (name, more) in inner.iter().flat_map(|map_run| &map_run.visits) {
            let visits = self.visits.entry(name.clone()).or_default();
            visits.entered += more.entered;
            visits.exited += more.exited;
        }
    }
}

/// What `UpdateMapRun` can change of a Map Run that runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MapRunUpdate {
    /// How many children may run at a time; 0 is no limit.
    pub max_concurrency: Option<u64>,
    /// How many items may fail.
    pub tolerated_failure_count: Option<u64>,
    /// What part of the items may fail, of 100.
    pub tolerated_failure_percentage: Option<f64>,
}

impl MapRunUpdate {
    /// Writes down what has changed.
    pub(super) fn apply(&self, map_run: &mut MapRun) {
        if let Some(limit) = self.max_concurrency {
            map_run.max_concurrency = limit;
        }
        if let Some(count) = self.tolerated_failure_count {
            map_run.tolerated_failure_count = count;
        }
        if let Some(percentage) = self.tolerated_failure_percentage {
            map_run.tolerated_failure_percentage = percentage;
        }
    }
}

/// `status` of a Map Run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapRunStatus {
    /// It runs.
    Running,
    /// All went well, or well enough.
    Succeeded,
    /// Too much failed.
    Failed,
    /// It was cut short.
    Aborted,
}

impl MapRunStatus {
    /// As the API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Aborted => "ABORTED",
        }
    }
}

/// How many children or items stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not yet started.
    pub pending: u64,
    /// Running.
    pub running: u64,
    /// Ended well.
    pub succeeded: u64,
    /// Ended with an error.
    pub failed: u64,
    /// Took too long.
    pub timed_out: u64,
    /// Cut short.
    pub aborted: u64,
    /// All together.
    pub total: u64,
    /// Whose results a `ResultWriter` wrote.
    pub results_written: u64,
    /// To run again, as the Map Run was redriven, and not yet started.
    pub pending_redrive: u64,
}

/// One child execution of a Map Run.
#[derive(Clone, Debug, PartialEq)]
pub struct ChildExecution {
    /// Its name.
    pub name: Arc<str>,
    /// What it was given.
    pub input: Value,
    /// How many items that are.
    pub items: u64,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub stopped: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it was redriven with its Map Run; one of an Express workflow starts anew instead.
    pub redrives: Vec<Timestamp>,
    /// Whether it is to run again and does not yet.
    pub awaits_redrive: bool,
    /// What happened in it. Of the children of a large Map only the first keep theirs.
    pub history: Vec<HistoryEvent>,
}

impl Counts {
    /// Something that was pending runs.
    pub(super) fn start(&mut self, count: u64) {
        self.pending = self.pending.saturating_sub(count);
        self.running += count;
    }

    /// Something that ran has ended.
    pub(super) fn end(&mut self, count: u64, outcome: &Outcome) {
        self.running = self.running.saturating_sub(count);
        *self.ended(outcome) += count;
    }

    /// Something that has ended is to run again.
    pub(super) fn reopen(&mut self, count: u64, outcome: &Outcome) {
        let ended = self.ended(outcome);
        *ended = ended.saturating_sub(count);
        self.pending_redrive += count;
    }

    /// Something that was to run again runs.
    pub(super) fn start_again(&mut self, count: u64) {
        self.pending_redrive = self.pending_redrive.saturating_sub(count);
        self.running += count;
    }

    fn ended(&mut self, outcome: &Outcome) -> &mut u64 {
        match outcome {
            Outcome::Succeeded(_) => &mut self.succeeded,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::TimedOut(_) => &mut self.timed_out,
            Outcome::Aborted(_) => &mut self.aborted,
        }
    }

    /// What counts against the tolerance.
    pub fn bad(&self) -> u64 {
        self.failed + self.timed_out
    }
}
