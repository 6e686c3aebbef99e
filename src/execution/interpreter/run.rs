//! Steps of an execution: entering and leaving states, failing, ending.

use std::sync::Arc;

use super::catch;
use super::execution::{Execution, Outcome, Wake, start_of};
use super::fault::Fault;
use super::frame::{Frame, FrameId, Phase, Visit};
use super::retry;
use super::state;
use super::task::{Effect, TaskId, TaskResult};
use super::timer::Alarm;
use crate::asl::{Reference, State, StateKind, StateMachine, Transition};
use crate::execution::history::{
    DataDetails, EventDetails, EventId, Failure, HistoryEvent, HistoryEventType,
    OutputEventDetails, Payload, StateEnteredEventDetails, StateExitedEventDetails,
};
use crate::source::json::Value;

/// What a state leaves behind.
#[derive(Clone, Debug)]
pub(super) struct Exit<'a> {
    /// The output.
    pub output: Value,
    /// The variables it set.
    pub assigned: Vec<(Arc<str>, Value)>,
    /// Where it goes on.
    pub next: Next<'a>,
}

/// Where an execution goes after a state.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next<'a> {
    /// To a state of the same machine.
    State(&'a Reference),
    /// The machine is done.
    End,
    /// The definition does not say.
    Nowhere,
}

impl<'a> Next<'a> {
    /// `Next` or `End` of a state.
    pub fn of(transition: &'a Transition) -> Self {
        match transition {
            Transition::Next(reference) => Next::State(reference),
            Transition::End => Next::End,
            Transition::None => Next::Nowhere,
        }
    }
}

impl Execution {
    /// Does the next thing that is ready, or else the next thing that is due.
    pub(super) fn step(&mut self) {
        self.steps += 1;
        if let Some(wake) = self.ready.pop_front() {
            match wake {
                Wake::Enter(frame) => self.enter(frame),
                Wake::TaskStarted(task, worker) => self.for_task(task, |run, frame, state| {
                    state::task::started(run, frame, state, worker)
                }),
                Wake::TaskSubmitted(task, output) => self.for_task(task, |run, frame, state| {
                    state::task::submitted(run, frame, state, output)
                }),
                Wake::TaskDone(task, result) => self.task_done(task, result),
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
                        self.effects.push(Effect::Cancel(task));
                        self.in_state(frame, |run, state| {
                            state::task::timed_out(run, frame, state, is_heartbeat)
                        });
                    }
                }
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
        self.emit(id, HistoryEventType::entered(state_type), Some(details));
        let retriers = state.retriers().len();
        if let Some(frame) = self.frames.get_mut(&id) {
            frame.phase = Phase::Inside(Visit {
                state: index,
                input: input.value().clone(),
                entered: now,
                entered_event: frame.last,
                retry_count: 0,
                retries: vec![0; retriers],
                task: None,
                timers: Vec::new(),
                children: None,
            });
        }
        self.attempt(id);
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
            StateKind::Map(map) => state::map::run(run, frame, state, map),
            StateKind::Unknown { .. } => Ok(()),
        });
    }

    /// Leaves a state.
    pub(super) fn exit(&mut self, id: FrameId, state: &State, exit: Exit<'_>) -> Result<(), Fault> {
        if !self.options.quotas.allows_payload(exit.output.text_len()) {
            return Err(Fault::too_large(&state.name));
        }
        let next = match exit.next {
            Next::State(reference) => Some(self.target(id, reference)?),
            Next::End => None,
            // Learned from the service: what a Choice without a match and a Default says.
            Next::Nowhere => {
                return Err(Fault::runtime(
                    "Failed to transition out of the state. The state does not point to a next state.",
                ));
            }
        };
        let event_type = state.kind.state_type().and_then(HistoryEventType::exited);
        if let Some(event_type) = event_type {
            let assigned = exit.assigned.iter().cloned();
            let assigned_variables = (!exit.assigned.is_empty()).then(|| {
                assigned
                    .map(|(name, value)| (name, Payload::from(value)))
                    .collect()
            });
            let details = StateExitedEventDetails {
                name: Some(state.name.clone()),
                output: Some(exit.output.clone().into()),
                output_details: Some(DataDetails::default()),
                assigned_variables_details: (!exit.assigned.is_empty()).then(DataDetails::default),
                assigned_variables,
            };
            self.emit(id, event_type, Some(EventDetails::StateExited(details)));
        }
        self.leave(id);
        let Some(frame) = self.frames.get_mut(&id) else {
            return Ok(());
        };
        if !exit.assigned.is_empty() {
            Arc::make_mut(&mut frame.variables).assign(exit.assigned);
        }
        let Some(next) = next else {
            self.finish(id, exit.output);
            return Ok(());
        };
        frame.phase = Phase::Entering {
            state: next,
            input: exit.output.into(),
        };
        self.ready.push_back(Wake::Enter(id));
        Ok(())
    }

    fn target(&self, id: FrameId, reference: &Reference) -> Result<usize, Fault> {
        let frame = self.frames.get(&id);
        let index = frame.and_then(|frame| frame.machine.states.get_index_of(&reference.name));
        index.ok_or_else(|| {
            Fault::runtime(format!(
                "Failed to transition out of the state. The next state '{}' does not exist.",
                reference.name
            ))
        })
    }

    /// Forgets what an attempt waited for.
    pub(super) fn leave(&mut self, frame: FrameId) {
        let Some(visit) = self.frames.get_mut(&frame).and_then(Frame::visit_mut) else {
            return;
        };
        let timers = std::mem::take(&mut visit.timers);
        let task = visit.task.take();
        let beat = task.as_ref().and_then(|task| task.heartbeat);
        for timer in timers.into_iter().chain(beat.map(|(_, timer)| timer)) {
            self.timers.cancel(timer);
        }
        if let Some(task) = task
            && self.tasks.remove(&task.id).is_some()
        {
            self.effects.push(Effect::Cancel(task.id));
        }
    }

    /// A frame's machine is done.
    fn finish(&mut self, id: FrameId, output: Value) {
        let last = self.last_of(id);
        let Some(parent) = self.frames.remove(&id).and_then(|frame| frame.parent) else {
            let details = OutputEventDetails {
                output: Some(output.clone().into()),
                output_details: Some(DataDetails::default()),
            };
            let details = EventDetails::ExecutionSucceeded(details);
            return self.end(
                HistoryEventType::ExecutionSucceeded,
                last,
                details,
                Outcome::Succeeded(output),
            );
        };
        self.in_state(parent.frame, |run, state| {
            state::child_succeeded(run, parent, state, last, output)
        });
    }

    /// A state failed: try again, catch, or fail what is around it.
    pub(super) fn fail(&mut self, id: FrameId, state: &State, fault: Fault) {
        self.leave(id);
        let Some(visit) = self.frames.get(&id).and_then(Frame::visit) else {
            return;
        };
        let alias = fault.alias;
        let (is_fatal, is_own) = (fault.is_fatal, fault.is_own);
        let failure = fault.into_failure(&state.name, visit.entered_event);
        if is_fatal {
            return self.end_failed(self.last_of(id), failure);
        }
        if retry::schedule(self, id, state, &failure, alias) {
            return;
        }
        state::container_failed(self, id, state);
        match catch::handle(self, id, state, &failure, alias) {
            Ok(true) => return,
            Ok(false) => {}
            Err(fault) => {
                let entered = self.entered_event(id);
                return self.end_failed(self.last_of(id), fault.into_failure(&state.name, entered));
            }
        }
        self.fail_frame(id, state, failure, is_own);
    }

    pub(super) fn entered_event(&self, id: FrameId) -> EventId {
        let visit = self.frames.get(&id).and_then(Frame::visit);
        visit.map(|visit| visit.entered_event).unwrap_or_default()
    }

    /// A frame's machine ends with an error that nobody in it handles.
    fn fail_frame(&mut self, id: FrameId, state: &State, failure: Failure, is_own: bool) {
        let last = self.last_of(id);
        let Some(parent) = self.frames.get(&id).and_then(|frame| frame.parent) else {
            return self.end_failed(last, failure);
        };
        // Learned from the service: a Task whose failure ends a branch counts as aborted,
        // and what follows passes that by.
        if matches!(state.kind, StateKind::Task(_)) && !is_own {
            self.emit_aside(id, HistoryEventType::TaskStateAborted, None);
        }
        self.frames.remove(&id);
        self.in_state(parent.frame, |run, state| {
            state::child_failed(run, parent, state, last);
            Err(Fault::of(failure))
        });
    }

    /// Cuts a frame and everything in it short.
    pub(super) fn abort(&mut self, id: FrameId) {
        let children = self.frames.get(&id).and_then(Frame::visit);
        let children = children.and_then(|visit| visit.children.as_ref());
        let running: Vec<_> = children
            .map(|children| children.running.clone())
            .unwrap_or_default();
        let machine = self.frames.get(&id).map(|frame| frame.machine.clone());
        let state = machine
            .as_ref()
            .and_then(|machine| self.state_in(id, machine));
        for (index, child) in running {
            let last = self.last_of(child);
            self.abort(child);
            if let Some(state) = state {
                state::child_aborted(self, state, index, last);
            }
        }
        let aborted = state.and_then(|state| state.kind.state_type());
        if let Some(event_type) = aborted.and_then(HistoryEventType::aborted) {
            self.emit_aside(id, event_type, None);
        }
        self.leave(id);
        self.frames.remove(&id);
    }

    /// The latest event of any frame that runs.
    pub(super) fn latest_event(&self) -> EventId {
        self.frames
            .values()
            .map(|frame| frame.last)
            .max()
            .unwrap_or_default()
    }

    /// Ends the execution with an error.
    pub(super) fn end_failed(&mut self, previous: EventId, failure: Failure) {
        let details = EventDetails::ExecutionFailed(failure.clone());
        self.end(
            HistoryEventType::ExecutionFailed,
            previous,
            details,
            Outcome::Failed(failure),
        );
    }

    fn time_out(&mut self) {
        let failure = Failure {
            error: Some("States.Timeout".into()),
            cause: None,
        };
        let details = EventDetails::ExecutionTimedOut(failure.clone());
        let previous = self.latest_event();
        self.end(
            HistoryEventType::ExecutionTimedOut,
            previous,
            details,
            Outcome::TimedOut(failure),
        );
    }

    fn overflow(&mut self) {
        let cause = format!(
            "The execution reached the maximum number of history events ({}).",
            self.options.quotas.events
        );
        let previous = EventId(self.history.len() as u64);
        self.end_failed(previous, Failure::new("States.Runtime", cause));
    }

    /// Ends the execution: the last event, and nobody waits for anything.
    pub(super) fn end(
        &mut self,
        event_type: HistoryEventType,
        previous: EventId,
        details: EventDetails,
        outcome: Outcome,
    ) {
        if self.outcome.is_some() {
            return;
        }
        self.record(event_type, previous, Some(details));
        let tasks = std::mem::take(&mut self.tasks);
        self.effects.extend(tasks.into_keys().map(Effect::Cancel));
        self.frames.clear();
        self.ready.clear();
        self.timers.clear();
        self.outcome = Some(outcome);
    }

    /// The place of the first state of a machine, or the fault that there is none.
    pub(super) fn start_in(machine: &StateMachine) -> Result<usize, Fault> {
        start_of(machine)
            .ok_or_else(|| Fault::runtime("The machine inside has no state to start with."))
    }
}
