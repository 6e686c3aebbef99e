//! Tasks that are answered by token.

use std::sync::Arc;

use super::limits::{CAUSE, DATA, ERROR, TASK_TOKEN};
use crate::api::shape::structure;

structure! {
    /// What `SendTaskSuccess` takes.
    SendTaskSuccessInput {
        task_token "taskToken": Arc<str> = TASK_TOKEN, required;
        output "output": Arc<str> = DATA, required;
    }

    /// What `SendTaskSuccess` answers.
    SendTaskSuccessOutput {}

    /// What `SendTaskFailure` takes.
    SendTaskFailureInput {
        task_token "taskToken": Arc<str> = TASK_TOKEN, required;
        error "error": Option<Arc<str>> = ERROR;
        cause "cause": Option<Arc<str>> = CAUSE;
    }

    /// What `SendTaskFailure` answers.
    SendTaskFailureOutput {}

    /// What `SendTaskHeartbeat` takes.
    SendTaskHeartbeatInput {
        task_token "taskToken": Arc<str> = TASK_TOKEN, required;
    }

    /// What `SendTaskHeartbeat` answers.
    SendTaskHeartbeatOutput {}
}
