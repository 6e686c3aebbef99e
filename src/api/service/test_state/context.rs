//! The context object of a state under test.

use std::sync::Arc;

use crate::api::error::ApiError;
use crate::api::types::test_state::TestStateInput;
use crate::asl::{Integration, Pattern, State, StateKind};
use crate::execution::interpreter::Options;
use crate::source::json::{Object, Value};
use crate::time::Timestamp;

use super::refuse::STATE_NAME;

/// The context that is given.
pub(super) fn given(input: &TestStateInput, state: &State) -> Result<Option<Value>, ApiError> {
    let Some(text) = &input.context else {
        return Ok(None);
    };
    let refuse = |what: String| {
        Err(ApiError::validation(format!(
            "Invalid Context object provided: {what}"
        )))
    };
    let value = Value::parse(text).unwrap_or_default();
    let Some(object) = value.as_object() else {
        return refuse("Context object must be a valid JSON object".into());
    };
    let known = ["Execution", "State", "StateMachine", "Task", "Map"];
    let mut keys = object.keys();
    if let Some(key) = keys.find(|key| !known.contains(&&***key)) {
        return refuse(format!("Context object contains unknown field '{key}'"));
    }
    for key in known {
        if value
            .get(key)
            .is_some_and(|part| part.as_object().is_none())
        {
            return refuse(format!("'{key}' must be an object"));
        }
    }
    if value.get("Task").is_some() && !has_token(state) {
        return refuse("Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern".into());
    }
    Ok(Some(value.clone()))
}

fn has_token(state: &State) -> bool {
    let StateKind::Task(task) = &state.kind else {
        return false;
    };
    let integration = task.resource.as_ref().map(|resource| &resource.integration);
    integration.is_some_and(|integration| {
        matches!(integration, Integration::Activity { .. })
            || integration.pattern() != Pattern::RequestResponse
    })
}

/// The context that the service makes up.
///
/// Learned from recordings: an Express execution of an unnamed machine; a state is always
/// called the same, and there are no counts.
pub(super) fn made_up(
    options: &Options,
    content: &Value,
    state: &State,
    role: Option<&Arc<str>>,
    now: Timestamp,
) -> Value {
    let time = || Value::from(now.to_string());
    let role = role.map_or(Value::Null, |role| role.clone().into());
    let execution = Value::from([
        ("Id", Value::from(options.execution_arn())),
        ("Input", content.clone()),
        ("Name", Value::from(options.name.clone())),
        ("RoleArn", role),
        ("StartTime", time()),
    ]);
    let machine = Value::from([
        ("Id", Value::from(options.machine_arn())),
        ("Name", Value::from(options.machine_name.clone())),
    ]);
    let about = Value::from([("Name", Value::from(STATE_NAME)), ("EnteredTime", time())]);
    let mut context = Object::default();
    context.insert("Execution", execution);
    context.insert("StateMachine", machine);
    context.insert("State", about);
    if has_token(state) {
        let mut entropy = crate::execution::interpreter::Entropy::new(options.seed);
        context.insert(
            "Task",
            Value::from([("Token", Value::from(entropy.token()))]),
        );
    }
    context.into()
}
