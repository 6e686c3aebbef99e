//! How data flowed through one visit of a state, worked out from the history.

use std::sync::Arc;

use indexmap::IndexMap;

use super::status::Status;
use super::trace::Trace;
use super::visit::{Visit, VisitId};
use crate::asl::{MapMode, StateKind, StateMachine};
use crate::execution::history::{EventDetails, EventId, HistoryEvent, Payload};
use crate::execution::interpreter::{Given, Options, Stages, items, stages};
use crate::source::json::{Object, Value};
use crate::source::sort::sort_by_number;

/// The stages of a visit; `None` if the definition has no such state. `options` say what
/// the context object shows of execution and machine.
pub fn data_flow(
    machine: &StateMachine,
    options: &Options,
    events: &[HistoryEvent],
    trace: &Trace,
    visit: &Visit,
) -> Option<Stages> {
    let fold = Fold {
        machine,
        options,
        events,
        trace,
    };
    fold.stages(visit)
}

/// The context object of a visit, or of the execution itself, as far as the history tells it.
pub fn context(
    machine: &StateMachine,
    options: &Options,
    events: &[HistoryEvent],
    trace: &Trace,
    visit: Option<&Visit>,
) -> Value {
    let fold = Fold {
        machine,
        options,
        events,
        trace,
    };
    fold.context(visit)
}

/// The variables in sight when a visit began.
pub fn variables(trace: &Trace, visit: &Visit) -> IndexMap<Arc<str>, Value> {
    variables_before(trace, visit, visit.entered.0)
}

/// The variables in sight where `visit` is, as they were before an event.
fn variables_before(trace: &Trace, visit: &Visit, before: EventId) -> IndexMap<Arc<str>, Value> {
    let outer = visit.parent.and_then(|id| trace.visits().get(id.0));
    let (mut variables, since) = match outer {
        None => (IndexMap::new(), EventId(0)),
        Some(outer) => {
            let attempts = outer.attempts.iter().map(|attempt| attempt.started.0);
            let attempt = attempts.filter(|started| *started <= before).max();
            (
                self::variables(trace, outer),
                attempt.unwrap_or(outer.entered.0),
            )
        }
    };
    for other in trace.visits() {
        let is_same_thread = other.parent == visit.parent
            && other.machine == visit.machine
            && other.iteration == visit.iteration;
        let exited = other.exited.map(|(event, _)| event);
        if is_same_thread && exited.is_some_and(|exited| exited > since && exited < before) {
            let assigned = other.assigned.iter();
            variables.extend(assigned.map(|(name, value)| (name.clone(), value.value().clone())));
        }
    }
    variables
}

struct Fold<'a> {
    machine: &'a StateMachine,
    options: &'a Options,
    events: &'a [HistoryEvent],
    trace: &'a Trace,
}

impl Fold<'_> {
    fn stages(&self, visit: &Visit) -> Option<Stages> {
        let given = self.given(visit)?;
        let attempt = visit.attempts.last();
        let value = |payload: &Payload| payload.value().clone();
        let kind = &given.state.kind;
        let is_planned = matches!(visit.status, Status::Succeeded | Status::Retried);
        Some(stages(Given {
            parameters: attempt.and_then(|attempt| attempt.parameters.as_ref().map(value)),
            result: match kind {
                StateKind::Task(_) => attempt.and_then(|it| it.result.as_ref().map(value)),
                _ => is_planned.then(|| self.results(visit, kind)).flatten(),
            },
            output: visit.output.as_ref().filter(|_| is_planned).map(value),
            ..given
        }))
    }

    /// What a visit began with.
    fn given(&self, visit: &Visit) -> Option<Given<'_>> {
        let input = visit.input.as_ref();
        Some(Given {
            state: self.machine.find(visit.pointer.as_ref()?)?,
            context: self.context(Some(visit)),
            variables: variables(self.trace, visit),
            input: input.map(|it| it.value().clone()).unwrap_or_default(),
            parameters: None,
            result: None,
            output: None,
        })
    }

    /// The outputs of the branches or iterations of the last attempt.
    fn results(&self, visit: &Visit, kind: &StateKind) -> Option<Value> {
        let attempt = visit.attempts.last()?;
        // Child executions have histories of their own.
        if matches!(kind, StateKind::Map(map) if map.mode == MapMode::Distributed) {
            return None;
        }
        let id = self
            .trace
            .visits()
            .iter()
            .position(|other| other.entered.0 == visit.entered.0);
        let mut results: Vec<(usize, Value)> = Vec::new();
        for inner in self.trace.visits() {
            let index = match kind {
                StateKind::Map(_) => inner
                    .iteration
                    .and_then(|index| usize::try_from(index).ok()),
                StateKind::Parallel(parallel) => {
                    let mut branches = parallel.branches.iter();
                    branches.position(|branch| branch.pointer == inner.machine)
                }
                _ => return None,
            };
            let is_inside = inner.parent == id.map(VisitId) && inner.entered.0 > attempt.started.0;
            if let (true, Some(index), Some(output)) = (is_inside, index, &inner.output) {
                results.push((index, output.value().clone()));
            }
        }
        // An iteration that ran again counts with its latest result.
        results.reverse();
        sort_by_number(&mut results, |&(index, _)| index as u64);
        results.dedup_by_key(|(index, _)| *index);
        Some(results.into_iter().map(|(_, value)| value).collect())
    }

    /// The context object as far as the history tells it.
    fn context(&self, visit: Option<&Visit>) -> Value {
        let start = self.events.first();
        let input = start.and_then(|event| event.details.as_ref()?.input());
        let role = match start.and_then(|event| event.details.as_ref()) {
            Some(EventDetails::ExecutionStarted(details)) => details.role_arn.clone(),
            _ => None,
        };
        let started = start.map(|event| event.timestamp).unwrap_or_default();
        let execution = Value::from([
            ("Id", Value::from(self.options.execution_arn())),
            (
                "Input",
                input.map(|input| input.value().clone()).unwrap_or_default(),
            ),
            ("StartTime", Value::from(started.to_string())),
            ("Name", Value::from(self.options.name.clone())),
            (
                "RoleArn",
                Value::from(role.unwrap_or_else(|| self.options.role_arn.clone())),
            ),
            ("RedriveCount", Value::from(0)),
        ]);
        let machine = Value::from([
            ("Id", Value::from(self.options.machine_arn())),
            ("Name", Value::from(self.options.machine_name.clone())),
        ]);
        let mut context: Object = [("Execution", execution), ("StateMachine", machine)]
            .into_iter()
            .collect();
        let Some(visit) = visit else {
            return context.into();
        };
        let retries = i64::try_from(visit.attempts.len().saturating_sub(1)).unwrap_or(i64::MAX);
        let state = Value::from([
            ("Name", Value::from(visit.name.clone())),
            ("EnteredTime", Value::from(visit.entered.1.to_string())),
            ("RetryCount", Value::from(retries)),
        ]);
        context.insert("State", state);
        if let Some(item) = self.item(visit) {
            context.insert("Map", Value::from([("Item", item)]));
        }
        context.into()
    }

    /// What `$$.Map.Item` shows: the item of the nearest iteration.
    fn item(&self, visit: &Visit) -> Option<Value> {
        let mut inner = visit;
        loop {
            let outer = self.trace.visits().get(inner.parent?.0)?;
            if let Some(index) = inner.iteration {
                let items = items(&self.given(outer)?)?;
                let value = items.at(usize::try_from(index).ok()?)?.clone();
                let index = Value::from(i64::try_from(index).ok()?);
                return Some(Value::from([("Index", index), ("Value", value)]));
            }
            inner = outer;
        }
    }
}
