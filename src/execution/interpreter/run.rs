//! Steps of an execution: what is ready, what is due, entering states.

use super::alone;
use super::execution::{Execution, Wake, start_of};
use super::fault::Fault;
use super::frame::{Frame, FrameId, Phase, Visit};
use super::state;
use super::task::{Effect, TaskId, TaskResult};
use super::timer::Alarm;
use crate::asl::{MapMode, State, StateKind, StateMachine};
use crate::execution::history::{
    DataDetails, EventDetails, EventId, Failure, HistoryEvent, HistoryEventType,
    StateEnteredEventDetails,
};

impl Execution {
    /// Counts work that one thing to do brings along as so many steps.
    pub(super) fn charge(&mut self, steps: usize) {
        self.steps += steps as u64;
    }

    /// Does the next thing that is ready, or else the next thing that is due.
    pub(super) fn step(&mut self) {
        self.charge(1);
        if let Some(wake) = self.ready.pop_front() {
            match wake {
                Wake::Enter(frame) => self.enter(frame),
                Wake::Attempt(frame) => self.attempt(frame),
                Wake::TaskStarted(task, worker) => self.for_task(task, |run, frame, state| {
                    state::task::started(run, frame, state, worker)
                }),
                Wake::TaskSubmitted(task, output) => self.for_task(task, |run, frame, state| {
                    state::task::submitted(run, frame, state, output)
                }),
                Wake::TaskDone(task, result) => self.task_done(task, result),
                Wake::Child(child) => self.step_child(child),
                Wake::Fill(frame) => self.in_state(frame, |run, state| {
                    state::distributed::fill(run, frame, state)
                }),
            }
        } else if let Some(alarm) = self.timers.pop_due(self.now) {
            match alarm {
                Alarm::WaitOver(frame) => {
                    self.in_state(frame, |run, state| state::wait::is_over(run, frame, state))
                }
                Alarm::Retry(frame) => self.attempt(frame),
                Alarm::TaskTimeout(task) | Alarm::HeartbeatTimeout(task) => {
                    let is_heartbeat = matches!(alarm, Alarm::HeartbeatTimeout(_));
                    if let Some(frame) = self.tasks.remove(&task) {
                        self.stop_nested(task);
                        self.effects.push(Effect::Cancel(task));
                        self.in_state(frame, |run, state| {
                            state::task::timed_out(run, frame, state, is_heartbeat)
                        });
                    }
                }
                Alarm::Child(child) => self.step_child(child),
                Alarm::ExecutionTimeout => self.time_out(),
            }
        }
        if self.is_history_full && self.outcome.is_none() {
            self.overflow();
        }
    }

    /// Adds a frame that enters its first state in its turn.
    pub(super) fn spawn(&mut self, frame: Frame) -> FrameId {
        self.frame_count += 1;
        let id = FrameId(self.frame_count);
        self.frames.insert(id, frame);
        self.ready.push_back(Wake::Enter(id));
        id
    }

    /// Appends an event that follows `previous`.
    pub(super) fn record(
        &mut self,
        event_type: HistoryEventType,
        previous: EventId,
        details: Option<EventDetails>,
    ) -> EventId {
        // One place is kept for the event that ends the execution.
        if !event_type.is_terminal() && self.history.len() + 1 >= self.options.quotas.events {
            self.is_history_full = true;
            return previous;
        }
        let id = EventId(self.history.len() as u64 + 1);
        self.history.push(HistoryEvent {
            timestamp: self.now,
            event_type,
            id,
            previous_event_id: previous,
            details,
        });
        id
    }

    /// Appends an event to a frame's chain.
    pub(super) fn emit(
        &mut self,
        frame: FrameId,
        event_type: HistoryEventType,
        details: Option<EventDetails>,
    ) {
        let id = self.emit_aside(frame, event_type, details);
        if let Some(frame) = self.frames.get_mut(&frame) {
            frame.last = id;
        }
    }

    /// Appends an event that the frame's next event passes by.
    pub(super) fn emit_aside(
        &mut self,
        frame: FrameId,
        event_type: HistoryEventType,
        details: Option<EventDetails>,
    ) -> EventId {
        let previous = self.last_of(frame);
        self.record(event_type, previous, details)
    }

    /// Lets a frame's chain go on after `last`.
    pub(super) fn follow(&mut self, frame: FrameId, last: EventId) {
        if let Some(frame) = self.frames.get_mut(&frame) {
            frame.last = last;
        }
    }

    /// The last event of a frame's chain.
    pub(super) fn last_of(&self, frame: FrameId) -> EventId {
        self.frames
            .get(&frame)
            .map(|frame| frame.last)
            .unwrap_or_default()
    }

    /// Runs `work` on the state a frame is in; a fault goes to its Retriers and Catchers.
    pub(super) fn in_state(
        &mut self,
        frame: FrameId,
        work: impl FnOnce(&mut Execution, &State) -> Result<(), Fault>,
    ) {
        let Some(machine) = self.frames.get(&frame).map(|frame| frame.machine.clone()) else {
            return;
        };
        let Some(state) = self.state_in(frame, &machine) else {
            return;
        };
        if let Err(fault) = work(self, state) {
            self.fail(frame, state, fault);
        }
    }

    /// The state a frame is in, borrowed from its machine.
    pub(super) fn state_in<'a>(
        &self,
        frame: FrameId,
        machine: &'a StateMachine,
    ) -> Option<&'a State> {
        let visit = self.frames.get(&frame)?.visit()?;
        machine
            .states
            .get_index(visit.state)
            .map(|(_, state)| state)
    }

    fn for_task(
        &mut self,
        task: TaskId,
        work: impl FnOnce(&mut Execution, FrameId, &State) -> Result<(), Fault>,
    ) {
        let Some(&frame) = self.tasks.get(&task) else {
            return;
        };
        self.in_state(frame, |run, state| work(run, frame, state));
    }

    fn task_done(&mut self, task: TaskId, result: TaskResult) {
        self.answered.remove(&task);
        let Some(frame) = self.tasks.remove(&task) else {
            return;
        };
        self.in_state(frame, |run, state| {
            state::task::done(run, frame, state, result)
        });
    }

    fn enter(&mut self, id: FrameId) {
        let now = self.now;
        let Some(frame) = self.frames.get(&id) else {
            return;
        };
        let machine = frame.machine.clone();
        let Phase::Entering {
            state: index,
            input,
        } = frame.phase.clone()
        else {
            return;
        };
        let Some((name, state)) = machine.states.get_index(index) else {
            return;
        };
        let Some(state_type) = state.kind.state_type() else {
            let cause = format!("The state '{name}' has no type that exists.");
            return self.end_failed(self.last_of(id), Failure::new("States.Runtime", cause));
        };
        let details = StateEnteredEventDetails {
            name: Some(name.clone()),
            input: Some(input.clone()),
            input_details: Some(DataDetails::default()),
        };
        let details = EventDetails::StateEntered(details);
        let before = self.last_of(id);
        self.emit(id, HistoryEventType::entered(state_type), Some(details));
        let retriers = state.retriers().len();
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.phase = Phase::Inside(Visit {
                state: index,
                input: input.value().clone(),
                entered: now,
                entered_event: frame.last,
                before,
                retry_count: 0,
                retries: vec![0; retriers],
                task: None,
                timers: Vec::new(),
                children: None,
                map_run: None,
            });
        }
        self.is_entering = true;
        self.attempt(id);
        self.is_entering = false;
    }

    /// Does the work of a state, for the first time or again.
    pub(super) fn attempt(&mut self, frame: FrameId) {
        if self.is_history_full {
            return;
        }
        self.in_state(frame, |run, state| match &state.kind {
            StateKind::Pass { result } => state::pass::run(run, frame, state, result.as_ref()),
            StateKind::Succeed => state::succeed::run(run, frame, state),
            StateKind::Fail { error, cause } => {
                state::fail::run(run, frame, state, error.as_ref(), cause.as_ref())
            }
            StateKind::Choice { rules, default } => {
                state::choice::run(run, frame, state, rules, default.as_ref())
            }
            StateKind::Wait { wait } => state::wait::run(run, frame, state, wait.as_ref()),
            StateKind::Task(task) => state::task::run(run, frame, state, task),
            StateKind::Parallel(parallel) => state::parallel::run(run, frame, state, parallel),
            StateKind::Map(map) => match map.mode {
                MapMode::Inline => state::map::run(run, frame, state, map),
                // What the children of a Map Run give is given: nothing runs.
                MapMode::Distributed if alone::given(run, frame).is_some() => {
                    state::map::run(run, frame, state, map)
                }
                MapMode::Distributed => state::distributed::run(run, frame, state, map),
            },
            StateKind::Unknown { .. } => Ok(()),
        });
    }

    /// The place of the first state of a machine, or the fault that there is none.
    pub(super) fn start_in(machine: &StateMachine) -> Result<usize, Fault> {
        start_of(machine)
            .ok_or_else(|| Fault::runtime("The machine inside has no state to start with."))
    }
}
