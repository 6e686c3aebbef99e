//! Mock configurations to text.

use super::super::task::{FailedAt, TaskResult};
use super::{Mock, Mocks};
use crate::source::json::{Object, Value};

impl Mocks {
    /// The text of the configuration, for people to read; [`parse`](Self::parse) gives
    /// the same mocks back.
    pub fn to_text(&self) -> String {
        let text = |text: &std::sync::Arc<str>| Value::from(text.clone());
        let machines = self.machines.iter().map(|(machine, cases)| {
            let cases = cases.iter().map(|(case, states)| {
                let states = states
                    .iter()
                    .map(|(state, name)| (state.clone(), text(name)));
                (case.clone(), Value::from(states.collect::<Object>()))
            });
            let cases = Value::from(cases.collect::<Object>());
            (machine.clone(), Value::from([("TestCases", cases)]))
        });
        let responses = self.responses.iter().map(|(name, mocks)| {
            let mocks = mocks.iter().map(|mock| (key(mock), entry(mock)));
            (name.clone(), Value::from(mocks.collect::<Object>()))
        });
        let machines = Value::from(machines.collect::<Object>());
        let responses = Value::from(responses.collect::<Object>());
        Value::from([("StateMachines", machines), ("MockedResponses", responses)]).to_pretty()
    }
}

fn key(mock: &Mock) -> String {
    let attempts = match mock.first == mock.last {
        true => mock.first.to_string(),
        false => format!("{}-{}", mock.first, mock.last),
    };
    match &mock.iterations {
        None => attempts,
        Some(iterations) => {
            let iterations: String = iterations
                .iter()
                .map(|index| format!("[{index}]"))
                .collect();
            format!("{iterations}/{attempts}")
        }
    }
}

fn entry(mock: &Mock) -> Value {
    let mut entry = Object::default();
    match &mock.result {
        TaskResult::Success(value) => {
            entry.insert("Return", value.clone());
        }
        TaskResult::Failure { failure, at } => {
            let parts = [("Error", &failure.error), ("Cause", &failure.cause)];
            let parts = parts
                .into_iter()
                .filter_map(|(name, text)| Some((name, text.clone()?)));
            entry.insert("Throw", parts.collect::<Object>());
            if let Some(event) = event_of(*at) {
                entry.insert("Event", event);
            }
        }
    }
    if !mock.delay.is_zero() {
        let millis = i64::try_from(mock.delay.as_millis()).unwrap_or(i64::MAX);
        let seconds = crate::source::json::Number::from_f64(millis as f64 / 1000.0);
        entry.insert("Delay", seconds.map_or(Value::Null, Value::from));
    }
    if let Some(submitted) = &mock.submitted {
        entry.insert("Submitted", submitted.clone());
    }
    entry.into()
}

/// An event that says how far a failed attempt got; none for the usual case.
fn event_of(at: FailedAt) -> Option<&'static str> {
    match at {
        FailedAt::Run => None,
        FailedAt::Schedule => Some("LambdaFunctionScheduleFailed"),
        FailedAt::Start => Some("TaskStartFailed"),
        FailedAt::Submit => Some("TaskSubmitFailed"),
        FailedAt::TimedOut => Some("TaskTimedOut"),
    }
}
