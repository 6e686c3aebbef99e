//! Task: asks for work and goes on with its result.

use std::sync::Arc;
use std::time::Duration;

use super::super::context::Extra;
use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::{Frame, FrameId, PendingTask};
use super::super::setting;
use super::super::task::{Effect, FailedAt, TaskId, TaskRequest, TaskResult};
use super::super::timer::Alarm;
use super::task_event::{Family, Scheduled};
use crate::asl::{Integration, Pattern, Resource, State, StateKind, Task};
use crate::execution::history::{Failure, TaskCredentials};
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    task: &Task,
) -> Result<(), Fault> {
    let Some(resource) = &task.resource else {
        return Err(Fault::runtime("The Task state has no Resource."));
    };
    let token = wants_token(resource).then(|| Arc::<str>::from(run.entropy.token()));
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let extra = Extra {
        token: token.clone(),
        ..Extra::default()
    };
    let mut evaluator = data_flow::evaluator_with(run, id, state, extra);
    let input = evaluator.input(flow, &raw)?;
    let parameters = evaluator.arguments(flow, &input)?;
    let credentials = match &task.credentials {
        Some(template) => Some(evaluator.template("Credentials", template, &input)?),
        None => None,
    };
    let (timeout, heartbeat) = (task.timeout.as_ref(), task.heartbeat.as_ref());
    let timeout = setting::time_limit(&mut evaluator, "TimeoutSeconds", timeout, &input)?;
    let heartbeat = setting::time_limit(&mut evaluator, "HeartbeatSeconds", heartbeat, &input)?;
    super::task_event::check_parameters(resource, &parameters)?;

    let role = credentials
        .as_ref()
        .and_then(|value| value.get("RoleArn")?.as_str());
    Family::of(resource).schedule(
        run,
        id,
        Scheduled {
            resource,
            parameters: &parameters,
            timeout,
            heartbeat,
            credentials: role.map(|role| TaskCredentials {
                role_arn: Some(role.into()),
            }),
        },
    );
    let scheduled = run.last_of(id);
    run.task_count += 1;
    let task_id = TaskId(run.task_count);
    let timeout_timer = timeout.map(|seconds| {
        let at = run.now + Duration::from_secs(seconds);
        run.timers.set(at, Alarm::TaskTimeout(task_id))
    });
    let heartbeat_timer = heartbeat.map(|seconds| {
        let every = Duration::from_secs(seconds);
        (
            every,
            run.timers
                .set(run.now + every, Alarm::HeartbeatTimeout(task_id)),
        )
    });
    let Some(frame) = run.frames.get_mut(&id) else {
        return Ok(());
    };
    let iterations = frame.iterations.clone();
    if let Some(visit) = frame.visit_mut() {
        visit.timers.extend(timeout_timer);
        visit.task = Some(PendingTask {
            id: task_id,
            is_started: false,
            is_submitted: false,
            heartbeat: heartbeat_timer,
        });
    }
    run.tasks.insert(task_id, id);
    let request = TaskRequest {
        id: task_id,
        machine: None,
        state: state.name.clone(),
        pointer: state.pointer.clone(),
        resource: resource.clone(),
        input: parameters,
        attempt: count(run, &state.name, None),
        attempt_in_iteration: count(run, &state.name, Some(iterations.clone())),
        iterations,
        token,
        timeout: timeout.map(Duration::from_secs),
        heartbeat: heartbeat.map(Duration::from_secs),
        scheduled,
    };
    run.effects.push(Effect::Invoke(Box::new(request)));
    Ok(())
}

/// The work has begun.
pub(in super::super) fn started(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    worker: Option<Arc<str>>,
) -> Result<(), Fault> {
    let Some(pending) = pending(run, id) else {
        return Ok(());
    };
    if std::mem::replace(&mut pending.is_started, true) {
        return Ok(());
    }
    if let Some(resource) = resource_of(state) {
        Family::of(resource).start(run, id, resource, worker);
    }
    Ok(())
}

/// The job was accepted; its result comes later.
pub(in super::super) fn submitted(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    output: Value,
) -> Result<(), Fault> {
    started(run, id, state, None)?;
    let Some(pending) = pending(run, id) else {
        return Ok(());
    };
    if std::mem::replace(&mut pending.is_submitted, true) {
        return Ok(());
    }
    if let Some(resource) = resource_of(state)
        && waits_for_job(resource)
    {
        Family::of(resource).submit(run, id, resource, output);
    }
    Ok(())
}

/// The answer is there.
pub(in super::super) fn done(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    result: TaskResult,
) -> Result<(), Fault> {
    let Some(resource) = resource_of(state) else {
        return Ok(());
    };
    let family = Family::of(resource);
    let result = within_quota(run, resource, result);
    match result {
        TaskResult::Success(value) => {
            if waits_for_job(resource) {
                submitted(run, id, state, Value::empty_object())?;
            }
            started(run, id, state, None)?;
            run.leave(id);
            family.succeed(run, id, resource, &value);
            leave(run, id, state, value)
        }
        TaskResult::Failure { failure, at } => {
            if !matches!(at, FailedAt::Schedule | FailedAt::Start) {
                started(run, id, state, None)?;
            }
            run.leave(id);
            family.fail(run, id, resource, &failure, at);
            Err(Fault::of(failure))
        }
    }
}

/// The time limit is over, or the task was silent too long.
///
/// Learned from recordings: both are told as `States.Timeout` without a cause.
pub(in super::super) fn timed_out(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    is_heartbeat: bool,
) -> Result<(), Fault> {
    let outcome = done(run, id, state, TaskResult::timed_out());
    outcome.map_err(|fault| Fault {
        alias: is_heartbeat.then_some("States.HeartbeatTimeout"),
        ..fault
    })
}

/// The task is alive: it may be silent for another while.
pub(in super::super) fn heard(run: &mut Execution, id: FrameId) {
    let Some(task) = pending(run, id) else { return };
    let (task_id, Some((every, timer))) = (task.id, task.heartbeat) else {
        return;
    };
    run.timers.cancel(timer);
    let timer = run
        .timers
        .set(run.now + every, Alarm::HeartbeatTimeout(task_id));
    if let Some(task) = pending(run, id) {
        task.heartbeat = Some((every, timer));
    }
}

fn leave(run: &mut Execution, id: FrameId, state: &State, result: Value) -> Result<(), Fault> {
    super::parallel::leave(run, id, state, &result)
}

fn within_quota(run: &Execution, resource: &Resource, result: TaskResult) -> TaskResult {
    match &result {
        TaskResult::Success(value) if !run.options.quotas.allows_payload(value.text_len()) => {
            let what = match &resource.integration {
                Integration::Service { service, .. } => service,
                _ => &resource.text,
            };
            let Failure { error, cause } = Fault::too_large(what).failure;
            TaskResult::Failure {
                failure: Failure { error, cause },
                at: FailedAt::Run,
            }
        }
        _ => result,
    }
}

fn wants_token(resource: &Resource) -> bool {
    matches!(resource.integration, Integration::Activity { .. })
        || resource.integration.pattern() == Pattern::WaitForTaskToken
        || waits_for_job(resource)
}

fn waits_for_job(resource: &Resource) -> bool {
    resource.integration.pattern() != Pattern::RequestResponse
}

fn resource_of(state: &State) -> Option<&Resource> {
    match &state.kind {
        StateKind::Task(task) => task.resource.as_ref(),
        _ => None,
    }
}

fn pending(run: &mut Execution, id: FrameId) -> Option<&mut PendingTask> {
    run.frames
        .get_mut(&id)
        .and_then(Frame::visit_mut)?
        .task
        .as_mut()
}

/// Counts an attempt of a state, in all or within iterations: how many there were before.
pub(in super::super) fn count(
    run: &mut Execution,
    state: &Arc<str>,
    iterations: Option<Vec<u64>>,
) -> u32 {
    let count = run.attempts.entry((state.clone(), iterations)).or_insert(0);
    let attempt = *count;
    *count = count.saturating_add(1);
    attempt
}
