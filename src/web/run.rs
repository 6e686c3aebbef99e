//! One simulation on behalf of the page: plain logic, without a browser.

use std::fmt;
use std::sync::Arc;

use super::messages::{Answer, MapRunState, PendingTask, Report, RunId, Start};
use super::objects::WrittenObject;
use crate::asl::{self, StateMachine, WorkflowType};
use crate::execution::history::HistoryEvent;
use crate::execution::interpreter::{
    Fuel, MockHandler, Options, Setup, SetupError, Simulation, Status, TaskId, TaskRequest,
    TaskResult,
};
use crate::execution::item::Objects;
use crate::execution::projection::Trace;
use crate::source::json::{SyntaxErrorKind, Value, parse};
use crate::source::text::{LineIndex, Position};

/// Steps in a slice: a few milliseconds of work, so a message waits no longer.
const SLICE: Fuel = Fuel(400);

/// Slices between two words on Map Runs: some ten times a second.
const SLICES_BETWEEN: u32 = 16;

/// A run under way, or the last one.
pub struct Run {
    id: RunId,
    machine: Arc<StateMachine>,
    simulation: Simulation<MockHandler>,
    reported: usize,
    pending: Vec<TaskRequest>,
    is_due: bool,
    is_over: bool,
    slices: u32,
    /// What was said last of its Map Runs.
    map_runs: Vec<MapRunState>,
    /// What its history means, as far as somebody has asked.
    trace: Trace,
}

/// What comes after a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another slice.
    Again,
    /// A message.
    Wait,
    /// Nothing.
    Over,
}

/// Why a run does not start, or an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// A placeholder needs a value; the first one.
    Unresolved(String),
    /// What is given beside the definition does not fit.
    Setup(SetupError),
    /// The path of an object has no bucket or no key.
    Object(String),
    /// An answer is not JSON: why, and where.
    Result(SyntaxErrorKind, Position),
    /// Nobody waits for this answer.
    UnknownTask,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::Unresolved(message) => f.write_str(message),
            Rejection::Setup(error) => error.fmt(f),
            Rejection::Object(path) => write!(
                f,
                "“{path}” is no object of S3: a bucket and a key are parted by a slash. \
                 Change it under Input and mocks, then run again."
            ),
            Rejection::Result(error, at) => write!(f, "The result is not JSON: {error}, {at}"),
            Rejection::UnknownTask => f.write_str("This task no longer waits for a result"),
        }
    }
}

impl Run {
    /// Reads all that a run depends on and starts it. The definition has been checked.
    pub fn start(start: &Start) -> Result<Self, Rejection> {
        let root = parse(&start.definition).root;
        let lowered = asl::lower(&root);
        if let Some(open) = lowered.unresolved.first() {
            return Err(Rejection::Unresolved(open.message.clone()));
        }
        let objects = Objects::of(&start.objects).map_err(Rejection::Object)?;
        let options = Options {
            machine_name: start.name.as_str().into(),
            workflow_type: WorkflowType::parse(&start.workflow_type).unwrap_or_default(),
            objects: Arc::new(objects),
            seed: start.seed,
            ..Options::default()
        };
        let setup = Setup {
            input: &start.input,
            mocks: &start.mocks,
            test_case: start.test_case.as_deref(),
            default_result: start.default_result.as_deref(),
        };
        let simulation = setup
            .start(lowered.machine.clone(), options, start.at)
            .map_err(Rejection::Setup)?;
        Ok(Self {
            id: start.run,
            machine: lowered.machine,
            simulation,
            reported: 0,
            pending: Vec::new(),
            is_due: true,
            is_over: false,
            slices: 0,
            map_runs: Vec::new(),
            trace: Trace::default(),
        })
    }

    /// Its number.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// Whether there is something to do without further answers.
    pub fn is_due(&self) -> bool {
        self.is_due
    }

    /// Advances a little: what to report, and what comes next.
    pub fn slice(&mut self) -> (Vec<Report>, Next) {
        let status = self.simulation.advance(SLICE);
        let mut reports = Vec::new();
        let history = self.simulation.history();
        if let Some(events) = history
            .get(self.reported..)
            .filter(|events| !events.is_empty())
        {
            reports.push(Report::Progress {
                run: self.id,
                events: events.to_vec(),
            });
        }
        self.reported = history.len();
        self.slices = self.slices.wrapping_add(1);
        let is_pause = status != Status::Running;
        if is_pause || self.slices.is_multiple_of(SLICES_BETWEEN) {
            reports.extend(self.map_runs());
        }
        match status {
            Status::Running => (reports, Next::Again),
            Status::Pending(tasks) => {
                self.is_due = false;
                self.pending = tasks;
                reports.push(self.pending());
                (reports, Next::Wait)
            }
            Status::Ended(_) => {
                self.is_due = false;
                self.is_over = true;
                reports.push(Report::Ended {
                    run: self.id,
                    written: self.written(),
                });
                (reports, Next::Over)
            }
        }
    }

    /// How its Map Runs stand, if anything has changed.
    fn map_runs(&mut self) -> Option<Report> {
        let map_runs = self.simulation.execution().map_runs().iter();
        let state = |map_run| MapRunState::of(map_run, &self.machine);
        let map_runs: Vec<MapRunState> = map_runs.map(state).collect();
        if map_runs == self.map_runs {
            return None;
        }
        self.map_runs.clone_from(&map_runs);
        Some(Report::MapRuns {
            run: self.id,
            map_runs,
        })
    }

    fn written(&self) -> Vec<WrittenObject> {
        let written = self.simulation.execution().written();
        let written = written.map(|(bucket, key, text)| WrittenObject::new(bucket, key, text));
        written.collect()
    }

    /// Which tasks wait for an answer.
    pub fn pending(&self) -> Report {
        let tasks = self.pending.iter().map(|request| PendingTask {
            task: request.id.0,
            state: request.state.to_string(),
            pointer: request.pointer.to_string(),
            resource: request.resource.text.to_string(),
            input: request.input.to_string(),
            attempt: request.attempt,
        });
        Report::Pending {
            run: self.id,
            tasks: tasks.collect(),
        }
    }

    /// Gives a pending task its result.
    pub fn answer(&mut self, task: u64, answer: Answer) -> Result<(), Rejection> {
        self.simulation
            .answer(TaskId(task), result_of(answer)?)
            .map_err(|_| Rejection::UnknownTask)?;
        self.is_due = true;
        Ok(())
    }

    /// Aborts the execution; its history so far stays.
    pub fn stop(&mut self) {
        if !self.is_over {
            self.simulation.stop(None);
            self.is_due = true;
        }
    }

    /// Its machine, its history, and what that means.
    pub fn past(&mut self) -> (&StateMachine, &Options, &[HistoryEvent], &Trace) {
        let history = self.simulation.history();
        let unread = history.get(self.trace.events()..).unwrap_or_default();
        self.trace.read_on(&self.machine, unread);
        let options = self.simulation.execution().options();
        (&self.machine, options, history, &self.trace)
    }
}

/// What an answer makes of the attempt, whether it is given or kept as a mock.
pub fn result_of(answer: Answer) -> Result<TaskResult, Rejection> {
    Ok(match answer {
        Answer::Succeed { output } => TaskResult::Success(read_json(&output)?),
        Answer::Fail { error, cause } => TaskResult::failure(error, cause),
        Answer::TimeOut => TaskResult::timed_out(),
    })
}

fn read_json(text: &str) -> Result<Value, Rejection> {
    Value::parse(text).map_err(|error| {
        let at = LineIndex::new(text).position(text, error.span.start as usize);
        Rejection::Result(error.kind, at)
    })
}
