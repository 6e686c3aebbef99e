//! Executions run on: by slices, in turn, each to the instant that it is.

use std::sync::Arc;

use super::run::{Live, RunNumber, RunState, apply, end_of};
use super::{Service, Unmocked, WrittenObject};
use crate::api::arn::Resource;
use crate::api::journal::{Change, RunInput, RunInputKind};
use crate::asl::{Integration, Pattern};
use crate::execution::interpreter::{
    Effect, FailedAt, Fuel, Progress as Slice, Reply, TaskHandler, TaskId, TaskRequest, TaskResult,
};
use crate::source::json::Value;
use crate::time::Timestamp;

/// Where the executions stand after a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Some have more to do at this very instant.
    More,
    /// Nothing goes on before this instant, or before a call.
    Idle(Option<Timestamp>),
}

/// Where one execution stands after a slice.
enum Pace {
    More,
    Until(Option<Timestamp>),
    Ended,
}

impl Service {
    /// Gives every execution that has something to do one slice.
    pub fn advance(&mut self, now: Timestamp, slice: Fuel) -> Progress {
        self.runs.wake_due(now);
        for _ in 0..self.runs.in_line() {
            let Some(number) = self.runs.next_in_line() else {
                break;
            };
            match self.go_on(number, now, slice) {
                Pace::More => self.runs.wake(number),
                Pace::Until(at) => self.runs.set_alarm(number, at),
                Pace::Ended => {}
            }
        }
        match self.runs.in_line() {
            0 => Progress::Idle(self.runs.next_alarm()),
            _ => Progress::More,
        }
    }

    /// Lets one execution run on up to `now`, whatever its turn.
    pub(super) fn catch_up(&mut self, number: RunNumber, now: Timestamp) {
        const SLICE: Fuel = Fuel(10_000);
        loop {
            match self.go_on(number, now, SLICE) {
                Pace::More => {}
                Pace::Until(at) => return self.runs.set_alarm(number, at),
                Pace::Ended => return,
            }
        }
    }

    /// Lets an execution run on up to `now`, timers at the very instants they are for.
    fn go_on(&mut self, number: RunNumber, now: Timestamp, slice: Fuel) -> Pace {
        let Some(live) = self.runs.live_mut(number) else {
            return Pace::Ended;
        };
        let limit = live.execution.steps() + u64::from(slice.0.max(1));
        let mut at = live.execution.now();
        loop {
            if self.is_cut_short(number) {
                let stopped = RunInputKind::Stopped {
                    error: None,
                    cause: None,
                };
                self.tell(number, stopped, now);
            }
            let Some(live) = self.runs.live_mut(number) else {
                return Pace::Ended;
            };
            let left = limit.saturating_sub(live.execution.steps());
            let Some(fuel) = u32::try_from(left).ok().filter(|fuel| *fuel > 0) else {
                return Pace::More;
            };
            at = at.max(live.execution.now());
            let slice = live.execution.advance(at, Fuel(fuel));
            let (effects, deadline) = match slice {
                Slice::More => continue,
                Slice::Waiting { effects, deadline } => (effects, deadline),
                Slice::Ended { effects } => {
                    for effect in effects {
                        self.perform(number, effect, at);
                    }
                    self.finish(number);
                    return Pace::Ended;
                }
            };
            let is_busy = !effects.is_empty();
            for effect in effects {
                self.perform(number, effect, at);
            }
            if is_busy || self.deliver(number, at) {
                continue;
            }
            let Some(live) = self.runs.live_mut(number) else {
                return Pace::Ended;
            };
            let answer = live.answers.first_key_value().map(|((at, _), _)| *at);
            match answer.into_iter().chain(deadline).min() {
                Some(next) if next <= now => {
                    at = at.max(next);
                    self.deliver(number, at);
                }
                next => return Pace::Until(next),
            }
        }
    }

    /// Whether an execution ends with its state machine.
    fn is_cut_short(&self, number: RunNumber) -> bool {
        let run = self.runs.by_number.get(&number);
        let machine = run.and_then(|run| self.machines.get(&run.facts.machine));
        machine.is_some_and(|machine| machine.is_deleting)
    }

    /// Hands in the mocked answers that are due; whether there were any.
    fn deliver(&mut self, number: RunNumber, at: Timestamp) -> bool {
        let mut due = Vec::new();
        if let Some(live) = self.runs.live_mut(number) {
            while let Some(entry) = live.answers.first_entry() {
                if entry.key().0 > at {
                    break;
                }
                let ((_, task), result) = entry.remove_entry();
                due.push(RunInputKind::of_result(task, result));
            }
        }
        let any = !due.is_empty();
        for what in due {
            self.hand_in(number, what, at);
        }
        any
    }

    /// Tells an execution something from outside, and lets it go on.
    pub(super) fn tell(&mut self, number: RunNumber, what: RunInputKind, now: Timestamp) {
        let Some(live) = self.runs.live_mut(number) else {
            return;
        };
        let at = live.execution.now().max(now);
        self.hand_in(number, what, at);
        let over = self.runs.live_mut(number);
        if over.is_some_and(|live| live.execution.outcome().is_some()) {
            let effects = match self.runs.live_mut(number) {
                Some(live) => match live.execution.advance(at, Fuel(1)) {
                    Slice::Ended { effects } => effects,
                    Slice::More | Slice::Waiting { .. } => Vec::new(),
                },
                None => Vec::new(),
            };
            for effect in effects {
                self.perform(number, effect, at);
            }
            self.finish(number);
            return;
        }
        self.runs.wake(number);
    }

    /// Hands an execution something from outside and notes it.
    fn hand_in(&mut self, number: RunNumber, what: RunInputKind, at: Timestamp) {
        let Some(run) = self.runs.by_number.get_mut(&number) else {
            return;
        };
        let RunState::Running(live) = &mut run.state else {
            return;
        };
        let input = RunInput {
            at,
            steps: live.execution.steps(),
            what,
        };
        if !apply(&mut live.execution, &input) {
            return;
        }
        if let Some(task) = input.what.answered_task() {
            settle(&mut self.tokens, live, task);
        }
        run.inputs.push(input.clone());
        self.changes.push(Change::Input { run: number, input });
    }

    /// Does what an execution wants from outside.
    pub(super) fn perform(&mut self, number: RunNumber, effect: Effect, at: Timestamp) {
        let request = match effect {
            Effect::Invoke(request) => *request,
            Effect::Cancel(task) => return self.cancel(number, task, at),
        };
        let Some(live) = self.runs.live_mut(number) else {
            return;
        };
        let task = request.id;
        let reply = match &mut live.mocks {
            Some(mocks) => mocks.invoke(&request),
            None => Reply::Pending,
        };
        live.pending.insert(task, request.clone());
        match reply {
            Reply::After {
                delay,
                result,
                submitted,
            } => {
                let starts = !matches!(
                    &result,
                    TaskResult::Failure { at, .. } if at.is_before_start()
                );
                live.answers.insert((at + delay, task), result);
                if starts {
                    self.take(number, task, at);
                }
                if let Some(output) = submitted {
                    let what = RunInputKind::Submitted {
                        task: task.0,
                        output,
                    };
                    self.hand_in(number, what, at);
                }
            }
            Reply::Pending => self.await_answer(number, request, at),
        }
    }

    /// Waits for the answer to a task that no mock answers.
    fn await_answer(&mut self, number: RunNumber, request: TaskRequest, at: Timestamp) {
        let task = request.id;
        if let Some(token) = &request.token {
            self.tokens.open(token.clone(), number, task);
        }
        match &request.resource.integration {
            Integration::Activity { name } => {
                if !self.offer(name, number, task) {
                    let arn = self.arn(Resource::Activity(name.clone()));
                    let cause = format!("Activity Does Not Exist: '{arn}'");
                    let result = failed("States.Runtime", cause, FailedAt::Schedule);
                    self.answer_later(number, task, result, at);
                }
            }
            Integration::Service {
                service,
                action,
                pattern,
                is_sdk: false,
            } if &**service == "states" && &**action == "startExecution" => {
                let pattern = *pattern;
                self.take(number, task, at);
                self.start_nested(number, &request, pattern, at);
            }
            Integration::Service {
                pattern: Pattern::WaitForTaskToken,
                ..
            } => {
                self.take(number, task, at);
                let what = RunInputKind::Submitted {
                    task: task.0,
                    output: Value::empty_object(),
                };
                self.hand_in(number, what, at);
            }
            Integration::Service { .. }
            | Integration::LambdaFunction { .. }
            | Integration::Substituted
            | Integration::Unknown => match self.settings.unmocked {
                Unmocked::Wait => self.take(number, task, at),
                Unmocked::Fail => {
                    let cause = format!(
                        "Nobody answers the task of the state '{}': no test case of the mock configuration has a result for it.",
                        request.state
                    );
                    let result = failed("States.TaskFailed", cause, FailedAt::Run);
                    self.take(number, task, at);
                    self.answer_later(number, task, result, at);
                }
            },
        }
    }

    fn take(&mut self, number: RunNumber, task: TaskId, at: Timestamp) {
        let what = RunInputKind::Taken {
            task: task.0,
            worker: None,
        };
        self.hand_in(number, what, at);
    }

    /// Answers a task in the execution's next step.
    pub(super) fn answer_later(
        &mut self,
        number: RunNumber,
        task: TaskId,
        result: TaskResult,
        at: Timestamp,
    ) {
        if let Some(live) = self.runs.live_mut(number) {
            live.answers.insert((at, task), result);
        }
    }

    fn cancel(&mut self, number: RunNumber, task: TaskId, at: Timestamp) {
        let Some(live) = self.runs.live_mut(number) else {
            return;
        };
        live.answers.retain(|(_, id), _| *id != task);
        let Some(request) = live.pending.get(&task).cloned() else {
            return;
        };
        settle(&mut self.tokens, live, task);
        match &request.resource.integration {
            Integration::Activity { name } => self.withdraw(name, number, task),
            Integration::Service { service, .. } if &**service == "states" => {
                self.stop_nested(number, task, at);
            }
            Integration::Service { .. }
            | Integration::LambdaFunction { .. }
            | Integration::Substituted
            | Integration::Unknown => {}
        }
    }

    /// An execution has ended: what it was waiting for is forgotten, who waits for it is
    /// told.
    pub(super) fn finish(&mut self, number: RunNumber) {
        let Some(run) = self.runs.by_number.get_mut(&number) else {
            return;
        };
        let RunState::Running(live) = &mut run.state else {
            return;
        };
        let Some(outcome) = live.execution.outcome() else {
            return;
        };
        let end = end_of(&live.execution, outcome);
        let written = live.execution.written();
        let written = written.map(|(bucket, key, text)| WrittenObject {
            bucket: bucket.clone(),
            key: key.clone(),
            text: text.clone(),
        });
        self.written.extend(written);
        let tasks: Vec<TaskId> = live.pending.keys().copied().collect();
        for task in tasks {
            settle(&mut self.tokens, live, task);
        }
        let (arn, machine) = (run.arn.clone(), run.facts.machine.clone());
        let parent = run.facts.parent;
        self.runs.set_alarm(number, None);
        if let Some(run) = self.runs.by_number.get_mut(&number) {
            run.state = RunState::Over(end.clone());
        }
        self.runs.set_running(&machine, number, false);
        self.due.push(arn);
        self.notify(number);
        self.changes.push(Change::Ended { run: number, end });
        if let Some(parent) = parent {
            self.nested_ended(number, parent);
        }
        self.delete_if_idle(&machine);
    }
}

/// A task is answered or given up: it waits no more.
fn settle(tokens: &mut super::task::Tokens, live: &mut Live, task: TaskId) {
    if let Some(request) = live.pending.remove(&task)
        && let Some(token) = &request.token
    {
        tokens.close(token);
    }
}

/// A failed task.
pub(super) fn failed(error: &str, cause: impl Into<Arc<str>>, at: FailedAt) -> TaskResult {
    match TaskResult::failure(error, cause) {
        TaskResult::Failure { failure, .. } => TaskResult::Failure { failure, at },
        success => success,
    }
}
