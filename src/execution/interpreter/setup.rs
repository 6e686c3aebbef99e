//! The texts beside a definition that a simulation depends on, read and put together.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use super::generate::Generator;
use super::mock::{MockError, MockHandler, Mocks, Unmocked};
use super::options::Options;
use super::simulate::Simulation;
use crate::asl::StateMachine;
use crate::execution::history::Payload;
use crate::source::json::{SyntaxErrorKind, Value};
use crate::source::text::{LineIndex, Position};
use crate::time::Timestamp;

/// What a person gives beside the definition, each as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setup<'a> {
    /// The input; an empty text stands for `{}`.
    pub input: &'a str,
    /// A `MockConfigFile.json`; an empty text for none.
    pub mocks: &'a str,
    /// The test case in it, `Name` or `Machine#Name`; without it the first one.
    pub test_case: Option<&'a str>,
    /// The result of every Task without a mock; without it such a Task is pending.
    pub default_result: Option<&'a str>,
}

/// Which text of a [`Setup`] cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupText {
    /// The input.
    Input,
    /// The result of tasks without a mock.
    DefaultResult,
}

/// Why a simulation cannot start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// A text is not JSON.
    Json {
        /// Which one.
        text: SetupText,
        /// What is wrong with it.
        error: SyntaxErrorKind,
        /// Where.
        at: Position,
    },
    /// The mocks are not a mock configuration: all that is wrong, in order.
    Mocks(Vec<(Position, MockError)>),
    /// The mocks have no such test case.
    TestCase(Arc<str>),
}

impl fmt::Display for SetupText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SetupText::Input => "The input",
            SetupText::DefaultResult => "The default result",
        })
    }
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupError::Json { text, error, at } => {
                write!(f, "{text} is not JSON: {error}, {at}")
            }
            SetupError::Mocks(errors) => {
                f.write_str("The mocks cannot be read")?;
                let Some((at, error)) = errors.first() else {
                    return Ok(());
                };
                let MockError { message, .. } = error;
                write!(f, ": {message}, {at}")
            }
            SetupError::TestCase(name) => {
                write!(f, "The mocks have no test case named {name}")
            }
        }
    }
}

impl std::error::Error for SetupError {}

impl Setup<'_> {
    /// Starts a simulation of `machine` at a virtual instant.
    pub fn start(
        &self,
        machine: Arc<StateMachine>,
        options: Options,
        at: Timestamp,
    ) -> Result<Simulation<MockHandler>, SetupError> {
        let input = match self.input.trim() {
            "" => "{}",
            _ => self.input,
        };
        read_json(SetupText::Input, input)?;
        let handler = self.handler()?;
        let input = Payload::from_text(input.trim());
        Ok(Simulation::start(machine, input, options, at, handler))
    }

    /// Who answers the tasks.
    fn handler(&self) -> Result<MockHandler, SetupError> {
        let unmocked = match self.default_result {
            None => Unmocked::Pending,
            Some(text) => {
                let value = read_json(SetupText::DefaultResult, text)?;
                Unmocked::Generate(Generator::with_fallback(value))
            }
        };
        let mocks = match self.mocks.trim() {
            "" => Mocks::default(),
            _ => read_mocks(self.mocks)?,
        };
        let Some((machine, case)) = mocks.find_case(self.test_case) else {
            return match self.test_case {
                None => Ok(MockHandler::new(IndexMap::new(), unmocked)),
                Some(chosen) => Err(SetupError::TestCase(chosen.into())),
            };
        };
        mocks
            .handler(Some(machine), case, unmocked)
            .ok_or_else(|| SetupError::TestCase(case.clone()))
    }
}

fn read_mocks(text: &str) -> Result<Mocks, SetupError> {
    Mocks::parse(text).map_err(|errors| {
        let lines = LineIndex::new(text);
        let locate = |error: MockError| (lines.position(text, error.span.start as usize), error);
        SetupError::Mocks(errors.into_iter().map(locate).collect())
    })
}

fn read_json(what: SetupText, text: &str) -> Result<Value, SetupError> {
    Value::parse(text).map_err(|error| SetupError::Json {
        text: what,
        at: LineIndex::new(text).position(text, error.span.start as usize),
        error: error.kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl;
    use crate::execution::interpreter::{Outcome, Status, run_to_end};
    use crate::source::json::parse;

    const TASK: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
        "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}"#;
    const MOCKS: &str = r#"{
        "StateMachines": {"M": {"TestCases": {"One": {"A": "one"}, "Two": {"A": "two"}}},
                          "N": {"TestCases": {"One": {"A": "two"}}}},
        "MockedResponses": {"one": {"0": {"Return": 1}}, "two": {"0": {"Return": 2}}}}"#;

    fn output(setup: Setup) -> Result<String, String> {
        let machine = asl::lower(&parse(TASK).root).machine;
        let at = Timestamp::from_millis(0);
        let simulation = setup.start(machine, Options::default(), at);
        match run_to_end(&mut simulation.map_err(|error| error.to_string())?) {
            Status::Ended(Outcome::Succeeded(output)) => Ok(output.to_string()),
            status => Err(format!("{status:?}")),
        }
    }

    #[test]
    fn chooses_the_test_case() {
        let with = |test_case| Setup {
            mocks: MOCKS,
            test_case,
            ..Setup::default()
        };
        assert_eq!(output(with(None)).unwrap(), "1");
        assert_eq!(output(with(Some("Two"))).unwrap(), "2");
        assert_eq!(output(with(Some("N#One"))).unwrap(), "2");
        let missing = output(with(Some("N#Two"))).unwrap_err();
        assert_eq!(missing, "The mocks have no test case named N#Two");
        let none = Setup {
            test_case: Some("One"),
            ..Setup::default()
        };
        assert!(output(none).unwrap_err().ends_with("named One"));
    }

    #[test]
    fn says_which_text_is_wrong_and_where() {
        let input = Setup {
            input: "\n  {a: 1}",
            ..Setup::default()
        };
        let said = output(input).unwrap_err();
        assert!(said.starts_with("The input is not JSON: "), "{said}");
        assert!(said.ends_with(", line 2, column 4"), "{said}");
        let mocks = Setup {
            mocks: "[]",
            ..Setup::default()
        };
        let said = output(mocks).unwrap_err();
        assert!(said.starts_with("The mocks cannot be read: "), "{said}");
    }

    #[test]
    fn answers_every_task_where_a_default_is_given() {
        let setup = Setup {
            default_result: Some("[3]"),
            ..Setup::default()
        };
        assert_eq!(output(setup).unwrap(), "[3]");
    }
}
