//! An execution under a virtual clock.
//!
//! Wait, back-off and timeouts take no real time. While an answer from outside is
//! awaited virtual time does not pass: what is ready runs on, then everything waits.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::execution::{Execution, Fuel, Outcome, Progress};
use super::nested::Call;
use super::options::Options;
use super::redrive::NotRedrivable;
use super::signal::Signal;
use super::task::{Effect, TaskId, TaskRequest, TaskResult, UnknownTask};
use crate::asl::StateMachine;
use crate::execution::history::{Failure, HistoryEvent, Payload};
use crate::source::json::Value;
use crate::time::Timestamp;

/// Who answers tasks.
pub trait TaskHandler {
    /// The answer to a call, or that it comes from elsewhere.
    fn invoke(&mut self, request: &TaskRequest) -> Reply;
}

/// What a [`TaskHandler`] says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// This is the answer.
    After {
        /// How long the work takes.
        delay: Duration,
        /// How it ends.
        result: TaskResult,
        /// The response of the call, for tasks that wait for a job or a token.
        submitted: Option<Value>,
    },
    /// Somebody else will answer, see [`Simulation::answer`].
    Pending,
}

impl Reply {
    /// An answer that takes no time.
    pub fn now(result: TaskResult) -> Self {
        Self::After {
            delay: Duration::ZERO,
            result,
            submitted: None,
        }
    }
}

/// Where a simulation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// There is more to do; call [`Simulation::advance`] again.
    Running,
    /// These tasks wait for an answer and nothing else goes on.
    Pending(Vec<TaskRequest>),
    /// It is over.
    Ended(Outcome),
}

/// An [`Execution`], its virtual clock and who answers its tasks.
#[derive(Clone, Debug)]
pub struct Simulation<H> {
    execution: Execution,
    handler: H,
    now: Timestamp,
    answers: BTreeMap<(Timestamp, TaskId), TaskResult>,
    pending: BTreeMap<TaskId, TaskRequest>,
    /// Tasks that wait for their token from a state machine that was started here.
    inside: BTreeMap<TaskId, TaskRequest>,
}

impl<H: TaskHandler> Simulation<H> {
    /// Starts a machine at a virtual instant.
    pub fn start(
        machine: Arc<StateMachine>,
        input: Payload,
        options: Options,
        at: Timestamp,
        handler: H,
    ) -> Self {
        Self {
            execution: Execution::start(machine, input, options, at),
            handler,
            now: at,
            answers: BTreeMap::new(),
            pending: BTreeMap::new(),
            inside: BTreeMap::new(),
        }
    }

    /// Runs on until it ends, until only answers from outside help, or until the fuel
    /// is used up.
    pub fn advance(&mut self, fuel: Fuel) -> Status {
        let limit = self.execution.steps() + u64::from(fuel.0.max(1));
        loop {
            let left = limit.saturating_sub(self.execution.steps());
            let left = Fuel(u32::try_from(left).unwrap_or(u32::MAX));
            if left.0 == 0 {
                return Status::Running;
            }
            let progress = self.execution.advance(self.now, left);
            if let Some(outcome) = self.execution.outcome() {
                self.pending.clear();
                self.inside.clear();
                return Status::Ended(outcome.clone());
            }
            let Progress::Waiting { effects, deadline } = progress else {
                return Status::Running;
            };
            let is_busy = !effects.is_empty();
            for effect in effects {
                self.perform(effect);
            }
            if self.deliver() || is_busy {
                continue;
            }
            let next = self.answers.first_key_value().map(|((at, _), _)| *at);
            let next = next.into_iter().chain(deadline).min();
            match next {
                Some(next) if self.pending.is_empty() => {
                    self.now = self.now.max(next);
                    self.deliver();
                }
                _ => {
                    let pending = self.pending.values().chain(self.inside.values());
                    return Status::Pending(pending.cloned().collect());
                }
            }
        }
    }

    /// Answers a pending task.
    pub fn answer(&mut self, task: TaskId, result: TaskResult) -> Result<(), UnknownTask> {
        self.execution.complete(task, result, self.now)?;
        self.pending.remove(&task);
        self.inside.remove(&task);
        Ok(())
    }

    /// Goes on where the execution ended without success.
    pub fn redrive(&mut self) -> Result<(), NotRedrivable> {
        self.execution.redrive(self.now)
    }

    /// Stops the execution. The history so far stays.
    pub fn stop(&mut self, failure: Option<Failure>) {
        self.execution.stop(failure, self.now);
        self.pending.clear();
        self.inside.clear();
    }

    /// The events so far.
    pub fn history(&self) -> &[HistoryEvent] {
        self.execution.history()
    }

    /// The execution.
    pub fn execution(&self) -> &Execution {
        &self.execution
    }

    /// The virtual instant.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    fn perform(&mut self, effect: Effect) {
        let request = match effect {
            Effect::Cancel(task) => {
                self.pending.remove(&task);
                self.inside.remove(&task);
                self.answers.retain(|(_, id), _| *id != task);
                return;
            }
            Effect::Invoke(request) => request,
        };
        let id = request.id;
        let reply = self.handler.invoke(&request);
        let starts = !matches!(
            &reply,
            Reply::After { result: TaskResult::Failure { at, .. }, .. } if at.is_before_start()
        );
        // The task was invoked just now, so these calls know it.
        if starts {
            let _ = self.execution.start_task(id, None, self.now);
        }
        match reply {
            Reply::Pending => {
                if !self.act(&request) {
                    self.pending.insert(id, *request);
                }
            }
            Reply::After {
                delay,
                result,
                submitted,
            } => {
                if let Some(submitted) = submitted {
                    let _ = self.execution.submit(id, submitted, self.now);
                }
                self.answers.insert((self.now + delay, id), result);
            }
        }
    }

    /// Does what a task without an answer asks of Step Functions itself: starts a state
    /// machine that is at hand, sends a token back that is waited for. Whether it did.
    fn act(&mut self, request: &TaskRequest) -> bool {
        if let Some(call) = Call::read(request) {
            let machines = self.execution.options().machines.clone();
            let Some(machine) = machines.get(&call.machine) else {
                return false;
            };
            if call.waits_for_token() {
                self.inside.insert(request.id, request.clone());
            }
            let started = self
                .execution
                .start_machine(request.id, &call, machine, self.now);
            return started.is_ok();
        }
        let Some((token, signal)) = Signal::read(request) else {
            return false;
        };
        let waiting = self.pending.values().chain(self.inside.values());
        let found = waiting
            .filter(|waiting| waiting.id != request.id)
            .find(|waiting| waiting.token.as_ref() == Some(&token));
        let Some(waiting) = found.map(|waiting| waiting.id) else {
            return false;
        };
        // Both were found waiting just now.
        let _ = match signal {
            Signal::Alive => self.execution.heartbeat(waiting, self.now),
            Signal::Done(result) => self.answer(waiting, result),
        };
        let answer = TaskResult::Success(Value::empty_object());
        let _ = self.execution.complete(request.id, answer, self.now);
        true
    }

    /// Hands in the answers that are due; whether there were any.
    fn deliver(&mut self) -> bool {
        let mut any = false;
        while let Some(entry) = self.answers.first_entry() {
            if entry.key().0 > self.now {
                break;
            }
            let ((_, task), result) = entry.remove_entry();
            // An answer that comes after its time limit finds nobody.
            any |= self.execution.complete(task, result, self.now).is_ok();
        }
        any
    }
}

/// Runs a machine until it ends or only answers from outside help.
pub fn run_to_end<H: TaskHandler>(simulation: &mut Simulation<H>) -> Status {
    loop {
        let status = simulation.advance(Fuel(10_000));
        if status != Status::Running {
            return status;
        }
    }
}
