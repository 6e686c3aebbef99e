//! All executions: by number, by ARN, by state machine.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use super::run::{Live, Run, RunNumber, RunState};
use crate::execution::history::HistoryEvent;
use crate::execution::interpreter::{TaskId, TaskRequest};
use crate::time::Timestamp;

/// The executions, and which of them has something to do.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub by_number: BTreeMap<RunNumber, Run>,
    by_arn: HashMap<Arc<str>, RunNumber>,
    by_machine: BTreeMap<Arc<str>, BTreeSet<RunNumber>>,
    running: BTreeMap<Arc<str>, BTreeSet<RunNumber>>,
    latest: RunNumber,
    /// Those that can go on at once, in turn.
    ready: VecDeque<RunNumber>,
    /// Those that go on at an instant.
    alarms: BTreeSet<(Timestamp, RunNumber)>,
    /// The history that was read last of those that are not kept.
    pub history: Option<(RunNumber, Arc<Vec<HistoryEvent>>)>,
}

impl Runs {
    /// The number of the next execution.
    pub fn next_number(&self) -> RunNumber {
        self.latest + 1
    }

    pub fn insert(&mut self, run: Run) {
        let number = run.facts.number;
        self.latest = self.latest.max(number);
        self.by_arn.insert(run.arn.clone(), number);
        let machine = run.facts.machine.clone();
        if matches!(run.state, RunState::Running(_)) {
            let running = self.running.entry(machine.clone()).or_default();
            running.insert(number);
        }
        self.by_machine.entry(machine).or_default().insert(number);
        self.by_number.insert(number, run);
    }

    pub fn remove(&mut self, number: RunNumber) {
        let Some(run) = self.by_number.remove(&number) else {
            return;
        };
        if self.by_arn.get(&run.arn) == Some(&number) {
            self.by_arn.remove(&run.arn);
        }
        for index in [&mut self.by_machine, &mut self.running] {
            if let Some(numbers) = index.get_mut(&run.facts.machine) {
                numbers.remove(&number);
            }
        }
    }

    pub fn find(&self, arn: &str) -> Option<&Run> {
        self.by_number.get(self.by_arn.get(arn)?)
    }

    pub fn of_machine(&self, name: &str) -> impl Iterator<Item = &Run> {
        let numbers = self.by_machine.get(name).into_iter().flatten();
        numbers.filter_map(|number| self.by_number.get(number))
    }

    pub fn has_running(&self, machine: &str) -> bool {
        let running = self.running.get(machine);
        running.is_some_and(|numbers| !numbers.is_empty())
    }

    /// Takes an execution from, or back to, those that run.
    pub fn set_running(&mut self, machine: &Arc<str>, number: RunNumber, is_running: bool) {
        let running = self.running.entry(machine.clone()).or_default();
        match is_running {
            true => running.insert(number),
            false => running.remove(&number),
        };
    }

    pub fn forget_machine(&mut self, name: &str) {
        for number in self.by_machine.remove(name).unwrap_or_default() {
            if let Some(run) = self.by_number.remove(&number) {
                self.by_arn.remove(&run.arn);
            }
        }
        self.running.remove(name);
    }

    pub fn live_mut(&mut self, number: RunNumber) -> Option<&mut Live> {
        self.by_number.get_mut(&number)?.live_mut()
    }

    /// The history that was read last is not this execution's any more.
    pub fn forget_history(&mut self, number: RunNumber) {
        self.history.take_if(|(known, _)| *known == number);
    }

    /// Puts an execution in line to go on.
    pub fn wake(&mut self, number: RunNumber) {
        self.set_alarm(number, None);
        if let Some(live) = self.live_mut(number)
            && !std::mem::replace(&mut live.is_ready, true)
        {
            self.ready.push_back(number);
        }
    }

    /// Puts all executions in line whose instant has come.
    pub fn wake_due(&mut self, now: Timestamp) {
        while let Some((_, number)) = self.alarms.first().copied().filter(|(at, _)| *at <= now) {
            self.wake(number);
        }
    }

    /// Sets when an execution goes on by itself.
    pub fn set_alarm(&mut self, number: RunNumber, alarm: Option<Timestamp>) {
        let Some(run) = self.by_number.get_mut(&number) else {
            return;
        };
        let Some(live) = run.live_mut() else { return };
        if let Some(at) = std::mem::replace(&mut live.alarm, alarm) {
            self.alarms.remove(&(at, number));
        }
        if let Some(at) = alarm {
            self.alarms.insert((at, number));
        }
    }

    /// How many are in line.
    pub fn in_line(&self) -> usize {
        self.ready.len()
    }

    /// The next in line.
    pub fn next_in_line(&mut self) -> Option<RunNumber> {
        let number = self.ready.pop_front()?;
        if let Some(live) = self.live_mut(number) {
            live.is_ready = false;
        }
        Some(number)
    }

    /// When the first of those that wait goes on by itself.
    pub fn next_alarm(&self) -> Option<Timestamp> {
        self.alarms.first().map(|(at, _)| *at)
    }

    /// A task that waits for an answer.
    pub fn pending(&self, number: RunNumber, task: TaskId) -> Option<&TaskRequest> {
        match &self.by_number.get(&number)?.state {
            RunState::Running(live) => live.pending.get(&task),
            RunState::Inside | RunState::PendingRedrive | RunState::Over(_) => None,
        }
    }
}
