//! The context object, what `$$` shows.

use std::sync::Arc;

use super::execution::Execution;
use super::frame::{Frame, FrameId};
use crate::asl::{State, StateKind};
use crate::source::json::{Object, Value};

/// The context object of the state that a frame is in.
///
/// Its members and their order are those of recordings.
pub(super) fn context(run: &Execution, id: FrameId, state: &State, extra: &Extra) -> Value {
    let options = &run.options;
    let execution: Object = [
        ("Id", Value::from(options.execution_arn())),
        ("Input", run.input.clone()),
        ("StartTime", Value::from(run.started.to_string())),
        ("Name", Value::from(options.name.clone())),
        ("RoleArn", Value::from(options.role_arn.clone())),
        ("RedriveCount", Value::from(0)),
    ]
    .into_iter()
    .collect();
    let machine = Value::from([
        ("Id", Value::from(options.machine_arn())),
        ("Name", Value::from(options.machine_name.clone())),
    ]);
    let frame = run.frames.get(&id);
    let mut state_object = Object::default();
    state_object.insert("Name", state.name.clone());
    if let Some(visit) = frame.and_then(Frame::visit) {
        state_object.insert("EnteredTime", visit.entered.to_string());
        if matches!(
            state.kind,
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)
        ) {
            state_object.insert(
                "RetryCount",
                i64::try_from(visit.retry_count).unwrap_or(i64::MAX),
            );
        }
    }
    let mut context = Object::default();
    context.insert("Execution", execution);
    context.insert("StateMachine", machine);
    context.insert("State", state_object);
    let item = frame.and_then(|frame| frame.item.as_ref());
    let item = extra
        .item
        .clone()
        .or_else(|| item.map(|item| (item.index, item.value.clone())));
    if let Some((index, value)) = item {
        let index = Value::from(i64::try_from(index).unwrap_or(i64::MAX));
        let item = Value::from([("Index", index), ("Value", value)]);
        context.insert("Map", Value::from([("Item", item)]));
    }
    if let Some(token) = &extra.token {
        context.insert("Task", Value::from([("Token", token.clone())]));
    }
    context.into()
}

/// What the context object shows besides where the frame is.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// The item of the iteration that is about to start.
    pub item: Option<(u64, Value)>,
    /// The token of the task that is about to be scheduled.
    pub token: Option<Arc<str>>,
}
