//! `states:startExecution`: executions that start executions.

use std::sync::Arc;

use super::drive::failed;
use super::run::RunNumber;
use super::{Request, Service};
use crate::api::call::Answer;
use crate::api::journal::{ParentTask, RunInputKind};
use crate::api::operation::{Handle, operation};
use crate::api::types::execution::StartExecutionInput;
use crate::asl::Pattern;
use crate::execution::history::Failure;
use crate::execution::interpreter::{Entropy, FailedAt, TaskId, TaskRequest, TaskResult};
use crate::source::json::{Number, Object, Value};
use crate::time::Timestamp;

impl Service {
    /// Starts the execution that a task asks for.
    pub(super) fn start_nested(
        &mut self,
        parent: RunNumber,
        request: &TaskRequest,
        pattern: Pattern,
        at: Timestamp,
    ) {
        let text = |key: &str| request.input.get(key)?.as_str().map(Arc::<str>::from);
        let input = request.input.get("Input").map(|input| match input {
            Value::String(text) => text.clone(),
            other => other.to_string().into(),
        });
        let Some(machine) = text("StateMachineArn") else {
            let cause = "The field 'StateMachineArn' is required but was missing";
            let result = failed("States.Runtime", cause, FailedAt::Run);
            return self.answer_later(parent, request.id, result, at);
        };
        let start = StartExecutionInput {
            state_machine_arn: machine,
            name: text("Name"),
            input,
            trace_header: None,
        };
        let seed = self.runs.by_number.get(&parent).map(|run| run.facts.seed);
        let seed = seed.unwrap_or_default() ^ request.id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let call = Request {
            now: at,
            seed: Entropy::new(seed).next_u64(),
        };
        let waits = matches!(pattern, Pattern::Sync | Pattern::Sync2);
        let link = waits.then_some(ParentTask {
            run: parent,
            task: request.id.0,
        });
        let started = self.start(start, &call, link);
        let output = match started {
            Ok(output) => output,
            Err(error) => {
                let cause = format!(
                    "{} (Service: AWSStepFunctions; Status Code: 400; Error Code: {}; Request ID: {}; Proxy: null)",
                    error.message,
                    error.code.as_str(),
                    call.entropy().uuid(),
                );
                let name = format!("StepFunctions.{}Exception", error.code.as_str());
                let name = name.replace("ExceptionException", "Exception");
                let result = failed(&name, cause, FailedAt::Submit);
                return self.answer_later(parent, request.id, result, at);
            }
        };
        let mut response = Object::default();
        response.insert("ExecutionArn", output.execution_arn);
        add_metadata(&mut response, &call.entropy().uuid());
        response.insert("StartDate", millis(output.start_date));
        let response = Value::from(response);
        match pattern {
            Pattern::RequestResponse => {
                self.answer_later(parent, request.id, TaskResult::Success(response), at);
            }
            Pattern::Sync | Pattern::Sync2 | Pattern::WaitForTaskToken => {
                let what = RunInputKind::Submitted {
                    task: request.id.0,
                    output: response,
                };
                self.tell(parent, what, at);
            }
        }
    }

    /// The execution that a task waits for has ended.
    pub(super) fn nested_ended(&mut self, child: RunNumber, parent: ParentTask) {
        let task = TaskId(parent.task);
        let Some(request) = self.runs.pending(parent.run, task) else {
            return;
        };
        let parses = request.resource.integration.pattern() == Pattern::Sync2;
        let Some(run) = self.runs.by_number.get(&child) else {
            return;
        };
        let Some(end) = run.end() else { return };
        let data = |text: &Arc<str>| match parses {
            true => Value::parse(text).unwrap_or_else(|_| Value::from(text.clone())),
            false => Value::from(text.clone()),
        };
        let details = || Value::from([("Included", Value::from(true))]);
        let is_success = &*end.status == "SUCCEEDED";
        let mut body = Object::default();
        // Learned from recordings: the members of the description by the alphabet, and a
        // child that ran out of time shows as failed.
        if let Some(cause) = &end.cause {
            body.insert("Cause", cause.clone());
        }
        if let Some(error) = &end.error {
            body.insert("Error", error.clone());
        }
        body.insert("ExecutionArn", run.arn.clone());
        body.insert("Input", data(&run.facts.input));
        body.insert("InputDetails", details());
        body.insert("Name", run.facts.name.clone());
        if let Some(output) = &end.output {
            body.insert("Output", data(output));
            body.insert("OutputDetails", details());
        }
        body.insert("StartDate", millis(run.facts.started));
        body.insert("StateMachineArn", self.machine_arn(&run.facts.machine));
        body.insert("Status", end.status.clone());
        body.insert("StopDate", millis(end.at));
        let at = end.at;
        let result = match is_success {
            true => TaskResult::Success(body.into()),
            false => TaskResult::Failure {
                failure: Failure::new("States.TaskFailed", Value::from(body).to_string()),
                at: FailedAt::Run,
            },
        };
        self.tell(parent.run, RunInputKind::of_result(task, result), at);
    }

    /// Nobody waits any more for the execution that a task started: it is stopped.
    pub(super) fn stop_nested(&mut self, parent: RunNumber, task: TaskId, at: Timestamp) {
        let link = ParentTask {
            run: parent,
            task: task.0,
        };
        let mut runs = self.runs.by_number.values();
        let child = runs.find(|run| run.facts.parent == Some(link) && run.end().is_none());
        if let Some(number) = child.map(|run| run.facts.number) {
            let stopped = RunInputKind::Stopped {
                error: None,
                cause: None,
            };
            self.tell(number, stopped, at);
        }
    }
}

/// What the response of an SDK call tells about the call.
fn add_metadata(response: &mut Object, request_id: &str) {
    let http = Value::from([
        ("HttpStatusCode", Value::from(200)),
        (
            "HttpHeaders",
            Value::from([("x-amzn-RequestId", Value::from(request_id))]),
        ),
    ]);
    response.insert("SdkHttpMetadata", http);
    let id = Value::from([("RequestId", Value::from(request_id))]);
    response.insert("SdkResponseMetadata", id);
}

fn millis(at: Timestamp) -> Value {
    Number::from(at.as_millis()).into()
}

impl Handle<operation::StartExecution> for Service {
    fn handle(
        &mut self,
        input: StartExecutionInput,
        request: &Request,
    ) -> Result<
        Answer<crate::api::types::execution::StartExecutionOutput>,
        crate::api::error::ApiError,
    > {
        self.start(input, request, None).map(Answer::Now)
    }
}
