//! What goes wrong inside a state, before it is known who handles it.

use std::fmt::Display;
use std::sync::Arc;

use crate::execution::history::{EventId, Failure};
use crate::source::json::{MAX_DEPTH, Value};

/// A failed state.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    /// Error and cause, the latter without the sentence about the state.
    pub failure: Failure,
    /// Whether the cause is to say in which state it happened.
    pub is_located: bool,
    /// Whether no Retrier and no Catcher sees it: the execution fails at once.
    pub is_fatal: bool,
    /// Whether it arose in the state itself, not in a task, a branch or by a Fail state.
    pub is_own: bool,
    /// A second name by which Retriers and Catchers know it.
    pub alias: Option<&'static str>,
    /// The field that a JSONata expression failed in; such a fault has an event of its own.
    pub location: Option<Arc<str>>,
    /// Whether that event follows the one of entering the state, or takes its place.
    pub is_after_entering: bool,
}

impl Fault {
    /// `States.Runtime`: cannot be handled, not even by `States.ALL`.
    ///
    /// Learned from the service: it ends the execution without any event of the
    /// states around.
    pub fn runtime(cause: impl Display) -> Self {
        Self {
            is_fatal: true,
            ..Self::located("States.Runtime", cause)
        }
    }

    fn located(error: &str, cause: impl Display) -> Self {
        Self {
            is_located: true,
            is_own: true,
            ..Self::of(Failure::new(error, cause.to_string()))
        }
    }

    /// `States.QueryEvaluationError`: a JSONata expression, or the value it gave to a field.
    pub fn evaluation(field: impl Into<Arc<str>>, cause: impl Display) -> Self {
        Self {
            location: Some(field.into()),
            ..Self::located("States.QueryEvaluationError", cause)
        }
    }

    /// A reference path that has no place in a value: of `ResultPath` in the input, or
    /// of `ItemsPath`. `step` is the name that does not fit.
    ///
    /// The specification calls the first `States.ResultPathMatchFailure`, so Catchers
    /// know it by that name too.
    pub fn no_place(step: &str, input: &Value) -> Self {
        let cause = format!("Unable to apply step \"{step}\" to input {input}");
        Self {
            is_own: true,
            alias: Some("States.ResultPathMatchFailure"),
            ..Self::of(Failure::new("States.ReferencePathConflict", cause))
        }
    }

    /// A payload beyond the quota. `what` is the state, or the task that returned it.
    pub fn too_large(what: &str) -> Self {
        let cause = format!(
            "The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit."
        );
        Self {
            is_fatal: true,
            is_own: true,
            ..Self::of(Failure::new("States.DataLimitExceeded", cause))
        }
    }

    /// A payload that nests deeper than any text that can be read back. A loop that wraps
    /// its input would else build values no stack can walk.
    pub fn too_deep(state: &str) -> Self {
        Self::runtime(format!(
            "The state '{state}' returned a result that nests more than {MAX_DEPTH} levels deep."
        ))
    }

    /// A failure that came from elsewhere: a task, a Fail state, a branch.
    pub fn of(failure: Failure) -> Self {
        Self {
            failure,
            is_located: false,
            is_fatal: false,
            is_own: false,
            alias: None,
            location: None,
            is_after_entering: false,
        }
    }

    /// The failure as histories show it.
    pub fn into_failure(self, state: &str, entered: EventId) -> Failure {
        if !self.is_located {
            return self.failure;
        }
        let detail = self.failure.cause.as_deref().unwrap_or_default();
        let cause: Arc<str> = format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). {detail}"
        )
        .into();
        Failure {
            error: self.failure.error,
            cause: Some(cause),
        }
    }
}
