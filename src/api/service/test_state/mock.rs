//! What a mock gives, and whether it can be.

use super::shapes::{self, ActionShapes, Strictness};
use crate::api::error::ApiError;
use crate::api::types::test_state::{MockInput, TestStateInput};
use crate::asl::{State, StateKind};
use crate::execution::history::Failure;
use crate::execution::interpreter::{FailedAt, TaskResult};
use crate::source::json::Value;

/// What the work of a state gives instead of being done; `None` without a mock.
pub(super) fn result(
    input: &TestStateInput,
    state: &State,
    content: &Value,
    shapes: Option<&ActionShapes>,
) -> Result<Option<TaskResult>, ApiError> {
    let Some(mock) = &input.mock else {
        return Ok(None);
    };
    if let Some(error) = &mock.error_output {
        return Ok(Some(TaskResult::Failure {
            failure: Failure {
                error: error.error.clone(),
                cause: error.cause.clone(),
            },
            at: FailedAt::Run,
        }));
    }
    let text = mock.result.as_deref().unwrap_or_default();
    let value =
        Value::parse(text).map_err(|_| ApiError::validation("Mocked result must be valid JSON"))?;
    match &state.kind {
        StateKind::Parallel(parallel) => {
            if array(&value)?.len() != parallel.branches.len() {
                return Err(ApiError::validation(
                    "Mocked result must contain the same number of items as number of Parallel branches.",
                ));
            }
        }
        StateKind::Map(map) => {
            // What a result writer leaves is an object that tells where the results are.
            if map.result_writer.is_none() {
                let count = array(&value)?.len();
                iterations(input, content, count)?;
            }
        }
        StateKind::Task(task) => {
            if let Some(resource) = &task.resource
                && let Some(shapes) = shapes
                && let Some(strictness) = strictness(mock)
            {
                shapes::check(shapes, &resource.integration, &value, strictness)?;
            }
        }
        StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Unknown { .. } => {}
    }
    Ok(Some(TaskResult::Success(value)))
}

fn strictness(mock: &MockInput) -> Option<Strictness> {
    match mock.field_validation_mode.as_deref() {
        Some("NONE") => None,
        Some("PRESENT") => Some(Strictness::Present),
        _ => Some(Strictness::Strict),
    }
}

fn array(value: &Value) -> Result<&[Value], ApiError> {
    value
        .as_array()
        .ok_or_else(|| ApiError::validation("Mocked result must be an array."))
}

/// No more iterations fail than there are.
fn iterations(input: &TestStateInput, content: &Value, count: usize) -> Result<(), ApiError> {
    let configuration = input.state_configuration.as_ref();
    let failed = configuration.and_then(|configuration| configuration.map_iteration_failure_count);
    let most = content
        .as_array()
        .map_or(count, |items| items.len().max(count));
    match failed.is_some_and(|failed| failed > most as u64) {
        true => Err(ApiError::validation(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        )),
        false => Ok(()),
    }
}
