//! The `…EventDetails` members of an event.
//!
//! Event types whose details have equal members share one type here: a failed
//! Lambda function and a failed execution both carry `error` and `cause`.

use std::sync::Arc;

use indexmap::IndexMap;

use super::payload::Payload;
use crate::source::json::{Object, Value, Wire, wire};

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident $(as $key:literal)?: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct $name {
                $(
                    $(#[$field_doc])*
                    pub $field: Option<$type>,
                )*
            }

            wire! { struct $name { $($field $(as $key)?,)* } }
        )*
    };
}

shapes! {
    /// `error` and `cause` of whatever failed, timed out or was aborted.
    Failure {
        /// The error name.
        error: Arc<str>,
        /// The explanation.
        cause: Arc<str>,
    }
    /// What failed or timed out in a service integration.
    TaskFailureEventDetails {
        /// The service.
        resource_type as "resourceType": Arc<str>,
        /// The action.
        resource: Arc<str>,
        /// The error name.
        error: Arc<str>,
        /// The explanation.
        cause: Arc<str>,
    }
    /// The output of an execution, a Lambda function or an activity.
    OutputEventDetails {
        /// JSON text.
        output: Payload,
        /// Whether it was cut.
        output_details as "outputDetails": DataDetails,
    }
    /// The output of a service integration.
    TaskOutputEventDetails {
        /// The service.
        resource_type as "resourceType": Arc<str>,
        /// The action.
        resource: Arc<str>,
        /// JSON text.
        output: Payload,
        /// Whether it was cut.
        output_details as "outputDetails": DataDetails,
    }
    /// An attempt of a service integration begins.
    TaskScheduledEventDetails {
        /// The service.
        resource_type as "resourceType": Arc<str>,
        /// The action.
        resource: Arc<str>,
        /// The region of the call.
        region: Arc<str>,
        /// What is sent, as JSON text.
        parameters: Payload,
        /// The time limit.
        timeout_in_seconds as "timeoutInSeconds": u64,
        /// The longest silence.
        heartbeat_in_seconds as "heartbeatInSeconds": u64,
        /// The role that the call is made with.
        task_credentials as "taskCredentials": TaskCredentials,
    }
    /// A service integration runs.
    TaskStartedEventDetails {
        /// The service.
        resource_type as "resourceType": Arc<str>,
        /// The action.
        resource: Arc<str>,
    }
    /// An activity task waits for a worker.
    ActivityScheduledEventDetails {
        /// The activity.
        resource: Arc<str>,
        /// JSON text.
        input: Payload,
        /// Whether it was cut.
        input_details as "inputDetails": DataDetails,
        /// The time limit.
        timeout_in_seconds as "timeoutInSeconds": u64,
        /// The longest silence.
        heartbeat_in_seconds as "heartbeatInSeconds": u64,
    }
    /// A worker took an activity task.
    ActivityStartedEventDetails {
        /// What the worker calls itself.
        worker_name as "workerName": Arc<str>,
    }
    /// A Lambda function is about to be called.
    LambdaFunctionScheduledEventDetails {
        /// The function.
        resource: Arc<str>,
        /// JSON text.
        input: Payload,
        /// Whether it was cut.
        input_details as "inputDetails": DataDetails,
        /// The time limit.
        timeout_in_seconds as "timeoutInSeconds": u64,
        /// The role that the call is made with.
        task_credentials as "taskCredentials": TaskCredentials,
    }
    /// The execution begins.
    ExecutionStartedEventDetails {
        /// JSON text.
        input: Payload,
        /// Whether it was cut.
        input_details as "inputDetails": DataDetails,
        /// The role of the state machine.
        role_arn as "roleArn": Arc<str>,
        /// The alias it was started by.
        state_machine_alias_arn as "stateMachineAliasArn": Arc<str>,
        /// The version it was started by.
        state_machine_version_arn as "stateMachineVersionArn": Arc<str>,
    }
    /// The execution was redriven.
    ExecutionRedrivenEventDetails {
        /// How often so far.
        redrive_count as "redriveCount": u64,
    }
    /// A Map state begins.
    MapStateStartedEventDetails {
        /// Number of items.
        length: u64,
    }
    /// An iteration of a Map state.
    MapIterationEventDetails {
        /// The name of the Map state.
        name: Arc<str>,
        /// Which iteration, from 0.
        index: u64,
    }
    /// A Map Run begins.
    MapRunStartedEventDetails {
        /// Its ARN.
        map_run_arn as "mapRunArn": Arc<str>,
    }
    /// A Map Run was redriven.
    MapRunRedrivenEventDetails {
        /// Its ARN.
        map_run_arn as "mapRunArn": Arc<str>,
        /// How often so far.
        redrive_count as "redriveCount": u64,
    }
    /// A state begins.
    StateEnteredEventDetails {
        /// Its name.
        name: Arc<str>,
        /// JSON text.
        input: Payload,
        /// Whether it was cut.
        input_details as "inputDetails": DataDetails,
    }
    /// A state is left.
    StateExitedEventDetails {
        /// Its name.
        name: Arc<str>,
        /// JSON text.
        output: Payload,
        /// Whether it was cut.
        output_details as "outputDetails": DataDetails,
        /// The variables it set, each as JSON text.
        assigned_variables as "assignedVariables": IndexMap<Arc<str>, Payload>,
        /// Whether they were cut.
        assigned_variables_details as "assignedVariablesDetails": DataDetails,
    }
    /// A JSONata expression failed.
    EvaluationFailed {
        /// The error name.
        error: Arc<str>,
        /// The explanation.
        cause: Arc<str>,
        /// The field, as a path: `Output/result`.
        location: Arc<str>,
        /// The state.
        state: Arc<str>,
    }
    /// The role that a task assumed.
    TaskCredentials {
        /// Its ARN.
        role_arn as "roleArn": Arc<str>,
    }
}

/// Whether a payload was cut; API answers never are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataDetails {
    /// Always false but in logs.
    pub truncated: bool,
}

wire! { struct DataDetails { truncated, } }

macro_rules! event_details {
    ($($variant:ident: $member:literal => $shape:ty;)*) => {
        /// The details of an event, one variant per member of `HistoryEvent`.
        #[derive(Clone, Debug, PartialEq)]
        pub enum EventDetails {
            $(
                #[doc = concat!("`", $member, "`")]
                $variant($shape),
            )*
        }

        impl EventDetails {
            /// The names of the members, in the order of the API.
            pub const MEMBERS: &[&str] = &[$($member),*];

            /// The name of the member of `HistoryEvent`.
            pub fn member(&self) -> &'static str {
                match self { $(EventDetails::$variant(_) => $member),* }
            }

            /// Reads the member `name`; `None` if it is no such member or has another shape.
            pub(super) fn read(name: &str, value: &Value) -> Option<Self> {
                match name {
                    $($member => Wire::from_value(value).map(EventDetails::$variant),)*
                    _ => None,
                }
            }

            /// The value of the member.
            pub(super) fn to_value(&self) -> Value {
                match self {
                    $(EventDetails::$variant(details) => details.to_value(),)*
                }
            }
        }
    };
}

event_details! {
    ActivityFailed: "activityFailedEventDetails" => Failure;
    ActivityScheduleFailed: "activityScheduleFailedEventDetails" => Failure;
    ActivityScheduled: "activityScheduledEventDetails" => ActivityScheduledEventDetails;
    ActivityStarted: "activityStartedEventDetails" => ActivityStartedEventDetails;
    ActivitySucceeded: "activitySucceededEventDetails" => OutputEventDetails;
    ActivityTimedOut: "activityTimedOutEventDetails" => Failure;
    TaskFailed: "taskFailedEventDetails" => TaskFailureEventDetails;
    TaskScheduled: "taskScheduledEventDetails" => TaskScheduledEventDetails;
    TaskStartFailed: "taskStartFailedEventDetails" => TaskFailureEventDetails;
    TaskStarted: "taskStartedEventDetails" => TaskStartedEventDetails;
    TaskSubmitFailed: "taskSubmitFailedEventDetails" => TaskFailureEventDetails;
    TaskSubmitted: "taskSubmittedEventDetails" => TaskOutputEventDetails;
    TaskSucceeded: "taskSucceededEventDetails" => TaskOutputEventDetails;
    TaskTimedOut: "taskTimedOutEventDetails" => TaskFailureEventDetails;
    ExecutionFailed: "executionFailedEventDetails" => Failure;
    ExecutionStarted: "executionStartedEventDetails" => ExecutionStartedEventDetails;
    ExecutionSucceeded: "executionSucceededEventDetails" => OutputEventDetails;
    ExecutionAborted: "executionAbortedEventDetails" => Failure;
    ExecutionTimedOut: "executionTimedOutEventDetails" => Failure;
    ExecutionRedriven: "executionRedrivenEventDetails" => ExecutionRedrivenEventDetails;
    MapStateStarted: "mapStateStartedEventDetails" => MapStateStartedEventDetails;
    MapIterationStarted: "mapIterationStartedEventDetails" => MapIterationEventDetails;
    MapIterationSucceeded: "mapIterationSucceededEventDetails" => MapIterationEventDetails;
    MapIterationFailed: "mapIterationFailedEventDetails" => MapIterationEventDetails;
    MapIterationAborted: "mapIterationAbortedEventDetails" => MapIterationEventDetails;
    LambdaFunctionFailed: "lambdaFunctionFailedEventDetails" => Failure;
    LambdaFunctionScheduleFailed: "lambdaFunctionScheduleFailedEventDetails" => Failure;
    LambdaFunctionScheduled: "lambdaFunctionScheduledEventDetails" => LambdaFunctionScheduledEventDetails;
    LambdaFunctionStartFailed: "lambdaFunctionStartFailedEventDetails" => Failure;
    LambdaFunctionSucceeded: "lambdaFunctionSucceededEventDetails" => OutputEventDetails;
    LambdaFunctionTimedOut: "lambdaFunctionTimedOutEventDetails" => Failure;
    StateEntered: "stateEnteredEventDetails" => StateEnteredEventDetails;
    StateExited: "stateExitedEventDetails" => StateExitedEventDetails;
    MapRunStarted: "mapRunStartedEventDetails" => MapRunStartedEventDetails;
    MapRunFailed: "mapRunFailedEventDetails" => Failure;
    MapRunRedriven: "mapRunRedrivenEventDetails" => MapRunRedrivenEventDetails;
    EvaluationFailed: "evaluationFailedEventDetails" => EvaluationFailed;
}

impl EventDetails {
    /// The name of a state, where the event has one.
    pub fn state_name(&self) -> Option<&Arc<str>> {
        match self {
            Self::StateEntered(details) => details.name.as_ref(),
            Self::StateExited(details) => details.name.as_ref(),
            Self::MapIterationStarted(details)
            | Self::MapIterationSucceeded(details)
            | Self::MapIterationFailed(details)
            | Self::MapIterationAborted(details) => details.name.as_ref(),
            Self::EvaluationFailed(details) => details.state.as_ref(),
            _ => None,
        }
    }

    /// What went in: input or parameters.
    pub fn input(&self) -> Option<&Payload> {
        match self {
            Self::StateEntered(details) => details.input.as_ref(),
            Self::ExecutionStarted(details) => details.input.as_ref(),
            Self::ActivityScheduled(details) => details.input.as_ref(),
            Self::LambdaFunctionScheduled(details) => details.input.as_ref(),
            Self::TaskScheduled(details) => details.parameters.as_ref(),
            _ => None,
        }
    }

    /// What came out.
    pub fn output(&self) -> Option<&Payload> {
        match self {
            Self::StateExited(details) => details.output.as_ref(),
            Self::ExecutionSucceeded(details)
            | Self::ActivitySucceeded(details)
            | Self::LambdaFunctionSucceeded(details) => details.output.as_ref(),
            Self::TaskSucceeded(details) | Self::TaskSubmitted(details) => details.output.as_ref(),
            _ => None,
        }
    }

    /// The failure an event reports.
    pub fn failure(&self) -> Option<Failure> {
        match self {
            Self::ActivityFailed(failure)
            | Self::ActivityScheduleFailed(failure)
            | Self::ActivityTimedOut(failure)
            | Self::ExecutionFailed(failure)
            | Self::ExecutionAborted(failure)
            | Self::ExecutionTimedOut(failure)
            | Self::LambdaFunctionFailed(failure)
            | Self::LambdaFunctionScheduleFailed(failure)
            | Self::LambdaFunctionStartFailed(failure)
            | Self::LambdaFunctionTimedOut(failure)
            | Self::MapRunFailed(failure) => Some(failure.clone()),
            Self::TaskFailed(details)
            | Self::TaskStartFailed(details)
            | Self::TaskSubmitFailed(details)
            | Self::TaskTimedOut(details) => Some(Failure {
                error: details.error.clone(),
                cause: details.cause.clone(),
            }),
            Self::EvaluationFailed(details) => Some(Failure {
                error: details.error.clone(),
                cause: details.cause.clone(),
            }),
            _ => None,
        }
    }
}

impl Failure {
    /// A failure with both parts.
    pub fn new(error: impl Into<Arc<str>>, cause: impl Into<Arc<str>>) -> Self {
        Self {
            error: Some(error.into()),
            cause: Some(cause.into()),
        }
    }

    /// Whether there is neither error nor cause.
    pub fn is_empty(&self) -> bool {
        self.error.is_none() && self.cause.is_none()
    }

    /// The Error Output: `Error` and `Cause`, as far as they are known.
    pub fn output(&self) -> Value {
        let error = self.error.clone().map(|error| ("Error", error));
        let cause = self.cause.clone().map(|cause| ("Cause", cause));
        error.into_iter().chain(cause).collect::<Object>().into()
    }

    /// The error name; empty if there is none.
    pub fn error_name(&self) -> &str {
        self.error.as_deref().unwrap_or_default()
    }
}

impl std::fmt::Display for Failure {
    /// `Error: cause`, or what there is of it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.error, &self.cause) {
            (Some(error), Some(cause)) => write!(f, "{error}: {cause}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("no reason given"),
        }
    }
}
