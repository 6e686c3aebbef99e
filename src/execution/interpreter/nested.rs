//! State machines that a task starts, where the machine is at hand: `states:startExecution`
//! in all its patterns, `aws-sdk:sfn:startExecution` and `startSyncExecution`.
//!
//! Shapes of responses and results are those of recordings.

use std::sync::Arc;

use super::child::{Child, Owner};
use super::execution::{Execution, Outcome, Wake};
use super::options::{Options, WorkflowType};
use super::task::{TaskId, TaskRequest, TaskResult, UnknownTask};
use crate::asl::{Integration, Pattern, StateMachine};
use crate::execution::history::Failure;
use crate::expr::uuid;
use crate::source::json::{Object, Value};
use crate::time::Timestamp;

/// How many state machines may start one another.
const MAX_NESTING: u32 = 16;

/// The longest cause that the API has.
const MAX_CAUSE: usize = 32_768;

/// Which result a task gets from the execution that it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// `.sync`: the output as text.
    Sync,
    /// `.sync:2`: the output as JSON.
    Sync2,
    /// `startSyncExecution`: the response of that call.
    Express,
}

/// A call that starts a state machine.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The name of the machine.
    pub machine: Arc<str>,
    name: Option<Arc<str>>,
    input: Value,
    awaited: Option<Awaited>,
    waits_for_token: bool,
    is_sdk: bool,
}

impl Call {
    /// The call of a request; `None` if it starts no state machine.
    pub fn read(request: &TaskRequest) -> Option<Self> {
        let Integration::Service {
            service,
            action,
            pattern,
            is_sdk,
        } = &request.resource.integration
        else {
            return None;
        };
        let awaited = match (&**service, &**action, pattern) {
            ("states", "startExecution", Pattern::Sync) => Some(Awaited::Sync),
            ("states", "startExecution", Pattern::Sync2) => Some(Awaited::Sync2),
            ("states", "startExecution", _) | ("sfn", "startExecution", _) => None,
            ("sfn", "startSyncExecution", _) => Some(Awaited::Express),
            _ => return None,
        };
        let arn = request.input.get("StateMachineArn")?.as_str()?;
        // After the name may stand a version, an alias or a test case.
        let name = arn.split(':').nth(6).unwrap_or(arn);
        let name = name.split('#').next().unwrap_or(name);
        let input = match request.input.get("Input") {
            None => Value::empty_object(),
            // The API takes the input as text, the optimised integration takes both.
            Some(Value::String(text)) => {
                Value::parse(text).unwrap_or_else(|_| Value::String(text.clone()))
            }
            Some(Value::Null) => Value::empty_object(),
            Some(input) => input.clone(),
        };
        Some(Self {
            machine: name.into(),
            name: request
                .input
                .get("Name")
                .and_then(Value::as_str)
                .map(Arc::from),
            input,
            awaited,
            waits_for_token: *pattern == Pattern::WaitForTaskToken,
            is_sdk: *is_sdk,
        })
    }

    /// Whether somebody else ends the task, with its token.
    pub fn waits_for_token(&self) -> bool {
        self.waits_for_token
    }
}

impl Execution {
    /// Starts a machine for a task.
    pub(super) fn start_machine(
        &mut self,
        task: TaskId,
        call: &Call,
        machine: &Arc<StateMachine>,
        now: Timestamp,
    ) -> Result<(), UnknownTask> {
        let start = |run: &mut Execution, inner| run.start_machine(inner, call, machine, now);
        if let Some(done) = self.through_child(task, now, start) {
            return done;
        }
        if self.nesting >= MAX_NESTING {
            let cause = format!("More than {MAX_NESTING} executions have started one another.");
            let failure = TaskResult::failure("StepFunctions.ExecutionLimitExceeded", cause);
            return self.complete(task, failure, now);
        }
        self.expect(task, now)?;
        let name = match &call.name {
            Some(name) => name.clone(),
            None => uuid(|| self.entropy.next_u64()).into(),
        };
        let options = Options {
            name,
            machine_name: call.machine.clone(),
            workflow_type: match call.awaited {
                Some(Awaited::Express) => WorkflowType::Express,
                Some(Awaited::Sync | Awaited::Sync2) | None => WorkflowType::Standard,
            },
            express_id: Some(uuid(|| self.entropy.next_u64()).into()),
            version_arn: None,
            alias_arn: None,
            seed: self.entropy.next_u64(),
            objects: self.objects.clone(),
            ..(*self.options).clone()
        };
        let arn = options.execution_arn();
        let mut child = Execution::start(machine.clone(), call.input.clone().into(), options, now);
        child.nesting = self.nesting + 1;
        let response = response(&arn, now, call.is_sdk);
        match call.awaited {
            Some(awaited) => {
                if awaited != Awaited::Express {
                    self.submit(task, response, now)?;
                }
                self.adopt(child, Owner::Task { task, awaited });
            }
            None => {
                self.adopt(child, Owner::Nobody);
                match call.waits_for_token {
                    true => self.submit(task, response, now)?,
                    false => self.complete(task, TaskResult::Success(response), now)?,
                }
            }
        }
        Ok(())
    }
}

/// An execution that a task waits for has ended.
pub(super) fn ended(run: &mut Execution, task: TaskId, awaited: Awaited, child: &Child) {
    run.take_over(child);
    if !run.tasks.contains_key(&task) || !run.answered.insert(task) {
        return;
    }
    let result = result(awaited, child, run.now);
    run.ready.push_back(Wake::TaskDone(task, result));
}

/// What `StartExecution` answers.
fn response(arn: &str, now: Timestamp, is_sdk: bool) -> Value {
    let mut response = Object::default();
    response.insert("ExecutionArn", arn);
    if is_sdk {
        response.insert("StartDate", now.to_string());
        return response.into();
    }
    let metadata = Value::from([("HttpStatusCode", Value::from(200))]);
    response.insert("SdkHttpMetadata", metadata);
    response.insert("StartDate", now.as_millis());
    response.into()
}

fn result(awaited: Awaited, child: &Child, now: Timestamp) -> TaskResult {
    let outcome = child.outcome();
    let (output, failure) = match &outcome {
        Outcome::Succeeded(output) => (Some(output), Failure::default()),
        Outcome::Failed(failure) | Outcome::TimedOut(failure) | Outcome::Aborted(failure) => {
            (None, failure.clone())
        }
    };
    let is_sync2 = awaited == Awaited::Sync2;
    let as_text = |value: &Value| match is_sync2 {
        true => value.clone(),
        false => value.to_string().into(),
    };
    let included = || Value::from([("Included", Value::from(true))]);
    let options = child.run.options();
    let mut told = Object::default();
    if let Some(cause) = failure.cause {
        told.insert("Cause", cause);
    }
    if let Some(error) = failure.error {
        told.insert("Error", error);
    }
    told.insert("ExecutionArn", options.execution_arn());
    // Learned from recordings: of an execution that failed the input is text in both patterns.
    told.insert(
        "Input",
        match output {
            Some(_) => as_text(&child.run.input),
            None => child.run.input.to_string().into(),
        },
    );
    told.insert("InputDetails", included());
    told.insert("Name", options.name.clone());
    if let Some(output) = output {
        told.insert("Output", as_text(output));
        told.insert("OutputDetails", included());
    }
    told.insert("StartDate", child.run.started().as_millis());
    told.insert("StateMachineArn", options.machine_arn());
    told.insert("Status", outcome.status());
    told.insert("StopDate", now.as_millis());
    let told = Value::from(told);
    match (output, awaited) {
        // `StartSyncExecution` answers however the execution ends.
        (_, Awaited::Express) | (Some(_), _) => TaskResult::Success(told),
        (None, Awaited::Sync | Awaited::Sync2) => {
            let mut cause = told.to_string();
            cause.truncate(cause.floor_char_boundary(MAX_CAUSE));
            TaskResult::failure("States.TaskFailed", cause)
        }
    }
}
