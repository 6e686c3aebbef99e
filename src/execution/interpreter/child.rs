//! Executions inside an execution: the child executions of a Map Run, and state machines
//! that a task starts.
//!
//! A child is an ordinary [`Execution`] with a history of its own. It is stepped in turn
//! with the frames of the execution around it; its tasks are passed on under numbers of
//! that execution, and answers go the way back.

use std::collections::BTreeMap;

use super::execution::{Execution, Outcome, Wake};
use super::frame::FrameId;
use super::nested::Awaited;
use super::options::WorkflowType;
use super::state;
use super::task::{Effect, TaskId, TaskRequest, UnknownTask};
use super::timer::{Alarm, TimerId};
use crate::execution::history::Failure;
use crate::time::Timestamp;

/// A child, never reused in an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChildId(pub u64);

/// An execution inside another one.
#[derive(Clone, Debug)]
pub(super) struct Child {
    pub run: Box<Execution>,
    pub owner: Owner,
    alarm: Option<TimerId>,
    is_awake: bool,
}

/// Who waits for a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A distributed Map: the frame that is in it, and which child this is.
    MapRun { frame: FrameId, index: usize },
    /// A task that started a state machine.
    Task { task: TaskId, awaited: Awaited },
    /// A state machine that was started and is not waited for.
    Nobody,
}

/// The children of an execution and the numbers of their tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct Brood {
    children: BTreeMap<ChildId, Child>,
    /// By the number that the outside knows: whose task it is, and its own number.
    inner: BTreeMap<TaskId, (ChildId, TaskId)>,
    /// The way back.
    outer: BTreeMap<(ChildId, TaskId), TaskId>,
    /// The executions that tasks wait for.
    nested: BTreeMap<TaskId, ChildId>,
    /// Children of Map Runs that did not succeed, as they ended, with Map Run and place in it:
    /// a redrive goes on with them.
    unsuccessful: Vec<(usize, usize, Box<Execution>)>,
    count: u64,
}

impl Brood {
    /// Keeps a child of a Map Run for a redrive; an express one would start anew.
    pub fn keep(&mut self, map_run: usize, index: usize, child: Child) {
        if child.run.options.workflow_type == WorkflowType::Standard {
            self.unsuccessful.push((map_run, index, child.run));
        }
    }

    /// Gives back what was kept of a child.
    pub fn take_kept(&mut self, map_run: usize, index: usize) -> Option<Box<Execution>> {
        let mut kept = self.unsuccessful.iter();
        let at = kept.position(|(run, child, _)| (*run, *child) == (map_run, index))?;
        Some(self.unsuccessful.swap_remove(at).2)
    }

    /// There will be no redrive.
    pub fn forget_kept(&mut self) {
        self.unsuccessful.clear();
    }

    pub fn clear(&mut self) {
        self.children.clear();
        self.inner.clear();
        self.outer.clear();
        self.nested.clear();
    }

    fn tasks_of(&mut self, id: ChildId) -> Vec<TaskId> {
        let range = (id, TaskId(0))..=(id, TaskId(u64::MAX));
        let tasks: Vec<_> = self
            .outer
            .range(range)
            .map(|(key, task)| (*key, *task))
            .collect();
        let forget = |(key, task): ((ChildId, TaskId), TaskId)| {
            self.outer.remove(&key);
            self.inner.remove(&task);
            task
        };
        tasks.into_iter().map(forget).collect()
    }
}

impl Execution {
    /// Takes in an execution that was just started; it goes on in its turn.
    pub(super) fn adopt(&mut self, run: Execution, owner: Owner) -> ChildId {
        self.brood.count += 1;
        let id = ChildId(self.brood.count);
        if let Owner::Task { task, .. } = owner {
            self.brood.nested.insert(task, id);
        }
        let child = Child {
            run: Box::new(run),
            owner,
            alarm: None,
            is_awake: true,
        };
        self.brood.children.insert(id, child);
        self.ready.push_back(Wake::Child(id));
        id
    }

    /// Does the next thing that a child has to do.
    pub(super) fn step_child(&mut self, id: ChildId) {
        let Some(mut child) = self.brood.children.remove(&id) else {
            return;
        };
        if let Some(alarm) = child.alarm.take() {
            self.timers.cancel(alarm);
        }
        let run = &mut *child.run;
        run.now = run.now.max(self.now);
        // What was read of the definition is read once for all children.
        std::mem::swap(&mut run.programs, &mut self.programs);
        if run.has_work() {
            run.step();
        }
        std::mem::swap(&mut run.programs, &mut self.programs);
        let effects = std::mem::take(&mut run.effects);
        for effect in effects {
            self.pass_on(id, &child, effect);
        }
        if child.run.outcome.is_some() {
            self.brood.tasks_of(id);
            return self.child_ended(child);
        }
        child.is_awake = child.run.has_work();
        if child.is_awake {
            self.ready.push_back(Wake::Child(id));
        } else if let Some(at) = child.run.timers.next() {
            child.alarm = Some(self.timers.set(at, Alarm::Child(id)));
        }
        self.brood.children.insert(id, child);
    }

    /// Stops a child; what it was when it was stopped.
    pub(super) fn stop_child(&mut self, id: ChildId) -> Option<Child> {
        let mut child = self.brood.children.remove(&id)?;
        if let Some(alarm) = child.alarm.take() {
            self.timers.cancel(alarm);
        }
        child.run.stop(None, self.now);
        let tasks = self.brood.tasks_of(id);
        self.effects.extend(tasks.into_iter().map(Effect::Cancel));
        Some(child)
    }

    /// Stops a child whose owner learns of it in its turn; whether there is one.
    pub(super) fn end_child(&mut self, id: ChildId, failure: Failure) -> bool {
        let Some(child) = self.brood.children.get_mut(&id) else {
            return false;
        };
        child.run.stop(Some(failure), self.now);
        if !std::mem::replace(&mut child.is_awake, true) {
            self.ready.push_back(Wake::Child(id));
        }
        true
    }

    /// Stops the execution that a task waits for, as nobody waits for it any more.
    pub(super) fn stop_nested(&mut self, task: TaskId) {
        let nested = self.brood.nested.remove(&task);
        if let Some(child) = nested.and_then(|id| self.stop_child(id)) {
            self.take_over(&child);
        }
    }

    /// Whether there is something to do at this very instant.
    pub(super) fn has_work(&self) -> bool {
        self.outcome.is_none()
            && (!self.ready.is_empty() || self.timers.next().is_some_and(|at| at <= self.now))
    }

    /// Hands something to the child that a task belongs to; nothing if it is no child's.
    pub(super) fn through_child(
        &mut self,
        task: TaskId,
        now: Timestamp,
        hand: impl FnOnce(&mut Execution, TaskId) -> Result<(), UnknownTask>,
    ) -> Option<Result<(), UnknownTask>> {
        let (id, inner) = self.brood.inner.get(&task).copied()?;
        let child = self.brood.children.get_mut(&id)?;
        self.now = self.now.max(now);
        if hand(&mut child.run, inner).is_err() {
            return Some(Err(UnknownTask(task)));
        }
        if !std::mem::replace(&mut child.is_awake, true) {
            self.ready.push_back(Wake::Child(id));
        }
        Some(Ok(()))
    }

    /// Passes on what a child wants, under numbers of this execution.
    fn pass_on(&mut self, id: ChildId, child: &Child, effect: Effect) {
        let mut request = match effect {
            Effect::Cancel(inner) => {
                if let Some(outer) = self.brood.outer.remove(&(id, inner)) {
                    self.brood.inner.remove(&outer);
                    self.effects.push(Effect::Cancel(outer));
                }
                return;
            }
            Effect::Invoke(request) => request,
        };
        let inner = request.id;
        self.task_count += 1;
        let outer = TaskId(self.task_count);
        self.brood.inner.insert(outer, (id, inner));
        self.brood.outer.insert((id, inner), outer);
        request.id = outer;
        match child.owner {
            Owner::MapRun { frame, index } => self.count_in_map_run(frame, index, &mut request),
            Owner::Task { .. } | Owner::Nobody => {
                let machine = &child.run.options().machine_name;
                request.machine.get_or_insert_with(|| machine.clone());
            }
        }
        self.effects.push(Effect::Invoke(request));
    }

    /// Counts the attempts of a state over all children of a Map Run.
    fn count_in_map_run(&mut self, frame: FrameId, index: usize, request: &mut TaskRequest) {
        let around = self.frames.get(&frame);
        let mut iterations = around
            .map(|frame| frame.iterations.clone())
            .unwrap_or_default();
        iterations.push(index as u64);
        iterations.append(&mut request.iterations);
        request.attempt = state::task::count(self, &request.state, None);
        let key = Some(iterations.clone());
        request.attempt_in_iteration = state::task::count(self, &request.state, key);
        request.iterations = iterations;
    }

    fn child_ended(&mut self, child: Child) {
        match child.owner {
            Owner::MapRun { frame, index } => self.in_state(frame, |run, state| {
                state::distributed::child_ended(run, frame, state, index, child)
            }),
            Owner::Task { task, awaited } => {
                self.brood.nested.remove(&task);
                super::nested::ended(self, task, awaited, &child);
            }
            Owner::Nobody => self.take_over(&child),
        }
    }
}

impl Child {
    /// How it ended; a child that did not is taken for one that was stopped.
    pub fn outcome(&self) -> Outcome {
        let aborted = || Outcome::Aborted(Default::default());
        self.run.outcome.clone().unwrap_or_else(aborted)
    }
}
