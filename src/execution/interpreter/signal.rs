//! What a task of `aws-sdk:sfn` tells another task that waits for its token.

use std::sync::Arc;

use super::task::{FailedAt, TaskRequest, TaskResult};
use crate::asl::Integration;
use crate::execution::history::Failure;
use crate::source::json::Value;

/// `SendTaskHeartbeat`, `SendTaskSuccess` or `SendTaskFailure`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Signal {
    /// It is alive.
    Alive,
    /// It has ended.
    Done(TaskResult),
}

impl Signal {
    /// The token and what is told of its task; `None` of a request that tells nothing.
    pub fn read(request: &TaskRequest) -> Option<(Arc<str>, Self)> {
        let Integration::Service {
            service,
            action,
            is_sdk: true,
            ..
        } = &request.resource.integration
        else {
            return None;
        };
        if &**service != "sfn" {
            return None;
        }
        let text =
            |name: &str| -> Option<Arc<str>> { request.input.get(name)?.as_str().map(Arc::from) };
        let signal = match &**action {
            "sendTaskHeartbeat" => Self::Alive,
            "sendTaskSuccess" => Self::Done(TaskResult::Success(output(&request.input))),
            "sendTaskFailure" => Self::Done(TaskResult::Failure {
                failure: Failure {
                    error: text("Error"),
                    cause: text("Cause"),
                },
                at: FailedAt::Run,
            }),
            _ => return None,
        };
        Some((text("TaskToken")?, signal))
    }
}

/// `Output` is JSON text, or JSON that is sent as text.
fn output(input: &Value) -> Value {
    match input.get("Output") {
        Some(Value::String(text)) => {
            Value::parse(text).unwrap_or_else(|_| Value::String(text.clone()))
        }
        Some(output) => output.clone(),
        None => Value::Null,
    }
}
