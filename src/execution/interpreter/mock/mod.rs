//! Mocked results, in the form of `MockConfigFile.json` of Step Functions Local.
//!
//! A result depends on the state and the attempt alone, never on scheduling. Additions
//! per attempt beside `Return` and `Throw`: `Delay` in seconds, `Event` (the type of the
//! event that reports the result, so that a timeout can be told from a failure) and
//! `Submitted` (the output of `TaskSubmitted`). A `Throw` may lack `Error` or `Cause`.
//! A key `[2]/0-1` counts the attempts within iteration 2 of a Map, `[2][0]/0` within
//! nested ones; keys without brackets count over all iterations.

mod adopt;
mod keep;
mod read;
mod record;
mod write;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

pub use keep::Answered;

use super::generate::Generator;
use super::simulate::{Reply, TaskHandler};
use super::task::{TaskRequest, TaskResult};
use crate::source::Span;
use crate::source::json::{Node, Value};

/// A mock configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mocks {
    machines: IndexMap<Arc<str>, IndexMap<Arc<str>, TestCase>>,
    responses: IndexMap<Arc<str>, Vec<Mock>>,
}

/// The names of mocked responses by state.
type TestCase = IndexMap<Arc<str>, Arc<str>>;

/// One entry of mocked responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Mock {
    /// The iterations it is for; `None` for all attempts of the state.
    pub iterations: Option<Vec<u64>>,
    /// The first attempt, from 0.
    pub first: u32,
    /// The last attempt.
    pub last: u32,
    /// How the attempt ends.
    pub result: TaskResult,
    /// How long it takes.
    pub delay: Duration,
    /// The output of `TaskSubmitted`.
    pub submitted: Option<Value>,
}

impl Mock {
    /// A mock for all attempts up to the one numbered `last`, at once and in any iteration.
    pub fn always(result: TaskResult, last: u32) -> Self {
        Self {
            iterations: None,
            first: 0,
            last,
            result,
            delay: Duration::ZERO,
            submitted: None,
        }
    }
}

/// One place where a mock configuration is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MockError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.span.start)
    }
}

impl std::error::Error for MockError {}

impl Mocks {
    /// Reads a mock configuration; all that is wrong with it if it is not one.
    pub fn parse(text: &str) -> Result<Self, Vec<MockError>> {
        read::read(text)
    }

    /// Reads mocked responses by the name of the state, without the rest of a
    /// configuration: it gets one test case.
    pub fn parse_states(states: &Node) -> Result<Self, Vec<MockError>> {
        read::read_states(states)
    }

    /// A configuration with one test case, in which every state has one mock.
    pub fn of_states(
        machine: impl Into<Arc<str>>,
        case: impl Into<Arc<str>>,
        states: impl IntoIterator<Item = (Arc<str>, Mock)>,
    ) -> Self {
        let mut mocks = Self::default();
        let mut names = TestCase::new();
        for (state, mock) in states {
            names.insert(state.clone(), state.clone());
            mocks.responses.insert(state, vec![mock]);
        }
        let cases = mocks.machines.entry(machine.into()).or_default();
        cases.insert(case.into(), names);
        mocks
    }

    /// The test cases: machine and name.
    pub fn test_cases(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        let machines = self.machines.iter();
        machines.flat_map(|(machine, cases)| cases.keys().map(move |case| (machine, case)))
    }

    /// The test case that a run takes: `Name`, `Machine#Name`, or without a choice the
    /// first one. Machine and name; `None` if there is no such case.
    pub fn find_case(&self, chosen: Option<&str>) -> Option<(&Arc<str>, &Arc<str>)> {
        let (machine, case) = match chosen.map(|chosen| (chosen, chosen.split_once('#'))) {
            None => (None, None),
            Some((_, Some((machine, case)))) => (Some(machine), Some(case)),
            Some((case, None)) => (None, Some(case)),
        };
        self.test_cases().find(|(in_machine, name)| {
            machine.is_none_or(|machine| machine == &***in_machine)
                && case.is_none_or(|case| case == &***name)
        })
    }

    /// Answers tasks as a test case says; `None` if there is no such case. A `machine`
    /// narrows the search where several machines have a case of that name.
    pub fn handler(
        &self,
        machine: Option<&str>,
        case: &str,
        unmocked: Unmocked,
    ) -> Option<MockHandler> {
        let mut machines = self.machines.iter();
        let states = machines.find_map(|(name, cases)| {
            let fits = machine.is_none_or(|machine| machine == &**name);
            cases.get(case).filter(|_| fits)
        })?;
        let responses = |name: &Arc<str>| self.responses.get(name).cloned().unwrap_or_default();
        let states = states
            .iter()
            .map(|(state, name)| (state.clone(), responses(name)));
        // State machines that tasks start have the test case of the same name.
        let nested = self.machines.iter().filter_map(|(name, cases)| {
            let states = cases.get(case)?.iter();
            let states = states.map(|(state, name)| (state.clone(), responses(name)));
            Some((name.clone(), states.collect()))
        });
        Some(MockHandler {
            nested: nested.collect(),
            states: states.collect(),
            unmocked,
        })
    }
}

/// What becomes of a task without a mock: its state has none, or none for this attempt.
///
/// Step Functions Local would call the real service.
#[derive(Clone, Debug)]
pub enum Unmocked {
    /// It waits for an answer from outside.
    Pending,
    /// It gets a generated result.
    Generate(Generator),
}

/// Answers tasks from mocks.
#[derive(Clone, Debug)]
pub struct MockHandler {
    states: IndexMap<Arc<str>, Vec<Mock>>,
    /// The same of other machines, for those that are started by tasks.
    nested: IndexMap<Arc<str>, IndexMap<Arc<str>, Vec<Mock>>>,
    unmocked: Unmocked,
}

impl MockHandler {
    /// Answers from mocks by the name of the state.
    pub fn new(states: IndexMap<Arc<str>, Vec<Mock>>, unmocked: Unmocked) -> Self {
        Self {
            states,
            nested: IndexMap::new(),
            unmocked,
        }
    }

    fn find(&self, request: &TaskRequest) -> Option<&Mock> {
        let states = match &request.machine {
            None => &self.states,
            Some(machine) => self.nested.get(machine)?,
        };
        let mocks = states.get(&request.state)?;
        let within = mocks.iter().find(|mock| {
            mock.iterations.as_ref() == Some(&request.iterations)
                && (mock.first..=mock.last).contains(&request.attempt_in_iteration)
        });
        within.or_else(|| {
            let attempts = |mock: &&Mock| (mock.first..=mock.last).contains(&request.attempt);
            mocks
                .iter()
                .filter(|mock| mock.iterations.is_none())
                .find(attempts)
        })
    }
}

impl TaskHandler for MockHandler {
    fn invoke(&mut self, request: &TaskRequest) -> Reply {
        if let Some(mock) = self.find(request) {
            return Reply::After {
                delay: mock.delay,
                result: mock.result.clone(),
                submitted: mock.submitted.clone(),
            };
        }
        match &mut self.unmocked {
            Unmocked::Pending => Reply::Pending,
            Unmocked::Generate(generator) => generator.invoke(request),
        }
    }
}
