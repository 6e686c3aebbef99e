//! Mock configurations from text.

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

use super::super::task::{FailedAt, TaskResult};
use super::{Mock, MockError, Mocks, TestCase};
use crate::execution::history::{Failure, HistoryEventType};
use crate::source::Span;
use crate::source::json::{Node, parse};

/// Reads a mock configuration; all that is wrong with it if it is not one.
pub(super) fn read(text: &str) -> Result<Mocks, Vec<MockError>> {
    let parse = parse(text);
    let mut reader = Reader { errors: Vec::new() };
    for error in parse
        .errors
        .iter()
        .filter(|error| !error.kind.is_readable())
    {
        reader.error(error.span, error.kind.to_string());
    }
    let mocks = reader.mocks(&parse.root);
    match reader.errors.is_empty() {
        true => Ok(mocks),
        false => Err(reader.errors),
    }
}

/// Reads an object with the mocked response of each state.
pub(super) fn read_states(states: &Node) -> Result<Mocks, Vec<MockError>> {
    let mut reader = Reader { errors: Vec::new() };
    let mut mocks = Mocks::default();
    let mut case = TestCase::new();
    for (state, node) in reader.object(states, "The mocks") {
        let responses = reader.responses(state, node);
        mocks.responses.insert(state.clone(), responses);
        case.insert(state.clone(), state.clone());
    }
    let cases = IndexMap::from([("Inline".into(), case)]);
    mocks.machines.insert("Inline".into(), cases);
    match reader.errors.is_empty() {
        true => Ok(mocks),
        false => Err(reader.errors),
    }
}

struct Reader {
    errors: Vec<MockError>,
}

impl Reader {
    fn error(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        self.errors.push(MockError { message, span });
    }

    /// The members of an object; none, with an error, of anything else.
    fn object<'a>(
        &mut self,
        node: &'a Node,
        what: &str,
    ) -> impl Iterator<Item = (&'a Arc<str>, &'a Node)> + use<'a> {
        let members = node.members();
        if members.is_none() {
            self.error(
                node.span,
                format!("{what} must be an object, not {}", node.describe()),
            );
        }
        let members = members.unwrap_or_default().iter();
        members.map(|member| (&member.key.name, &member.value))
    }

    fn mocks(&mut self, root: &Node) -> Mocks {
        let mut mocks = Mocks::default();
        self.object(root, "The mock configuration").for_each(drop);
        if let Some(node) = root.get("MockedResponses") {
            for (name, node) in self.object(node, "MockedResponses") {
                let responses = self.responses(name, node);
                mocks.responses.insert(name.clone(), responses);
            }
        }
        let Some(machines) = root.get("StateMachines") else {
            return mocks;
        };
        for (machine, node) in self.object(machines, "StateMachines") {
            let mut cases = IndexMap::new();
            let Some(node) = node.get("TestCases") else {
                continue;
            };
            for (case, node) in self.object(node, "TestCases") {
                let mut states = TestCase::new();
                for (state, node) in self.object(node, "A test case") {
                    match node.as_str() {
                        Some(name) if mocks.responses.contains_key(name) => {
                            states.insert(state.clone(), name.clone());
                        }
                        Some(name) => {
                            self.error(node.span, format!("MockedResponses has no {name}"))
                        }
                        None => self.error(node.span, "The name of a mocked response was expected"),
                    }
                }
                cases.insert(case.clone(), states);
            }
            mocks.machines.insert(machine.clone(), cases);
        }
        mocks
    }

    /// Of entries for the same attempts the last one counts, as in all of JSON.
    fn responses(&mut self, name: &str, node: &Node) -> Vec<Mock> {
        let mut mocks = IndexMap::new();
        for (key, node) in self.object(node, name) {
            let Some((iterations, first, last)) = read_key(key) else {
                self.error(
                    node.span,
                    format!("{key} is neither an attempt nor a range such as 0-2"),
                );
                continue;
            };
            if let Some(result) = self.result(node) {
                let mock = Mock {
                    iterations: iterations.clone(),
                    first,
                    last,
                    result,
                    delay: self.delay(node),
                    submitted: node.get("Submitted").map(Node::to_value),
                };
                mocks.insert((iterations, first, last), mock);
            }
        }
        mocks.into_values().collect()
    }

    fn result(&mut self, node: &Node) -> Option<TaskResult> {
        self.object(node, "A mocked response").for_each(drop);
        if let Some(value) = node.get("Return") {
            return Some(TaskResult::Success(value.to_value()));
        }
        let Some(throw) = node.get("Throw") else {
            self.error(node.span, "A mocked response needs Return or Throw");
            return None;
        };
        let text = |name| throw.get(name).and_then(Node::as_str).cloned();
        let failure = Failure {
            error: text("Error"),
            cause: text("Cause"),
        };
        let at = match node.get("Event") {
            None => FailedAt::Run,
            Some(event) => {
                let event_type = event
                    .as_str()
                    .and_then(|name| HistoryEventType::parse(name));
                let at = event_type.and_then(FailedAt::of_event);
                if at.is_none() {
                    self.error(event.span, "Event must name the event of a failed task");
                }
                at.unwrap_or_default()
            }
        };
        Some(TaskResult::Failure { failure, at })
    }

    fn delay(&mut self, node: &Node) -> Duration {
        let Some(delay) = node.get("Delay") else {
            return Duration::ZERO;
        };
        let seconds = delay.to_value().as_f64();
        match seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
            Some(delay) => delay,
            None => {
                self.error(delay.span, "Delay is a number of seconds");
                Duration::ZERO
            }
        }
    }
}

/// Reads `3`, `0-2` or `[1][0]/0-2`.
fn read_key(key: &str) -> Option<(Option<Vec<u64>>, u32, u32)> {
    let (iterations, attempts) = match key.split_once('/') {
        None => (None, key),
        Some((iterations, attempts)) => {
            let inner = iterations.strip_prefix('[')?.strip_suffix(']')?;
            let indices = inner.split("][").map(|index| index.parse().ok());
            (Some(indices.collect::<Option<Vec<u64>>>()?), attempts)
        }
    };
    let (first, last) = match attempts.split_once('-') {
        None => (attempts.parse().ok()?, attempts.parse().ok()?),
        Some((first, last)) => (first.trim().parse().ok()?, last.trim().parse().ok()?),
    };
    Some((iterations, first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Value;

    #[test]
    fn reads_attempts_ranges_and_iterations() {
        assert_eq!(read_key("3"), Some((None, 3, 3)));
        assert_eq!(read_key("0-2"), Some((None, 0, 2)));
        assert_eq!(read_key("[1][0]/2"), Some((Some(vec![1, 0]), 2, 2)));
        for bad in ["", "a", "1-", "[1/0", "-1"] {
            assert_eq!(read_key(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_last_of_equal_attempts_counts() {
        let text =
            r#"{"MockedResponses":{"b":{"0":{"Return":1},"0-0":{"Return":2},"0":{"Return":3}}}}"#;
        let mocks = Mocks::parse(text).unwrap();
        let [mock] = mocks.responses["b"].as_slice() else {
            panic!("{mocks:?}");
        };
        assert_eq!(mock.result, TaskResult::Success(Value::from(3)));
    }

    #[test]
    fn tells_every_mistake_with_its_place() {
        let text = r#"{"StateMachines":{"M":{"TestCases":{"C":{"A":"none","B":"b"}}}},
            "MockedResponses":{"b":{"x":{"Return":1},"0":{},"1":{"Throw":{},"Event":"TaskSucceeded"},"2":{"Return":1,"Delay":"1"}}}}"#;
        let errors = Mocks::parse(text).unwrap_err();
        let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages.len(), 5, "{messages:?}");
        assert!(Mocks::parse("[").is_err());
        assert!(Mocks::parse("{}").unwrap().test_cases().next().is_none());
    }
}
