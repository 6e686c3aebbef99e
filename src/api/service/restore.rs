//! A service from what was kept of it, and what to keep of a service.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::activity::Activity;
use super::machine::{Machine, Revision, Version, workflow_type};
use super::run::{Live, RunState};
use super::{Service, Settings};
use crate::api::journal::{Change, MachineFacts, RevisionFacts, RunInputKind, VersionFacts};
use crate::asl;
use crate::execution::interpreter::Effect;
use crate::source::json::parse;

/// Revisions by state machine and number, while changes are read.
type Revisions = BTreeMap<(Arc<str>, u64), Arc<Revision>>;

impl Service {
    /// The service that changes lead to. Executions that ran go on from where they stood.
    pub fn restore(settings: Settings, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut service = Self::new(settings);
        let mut revisions = Revisions::new();
        for change in changes {
            service.apply(change, &mut revisions);
        }
        service.resume_all();
        service.changes.clear();
        service.notices.clear();
        service.due.clear();
        service
    }

    fn apply(&mut self, change: Change, revisions: &mut Revisions) {
        match change {
            Change::Revision { machine, revision } => {
                let key = (machine, revision.number);
                revisions.insert(key, read(revision));
            }
            Change::Machine(facts) => {
                if let Some(machine) = build(facts, revisions) {
                    self.machines.insert(machine.name.clone(), machine);
                }
            }
            Change::MachineGone { name } => {
                self.machines.remove(&name);
                self.runs.forget_machine(&name);
                revisions.retain(|(machine, _), _| *machine != name);
            }
            Change::Activity(facts) => {
                let activity = Activity {
                    facts,
                    waiting: VecDeque::new(),
                };
                let name = activity.facts.name.clone();
                self.activities.insert(name, activity);
            }
            Change::ActivityGone { name } => {
                self.activities.remove(&name);
            }
            Change::Started(facts) => {
                let key = (facts.machine.clone(), facts.revision);
                let machine = self.machines.get(&facts.machine);
                if let (Some(revision), Some(machine)) = (revisions.get(&key), machine) {
                    let kind = machine.workflow_type;
                    let run = self.build_run(facts, kind, revision.clone());
                    self.runs.insert(run);
                }
            }
            Change::Input { run: number, input } => {
                let Some(run) = self.runs.by_number.get_mut(&number) else {
                    return;
                };
                if matches!(input.what, RunInputKind::Redriven { .. }) {
                    run.redrives.push(input.at);
                    // Where it stands is found out when all changes are read.
                    let live = Live::new(run.begin(&self.settings), None);
                    run.state = RunState::Running(Box::new(live));
                    let machine = run.facts.machine.clone();
                    run.inputs.push(input);
                    self.runs.set_running(&machine, number, true);
                } else {
                    run.inputs.push(input);
                }
            }
            Change::Ended { run: number, end } => {
                if let Some(run) = self.runs.by_number.get_mut(&number) {
                    let machine = run.facts.machine.clone();
                    run.state = RunState::Over(end);
                    self.runs.set_running(&machine, number, false);
                }
            }
            Change::RunGone { run } => self.runs.remove(run),
        }
    }

    /// Lets all executions that ran go on: tasks that were waiting wait again.
    fn resume_all(&mut self) {
        let running: Vec<u64> = self
            .runs
            .by_number
            .values()
            .filter(|run| run.end().is_none())
            .map(|run| run.facts.number)
            .collect();
        for number in running.iter().copied() {
            let Some(run) = self.runs.by_number.get(&number) else {
                continue;
            };
            let again = run.again(&self.settings);
            let at = again.execution.now();
            let taken: Vec<u64> = run
                .inputs
                .iter()
                .filter_map(|input| match input.what {
                    RunInputKind::Taken { task, .. } => Some(task),
                    _ => None,
                })
                .collect();
            let mocks = again.follow(self.handler(&run.facts));
            let live = Live::new(again.execution, mocks);
            let pending = again.pending;
            let machine = run.facts.machine.clone();
            if let Some(run) = self.runs.by_number.get_mut(&number) {
                run.state = RunState::Running(Box::new(live));
            }
            self.runs.set_running(&machine, number, true);
            for request in pending.into_values() {
                let is_taken = taken.contains(&request.id.0);
                self.wait_again(number, request, is_taken, at);
            }
            self.runs.wake(number);
        }
        // Executions that ended without telling who waits for them.
        let ended: Vec<_> = self
            .runs
            .by_number
            .values()
            .filter(|run| run.end().is_some())
            .filter_map(|run| Some((run.facts.number, run.facts.parent?)))
            .collect();
        for (child, parent) in ended {
            self.nested_ended(child, parent);
        }
    }

    /// Waits again for the answer to a task; a worker that has it still has it.
    fn wait_again(
        &mut self,
        number: u64,
        request: crate::execution::interpreter::TaskRequest,
        is_taken: bool,
        at: crate::time::Timestamp,
    ) {
        let is_nested = self.runs.by_number.values().any(|run| {
            run.facts
                .parent
                .is_some_and(|parent| parent.run == number && parent.task == request.id.0)
        });
        let mocks = self.runs.live_mut(number).map(|live| live.mocks.is_some());
        let has_mocks = mocks.unwrap_or(false);
        if (is_taken || is_nested) && !has_mocks && request.token.is_some() {
            let task = request.id;
            if let Some(token) = &request.token {
                self.tokens.open(token.clone(), number, task);
            }
            if let Some(live) = self.runs.live_mut(number) {
                live.pending.insert(task, request);
            }
            return;
        }
        self.perform(number, Effect::Invoke(Box::new(request)), at);
    }

    /// Changes that lead an empty service to where this one stands.
    pub fn snapshot(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for machine in self.machines.values() {
            let mut revisions: BTreeMap<u64, &Arc<Revision>> = BTreeMap::new();
            revisions.insert(machine.current.facts.number, &machine.current);
            for version in machine.versions.values() {
                revisions.insert(version.revision.facts.number, &version.revision);
            }
            for run in self.runs.of_machine(&machine.name) {
                revisions.insert(run.revision.facts.number, &run.revision);
            }
            changes.extend(revisions.into_values().map(|revision| Change::Revision {
                machine: machine.name.clone(),
                revision: revision.facts.clone(),
            }));
            changes.push(Change::Machine(machine.facts()));
        }
        let activities = self.activities.values();
        changes.extend(activities.map(|activity| Change::Activity(activity.facts.clone())));
        for run in self.runs.by_number.values() {
            let number = run.facts.number;
            changes.push(Change::Started(run.facts.clone()));
            changes.extend(run.inputs.iter().map(|input| Change::Input {
                run: number,
                input: input.clone(),
            }));
            if let Some(end) = run.end() {
                changes.push(Change::Ended {
                    run: number,
                    end: end.clone(),
                });
            }
        }
        changes
    }
}

impl Machine {
    /// What is kept of it, its revisions apart.
    pub fn facts(&self) -> MachineFacts {
        let versions = self.versions.iter().map(|(number, version)| VersionFacts {
            number: *number,
            revision: version.revision.facts.number,
            description: version.description.clone(),
            created: version.created,
        });
        MachineFacts {
            name: self.name.clone(),
            workflow_type: self.workflow_type.as_str().into(),
            created: self.created,
            has_published: self.creation.0,
            creation_description: self.creation.1.clone(),
            current: self.current.facts.number,
            versions: versions.collect(),
            latest_version: self.latest_version,
            aliases: self.aliases.values().cloned().collect(),
            tags: self.tags.clone(),
            is_deleting: self.is_deleting,
        }
    }
}

fn read(facts: RevisionFacts) -> Arc<Revision> {
    let machine = asl::lower(&parse(&facts.definition).root).machine;
    Arc::new(Revision { facts, machine })
}

fn build(facts: MachineFacts, revisions: &Revisions) -> Option<Machine> {
    let revision = |number: u64| revisions.get(&(facts.name.clone(), number)).cloned();
    let current = revision(facts.current)?;
    let versions = facts.versions.into_iter().filter_map(|version| {
        let built = Version {
            revision: revision(version.revision)?,
            description: version.description,
            created: version.created,
        };
        Some((version.number, built))
    });
    Some(Machine {
        versions: versions.collect(),
        name: facts.name.clone(),
        workflow_type: workflow_type(Some(&facts.workflow_type)),
        created: facts.created,
        creation: (facts.has_published, facts.creation_description),
        current,
        latest_version: facts.latest_version,
        aliases: facts
            .aliases
            .into_iter()
            .map(|alias| (alias.name.clone(), alias))
            .collect(),
        tags: facts.tags,
        is_deleting: facts.is_deleting,
    })
}
