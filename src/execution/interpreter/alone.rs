//! One state on its own, as `TestState` runs it.
//!
//! It is an ordinary execution that starts with the state in question and ends where
//! that state is left, is to be retried, or fails. What was seen on the way out is in a
//! [`Sighting`]. A Map or Parallel state takes a result that is given instead of running
//! what is inside.

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

use super::execution::{Execution, Outcome};
use super::fault::Fault;
use super::frame::FrameId;
use super::leave::{Exit, Next};
use super::scope::Scope;
use super::state::item_reader;
use super::task::TaskResult;
use crate::asl::{Map, State};
use crate::execution::history::{EventDetails, Failure, HistoryEventType, OutputEventDetails};
use crate::source::json::Value;

/// What a state that runs alone finds around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alone {
    /// The name of the state.
    pub state: Arc<str>,
    /// The variables in sight.
    pub variables: IndexMap<Arc<str>, Value>,
    /// What `$$` shows; made up as usual if not given.
    pub context: Option<Value>,
    /// How often the Retrier that knows the error has retried.
    pub retries: u64,
    /// Map and Parallel: how what is inside ended.
    pub result: Option<TaskResult>,
    /// Map: how many iterations failed.
    pub failed_iterations: Option<u64>,
    /// Map: what the item reader finds.
    pub items: Option<Value>,
}

/// How a state that ran alone was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sighting {
    /// The state that is next.
    pub next: Option<Arc<str>>,
    /// The error, also where it was caught or is to be retried.
    pub failure: Option<Failure>,
    /// The Retrier that knows the error, and its back-off if it has attempts left.
    pub retry: Option<(usize, Option<Duration>)>,
    /// The Catcher that handled the error.
    pub caught: Option<usize>,
    /// The variables afterwards.
    pub variables: IndexMap<Arc<str>, Value>,
    /// Map: how many iterations may run at a time, once that is known.
    pub max_concurrency: Option<u64>,
}

impl Execution {
    /// How the state that runs alone was left; `None` for an ordinary execution.
    pub fn sighting(&self) -> Option<&Sighting> {
        self.alone.as_deref().map(|(_, sighting)| sighting)
    }

    /// The setting, if `frame` holds the state that runs alone.
    pub(super) fn alone_in(&self, frame: FrameId) -> Option<&Alone> {
        let (alone, _) = self.alone.as_deref()?;
        let is_root = self.frames.get(&frame)?.parent.is_none();
        is_root.then_some(alone)
    }

    fn sighting_in(&mut self, frame: FrameId) -> Option<&mut Sighting> {
        self.alone_in(frame)?;
        self.alone.as_deref_mut().map(|(_, sighting)| sighting)
    }
}

/// What is known before anything has run: the variables are as they are given.
pub(super) fn begin(alone: Alone) -> (Alone, Sighting) {
    let sighting = Sighting {
        variables: alone.variables.clone(),
        ..Sighting::default()
    };
    (alone, sighting)
}

/// Notes the limit of a Map state.
pub(super) fn note_concurrency(run: &mut Execution, id: FrameId, limit: usize) {
    if let Some(sighting) = run.sighting_in(id) {
        sighting.max_concurrency = Some(limit as u64);
    }
}

/// The items that a reader is given, so that it need not read.
pub(super) fn read_items(run: &Execution, id: FrameId, map: &Map) -> Option<Vec<Value>> {
    let alone = run.alone_in(id)?;
    let reader = map.item_reader.as_ref()?;
    let Some(data) = &alone.items else {
        return Some(Vec::new());
    };
    let pointed = item_reader::pointed(reader, data);
    Some(item_reader::given(pointed.as_ref(), data))
}

/// The variables to start with.
pub(super) fn scope(alone: Option<&Alone>) -> Scope {
    let mut scope = Scope::default();
    if let Some(alone) = alone {
        scope.assign(alone.variables.clone());
    }
    scope
}

/// The result that is given for what is inside a Map or Parallel state.
pub(super) fn given(run: &Execution, id: FrameId) -> Option<Result<Value, Fault>> {
    Some(match run.alone_in(id)?.result.clone()? {
        TaskResult::Success(value) => Ok(value),
        TaskResult::Failure { failure, .. } => Err(Fault::of(failure)),
    })
}

/// Ends the execution where the state is left; whether this frame runs alone.
pub(super) fn leaves(run: &mut Execution, id: FrameId, exit: &Exit<'_>) -> bool {
    let Some(alone) = run.alone_in(id) else {
        return false;
    };
    let mut variables = alone.variables.clone();
    variables.extend(exit.assigned.iter().cloned());
    if let Some(sighting) = run.sighting_in(id) {
        sighting.variables = variables;
        sighting.next = match exit.next {
            Next::State(reference) => Some(reference.name.clone()),
            Next::End | Next::Nowhere => None,
        };
    }
    let last = run.last_of(id);
    run.leave(id);
    let details = EventDetails::ExecutionSucceeded(OutputEventDetails {
        output: Some(exit.output.clone().into()),
        output_details: None,
    });
    let outcome = Outcome::Succeeded(exit.output.clone());
    run.end(HistoryEventType::ExecutionSucceeded, last, details, outcome);
    true
}

/// Notes a failure; whether this frame runs alone and the execution ends here, because
/// the state is to be retried.
pub(super) fn fails(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    failure: &Failure,
    alias: Option<&str>,
) -> bool {
    let Some(alone) = run.alone_in(id) else {
        return false;
    };
    let retry = super::retry::planned(state, failure, alias, alone.retries);
    if let Some(sighting) = run.sighting_in(id) {
        sighting.failure = Some(failure.clone());
        sighting.retry = retry;
    }
    if !matches!(retry, Some((_, Some(_)))) {
        return false;
    }
    run.end_failed(run.last_of(id), failure.clone());
    true
}

/// Notes which Catcher handles an error.
pub(super) fn catches(run: &mut Execution, id: FrameId, index: usize) {
    if let Some(sighting) = run.sighting_in(id) {
        sighting.caught = Some(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl;
    use crate::execution::history::Payload;
    use crate::execution::interpreter::{Fuel, Options, Progress};
    use crate::source::json::parse;
    use crate::time::Timestamp;

    const MACHINE: &str = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Next": "B"},
        "B": {"Type": "Pass", "Parameters": {"x.$": "$x", "name.$": "$$.State.Name"},
              "Assign": {"y": 2}, "Next": "Elsewhere"},
        "C": {"Type": "Parallel", "Branches": [{"StartAt": "D", "States": {"D": {"Type": "Fail"}}}],
              "Retry": [{"ErrorEquals": ["No"]}, {"ErrorEquals": ["Boom"], "IntervalSeconds": 3}],
              "Catch": [{"ErrorEquals": ["Other"], "Next": "A"}, {"ErrorEquals": ["States.ALL"], "Next": "B"}],
              "End": true}}}"#;

    fn run(alone: Alone) -> Execution {
        let machine = asl::lower(&parse(MACHINE).root).machine;
        let (at, input) = (Timestamp::from_millis(0), Payload::from_text("{}"));
        let mut run = Execution::start_alone(machine, alone, input, Options::default(), at);
        let progress = run.advance(at, Fuel(100));
        assert!(matches!(progress, Progress::Ended { .. }), "{progress:?}");
        run
    }

    #[test]
    fn a_state_alone_ends_where_it_is_left() {
        let run = run(Alone {
            state: "B".into(),
            variables: [("x".into(), Value::from(1))].into_iter().collect(),
            context: Some(Value::parse(r#"{"State":{"Name":"given"}}"#).unwrap()),
            ..Alone::default()
        });
        let output = Value::parse(r#"{"x":1,"name":"given"}"#).unwrap();
        assert_eq!(run.outcome(), Some(&Outcome::Succeeded(output)));
        let seen = run.sighting().unwrap();
        assert_eq!(seen.next.as_deref(), Some("Elsewhere"));
        let names: Vec<_> = seen.variables.keys().map(|name| &**name).collect();
        assert_eq!(names, ["x", "y"]);
    }

    #[test]
    fn an_error_that_is_given_meets_retriers_and_catchers() {
        let alone = |retries| Alone {
            state: "C".into(),
            result: Some(TaskResult::failure("Boom", "why")),
            retries,
            ..Alone::default()
        };
        let retried = run(alone(2));
        let seen = retried.sighting().unwrap();
        assert_eq!(seen.retry, Some((1, Some(Duration::from_secs(12)))));
        assert!(matches!(retried.outcome(), Some(Outcome::Failed(_))));
        let caught = run(alone(3));
        let seen = caught.sighting().unwrap();
        assert_eq!((seen.retry, seen.caught), (Some((1, None)), Some(1)));
        assert_eq!(seen.next.as_deref(), Some("B"));
        assert!(matches!(caught.outcome(), Some(Outcome::Succeeded(_))));
    }

    #[test]
    fn a_result_that_is_given_stands_for_what_is_inside() {
        let run = run(Alone {
            state: "C".into(),
            result: Some(TaskResult::Success(Value::from(vec![Value::from(7)]))),
            ..Alone::default()
        });
        let output = Value::from(vec![Value::from(7)]);
        assert_eq!(run.outcome(), Some(&Outcome::Succeeded(output)));
    }
}
