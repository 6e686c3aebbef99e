//! An execution from outside: start, advance, answer, stop.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::alone::{self, Alone, Sighting};
use super::child::{Brood, Child, ChildId};
use super::data_flow::Programs;
use super::entropy::Entropy;
use super::frame::{Frame, FrameId, Phase};
use super::map_run::{MapRun, MapRunUpdate};
use super::options::Options;
use super::task::{Effect, TaskId, TaskResult, UnknownTask};
use super::timer::{Alarm, Timers};
use crate::asl::StateMachine;
use crate::execution::history::{
    DataDetails, EventDetails, EventId, ExecutionStartedEventDetails, Failure, HistoryEvent,
    HistoryEventType, Payload,
};
use crate::execution::item::{Objects, Text};
use crate::source::json::Value;
use crate::time::Timestamp;

/// One run of a state machine.
///
/// It reads no clock and does no IO: [`advance`](Self::advance) runs it as far as it
/// gets at an instant, effects say what it wants from outside, and
/// [`complete`](Self::complete) hands answers in. Equal calls give equal histories,
/// however the work is sliced.
#[derive(Clone, Debug)]
pub struct Execution {
    pub(super) machine: Arc<StateMachine>,
    pub(super) options: Arc<Options>,
    pub(super) input: Value,
    pub(super) started: Timestamp,
    pub(super) now: Timestamp,
    pub(super) history: Vec<HistoryEvent>,
    pub(super) is_history_full: bool,
    pub(super) frames: BTreeMap<FrameId, Frame>,
    pub(super) frame_count: u64,
    pub(super) ready: VecDeque<Wake>,
    pub(super) timers: Timers,
    pub(super) tasks: BTreeMap<TaskId, FrameId>,
    pub(super) answered: BTreeSet<TaskId>,
    pub(super) task_count: u64,
    pub(super) attempts: BTreeMap<(Arc<str>, Option<Vec<u64>>), u32>,
    pub(super) effects: Vec<Effect>,
    pub(super) entropy: Entropy,
    pub(super) programs: Programs,
    /// Whether a state is being entered: its first attempt, up to where it has to wait.
    pub(super) is_entering: bool,
    /// The executions inside.
    pub(super) brood: Brood,
    pub(super) map_runs: Vec<MapRun>,
    /// How many executions started one another up to this one.
    pub(super) nesting: u32,
    /// The frames as they stood when it ended without success, for a redrive.
    pub(super) remains: BTreeMap<FrameId, Frame>,
    pub(super) redrive_count: u64,
    /// When it was last redriven.
    pub(super) redriven: Option<Timestamp>,
    /// What an item reader finds, with what result writers wrote.
    pub(super) objects: Arc<Objects>,
    /// Bucket and key of what was written.
    pub(super) written: Vec<(Arc<str>, Arc<str>)>,
    pub(super) outcome: Option<Outcome>,
    pub(super) steps: u64,
    /// The one state that is run, and how it was left.
    pub(super) alone: Option<Box<(Alone, Sighting)>>,
}

/// A reason for a frame to go on.
#[derive(Clone, Debug)]
pub(super) enum Wake {
    /// Enter the state that is next.
    Enter(FrameId),
    /// Try a state again, after a redrive.
    Attempt(FrameId),
    /// A worker or service took the task.
    TaskStarted(TaskId, Option<Arc<str>>),
    /// The job of a `.sync` or `.waitForTaskToken` task was accepted.
    TaskSubmitted(TaskId, Value),
    /// The answer is there.
    TaskDone(TaskId, TaskResult),
    /// An execution inside has something to do.
    Child(ChildId),
    /// A Map Run reads items or starts children.
    Fill(FrameId),
}

/// How many steps a slice may take. A step is the work on one state, on one answer, or on one
/// item of a distributed Map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fuel(pub u32);

/// Where an execution stands after a slice.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// The fuel is used up; there is more to do at this very instant.
    More,
    /// Nothing goes on before an answer or the deadline.
    Waiting {
        /// What is wanted since the last time.
        effects: Vec<Effect>,
        /// When to call again at the latest.
        deadline: Option<Timestamp>,
    },
    /// It is over; the outcome and the history are final.
    Ended {
        /// Tasks that nobody waits for any more.
        effects: Vec<Effect>,
    },
}

/// How an execution ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With an output.
    Succeeded(Value),
    /// With an error.
    Failed(Failure),
    /// It took longer than it may.
    TimedOut(Failure),
    /// It was stopped.
    Aborted(Failure),
}

impl Outcome {
    /// The status as the API spells it.
    pub fn status(&self) -> &'static str {
        match self {
            Outcome::Succeeded(_) => "SUCCEEDED",
            Outcome::Failed(_) => "FAILED",
            Outcome::TimedOut(_) => "TIMED_OUT",
            Outcome::Aborted(_) => "ABORTED",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, failure) = match self {
            Outcome::Succeeded(output) => return write!(f, "succeeded: {output}"),
            Outcome::Failed(failure) => ("failed", failure),
            Outcome::TimedOut(failure) => ("timed out", failure),
            Outcome::Aborted(failure) => ("aborted", failure),
        };
        f.write_str(what)?;
        match failure.is_empty() {
            true => Ok(()),
            false => write!(f, ": {failure}"),
        }
    }
}

impl Execution {
    /// Starts a machine. Nothing but the first event happens before [`advance`](Self::advance).
    pub fn start(
        machine: Arc<StateMachine>,
        input: Payload,
        options: Options,
        at: Timestamp,
    ) -> Execution {
        Self::set_out(machine, input, options, at, None)
    }

    /// Starts with one state of a machine and ends where that state is left.
    pub fn start_alone(
        machine: Arc<StateMachine>,
        alone: Alone,
        input: Payload,
        options: Options,
        at: Timestamp,
    ) -> Execution {
        Self::set_out(machine, input, options, at, Some(alone))
    }

    fn set_out(
        machine: Arc<StateMachine>,
        input: Payload,
        options: Options,
        at: Timestamp,
        alone: Option<Alone>,
    ) -> Execution {
        let mut execution = Execution {
            input: input.value().clone(),
            started: at,
            now: at,
            history: Vec::new(),
            is_history_full: false,
            frames: BTreeMap::new(),
            frame_count: 0,
            ready: VecDeque::new(),
            timers: Timers::default(),
            tasks: BTreeMap::new(),
            answered: BTreeSet::new(),
            task_count: 0,
            attempts: BTreeMap::new(),
            effects: Vec::new(),
            entropy: Entropy::new(options.seed),
            programs: Programs::default(),
            is_entering: false,
            brood: Brood::default(),
            map_runs: Vec::new(),
            nesting: 0,
            remains: BTreeMap::new(),
            redrive_count: 0,
            redriven: None,
            objects: options.objects.clone(),
            written: Vec::new(),
            outcome: None,
            steps: 0,
            alone: alone.map(|alone| Box::new(alone::begin(alone))),
            machine,
            options: Arc::new(options),
        };
        execution.begin(input);
        execution
    }

    fn begin(&mut self, input: Payload) {
        let details = ExecutionStartedEventDetails {
            input: Some(input.clone()),
            input_details: Some(DataDetails::default()),
            role_arn: Some(self.options.role_arn.clone()),
            state_machine_alias_arn: self.options.alias_arn.clone(),
            state_machine_version_arn: self.options.version_arn.clone(),
        };
        self.record(
            HistoryEventType::ExecutionStarted,
            EventId(0),
            Some(EventDetails::ExecutionStarted(details)),
        );
        self.limit_time();
        let alone = self.alone.as_deref().map(|(alone, _)| alone);
        let first = match alone {
            Some(alone) => self.machine.states.get_index_of(&alone.state),
            None => start_of(&self.machine),
        };
        let variables = Arc::new(alone::scope(alone));
        let Some(state) = first else {
            let cause = "The state machine has no state to start with.";
            self.end_failed(EventId(0), Failure::new("States.Runtime", cause));
            return;
        };
        let frame = Frame {
            parent: None,
            machine: self.machine.clone(),
            // Learned from recordings: the first event of a state follows none.
            last: EventId(0),
            variables,
            item: None,
            iterations: Vec::new(),
            phase: Phase::Entering { state, input },
        };
        self.spawn(frame);
    }

    /// Sets the alarm for the whole execution.
    pub(super) fn limit_time(&mut self) {
        let limits = [
            self.machine.timeout_seconds.map(Duration::from_secs),
            self.options.quotas.duration,
            super::options::longest(self.options.workflow_type),
        ];
        if let Some(limit) = limits.into_iter().flatten().min() {
            self.timers.set(self.now + limit, Alarm::ExecutionTimeout);
        }
    }

    /// Goes on at the instant `now` until everything waits, or until the fuel is used up.
    pub fn advance(&mut self, now: Timestamp, fuel: Fuel) -> Progress {
        self.now = self.now.max(now);
        let limit = self.steps + u64::from(fuel.0.max(1));
        while self.outcome.is_none() {
            if !self.has_work() {
                return Progress::Waiting {
                    effects: std::mem::take(&mut self.effects),
                    deadline: self.timers.next(),
                };
            }
            if self.steps >= limit {
                return Progress::More;
            }
            self.step();
        }
        Progress::Ended {
            effects: std::mem::take(&mut self.effects),
        }
    }

    /// Tells that a task was taken: by a worker, for an activity.
    pub fn start_task(
        &mut self,
        task: TaskId,
        worker: Option<Arc<str>>,
        now: Timestamp,
    ) -> Result<(), UnknownTask> {
        let start = |run: &mut Execution, inner| run.start_task(inner, worker.clone(), now);
        if let Some(done) = self.through_child(task, now, start) {
            return done;
        }
        self.expect(task, now)?;
        self.ready.push_back(Wake::TaskStarted(task, worker));
        Ok(())
    }

    /// Tells the response of the call of a `.sync` or `.waitForTaskToken` task, whose
    /// result comes later.
    pub fn submit(
        &mut self,
        task: TaskId,
        output: Value,
        now: Timestamp,
    ) -> Result<(), UnknownTask> {
        let submit = |run: &mut Execution, inner| run.submit(inner, output.clone(), now);
        if let Some(done) = self.through_child(task, now, submit) {
            return done;
        }
        self.expect(task, now)?;
        self.ready.push_back(Wake::TaskSubmitted(task, output));
        Ok(())
    }

    /// Tells that a task is alive.
    pub fn heartbeat(&mut self, task: TaskId, now: Timestamp) -> Result<(), UnknownTask> {
        let beat = |run: &mut Execution, inner| run.heartbeat(inner, now);
        if let Some(done) = self.through_child(task, now, beat) {
            return done;
        }
        let frame = self.expect(task, now)?;
        super::state::task::heard(self, frame);
        Ok(())
    }

    /// Changes one of its Map Runs while that runs; whether it does.
    pub fn update_map_run(&mut self, arn: &str, update: MapRunUpdate, now: Timestamp) -> bool {
        self.now = self.now.max(now);
        super::state::distributed::update(self, arn, update)
    }

    /// Stops a child of one of its Map Runs; whether it was running.
    pub fn stop_child_of(
        &mut self,
        map_run: &str,
        name: &str,
        failure: Failure,
        now: Timestamp,
    ) -> bool {
        self.now = self.now.max(now);
        let child = super::state::distributed::running_child(self, map_run, name);
        child.is_some_and(|child| self.end_child(child, failure))
    }

    /// Hands an answer in; it is worked on in the next slice.
    pub fn complete(
        &mut self,
        task: TaskId,
        result: TaskResult,
        now: Timestamp,
    ) -> Result<(), UnknownTask> {
        let complete = |run: &mut Execution, inner| run.complete(inner, result.clone(), now);
        if let Some(done) = self.through_child(task, now, complete) {
            return done;
        }
        self.expect(task, now)?;
        self.answered.insert(task);
        self.ready.push_back(Wake::TaskDone(task, result));
        Ok(())
    }

    /// Stops it. What has happened so far stays in the history.
    pub fn stop(&mut self, failure: Option<Failure>, now: Timestamp) {
        if self.outcome.is_some() {
            return;
        }
        self.now = self.now.max(now);
        let failure = failure.unwrap_or_default();
        let previous = self.latest_event();
        self.end(
            HistoryEventType::ExecutionAborted,
            previous,
            EventDetails::ExecutionAborted(failure.clone()),
            Outcome::Aborted(failure),
        );
    }

    /// The events so far.
    pub fn history(&self) -> &[HistoryEvent] {
        &self.history
    }

    /// The Map Runs of its distributed Maps, in the order of starting.
    pub fn map_runs(&self) -> &[MapRun] {
        &self.map_runs
    }

    /// The objects that its result writers wrote: bucket, key and text.
    pub fn written(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>, &Text)> {
        self.written
            .iter()
            .filter_map(|(bucket, key)| Some((bucket, key, self.objects.get(bucket, key)?)))
    }

    /// How it ended; `None` while it runs.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// What runs.
    pub fn machine(&self) -> &Arc<StateMachine> {
        &self.machine
    }

    /// Who runs it.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// When it began.
    pub fn started(&self) -> Timestamp {
        self.started
    }

    /// When it was last advanced, answered or stopped.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// How many steps it has taken, the measure of fuel.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Writes an object.
    pub(super) fn put_object(&mut self, bucket: Arc<str>, key: Arc<str>, text: Text) {
        Arc::make_mut(&mut self.objects).insert(bucket.clone(), key.clone(), text);
        self.written.push((bucket, key));
    }

    /// Takes over what a child wrote.
    pub(super) fn take_over(&mut self, child: &Child) {
        for (bucket, key, text) in child.run.written() {
            self.put_object(bucket.clone(), key.clone(), text.clone());
        }
    }

    /// The frame that waits for a task.
    pub(super) fn expect(&mut self, task: TaskId, now: Timestamp) -> Result<FrameId, UnknownTask> {
        let frame = self.tasks.get(&task).copied().ok_or(UnknownTask(task))?;
        if self.answered.contains(&task) {
            return Err(UnknownTask(task));
        }
        self.now = self.now.max(now);
        Ok(frame)
    }
}

/// The place of the first state.
pub(super) fn start_of(machine: &StateMachine) -> Option<usize> {
    machine
        .states
        .get_index_of(&machine.start_at.as_ref()?.name)
}
