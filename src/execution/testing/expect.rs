//! What is expected of a run, and where it differs.

use std::fmt;
use std::sync::Arc;

use crate::execution::history::{EventPhase, HistoryEvent};
use crate::execution::interpreter::{Outcome, Status};
use crate::source::json::{Pointer, Value};

/// What is expected; `None` is content with anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// How it ends.
    pub status: Option<StatusWord>,
    /// The whole output.
    pub output: Option<Value>,
    /// What the output has at least: members of objects may be left out, arrays are whole.
    pub output_subset: Option<Value>,
    /// The name of the error it ends with.
    pub error: Option<Arc<str>>,
    /// The names of the states that are entered, in order.
    pub path: Option<Vec<Arc<str>>>,
}

/// The status of an execution as the API spells it, and `PENDING` of one that waits for a
/// result from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusWord {
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `TIMED_OUT`
    TimedOut,
    /// `ABORTED`
    Aborted,
    /// `PENDING`
    Pending,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub enum Mismatch {
    /// It ended otherwise; with what it ended.
    Status {
        /// What was expected.
        expected: StatusWord,
        /// What came.
        actual: StatusWord,
        /// The output or the error.
        outcome: String,
    },
    /// The output, or a part of it, is another one.
    Output {
        /// The part.
        at: Pointer,
        /// What was expected.
        expected: Value,
        /// What came, if there is anything.
        actual: Option<Value>,
    },
    /// The error has another name.
    Error {
        /// What was expected.
        expected: Arc<str>,
        /// What came, if there is an error.
        actual: Option<Arc<str>>,
    },
    /// Other states were entered: the first place that differs.
    Path {
        /// Which state of the path, from 0.
        index: usize,
        /// What was expected there.
        expected: Option<Arc<str>>,
        /// What came.
        actual: Option<Arc<str>>,
    },
}

impl StatusWord {
    /// All of them.
    pub const ALL: [StatusWord; 5] = [
        StatusWord::Succeeded,
        StatusWord::Failed,
        StatusWord::TimedOut,
        StatusWord::Aborted,
        StatusWord::Pending,
    ];

    /// As it is spelled.
    pub fn as_str(self) -> &'static str {
        match self {
            StatusWord::Succeeded => "SUCCEEDED",
            StatusWord::Failed => "FAILED",
            StatusWord::TimedOut => "TIMED_OUT",
            StatusWord::Aborted => "ABORTED",
            StatusWord::Pending => "PENDING",
        }
    }

    /// Reads the spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.as_str() == text)
    }

    fn of(status: &Status) -> Self {
        match status {
            Status::Ended(Outcome::Succeeded(_)) => Self::Succeeded,
            Status::Ended(Outcome::Failed(_)) => Self::Failed,
            Status::Ended(Outcome::TimedOut(_)) => Self::TimedOut,
            Status::Ended(Outcome::Aborted(_)) => Self::Aborted,
            Status::Pending(_) | Status::Running => Self::Pending,
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |name: &Option<Arc<str>>| name.as_deref().unwrap_or("nothing").to_owned();
        match self {
            Mismatch::Status {
                expected,
                actual,
                outcome,
            } => {
                let (expected, actual) = (expected.as_str(), actual.as_str());
                write!(f, "status: expected {expected}, got {actual} ({outcome})")
            }
            Mismatch::Output {
                at,
                expected,
                actual,
            } => {
                write!(f, "output{at}: expected {expected}, got ")?;
                match actual {
                    Some(actual) => write!(f, "{actual}"),
                    None => f.write_str("nothing"),
                }
            }
            Mismatch::Error { expected, actual } => {
                write!(f, "error: expected {expected}, got {}", name(actual))
            }
            Mismatch::Path {
                index,
                expected,
                actual,
            } => {
                let (expected, actual) = (name(expected), name(actual));
                write!(
                    f,
                    "path: state {} is {actual}, expected {expected}",
                    index + 1
                )
            }
        }
    }
}

impl Expect {
    /// Where a run differs from what is expected.
    pub fn check(&self, status: &Status, history: &[HistoryEvent]) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let outcome = match status {
            Status::Ended(outcome) => Some(outcome),
            Status::Pending(_) | Status::Running => None,
        };
        let actual = StatusWord::of(status);
        // Who expects an output expects success, who expects an error none.
        let wants_output = self.output.is_some() || self.output_subset.is_some();
        let expected = self
            .status
            .or(wants_output.then_some(StatusWord::Succeeded));
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            found.push(Mismatch::Status {
                expected,
                actual,
                outcome: told(status),
            });
        }
        if let Some(Outcome::Succeeded(output)) = outcome {
            if let Some(expected) = &self.output
                && expected != output
            {
                found.push(first_difference(
                    expected,
                    output,
                    Depth::Whole,
                    Pointer::root(),
                ));
            }
            if let Some(expected) = &self.output_subset
                && let Some(difference) =
                    difference(expected, Some(output), Depth::Part, Pointer::root())
            {
                found.push(difference);
            }
        }
        if let Some(expected) = &self.error {
            let actual = match outcome {
                Some(
                    Outcome::Failed(failure)
                    | Outcome::TimedOut(failure)
                    | Outcome::Aborted(failure),
                ) => failure.error.clone(),
                Some(Outcome::Succeeded(_)) | None => None,
            };
            if actual.as_ref() != Some(expected) {
                let expected = expected.clone();
                found.push(Mismatch::Error { expected, actual });
            }
        }
        found.extend(
            self.path
                .as_ref()
                .and_then(|path| check_path(path, history)),
        );
        found
    }
}

fn told(status: &Status) -> String {
    match status {
        Status::Ended(outcome) => outcome.to_string(),
        Status::Running => "running".to_owned(),
        Status::Pending(tasks) => {
            let names: Vec<&str> = tasks.iter().map(|task| &*task.state).collect();
            format!("waiting for {}", names.join(", "))
        }
    }
}

fn check_path(path: &[Arc<str>], history: &[HistoryEvent]) -> Option<Mismatch> {
    let entered = history
        .iter()
        .filter(|event| event.event_type.phase() == EventPhase::StateEntered);
    let entered: Vec<Arc<str>> = entered
        .filter_map(|event| event.details.as_ref()?.state_name().cloned())
        .collect();
    let longest = path.len().max(entered.len());
    let index = (0..longest).find(|&index| path.get(index) != entered.get(index))?;
    Some(Mismatch::Path {
        index,
        expected: path.get(index).cloned(),
        actual: entered.get(index).cloned(),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    Part,
}

/// The first difference of two values that are known to differ.
fn first_difference(expected: &Value, actual: &Value, depth: Depth, at: Pointer) -> Mismatch {
    let whole = Mismatch::Output {
        at: at.clone(),
        expected: expected.clone(),
        actual: Some(actual.clone()),
    };
    difference(expected, Some(actual), depth, at).unwrap_or(whole)
}

/// The first place where a value lacks what is expected. It goes no deeper than values nest.
fn difference(
    expected: &Value,
    actual: Option<&Value>,
    depth: Depth,
    at: Pointer,
) -> Option<Mismatch> {
    let here = |at: Pointer| Mismatch::Output {
        at,
        expected: expected.clone(),
        actual: actual.cloned(),
    };
    match (expected, actual) {
        (Value::Object(members), Some(Value::Object(actual)))
            if depth == Depth::Part || members.len() == actual.len() =>
        {
            let mut members = members.iter();
            members.find_map(|(name, value)| {
                difference(value, actual.get(name), depth, at.child(name))
            })
        }
        (Value::Array(items), Some(Value::Array(actual)))
            if items.items().len() == actual.items().len() =>
        {
            let mut pairs = items.items().iter().zip(actual.items()).enumerate();
            pairs.find_map(|(index, (value, actual))| {
                difference(value, Some(actual), depth, at.index(index))
            })
        }
        (expected, Some(actual)) if expected == actual => None,
        _ => Some(here(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execution::history::Failure;

    fn value(text: &str) -> Value {
        Value::parse(text).unwrap()
    }

    fn said(expect: Expect, outcome: Outcome) -> Vec<String> {
        let mismatches = expect.check(&Status::Ended(outcome), &[]);
        mismatches.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn compares_outputs_and_parts_of_them() {
        let output = || Outcome::Succeeded(value(r#"{"a":1,"b":[{"c":2,"d":3}]}"#));
        let whole = |text| Expect {
            output: Some(value(text)),
            ..Expect::default()
        };
        let part = |text| Expect {
            output_subset: Some(value(text)),
            ..Expect::default()
        };
        let nothing: Vec<String> = Vec::new();
        assert_eq!(
            said(whole(r#"{"b":[{"d":3,"c":2}],"a":1.0}"#), output()),
            nothing
        );
        assert_eq!(said(part(r#"{"b":[{"c":2}]}"#), output()), nothing);
        assert_eq!(
            said(part(r#"{"b":[{"c":5}]}"#), output()),
            ["output/b/0/c: expected 5, got 2"]
        );
        assert_eq!(
            said(part(r#"{"x":null}"#), output()),
            ["output/x: expected null, got nothing"]
        );
        assert_eq!(
            said(whole(r#"{"a":1}"#), output()),
            [r#"output: expected {"a":1}, got {"a":1,"b":[{"c":2,"d":3}]}"#]
        );
    }

    #[test]
    fn compares_ends() {
        let failed = || Outcome::Failed(Failure::new("E", "c"));
        let expect = Expect {
            output: Some(Value::Null),
            error: Some("F".into()),
            ..Expect::default()
        };
        assert_eq!(
            said(expect, failed()),
            [
                "status: expected SUCCEEDED, got FAILED (failed: E: c)",
                "error: expected F, got E"
            ]
        );
        let expect = Expect {
            path: Some(vec!["A".into()]),
            ..Expect::default()
        };
        assert_eq!(
            said(expect, failed()),
            ["path: state 1 is nothing, expected A"]
        );
    }
}
