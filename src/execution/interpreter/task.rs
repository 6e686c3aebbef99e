//! Work that the interpreter does not do itself: what it asks for, what comes back.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::asl::{Pointer, Resource};
use crate::execution::history::{EventId, Failure, HistoryEventType};
use crate::source::json::Value;

/// One attempt of a task, unique in its execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// What the interpreter wants from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do this and answer with [`Execution::complete`](super::Execution::complete).
    Invoke(Box<TaskRequest>),
    /// Nobody waits for this any more.
    Cancel(TaskId),
}

/// A call of a Task state.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRequest {
    /// For the answer.
    pub id: TaskId,
    /// The state machine it belongs to, if a task started that machine.
    pub machine: Option<Arc<str>>,
    /// The name of the state.
    pub state: Arc<str>,
    /// Where the state stands in the definition.
    pub pointer: Pointer,
    /// What is called.
    pub resource: Resource,
    /// What is sent: `Parameters` or the state's input.
    pub input: Value,
    /// Attempts of this state so far, over all visits and iterations, from 0.
    pub attempt: u32,
    /// The iterations around it, outermost first.
    pub iterations: Vec<u64>,
    /// Attempts of this state within these iterations so far, from 0.
    pub attempt_in_iteration: u32,
    /// What `$$.Task.Token` shows, for `.waitForTaskToken` and activities.
    pub token: Option<Arc<str>>,
    /// The time limit.
    pub timeout: Option<Duration>,
    /// The longest silence.
    pub heartbeat: Option<Duration>,
    /// The event that reports the attempt.
    pub scheduled: EventId,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskResult {
    /// With a result: of a function ARN the function's own, of an integration the
    /// response of the call.
    Success(Value),
    /// With an error.
    Failure {
        /// Error and cause.
        failure: Failure,
        /// How far it got.
        at: FailedAt,
    },
}

/// How far a failed attempt got, which decides the type of its event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailedAt {
    /// It could not be scheduled: `LambdaFunctionScheduleFailed`.
    Schedule,
    /// It could not be started: `TaskStartFailed`.
    Start,
    /// The job could not be submitted: `TaskSubmitFailed`.
    Submit,
    /// It ran and failed: `TaskFailed`.
    #[default]
    Run,
    /// It ran out of time: `TaskTimedOut`.
    TimedOut,
}

impl FailedAt {
    /// What an event of a failed attempt says.
    pub fn of_event(event_type: HistoryEventType) -> Option<Self> {
        use HistoryEventType as Type;
        Some(match event_type {
            Type::LambdaFunctionScheduleFailed | Type::ActivityScheduleFailed => Self::Schedule,
            Type::LambdaFunctionStartFailed | Type::TaskStartFailed => Self::Start,
            Type::TaskSubmitFailed => Self::Submit,
            Type::TaskFailed | Type::LambdaFunctionFailed | Type::ActivityFailed => Self::Run,
            Type::TaskTimedOut | Type::LambdaFunctionTimedOut | Type::ActivityTimedOut => {
                Self::TimedOut
            }
            _ => return None,
        })
    }
}

impl FailedAt {
    /// Whether the work never began.
    pub fn is_before_start(self) -> bool {
        matches!(self, Self::Schedule | Self::Start)
    }
}

impl TaskResult {
    /// A failure while running.
    pub fn failure(error: impl Into<Arc<str>>, cause: impl Into<Arc<str>>) -> Self {
        Self::Failure {
            failure: Failure::new(error, cause),
            at: FailedAt::Run,
        }
    }

    /// The end of the time limit, as the service reports it: without a cause.
    pub fn timed_out() -> Self {
        Self::Failure {
            failure: Failure {
                error: Some("States.Timeout".into()),
                cause: None,
            },
            at: FailedAt::TimedOut,
        }
    }
}

/// An answer to a task that nobody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTask(pub TaskId);

impl fmt::Display for UnknownTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no task {} is awaited", self.0.0)
    }
}

impl std::error::Error for UnknownTask {}
