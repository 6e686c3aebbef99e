//! The context object, what `$$` shows.

use std::sync::Arc;

use super::execution::Execution;
use super::frame::{Frame, FrameId};
use super::options::Options;
use crate::asl::{State, StateKind};
use crate::source::json::{Object, Value};
use crate::time::Timestamp;

/// The context object, or what it is made of. Few expressions look at it, so it is put
/// together when one does.
#[derive(Clone, Debug)]
pub(super) enum Context {
    /// The object.
    Known(Value),
    /// Its parts.
    Parts(Box<Parts>),
}

/// What the context object is made of.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    options: Arc<Options>,
    input: Value,
    started: Timestamp,
    state: Arc<str>,
    entered: Option<Timestamp>,
    retry_count: Option<u64>,
    item: Option<(u64, Value)>,
    token: Option<Arc<str>>,
    redrives: u64,
    redriven: Option<Timestamp>,
}

/// What the context object shows besides where the frame is.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// The item of the iteration that is about to start.
    pub item: Option<(u64, Value)>,
    /// The token of the task that is about to be scheduled.
    pub token: Option<Arc<str>>,
}

/// The context of the state that a frame is in.
pub(super) fn context(run: &Execution, id: FrameId, state: &State, extra: Extra) -> Context {
    if let Some(given) = run.alone_in(id).and_then(|alone| alone.context.clone()) {
        return Context::Known(given);
    }
    let frame = run.frames.get(&id);
    let visit = frame.and_then(Frame::visit);
    let has_retries = matches!(
        state.kind,
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)
    );
    let item = frame.and_then(|frame| frame.item.as_ref());
    Context::Parts(Box::new(Parts {
        options: run.options.clone(),
        input: run.input.clone(),
        started: run.started,
        state: state.name.clone(),
        entered: visit.map(|visit| visit.entered),
        retry_count: visit.filter(|_| has_retries).map(|visit| visit.retry_count),
        item: extra
            .item
            .or_else(|| item.map(|item| (item.index, item.value.clone()))),
        token: extra.token,
        redrives: run.redrive_count,
        redriven: run.redriven,
    }))
}

impl Context {
    /// The object.
    pub fn value(&mut self) -> &Value {
        if let Context::Parts(parts) = self {
            *self = Context::Known(parts.object());
        }
        match self {
            Context::Known(value) => value,
            Context::Parts(_) => &Value::Null,
        }
    }
}

impl Parts {
    /// Members and their order are those of recordings.
    fn object(&self) -> Value {
        let count = |count: u64| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
        let options = &self.options;
        let execution = [
            ("Id", Value::from(options.execution_arn())),
            ("Input", self.input.clone()),
            ("StartTime", Value::from(self.started.to_string())),
            ("Name", Value::from(options.name.clone())),
            ("RoleArn", Value::from(options.role_arn.clone())),
            ("RedriveCount", count(self.redrives)),
        ];
        let redriven = self
            .redriven
            .map(|at| ("RedriveTime", Value::from(at.to_string())));
        let execution: Object = execution.into_iter().chain(redriven).collect();
        let machine = Value::from([
            ("Id", Value::from(options.machine_arn())),
            ("Name", Value::from(options.machine_name.clone())),
        ]);
        let mut state = Object::default();
        state.insert("Name", self.state.clone());
        if let Some(entered) = self.entered {
            state.insert("EnteredTime", entered.to_string());
        }
        if let Some(retry_count) = self.retry_count {
            state.insert("RetryCount", count(retry_count));
        }
        let mut context = Object::default();
        context.insert("Execution", execution);
        context.insert("StateMachine", machine);
        context.insert("State", state);
        if let Some((index, value)) = &self.item {
            let item = Value::from([("Index", count(*index)), ("Value", value.clone())]);
            context.insert("Map", Value::from([("Item", item)]));
        }
        if let Some(token) = &self.token {
            context.insert("Task", Value::from([("Token", token.clone())]));
        }
        context.into()
    }
}
