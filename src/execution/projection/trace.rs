//! Which event belongs to which visit of which state.
//!
//! Events name states, and the same name may occur in several branches, so the fold
//! follows `previousEventId`: what comes after a state in the same machine, what
//! comes first in a branch, and which container an event closes. The service lets
//! the closing events of a Map state point *into* its iterations, so these look
//! for the nearest open container around the event they point to.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::status::{StateStatus, Status, TakenTransition};
use super::visit::{Visit, VisitId};
use crate::asl::{Pointer, StateKind, StateMachine, StateType};
use crate::execution::history::{
    EventDetails, EventId, EventPhase, HistoryEvent, HistoryEventType,
};
use crate::time::Timestamp;

/// A history as far as it was read, told by visits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    visits: Vec<Visit>,
    owners: Vec<Option<VisitId>>,
    /// For each event that began an iteration, which one.
    iterations: Vec<Option<u64>>,
    transitions: BTreeSet<TakenTransition>,
}

/// Reads a history, or the beginning of one.
pub fn trace(machine: &StateMachine, events: &[HistoryEvent]) -> Trace {
    let mut trace = Trace::default();
    trace.read_on(machine, events);
    trace
}

impl Trace {
    /// Reads on: `events` come right after those that were read before, of an execution of
    /// the same machine.
    pub fn read_on(&mut self, machine: &StateMachine, events: &[HistoryEvent]) {
        let mut fold = Fold {
            machine,
            trace: self,
        };
        for event in events {
            let (owner, iteration) = fold.read(event);
            fold.trace.owners.push(owner);
            fold.trace.iterations.push(iteration);
        }
    }

    /// How many events were read.
    pub fn events(&self) -> usize {
        self.owners.len()
    }

    /// All visits, in the order of entering.
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The visits of one state.
    pub fn visits_of(&self, pointer: &Pointer) -> impl Iterator<Item = &Visit> {
        self.visits
            .iter()
            .filter(move |visit| visit.pointer.as_ref() == Some(pointer))
    }

    /// The visit an event belongs to; none for those of the execution itself.
    pub fn owner(&self, event: EventId) -> Option<&Visit> {
        let id = (*self.owners.get(event.index()?)?)?;
        self.visits.get(id.0)
    }

    /// How every state that was reached stands.
    pub fn statuses(&self) -> IndexMap<Pointer, StateStatus> {
        let mut statuses: IndexMap<Pointer, StateStatus> = IndexMap::new();
        for visit in &self.visits {
            if let Some(pointer) = &visit.pointer {
                statuses.entry(pointer.clone()).or_default().add(visit);
            }
        }
        statuses
    }

    /// The transitions that were taken.
    pub fn transitions(&self) -> &BTreeSet<TakenTransition> {
        &self.transitions
    }
}

struct Fold<'a> {
    machine: &'a StateMachine,
    trace: &'a mut Trace,
}

type At = (EventId, Timestamp);

impl Fold<'_> {
    fn read(&mut self, event: &HistoryEvent) -> (Option<VisitId>, Option<u64>) {
        let at = (event.id, event.timestamp);
        let previous = event.previous_event_id;
        let near = previous
            .index()
            .and_then(|index| self.trace.owners.get(index).copied().flatten());
        let details = event.details.as_ref();
        let owner = match event.event_type.phase() {
            EventPhase::Execution => {
                self.end_execution(event.event_type, near);
                None
            }
            EventPhase::StateEntered => self.enter(event, near),
            EventPhase::StateExited => self.exit(event, near),
            EventPhase::StateAborted => {
                let owner = self.open_around(near, |visit| {
                    entered_type(event.event_type) == visit.state_type
                });
                // A Task whose failure ended its branch counts as aborted for the service.
                let failed = owner.and_then(|owner| self.trace.visits.get(owner.0));
                let status = match failed {
                    Some(visit) if visit.has_timed_out() => Status::TimedOut,
                    Some(visit) if visit.failure().is_some() => Status::Failed,
                    _ => Status::Aborted,
                };
                self.close(owner, at, status);
                owner
            }
            EventPhase::TaskScheduled => {
                let parameters = details.and_then(|details| details.input().cloned());
                // After a redrive nothing stands before it but the event that tells so.
                let owner = near.or_else(|| {
                    self.open_around(None, |visit| visit.state_type == Some(StateType::Task))
                });
                self.with(owner, |visit| visit.begin_attempt(at, parameters));
                owner
            }
            EventPhase::TaskSucceeded => {
                let result = details.and_then(|details| details.output().cloned());
                self.with(near, |visit| visit.end_attempt(at, result, None, false));
                near
            }
            EventPhase::Evaluation => {
                let failure = details.and_then(EventDetails::failure).unwrap_or_default();
                let owner = self.evaluated(event, near);
                self.with(owner, |visit| {
                    visit.end_attempt(at, None, Some(failure), false)
                });
                owner
            }
            EventPhase::TaskFailed | EventPhase::TaskTimedOut => {
                let failure = details.and_then(EventDetails::failure).unwrap_or_default();
                let has_timed_out = event.event_type.phase() == EventPhase::TaskTimedOut;
                self.with(near, |visit| {
                    visit.end_attempt(at, None, Some(failure), has_timed_out)
                });
                near
            }
            EventPhase::ContainerStarted => {
                let owner = self.open_container(near, event.event_type);
                // Of an attempt that failed and is tried again no event tells but this one.
                if near != owner {
                    let failure = self.failure_within(near);
                    self.close_inside(owner, near, at);
                    self.with(owner, |visit| {
                        visit.end_attempt(at, None, Some(failure), false)
                    });
                }
                self.with(owner, |visit| visit.begin_attempt(at, None));
                owner
            }
            EventPhase::ContainerSucceeded => {
                let owner = self.open_container(near, event.event_type);
                self.with(owner, |visit| visit.end_attempt(at, None, None, false));
                owner
            }
            EventPhase::ContainerFailed => {
                let owner = self.open_container(near, event.event_type);
                let failure = self.failure_within(near);
                self.close_inside(owner, near, at);
                self.with(owner, |visit| {
                    // A Map Run that failed has ended the attempt before.
                    let last = visit.attempts.last();
                    if last.and_then(|last| last.ended).map(|ended| ended.0) != Some(previous) {
                        visit.end_attempt(at, None, Some(failure), false);
                    }
                });
                owner
            }
            EventPhase::IterationStarted
            | EventPhase::IterationSucceeded
            | EventPhase::IterationFailed
            | EventPhase::IterationAborted => self.iteration(event, near),
            EventPhase::MapRun => {
                let owner =
                    self.open_around(near, |visit| visit.state_type == Some(StateType::Map));
                let failure = details.and_then(EventDetails::failure);
                if event.event_type == HistoryEventType::MapRunRedriven {
                    self.with(owner, |visit| visit.begin_attempt(at, None));
                } else if failure.is_some() {
                    self.with(owner, |visit| visit.end_attempt(at, None, failure, false));
                }
                owner
            }
            EventPhase::TaskProgress => near,
        };
        let iteration = match (event.event_type.phase(), details) {
            (EventPhase::IterationStarted, Some(EventDetails::MapIterationStarted(details))) => {
                details.index
            }
            _ => None,
        };
        (owner, iteration)
    }

    fn enter(&mut self, event: &HistoryEvent, near: Option<VisitId>) -> Option<VisitId> {
        let Some(EventDetails::StateEntered(details)) = &event.details else {
            return None;
        };
        let name = details.name.clone().unwrap_or_default();
        let begun = event
            .previous_event_id
            .index()
            .and_then(|index| self.trace.iterations.get(index).copied().flatten());
        let before = near.and_then(|near| self.trace.visits.get(near.0));
        // Before a state stands another one of its machine, or the container it is inside of.
        let (parent, machine, iteration) = match before {
            None => (None, self.machine.pointer.clone(), None),
            Some(before) if before.is_open() && before.state_type.is_some_and(is_container) => {
                let inner = self.inner_machine(near, before, &name);
                (near, inner, begun)
            }
            Some(before) => (before.parent, before.machine.clone(), before.iteration),
        };
        let pointer = machine.child("States").child(&name);
        let is_known = self.machine.find(&pointer).is_some();
        let from = before.filter(|before| !before.is_open() && before.machine == machine);
        if is_known {
            self.trace.transitions.insert(TakenTransition {
                from: from
                    .and_then(|from| from.pointer.clone())
                    .unwrap_or_else(|| machine.clone()),
                to: pointer.clone(),
                is_caught: from.is_some_and(|from| from.status == Status::Caught),
            });
        }
        let state_type = entered_type(event.event_type);
        self.trace.visits.push(Visit {
            name,
            pointer: is_known.then_some(pointer),
            state_type,
            parent,
            machine,
            iteration,
            // A Fail state ends its machine at once and has no exit event.
            status: if state_type == Some(StateType::Fail) {
                Status::Failed
            } else {
                Status::Running
            },
            entered: (event.id, event.timestamp),
            exited: None,
            input: details.input.clone(),
            output: None,
            assigned: Vec::new(),
            attempts: Vec::new(),
        });
        Some(VisitId(self.trace.visits.len() - 1))
    }

    /// The branch or item processor in which `name` comes first; of branches that
    /// begin with the same name, the first that has not begun in this attempt.
    fn inner_machine(&self, container: Option<VisitId>, visit: &Visit, name: &Arc<str>) -> Pointer {
        let state = visit
            .pointer
            .as_ref()
            .and_then(|pointer| self.machine.find(pointer));
        let Some(state) = state else {
            return Pointer::root();
        };
        if let StateKind::Map(map) = &state.kind {
            return map
                .item_processor
                .as_ref()
                .map(|machine| machine.pointer.clone())
                .unwrap_or_default();
        }
        let attempt = visit
            .attempts
            .last()
            .map_or(EventId(0), |attempt| attempt.started.0);
        let is_taken = |machine: &StateMachine| {
            self.trace
                .visits
                .iter()
                .rev()
                .take_while(|inner| inner.entered.0 > attempt)
                .any(|inner| inner.parent == container && inner.machine == machine.pointer)
        };
        let begins_so =
            |machine: &&StateMachine| machine.start().is_some_and(|start| start.name == *name);
        let candidates = || state.machines().filter(begins_so);
        let free = candidates().find(|machine| !is_taken(machine));
        free.or_else(|| candidates().next())
            .map(|machine| machine.pointer.clone())
            .unwrap_or_default()
    }

    fn exit(&mut self, event: &HistoryEvent, near: Option<VisitId>) -> Option<VisitId> {
        let Some(EventDetails::StateExited(details)) = &event.details else {
            return None;
        };
        let owner = self.open_around(near, |visit| Some(&visit.name) == details.name.as_ref())?;
        let visit = self.trace.visits.get_mut(owner.0)?;
        visit.exited = Some((event.id, event.timestamp));
        visit.output = details.output.clone();
        let assigned = details.assigned_variables.iter().flatten();
        visit.assigned = assigned
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        visit.status = if visit.failure().is_some() {
            Status::Caught
        } else if visit.attempts.len() > 1 {
            Status::Retried
        } else {
            Status::Succeeded
        };
        Some(owner)
    }

    fn iteration(&mut self, event: &HistoryEvent, near: Option<VisitId>) -> Option<VisitId> {
        let name = event.details.as_ref().and_then(EventDetails::state_name);
        self.open_around(near, |visit| {
            visit.state_type == Some(StateType::Map) && name.is_none_or(|name| *name == visit.name)
        })
    }

    /// The state whose expression failed. The event may follow the one before the state,
    /// and then comes right after the one of entering it.
    fn evaluated(&self, event: &HistoryEvent, near: Option<VisitId>) -> Option<VisitId> {
        let name = event.details.as_ref().and_then(EventDetails::state_name)?;
        // A Fail state counts as failed as soon as it is entered.
        let is_open = |visit: &Visit| visit.is_open() || visit.state_type == Some(StateType::Fail);
        let fits = |visit: &Visit| is_open(visit) && visit.name == *name;
        let visit = near.and_then(|near| self.trace.visits.get(near.0));
        if visit.is_some_and(fits) {
            return near;
        }
        self.trace.visits.iter().rposition(fits).map(VisitId)
    }

    fn end_execution(&mut self, event_type: HistoryEventType, near: Option<VisitId>) {
        let rest = match event_type {
            HistoryEventType::ExecutionFailed | HistoryEventType::ExecutionAborted => {
                Status::Aborted
            }
            HistoryEventType::ExecutionTimedOut => Status::TimedOut,
            HistoryEventType::ExecutionRedriven => return self.reopen(),
            _ => return,
        };
        let mut failed = BTreeSet::new();
        if event_type == HistoryEventType::ExecutionFailed {
            let mut around = near;
            while let Some(id) = around {
                failed.insert(id);
                around = self.trace.visits.get(id.0).and_then(|visit| visit.parent);
            }
        }
        for (index, visit) in self
            .trace
            .visits
            .iter_mut()
            .enumerate()
            .filter(|(_, visit)| visit.is_open())
        {
            let is_fail = visit.state_type == Some(StateType::Fail);
            visit.status = match is_fail || failed.contains(&VisitId(index)) {
                true if visit.has_timed_out() => Status::TimedOut,
                true => Status::Failed,
                false => rest,
            };
        }
    }

    /// After a redrive the states that had not ended well go on.
    fn reopen(&mut self) {
        for index in 0..self.trace.visits.len() {
            let visits = &self.trace.visits;
            let Some(visit) = visits.get(index) else {
                continue;
            };
            let is_in_last_attempt = visit.parent.is_none_or(|parent| {
                visits.get(parent.0).is_some_and(|parent| {
                    let attempt = parent.attempts.last();
                    let began = |started| started < visit.entered.0;
                    parent.is_open() && attempt.is_some_and(|attempt| began(attempt.started.0))
                })
            });
            let is_undone = matches!(
                visit.status,
                Status::Failed | Status::TimedOut | Status::Aborted
            );
            if is_undone && is_in_last_attempt {
                self.with(Some(VisitId(index)), |visit| {
                    visit.status = Status::Running;
                    visit.exited = None;
                });
            }
        }
    }

    /// The nearest open visit that fits: `near` itself or a container around it.
    fn open_around(&self, near: Option<VisitId>, fits: impl Fn(&Visit) -> bool) -> Option<VisitId> {
        let mut around = near;
        while let Some(id) = around {
            let visit = self.trace.visits.get(id.0)?;
            if visit.is_open() && fits(visit) {
                return Some(id);
            }
            around = visit.parent;
        }
        // Histories of concurrent branches may point anywhere; the latest one that fits will do.
        let latest = self
            .trace
            .visits
            .iter()
            .rposition(|visit| visit.is_open() && fits(visit));
        latest.map(VisitId)
    }

    fn open_container(
        &self,
        near: Option<VisitId>,
        event_type: HistoryEventType,
    ) -> Option<VisitId> {
        use HistoryEventType as Type;
        let state_type = match event_type {
            Type::ParallelStateStarted
            | Type::ParallelStateSucceeded
            | Type::ParallelStateFailed => StateType::Parallel,
            _ => StateType::Map,
        };
        self.open_around(near, |visit| visit.state_type == Some(state_type))
    }

    /// What made a container fail: the failure of the visit that its event points to.
    fn failure_within(&self, near: Option<VisitId>) -> crate::execution::history::Failure {
        let visit = near.and_then(|near| self.trace.visits.get(near.0));
        visit
            .and_then(|visit| visit.failure().cloned())
            .unwrap_or_default()
    }

    /// Closes what is still open inside a container whose attempt failed: what the
    /// event points to has failed, the rest was cut short.
    fn close_inside(&mut self, container: Option<VisitId>, near: Option<VisitId>, at: At) {
        let Some(container) = container else { return };
        let mut culprits = BTreeSet::new();
        let mut around = near;
        while let Some(id) = around.filter(|id| *id != container) {
            culprits.insert(id);
            around = self.trace.visits.get(id.0).and_then(|visit| visit.parent);
        }
        for index in container.0 + 1..self.trace.visits.len() {
            let id = VisitId(index);
            if !self.is_inside(id, container)
                || !self.trace.visits.get(index).is_some_and(Visit::is_open)
            {
                continue;
            }
            let has_timed_out = self
                .trace
                .visits
                .get(index)
                .is_some_and(Visit::has_timed_out);
            let status = match culprits.contains(&id) {
                true if has_timed_out => Status::TimedOut,
                true => Status::Failed,
                false => Status::Aborted,
            };
            self.close(Some(id), at, status);
        }
    }

    fn is_inside(&self, id: VisitId, container: VisitId) -> bool {
        let mut around = self.trace.visits.get(id.0).and_then(|visit| visit.parent);
        while let Some(parent) = around {
            if parent == container {
                return true;
            }
            around = self
                .trace
                .visits
                .get(parent.0)
                .and_then(|visit| visit.parent);
        }
        false
    }

    fn close(&mut self, id: Option<VisitId>, at: At, status: Status) {
        self.with(id, |visit| {
            visit.exited = Some(at);
            visit.status = status;
        });
    }

    fn with(&mut self, id: Option<VisitId>, change: impl FnOnce(&mut Visit)) {
        if let Some(visit) = id.and_then(|id| self.trace.visits.get_mut(id.0)) {
            change(visit);
        }
    }
}

fn is_container(state_type: StateType) -> bool {
    matches!(state_type, StateType::Parallel | StateType::Map)
}

/// The state type in the name of an event: of `TaskStateEntered`, `MapStateAborted` …
fn entered_type(event_type: HistoryEventType) -> Option<StateType> {
    let name = event_type.as_str();
    StateType::ALL.into_iter().find(|state_type| {
        name.strip_prefix(state_type.as_str())
            .is_some_and(|rest| rest.starts_with("State"))
    })
}
