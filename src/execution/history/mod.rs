//! The event history, the only output of a run, shaped as `GetExecutionHistory` has it.
//!
//! What the interpreter writes and what a client fetched from the real service are
//! the same type, so every projection reads both.

mod details;
mod event;
mod event_type;
mod log;
mod payload;

pub use details::{
    ActivityScheduledEventDetails, ActivityStartedEventDetails, DataDetails, EvaluationFailed,
    EventDetails, ExecutionRedrivenEventDetails, ExecutionStartedEventDetails, Failure,
    LambdaFunctionScheduledEventDetails, MapIterationEventDetails, MapRunRedrivenEventDetails,
    MapRunStartedEventDetails, MapStateStartedEventDetails, OutputEventDetails,
    StateEnteredEventDetails, StateExitedEventDetails, TaskCredentials, TaskFailureEventDetails,
    TaskOutputEventDetails, TaskScheduledEventDetails, TaskStartedEventDetails,
};
pub use event::{EventId, HistoryError, HistoryEvent, parse_history, write_history};
pub use event_type::{EventPhase, HistoryEventType};
pub use log::{Log, LogLevel};
pub use payload::Payload;
