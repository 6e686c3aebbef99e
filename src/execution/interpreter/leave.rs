//! Leaving a state: with an output, with an error, cut short from outside.

use std::sync::Arc;

use super::alone;
use super::catch;
use super::execution::{Execution, Outcome, Wake};
use super::fault::Fault;
use super::frame::{Frame, FrameId, Phase};
use super::map_run::MapRunStatus;
use super::retry;
use super::state;
use super::task::Effect;
use crate::asl::{Reference, State, StateKind, Transition};
use crate::execution::history::{
    DataDetails, EvaluationFailed, EventDetails, EventId, Failure, HistoryEventType,
    OutputEventDetails, Payload, StateExitedEventDetails,
};
use crate::source::json::{MAX_DEPTH, Value};

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
    /// Leaves a state.
    pub(super) fn exit(&mut self, id: FrameId, state: &State, exit: Exit<'_>) -> Result<(), Fault> {
        if !self.options.quotas.allows_payload(exit.output.text_len()) {
            return Err(Fault::too_large(&state.name));
        }
        let is_deep = |value: &Value| value.depth() > MAX_DEPTH;
        if is_deep(&exit.output) || exit.assigned.iter().any(|(_, value)| is_deep(value)) {
            return Err(Fault::too_deep(&state.name));
        }
        if alone::leaves(self, id, &exit) {
            return Ok(());
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
        state::distributed::cut_short(self, frame, MapRunStatus::Aborted);
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
            self.stop_nested(task.id);
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
        let (alias, location) = (fault.alias, fault.location.clone());
        let is_after_entering = fault.is_after_entering || !self.is_entering;
        let (before, entered_event) = (visit.before, visit.entered_event);
        let (is_fatal, is_own) = (fault.is_fatal, fault.is_own);
        let is_alone = self.alone_in(id).is_some();
        let failure = self.told(id, state, fault);
        if is_fatal {
            return self.end_failed(self.last_of(id), failure);
        }
        if let Some(location) = location {
            // Learned from recordings: where the first evaluation in a state fails, the event
            // follows the one before the state.
            if !is_after_entering && self.last_of(id) == entered_event {
                self.follow(id, before);
            }
            self.emit_evaluation_failed(id, state, &failure, location);
        }
        let is_over = alone::fails(self, id, state, &failure, alias);
        if is_over || (!is_alone && retry::schedule(self, id, state, &failure, alias)) {
            return self.drop_remains();
        }
        if !catch::knows(state, &failure, alias) {
            self.keep_remains();
        }
        state::container_failed(self, id, state);
        match catch::handle(self, id, state, &failure, alias) {
            Ok(true) => return self.drop_remains(),
            Ok(false) => {}
            Err(fault) => return self.fail_for_good(id, state, fault),
        }
        self.fail_frame(id, state, failure, is_own);
    }

    /// A Catcher failed to hand the error on: nobody is left to handle that.
    fn fail_for_good(&mut self, id: FrameId, state: &State, fault: Fault) {
        let (location, is_fatal) = (fault.location.clone(), fault.is_fatal);
        let failure = self.told(id, state, fault);
        let Some(location) = location.filter(|_| !is_fatal) else {
            return self.end_failed(self.last_of(id), failure);
        };
        self.emit_evaluation_failed(id, state, &failure, location);
        self.fail_frame(id, state, failure, true);
    }

    fn emit_evaluation_failed(
        &mut self,
        id: FrameId,
        state: &State,
        failure: &Failure,
        location: Arc<str>,
    ) {
        let details = EvaluationFailed {
            error: failure.error.clone(),
            cause: failure.cause.clone(),
            location: Some(location),
            state: Some(state.name.clone()),
        };
        let details = EventDetails::EvaluationFailed(details);
        self.emit(id, HistoryEventType::EvaluationFailed, Some(details));
    }

    /// The failure as histories show it. Learned from recordings: a state that runs alone is
    /// not named.
    fn told(&self, id: FrameId, state: &State, fault: Fault) -> Failure {
        match self.alone_in(id) {
            Some(_) => fault.failure,
            None => fault.into_failure(&state.name, self.entered_event(id)),
        }
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
        let running = children
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
        if state::distributed::cut_short(self, id, MapRunStatus::Aborted) {
            self.emit(id, HistoryEventType::MapRunAborted, None);
        }
        let aborted = state.and_then(|state| state.kind.state_type());
        if let Some(event_type) = aborted.and_then(HistoryEventType::aborted) {
            self.emit_aside(id, event_type, None);
        }
        self.leave(id);
        self.frames.remove(&id);
    }
}
