//! What the service keeps of an execution.
//!
//! A history is not kept once its execution has ended: the facts it started from and what
//! came in from outside give it again, event for event.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Settings;
use super::machine::Revision;
use crate::api::journal::{RunEnd, RunFacts, RunInput, RunInputKind};
use crate::execution::history::{Failure, HistoryEvent, Payload};
use crate::execution::interpreter::{
    Effect, Execution, Fuel, MapRunUpdate, MockHandler, Options, Outcome, Progress, Quotas,
    TaskHandler, TaskId, TaskRequest, TaskResult, WorkflowType,
};
use crate::source::json::Number;
use crate::time::Timestamp;

/// The number of an execution: 1, 2, 3 …
pub(super) type RunNumber = u64;

/// An execution.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub arn: Arc<str>,
    pub facts: RunFacts,
    pub workflow_type: WorkflowType,
    pub revision: Arc<Revision>,
    pub version_arn: Option<Arc<str>>,
    pub alias_arn: Option<Arc<str>>,
    /// The Map Run that it is part of.
    pub map_run: Option<Arc<MapRunOf>>,
    pub inputs: Vec<RunInput>,
    pub redrives: Vec<Timestamp>,
    pub state: RunState,
}

/// The Map Run of a child execution.
#[derive(Clone, Debug)]
pub(super) struct MapRunOf {
    pub arn: Arc<str>,
    pub label: Arc<str>,
    /// How many items the child has.
    pub items: u64,
    /// What happened in it, as far as that is kept.
    pub history: Arc<Vec<HistoryEvent>>,
}

/// Whether an execution runs.
#[derive(Clone, Debug)]
pub(super) enum RunState {
    Running(Box<Live>),
    /// It runs within another: a child of a Map Run.
    Inside,
    /// It is to run again within another, and does not yet.
    PendingRedrive,
    Over(RunEnd),
}

/// An execution that runs.
#[derive(Clone, Debug)]
pub(super) struct Live {
    pub execution: Execution,
    /// Who answers its tasks.
    pub mocks: Option<MockHandler>,
    /// Answers that come later.
    pub answers: BTreeMap<(Timestamp, TaskId), TaskResult>,
    /// Tasks that wait for an answer.
    pub pending: BTreeMap<TaskId, TaskRequest>,
    /// When it goes on by itself.
    pub alarm: Option<Timestamp>,
    /// Whether it is in line to go on.
    pub is_ready: bool,
}

impl Live {
    /// It goes on with nothing asked for yet.
    pub fn new(execution: Execution, mocks: Option<MockHandler>) -> Self {
        Self {
            execution,
            mocks,
            answers: BTreeMap::new(),
            pending: BTreeMap::new(),
            alarm: None,
            is_ready: false,
        }
    }
}

impl Run {
    /// `RUNNING`, `SUCCEEDED` …
    pub fn status(&self) -> &str {
        match &self.state {
            RunState::Running(_) | RunState::Inside => "RUNNING",
            RunState::PendingRedrive => "PENDING_REDRIVE",
            RunState::Over(end) => &end.status,
        }
    }

    /// How it ended.
    pub fn end(&self) -> Option<&RunEnd> {
        match &self.state {
            RunState::Running(_) | RunState::Inside | RunState::PendingRedrive => None,
            RunState::Over(end) => Some(end),
        }
    }

    /// It, if it runs.
    pub fn live_mut(&mut self) -> Option<&mut Live> {
        match &mut self.state {
            RunState::Running(live) => Some(live),
            RunState::Inside | RunState::PendingRedrive | RunState::Over(_) => None,
        }
    }

    /// An execution at its very beginning.
    pub fn begin(&self, settings: &Settings) -> Execution {
        let facts = &self.facts;
        let options = Options {
            name: facts.name.clone(),
            express_id: facts.express_id.clone(),
            machine_name: facts.machine.clone(),
            account: settings.account.clone(),
            region: settings.region.clone(),
            role_arn: self.revision.facts.role_arn.clone(),
            version_arn: self.version_arn.clone(),
            alias_arn: self.alias_arn.clone(),
            workflow_type: self.workflow_type,
            seed: facts.seed,
            quotas: Quotas::SERVICE,
            objects: settings.objects.clone(),
            ..Options::default()
        };
        let machine = self.revision.machine.clone();
        let input = Payload::from_text(&facts.input);
        Execution::start(machine, input, options, facts.started)
    }

    /// The execution again as it stands after all that came in.
    pub fn again(&self, settings: &Settings) -> Again {
        let mut again = Again {
            execution: self.begin(settings),
            pending: BTreeMap::new(),
            answered: Vec::new(),
        };
        for input in &self.inputs {
            again.go_on(input.at, Some(input.steps));
            if let Some(task) = input.what.answered_task() {
                again.answered.extend(again.pending.remove(&task));
            }
            apply(&mut again.execution, input);
        }
        let until = self.end().map_or(again.execution.now(), |end| end.at);
        again.go_on(until, None);
        again
    }

    /// When a request with this token has redriven it.
    pub fn redriven_by(&self, token: &str) -> Option<Timestamp> {
        self.inputs.iter().find_map(|input| match &input.what {
            RunInputKind::Redriven { token: Some(known) } if **known == *token => Some(input.at),
            _ => None,
        })
    }
}

/// An execution that was gone through again.
pub(super) struct Again {
    pub execution: Execution,
    /// Calls that are not answered.
    pub pending: BTreeMap<TaskId, TaskRequest>,
    /// Calls that were answered or given up, in order.
    pub answered: Vec<TaskRequest>,
}

impl Again {
    /// Lets it go on until an instant, or until it has taken a number of steps.
    fn go_on(&mut self, until: Timestamp, steps: Option<u64>) {
        let execution = &mut self.execution;
        let mut now = execution.now();
        loop {
            let left = match steps {
                Some(steps) => steps.saturating_sub(execution.steps()),
                None => u64::from(u32::MAX),
            };
            let Some(fuel) = u32::try_from(left).ok().filter(|fuel| *fuel > 0) else {
                return;
            };
            match execution.advance(now, Fuel(fuel)) {
                Progress::More => {}
                Progress::Ended { .. } => {
                    let open = std::mem::take(&mut self.pending);
                    return self.answered.extend(open.into_values());
                }
                Progress::Waiting { effects, deadline } => {
                    for effect in effects {
                        match effect {
                            Effect::Invoke(request) => {
                                self.pending.insert(request.id, *request);
                            }
                            Effect::Cancel(task) => {
                                self.answered.extend(self.pending.remove(&task));
                            }
                        }
                    }
                    match deadline {
                        Some(deadline) if deadline <= until => now = now.max(deadline),
                        _ => return,
                    }
                }
            }
        }
    }

    /// Mocks that have answered what was answered, so that the next attempt has the next
    /// answer.
    pub fn follow(&self, mut mocks: Option<MockHandler>) -> Option<MockHandler> {
        if let Some(mocks) = &mut mocks {
            for request in &self.answered {
                let _ = mocks.invoke(request);
            }
        }
        mocks
    }
}

/// Hands an execution what came in. An answer that comes too late finds nobody.
pub(super) fn apply(execution: &mut Execution, input: &RunInput) -> bool {
    let at = input.at;
    let failure = |error: &Option<Arc<str>>, cause: &Option<Arc<str>>| Failure {
        error: error.clone(),
        cause: cause.clone(),
    };
    let done = match &input.what {
        RunInputKind::Taken { task, worker } => {
            execution.start_task(TaskId(*task), worker.clone(), at)
        }
        RunInputKind::Submitted { task, output } => {
            execution.submit(TaskId(*task), output.clone(), at)
        }
        RunInputKind::Heard { task } => execution.heartbeat(TaskId(*task), at),
        RunInputKind::Succeeded { task, output } => {
            let result = TaskResult::Success(output.clone());
            execution.complete(TaskId(*task), result, at)
        }
        RunInputKind::Failed {
            task,
            stage,
            error,
            cause,
        } => {
            let failure = failure(error, cause);
            let result = TaskResult::Failure {
                failure,
                at: *stage,
            };
            execution.complete(TaskId(*task), result, at)
        }
        RunInputKind::Stopped { error, cause } => {
            let failure = failure(error, cause);
            execution.stop(Some(failure), at);
            Ok(())
        }
        RunInputKind::ChildStopped {
            map_run,
            name,
            error,
            cause,
        } => {
            let failure = failure(error, cause);
            return execution.stop_child_of(map_run, name, failure, at);
        }
        RunInputKind::Redriven { .. } => return execution.redrive(at).is_ok(),
        RunInputKind::MapRunUpdated {
            arn,
            max_concurrency,
            tolerated_failure_count,
            tolerated_failure_percentage,
        } => {
            let percentage = tolerated_failure_percentage.as_ref();
            let update = MapRunUpdate {
                max_concurrency: *max_concurrency,
                tolerated_failure_count: *tolerated_failure_count,
                tolerated_failure_percentage: percentage.map(Number::as_f64),
            };
            return execution.update_map_run(arn, update, at);
        }
    };
    done.is_ok()
}

impl RunInputKind {
    /// The result of a task.
    pub(super) fn of_result(task: TaskId, result: TaskResult) -> Self {
        match result {
            TaskResult::Success(output) => Self::Succeeded {
                task: task.0,
                output,
            },
            TaskResult::Failure { failure, at } => Self::Failed {
                task: task.0,
                stage: at,
                error: failure.error,
                cause: failure.cause,
            },
        }
    }

    /// The task that it answers for good.
    pub(super) fn answered_task(&self) -> Option<TaskId> {
        match self {
            Self::Succeeded { task, .. } | Self::Failed { task, .. } => Some(TaskId(*task)),
            Self::Taken { .. }
            | Self::Submitted { .. }
            | Self::Heard { .. }
            | Self::Stopped { .. }
            | Self::ChildStopped { .. }
            | Self::Redriven { .. }
            | Self::MapRunUpdated { .. } => None,
        }
    }
}

/// The end of an execution as it is kept.
pub(super) fn end_of(execution: &Execution, outcome: &Outcome) -> RunEnd {
    let map_runs = execution.map_runs().iter();
    RunEnd {
        events: execution.history().len() as u64,
        map_runs: map_runs.map(|map_run| map_run.arn.clone()).collect(),
        ..end_at(outcome, execution.now())
    }
}

/// An end of which only the outcome is known.
pub(super) fn end_at(outcome: &Outcome, at: Timestamp) -> RunEnd {
    let failure = match outcome {
        Outcome::Succeeded(_) => None,
        Outcome::Failed(failure) | Outcome::TimedOut(failure) | Outcome::Aborted(failure) => {
            Some(failure.clone())
        }
    };
    let output = match outcome {
        Outcome::Succeeded(output) => Some(output.to_string().into()),
        _ => None,
    };
    RunEnd {
        status: outcome.status().into(),
        at,
        output,
        error: failure.as_ref().and_then(|failure| failure.error.clone()),
        cause: failure.and_then(|failure| failure.cause),
        events: 0,
        map_runs: Vec::new(),
    }
}
