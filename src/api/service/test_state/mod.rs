//! `TestState`: an execution of one state, with what is around it given.
//!
//! The state runs in the same interpreter as everything else
//! ([`Execution::start_alone`]). Here is what comes before and after: which requests are
//! refused, what the state finds, and how the answer tells what was seen.

mod context;
mod inspection;
mod mock;
mod refuse;
mod shapes;

use std::sync::Arc;
use std::time::Duration;

pub use shapes::ActionShapes;

use super::execution::check_input;
use super::{Request, Service, uuid};
use crate::api::call::Answer;
use crate::api::error::ApiError;
use crate::api::operation::{Handle, operation};
use crate::api::types::test_state::{TestStateInput, TestStateOutput};
use crate::asl::{Integration, State, StateKind, StateMachine};
use crate::execution::history::{Failure, Payload};
use crate::execution::interpreter::{
    Alone, Effect, Execution, FailedAt, Fuel, Options, Outcome, Progress, TaskRequest, TaskResult,
    WorkflowType,
};
use crate::source::json::Value;

/// The longest test.
const LONGEST: Duration = Duration::from_secs(300);

/// A state under test, and what was given for it.
struct Test<'a> {
    input: &'a TestStateInput,
    /// The machine right around the state.
    machine: Arc<StateMachine>,
    state: State,
    content: Value,
    variables: Value,
    context: Value,
    /// What the work of the state gives.
    result: Option<TaskResult>,
}

/// What a test showed.
struct Seen {
    execution: Execution,
    /// What was sent to the task.
    sent: Option<TaskRequest>,
    /// What came back.
    result: Option<TaskResult>,
}

impl Handle<operation::TestState> for Service {
    fn handle(
        &mut self,
        input: TestStateInput,
        request: &Request,
    ) -> Result<Answer<TestStateOutput>, ApiError> {
        let (machine, state) = refuse::find(&input)?;
        refuse::combinations(&input, &state)?;
        let content = check_input(input.input.clone())?;
        let content = Value::parse(&content).unwrap_or_default();
        let variables = refuse::variables(input.variables.as_deref())?;
        let shapes = self.settings.action_shapes.as_deref();
        let result = mock::result(&input, &state, &content, shapes)?;
        let mut entropy = request.entropy();
        let (machine_name, name) = (uuid(&mut entropy), uuid(&mut entropy));
        let options = Options {
            name,
            machine_name,
            account: self.settings.account.clone(),
            region: self.settings.region.clone(),
            role_arn: input.role_arn.clone().unwrap_or_else(|| "".into()),
            workflow_type: WorkflowType::Express,
            seed: entropy.next_u64(),
            ..Options::default()
        };
        let context = context::given(&input, &state)?;
        let context = context.unwrap_or_else(|| {
            context::made_up(
                &options,
                &content,
                &state,
                input.role_arn.as_ref(),
                request.now,
            )
        });
        let test = Test {
            input: &input,
            machine,
            state,
            content,
            variables,
            context,
            result,
        };
        let seen = run(&test, options, request);
        Ok(Answer::Now(inspection::tell(&test, &seen)))
    }
}

fn run(test: &Test<'_>, options: Options, request: &Request) -> Seen {
    let configuration = test.input.state_configuration.as_ref();
    let count =
        |pick: fn(&crate::api::types::test_state::TestStateConfiguration) -> Option<u64>| {
            configuration.and_then(pick)
        };
    let is_container = matches!(test.state.kind, StateKind::Map(_) | StateKind::Parallel(_));
    let items = configuration.and_then(|c| c.map_item_reader_data.as_deref());
    let variables = test.variables.as_object().map(|object| object.iter());
    let variables = variables.into_iter().flatten();
    let alone = Alone {
        state: test.state.name.clone(),
        variables: variables
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        context: Some(test.context.clone()),
        retries: count(|c| c.retrier_retry_count).unwrap_or(0),
        result: test.result.clone().filter(|_| is_container),
        failed_iterations: count(|c| c.map_iteration_failure_count),
        items: items.and_then(|text| Value::parse(text).ok()),
    };
    let text = test.input.input.as_deref().unwrap_or("{}");
    let mut seen = Seen {
        execution: Execution::start_alone(
            test.machine.clone(),
            alone,
            Payload::from_text(text),
            options,
            request.now,
        ),
        sent: None,
        result: test.result.clone().filter(|_| is_container),
    };
    let end = request.now + LONGEST;
    let mut now = request.now;
    loop {
        match seen.execution.advance(now, Fuel(10_000)) {
            Progress::More => {}
            Progress::Ended { .. } => return seen,
            Progress::Waiting { effects, deadline } => {
                let invoked = effects.into_iter().find_map(|effect| match effect {
                    Effect::Invoke(request) => Some(*request),
                    Effect::Cancel(_) => None,
                });
                if let Some(request) = invoked {
                    let result = test.result.clone().unwrap_or_else(|| nobody(&request));
                    // The task was invoked just now, so this call knows it.
                    let _ = seen.execution.complete(request.id, result.clone(), now);
                    seen.sent = Some(request);
                    seen.result = Some(result);
                    continue;
                }
                match deadline {
                    Some(deadline) if deadline < end => now = deadline,
                    _ => {
                        let failure = Failure::new(
                            "States.Timeout",
                            "The test of the state took longer than 5 minutes.",
                        );
                        seen.execution.stop(Some(failure), end);
                        return seen;
                    }
                }
            }
        }
    }
}

/// The failure of a task that is not mocked: nothing is called from here.
fn nobody(request: &TaskRequest) -> TaskResult {
    let what = match &request.resource.integration {
        Integration::Service {
            service, action, ..
        } => format!("{service}:{action}"),
        Integration::LambdaFunction { name } => format!("lambda:{name}"),
        Integration::Activity { .. } | Integration::Substituted | Integration::Unknown => {
            request.resource.text.to_string()
        }
    };
    let cause = format!("{what} is not called from here: give a mock.");
    super::drive::failed("States.TaskFailed", cause, FailedAt::Run)
}

/// The failure of a test, if it failed.
fn failure(seen: &Seen) -> Option<&Failure> {
    match seen.execution.outcome()? {
        Outcome::Succeeded(_) => None,
        Outcome::Failed(failure) | Outcome::TimedOut(failure) | Outcome::Aborted(failure) => {
            Some(failure)
        }
    }
}
