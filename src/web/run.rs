//! One simulation on behalf of the page: plain logic, without a browser.

use std::fmt;

use super::messages::{Answer, PendingTask, Report, RunId, Start};
use crate::asl;
use crate::execution::history::Payload;
use crate::execution::interpreter::{
    Fuel, Generator, MockHandler, Mocks, Options, Simulation, Status, TaskId, TaskRequest,
    TaskResult, Unmocked, unsupported,
};
use crate::source::json::{Value, parse};
use crate::source::text::LineIndex;

/// Steps in a slice: a few milliseconds of work, so a message waits no longer.
const SLICE: Fuel = Fuel(400);

/// A run under way.
pub struct Run {
    id: RunId,
    simulation: Simulation<MockHandler>,
    reported: usize,
    pending: Vec<TaskRequest>,
    is_due: bool,
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
    /// The definition has errors; the first one.
    Definition(String),
    /// The definition uses what the simulator cannot run.
    Unsupported(Vec<String>),
    /// A text is not JSON; which one, and why.
    Json(&'static str, String),
    /// The mocks are not a mock configuration.
    Mocks(String),
    /// The mocks have no such test case.
    TestCase(String),
    /// Nobody waits for this answer.
    UnknownTask,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::Definition(error) => write!(f, "The definition has errors: {error}"),
            Rejection::Unsupported(features) => {
                write!(f, "This cannot be run yet: {}", features.join("; "))
            }
            Rejection::Json(what, error) => write!(f, "{what} is not JSON: {error}"),
            Rejection::Mocks(error) => write!(f, "The mocks cannot be read: {error}"),
            Rejection::TestCase(name) => write!(f, "The mocks have no test case named {name}"),
            Rejection::UnknownTask => f.write_str("This task no longer waits for a result"),
        }
    }
}

impl Run {
    /// Reads all that a run depends on and starts it.
    pub fn start(start: &Start) -> Result<Self, Rejection> {
        let lowered = asl::lower(&parse(&start.definition).root);
        if let Some(error) = lowered
            .diagnostics
            .iter()
            .find(|problem| problem.severity.is_error())
        {
            return Err(Rejection::Definition(error.message.clone()));
        }
        let missing = unsupported(&lowered.machine);
        if !missing.is_empty() {
            return Err(Rejection::Unsupported(
                missing.iter().map(ToString::to_string).collect(),
            ));
        }
        let input = if start.input.trim().is_empty() {
            "{}"
        } else {
            &start.input
        };
        read_json("The input", input)?;
        let handler = handler(start)?;
        let options = Options {
            machine_name: start.name.as_str().into(),
            seed: start.seed,
            ..Options::default()
        };
        let input = Payload::from_text(input.trim());
        let simulation = Simulation::start(lowered.machine, input, options, start.at, handler);
        Ok(Self {
            id: start.run,
            simulation,
            reported: 0,
            pending: Vec::new(),
            is_due: true,
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
        match status {
            Status::Running => (reports, Next::Again),
            Status::Pending(tasks) => {
                self.is_due = false;
                self.pending = tasks;
                reports.push(self.pending());
                (reports, Next::Wait)
            }
            Status::Ended(_) => {
                reports.push(Report::Ended { run: self.id });
                (reports, Next::Over)
            }
        }
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
        let result = match answer {
            Answer::Succeed { output } => TaskResult::Success(read_json("The result", &output)?),
            Answer::Fail { error, cause } => TaskResult::failure(error, cause),
            Answer::TimeOut => TaskResult::timed_out(),
        };
        self.simulation
            .answer(TaskId(task), result)
            .map_err(|_| Rejection::UnknownTask)?;
        self.is_due = true;
        Ok(())
    }

    /// Aborts the execution; its history so far stays.
    pub fn stop(&mut self) {
        self.simulation.stop(None);
        self.is_due = true;
    }
}

fn handler(start: &Start) -> Result<MockHandler, Rejection> {
    let unmocked = match &start.default_result {
        None => Unmocked::Pending,
        Some(text) => Unmocked::Generate(Generator::with_fallback(read_json(
            "The default result",
            text,
        )?)),
    };
    if start.mocks.trim().is_empty() {
        return Ok(MockHandler::new(indexmap::IndexMap::new(), unmocked));
    }
    let mocks = Mocks::parse(&start.mocks).map_err(|errors| {
        Rejection::Mocks(
            errors
                .first()
                .map(|error| locate(&start.mocks, error))
                .unwrap_or_default(),
        )
    })?;
    let chosen = start.test_case.clone();
    let first = || mocks.test_cases().next().map(|(_, case)| case.to_string());
    let Some(case) = chosen.or_else(first) else {
        return Ok(MockHandler::new(indexmap::IndexMap::new(), unmocked));
    };
    mocks
        .handler(None, &case, unmocked)
        .ok_or(Rejection::TestCase(case))
}

fn locate(text: &str, error: &crate::execution::interpreter::MockError) -> String {
    let position = LineIndex::new(text).position(text, error.span.start as usize);
    format!(
        "{}, line {}, column {}",
        error.message, position.line, position.column
    )
}

fn read_json(what: &'static str, text: &str) -> Result<Value, Rejection> {
    Value::parse(text).map_err(|error| {
        let position = LineIndex::new(text).position(text, error.span.start as usize);
        Rejection::Json(
            what,
            format!(
                "{}, line {}, column {}",
                error.kind, position.line, position.column
            ),
        )
    })
}
