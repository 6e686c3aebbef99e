//! The events of a task: three families, told apart by the resource.

use std::sync::Arc;

use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::task::FailedAt;
use crate::asl::{Integration, Resource};
use crate::execution::history::{
    ActivityScheduledEventDetails, ActivityStartedEventDetails, DataDetails, EventDetails, Failure,
    HistoryEventType as Type, LambdaFunctionScheduledEventDetails, OutputEventDetails,
    TaskCredentials, TaskFailureEventDetails, TaskOutputEventDetails, TaskScheduledEventDetails,
    TaskStartedEventDetails,
};
use crate::source::json::Value;

/// A family of event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `LambdaFunction…`: a function by its own ARN.
    LambdaFunction,
    /// `Activity…`
    Activity,
    /// `Task…`: service integrations.
    Task,
}

/// What the first event of an attempt tells.
pub(super) struct Scheduled<'a> {
    pub resource: &'a Resource,
    pub parameters: &'a Value,
    pub timeout: Option<u64>,
    pub heartbeat: Option<u64>,
    pub credentials: Option<TaskCredentials>,
}

impl Family {
    /// The family of a resource. What a deployment tool will fill in is taken for a
    /// function, which it is nearly always.
    pub fn of(resource: &Resource) -> Self {
        match resource.integration {
            Integration::Activity { .. } => Self::Activity,
            Integration::Service { .. } => Self::Task,
            Integration::LambdaFunction { .. }
            | Integration::Substituted
            | Integration::Unknown => Self::LambdaFunction,
        }
    }

    pub fn schedule(self, run: &mut Execution, id: FrameId, task: Scheduled<'_>) {
        let input = Some(task.parameters.clone().into());
        let input_details = Some(DataDetails::default());
        let (event_type, details) = match self {
            Self::LambdaFunction => {
                let details = LambdaFunctionScheduledEventDetails {
                    resource: Some(task.resource.text.clone()),
                    input,
                    input_details,
                    timeout_in_seconds: task.timeout,
                    task_credentials: task.credentials,
                };
                (
                    Type::LambdaFunctionScheduled,
                    EventDetails::LambdaFunctionScheduled(details),
                )
            }
            Self::Activity => {
                let details = ActivityScheduledEventDetails {
                    resource: Some(task.resource.text.clone()),
                    input,
                    input_details,
                    timeout_in_seconds: task.timeout,
                    heartbeat_in_seconds: task.heartbeat,
                };
                (
                    Type::ActivityScheduled,
                    EventDetails::ActivityScheduled(details),
                )
            }
            Self::Task => {
                let (resource_type, resource) = names(task.resource);
                let details = TaskScheduledEventDetails {
                    resource_type,
                    resource,
                    region: Some(run.options.region.clone()),
                    parameters: input,
                    timeout_in_seconds: task.timeout,
                    heartbeat_in_seconds: task.heartbeat,
                    task_credentials: task.credentials,
                };
                (Type::TaskScheduled, EventDetails::TaskScheduled(details))
            }
        };
        run.emit(id, event_type, Some(details));
    }

    pub fn start(
        self,
        run: &mut Execution,
        id: FrameId,
        resource: &Resource,
        worker: Option<Arc<str>>,
    ) {
        match self {
            Self::LambdaFunction => run.emit(id, Type::LambdaFunctionStarted, None),
            Self::Activity => {
                let details = ActivityStartedEventDetails {
                    worker_name: worker,
                };
                let details = EventDetails::ActivityStarted(details);
                run.emit(id, Type::ActivityStarted, Some(details));
            }
            Self::Task => {
                let (resource_type, resource) = names(resource);
                let details = TaskStartedEventDetails {
                    resource_type,
                    resource,
                };
                run.emit(
                    id,
                    Type::TaskStarted,
                    Some(EventDetails::TaskStarted(details)),
                );
            }
        }
    }

    pub fn submit(self, run: &mut Execution, id: FrameId, resource: &Resource, output: Value) {
        let details = EventDetails::TaskSubmitted(output_of(resource, output));
        run.emit(id, Type::TaskSubmitted, Some(details));
    }

    pub fn succeed(self, run: &mut Execution, id: FrameId, resource: &Resource, value: &Value) {
        let details = OutputEventDetails {
            output: Some(value.clone().into()),
            output_details: Some(DataDetails::default()),
        };
        let (event_type, details) = match self {
            Self::LambdaFunction => (
                Type::LambdaFunctionSucceeded,
                EventDetails::LambdaFunctionSucceeded(details),
            ),
            Self::Activity => (
                Type::ActivitySucceeded,
                EventDetails::ActivitySucceeded(details),
            ),
            Self::Task => {
                let details = EventDetails::TaskSucceeded(output_of(resource, value.clone()));
                (Type::TaskSucceeded, details)
            }
        };
        run.emit(id, event_type, Some(details));
    }

    pub fn fail(
        self,
        run: &mut Execution,
        id: FrameId,
        resource: &Resource,
        failure: &Failure,
        at: FailedAt,
    ) {
        let plain = failure.clone();
        let (resource_type, resource) = names(resource);
        let of_task = TaskFailureEventDetails {
            resource_type,
            resource,
            error: failure.error.clone(),
            cause: failure.cause.clone(),
        };
        let (event_type, details) = match (self, at) {
            (Self::LambdaFunction, FailedAt::Schedule) => (
                Type::LambdaFunctionScheduleFailed,
                EventDetails::LambdaFunctionScheduleFailed(plain),
            ),
            (Self::LambdaFunction, FailedAt::Start) => (
                Type::LambdaFunctionStartFailed,
                EventDetails::LambdaFunctionStartFailed(plain),
            ),
            (Self::LambdaFunction, FailedAt::Submit | FailedAt::Run) => (
                Type::LambdaFunctionFailed,
                EventDetails::LambdaFunctionFailed(plain),
            ),
            (Self::LambdaFunction, FailedAt::TimedOut) => (
                Type::LambdaFunctionTimedOut,
                EventDetails::LambdaFunctionTimedOut(plain),
            ),
            (Self::Activity, FailedAt::Schedule | FailedAt::Start) => (
                Type::ActivityScheduleFailed,
                EventDetails::ActivityScheduleFailed(plain),
            ),
            (Self::Activity, FailedAt::Submit | FailedAt::Run) => {
                (Type::ActivityFailed, EventDetails::ActivityFailed(plain))
            }
            (Self::Activity, FailedAt::TimedOut) => (
                Type::ActivityTimedOut,
                EventDetails::ActivityTimedOut(plain),
            ),
            (Self::Task, FailedAt::Schedule | FailedAt::Start) => (
                Type::TaskStartFailed,
                EventDetails::TaskStartFailed(of_task),
            ),
            (Self::Task, FailedAt::Submit) => (
                Type::TaskSubmitFailed,
                EventDetails::TaskSubmitFailed(of_task),
            ),
            (Self::Task, FailedAt::Run) => (Type::TaskFailed, EventDetails::TaskFailed(of_task)),
            (Self::Task, FailedAt::TimedOut) => {
                (Type::TaskTimedOut, EventDetails::TaskTimedOut(of_task))
            }
        };
        run.emit(id, event_type, Some(details));
    }
}

fn output_of(resource: &Resource, output: Value) -> TaskOutputEventDetails {
    let (resource_type, resource) = names(resource);
    TaskOutputEventDetails {
        resource_type,
        resource,
        output: Some(output.into()),
        output_details: Some(DataDetails::default()),
    }
}

/// `resourceType` and `resource`: `aws-sdk:s3` and `getObject`, `sqs` and
/// `sendMessage.waitForTaskToken`.
fn names(resource: &Resource) -> (Option<Arc<str>>, Option<Arc<str>>) {
    let Integration::Service {
        service,
        action,
        pattern,
        is_sdk,
    } = &resource.integration
    else {
        return (None, None);
    };
    let service = match is_sdk {
        true => format!("aws-sdk:{service}").into(),
        false => service.clone(),
    };
    (
        Some(service),
        Some(format!("{action}{}", pattern.suffix()).into()),
    )
}

/// What some integrations refuse before they are called.
pub(super) fn check_parameters(resource: &Resource, parameters: &Value) -> Result<(), Fault> {
    let Integration::Service {
        service,
        is_sdk: false,
        ..
    } = &resource.integration
    else {
        return Ok(());
    };
    let is_list_of_texts = |value: &Value| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(|item| item.as_str().is_some()))
    };
    // Learned from recordings of API Gateway's `invoke`.
    if &**service == "apigateway"
        && let Some(headers) = parameters.get("Headers")
        && !headers
            .as_object()
            .is_some_and(|headers| headers.values().all(is_list_of_texts))
    {
        return Err(Fault::runtime(format!(
            "The Parameters '{parameters}' could not be used to start the Task: [The value of the field 'Headers' has an invalid format]"
        )));
    }
    Ok(())
}
