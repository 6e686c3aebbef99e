//! What has changed, as facts that can be kept and read again.
//!
//! A log of requests would have to be performed again with the very slices that executions
//! had at the time. Facts need no such care: who applies the changes of a service to an
//! empty one, in order, has that service (`Service::restore`). An execution is kept as
//! what came in from outside — its input, its seed, the answers to its tasks — because by
//! invariant 7 of this library that is enough to have its history again.

use std::sync::Arc;

use indexmap::IndexMap;

use super::types::alias::RoutingConfigurationListItem;
use super::types::configuration::{
    EncryptionConfiguration, LoggingConfiguration, TracingConfiguration,
};
use crate::execution::interpreter::FailedAt;
use crate::source::json::{Number, Value, Wire, wire};
use crate::time::Timestamp;

/// One fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A state machine has a revision.
    Revision {
        /// The state machine.
        machine: Arc<str>,
        /// The revision.
        revision: RevisionFacts,
    },
    /// A state machine is like this, its revisions apart.
    Machine(MachineFacts),
    /// There is no such state machine any more, nor any execution of it.
    MachineGone {
        /// Its name.
        name: Arc<str>,
    },
    /// An activity is like this.
    Activity(ActivityFacts),
    /// There is no such activity any more.
    ActivityGone {
        /// Its name.
        name: Arc<str>,
    },
    /// An execution has started.
    Started(RunFacts),
    /// Something came to an execution from outside.
    Input {
        /// The execution's number.
        run: u64,
        /// What came.
        input: RunInput,
    },
    /// An execution has ended; after a redrive once more.
    Ended {
        /// The execution's number.
        run: u64,
        /// How.
        end: RunEnd,
    },
    /// An execution is forgotten.
    RunGone {
        /// The execution's number.
        run: u64,
    },
}

/// A revision as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionFacts {
    /// 0, 1, 2 …
    pub number: u64,
    /// Its identifier; the first one has none.
    pub id: Option<Arc<str>>,
    /// The text.
    pub definition: Arc<str>,
    /// Whose permissions it has.
    pub role_arn: Arc<str>,
    /// What is logged.
    pub logging: LoggingConfiguration,
    /// Whether it is traced.
    pub tracing: TracingConfiguration,
    /// How it is encrypted.
    pub encryption: EncryptionConfiguration,
    /// When it became current.
    pub updated: Timestamp,
}

wire! { struct RevisionFacts { number, id, definition, role_arn, logging, tracing, encryption, updated, } }

/// An alias.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// Its name.
    pub name: Arc<str>,
    /// What somebody says about it.
    pub description: Option<Arc<str>>,
    /// Where it leads.
    pub routes: Vec<RoutingConfigurationListItem>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

wire! { struct Alias { name, description, routes, created, updated, } }

/// An activity as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFacts {
    /// Its name.
    pub name: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
    /// How it is encrypted.
    pub encryption: EncryptionConfiguration,
    /// Its tags.
    pub tags: IndexMap<Arc<str>, Arc<str>>,
}

wire! { struct ActivityFacts { name, created, encryption, tags, } }

/// A state machine without the content of its revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineFacts {
    /// Its name.
    pub name: Arc<str>,
    /// `STANDARD` or `EXPRESS`.
    pub workflow_type: Arc<str>,
    /// When it was made.
    pub created: Timestamp,
    /// Whether its creation published a version.
    pub has_published: bool,
    /// The description of that version.
    pub creation_description: Option<Arc<str>>,
    /// The revision that is current.
    pub current: u64,
    /// Its versions.
    pub versions: Vec<VersionFacts>,
    /// The number of the latest version, also if it is gone.
    pub latest_version: u64,
    /// Its aliases.
    pub aliases: Vec<Alias>,
    /// Its tags.
    pub tags: IndexMap<Arc<str>, Arc<str>>,
    /// Whether it is deleted, but executions still run.
    pub is_deleting: bool,
}

/// A version without the content of its revision.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionFacts {
    /// Its number.
    pub number: u64,
    /// The revision it is of.
    pub revision: u64,
    /// What somebody says about it.
    pub description: Option<Arc<str>>,
    /// When it was made.
    pub created: Timestamp,
}

/// What an execution starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFacts {
    /// Its number: 1, 2, 3 …
    pub number: u64,
    /// Its name.
    pub name: Arc<str>,
    /// What tells Express executions of the same name apart.
    pub express_id: Option<Arc<str>>,
    /// The state machine.
    pub machine: Arc<str>,
    /// The revision that runs.
    pub revision: u64,
    /// The version it was started by.
    pub version: Option<u64>,
    /// The alias it was started by.
    pub alias: Option<Arc<str>>,
    /// The text of its input.
    pub input: Arc<str>,
    /// What the client gave to trace it.
    pub trace_header: Option<Arc<str>>,
    /// The test case that answers its tasks.
    pub test_case: Option<Arc<str>>,
    /// What its randomness starts from.
    pub seed: u64,
    /// When it started.
    pub started: Timestamp,
    /// The execution and the task that wait for it.
    pub parent: Option<ParentTask>,
}

/// A task that waits for another execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParentTask {
    /// The execution's number.
    pub run: u64,
    /// The task.
    pub task: u64,
}

/// Something that came to an execution from outside.
#[derive(Clone, Debug, PartialEq)]
pub struct RunInput {
    /// When.
    pub at: Timestamp,
    /// How many steps the execution had taken by then.
    pub steps: u64,
    /// What.
    pub what: RunInputKind,
}

/// The kinds of things that come to an execution from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum RunInputKind {
    /// A worker or a service took a task.
    Taken {
        /// The task.
        task: u64,
        /// The worker.
        worker: Option<Arc<str>>,
    },
    /// The call behind a task was accepted.
    Submitted {
        /// The task.
        task: u64,
        /// The response.
        output: Value,
    },
    /// A task is alive.
    Heard {
        /// The task.
        task: u64,
    },
    /// A task gave a result.
    Succeeded {
        /// The task.
        task: u64,
        /// The result.
        output: Value,
    },
    /// A task failed.
    Failed {
        /// The task.
        task: u64,
        /// How far it had come.
        stage: FailedAt,
        /// `Error`.
        error: Option<Arc<str>>,
        /// `Cause`.
        cause: Option<Arc<str>>,
    },
    /// Somebody stopped it.
    Stopped {
        /// `Error`.
        error: Option<Arc<str>>,
        /// `Cause`.
        cause: Option<Arc<str>>,
    },
    /// Somebody stopped a child of one of its Map Runs.
    ChildStopped {
        /// The Map Run.
        map_run: Arc<str>,
        /// The child.
        name: Arc<str>,
        /// `Error`.
        error: Option<Arc<str>>,
        /// `Cause`.
        cause: Option<Arc<str>>,
    },
    /// Somebody let it go on from where it had failed.
    Redriven {
        /// The token that makes the request idempotent.
        token: Option<Arc<str>>,
    },
    /// One of its Map Runs is changed.
    MapRunUpdated {
        /// The Map Run.
        arn: Arc<str>,
        /// How many children may run at a time.
        max_concurrency: Option<u64>,
        /// How many items may fail.
        tolerated_failure_count: Option<u64>,
        /// What part of the items may fail, of 100.
        tolerated_failure_percentage: Option<Number>,
    },
}

/// How an execution ended.
#[derive(Clone, Debug, PartialEq)]
pub struct RunEnd {
    /// `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`.
    pub status: Arc<str>,
    /// When.
    pub at: Timestamp,
    /// The text of its output.
    pub output: Option<Arc<str>>,
    /// `Error`.
    pub error: Option<Arc<str>>,
    /// `Cause`.
    pub cause: Option<Arc<str>>,
    /// How many events its history has.
    pub events: u64,
    /// The ARNs of its Map Runs.
    pub map_runs: Vec<Arc<str>>,
}

wire! { struct MachineFacts { name, workflow_type, created, has_published, creation_description, current, versions, latest_version, aliases, tags, is_deleting, } }
wire! { struct VersionFacts { number, revision, description, created, } }
wire! { struct RunFacts { number, name, express_id, machine, revision, version, alias, input, trace_header, test_case, seed, started, parent, } }
wire! { struct ParentTask { run, task, } }
wire! { struct RunInput { at, steps, what, } }
wire! { struct RunEnd { status, at, output, error, cause, events, map_runs, } }
wire! { enum RunInputKind {
    Taken { task, worker },
    Submitted { task, output },
    Heard { task },
    Succeeded { task, output },
    Failed { task, stage, error, cause },
    Stopped { error, cause },
    ChildStopped { map_run, name, error, cause },
    Redriven { token },
    MapRunUpdated { arn, max_concurrency, tolerated_failure_count, tolerated_failure_percentage },
} }
wire! { enum Change {
    Revision { machine, revision },
    Machine(facts),
    MachineGone { name },
    Activity(facts),
    ActivityGone { name },
    Started(facts),
    Input { run, input },
    Ended { run, end },
    RunGone { run },
} }

impl Wire for FailedAt {
    fn to_value(&self) -> Value {
        Value::from(match self {
            FailedAt::Schedule => "Schedule",
            FailedAt::Start => "Start",
            FailedAt::Submit => "Submit",
            FailedAt::Run => "Run",
            FailedAt::TimedOut => "TimedOut",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(match value.as_str()? {
            "Schedule" => FailedAt::Schedule,
            "Start" => FailedAt::Start,
            "Submit" => FailedAt::Submit,
            "Run" => FailedAt::Run,
            "TimedOut" => FailedAt::TimedOut,
            _ => return None,
        })
    }
}
