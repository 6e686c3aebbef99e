//! The run that the page shows: what it needs, how it stands, its history.

use std::collections::HashMap;

use leptos::prelude::*;

use super::answers::{AnswerStore, UnreadableMocks, read_mocks};
use super::generating::Order;
use super::history::HistoryStore;
use super::scratchpad::ScratchpadStore;
use super::settled::Settled;
use super::steps::{Step, StepStore};
use crate::asl::Pointer;
use crate::authoring::document::Target;
use crate::execution::interpreter::{Answered, Mocks};
use crate::execution::item::GivenObject;
use crate::execution::projection::{StateStatus, Status};
use crate::ui::dom::element::worker_script;
use crate::ui::erased::memo;
use crate::web::documents::record::Beside;
use crate::web::link::WorkerLink;
use crate::web::messages::{Answer, Command, MapRunState, PendingTask, Report, RunId};
use crate::web::objects::WrittenObject;
use crate::web::run::result_of;
use crate::web::wire::Parcel;

/// How the run stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Phase {
    /// Nothing was run yet, or the run was put away.
    #[default]
    Idle,
    /// It runs.
    Running,
    /// It waits for answers.
    Pending(Vec<PendingTask>),
    /// It is over.
    Ended,
}

/// What happens to a Task without a mock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmocked {
    /// The run asks.
    Ask,
    /// It gets the default result.
    Default,
}

/// The run that the page shows.
#[derive(Clone, Copy)]
pub struct ExecutionStore {
    /// The input's text.
    pub input: RwSignal<String>,
    /// The text of the mocks.
    pub mocks: RwSignal<String>,
    /// The same, looked at when typing pauses if it is large.
    pub settled_mocks: Settled,
    /// The test case that was chosen last, in these mocks or in others before.
    pub test_case: RwSignal<String>,
    /// The values of the definition's placeholders, as the text of an object.
    pub substitutions: RwSignal<String>,
    /// What distributed Maps find in S3.
    pub objects: RwSignal<Vec<GivenObject>>,
    /// The object that was taken out last, and where it was.
    pub removed: RwSignal<Option<(usize, GivenObject)>>,
    /// What they wrote there in the last run.
    pub written: RwSignal<Vec<WrittenObject>>,
    /// How the Map Runs of this run stand.
    pub map_runs: RwSignal<Vec<MapRunState>>,
    /// Whether all of these may only be looked at.
    pub is_read_only: RwSignal<bool>,
    /// The names of the test cases in the mocks, each once.
    pub test_cases: Memo<Vec<String>>,
    /// Whether the mocks can be read.
    pub(super) has_readable_mocks: Memo<bool>,
    /// What happens to a Task without a mock.
    pub unmocked: RwSignal<Unmocked>,
    /// The text of the default result.
    pub default_result: RwSignal<String>,
    /// How the run stands.
    pub phase: RwSignal<Phase>,
    /// Why it could not start or go on.
    pub fault: RwSignal<Option<String>>,
    /// Its history so far.
    pub history: HistoryStore,
    /// Answers of this run that can become mocks.
    pub answers: AnswerStore,
    /// What was written into input and mocks, and can be taken back.
    pub steps: StepStore,
    /// An expression that is tried out against the values of the run.
    pub scratchpad: ScratchpadStore,
    pub(super) order: RwSignal<Order>,
    statuses: Memo<HashMap<Pointer, StateStatus>>,
    pub(super) run: StoredValue<RunId>,
    pub(super) started: StoredValue<Started>,
    /// Whether the definition is being checked, after which the run starts.
    pub(super) is_held: StoredValue<bool>,
    link: StoredValue<Option<WorkerLink>, LocalStorage>,
}

/// What answers of a run are kept under.
#[derive(Clone, Debug, Default)]
pub(super) struct Started {
    pub(super) machine: String,
    pub(super) test_case: Option<String>,
}

impl ExecutionStore {
    /// No run yet, with what stands beside the open document. `is_read_only` says, from now
    /// on, whether that may be changed here.
    pub fn new(beside: &Beside, is_read_only: RwSignal<bool>) -> Self {
        let history = HistoryStore::new();
        let map_runs = RwSignal::new(Vec::new());
        let phase = RwSignal::new(Phase::Idle);
        let mocks = RwSignal::new(beside.mocks.clone());
        let settled_mocks = Settled::of(mocks);
        Self {
            input: RwSignal::new(beside.input.clone()),
            mocks,
            test_case: RwSignal::new(beside.test_case.clone()),
            substitutions: RwSignal::new(beside.substitutions.clone()),
            objects: RwSignal::new(beside.objects.clone()),
            removed: RwSignal::new(None),
            written: RwSignal::new(Vec::new()),
            map_runs,
            is_read_only,
            settled_mocks,
            test_cases: memo(move || settled_mocks.with(read_test_cases)),
            has_readable_mocks: memo(move || settled_mocks.with(|text| read_mocks(text).is_ok())),
            unmocked: RwSignal::new(Unmocked::Ask),
            default_result: RwSignal::new("{}".into()),
            phase,
            fault: RwSignal::new(None),
            history,
            answers: AnswerStore::new(),
            steps: StepStore::new(),
            scratchpad: ScratchpadStore::new(),
            order: RwSignal::new(Order::default()),
            statuses: memo(move || read_statuses(history, map_runs, phase)),
            run: StoredValue::new(0),
            started: StoredValue::new(Started::default()),
            is_held: StoredValue::new(false),
            link: StoredValue::new_local(None),
        }
    }

    /// Another input.
    pub fn set_input(self, text: &str) {
        if !self.is_read_only.get_untracked() {
            self.input.set(text.to_owned());
        }
    }

    /// Other mocks.
    pub fn set_mocks(self, text: &str) {
        if !self.is_read_only.get_untracked() {
            self.mocks.set(text.to_owned());
        }
    }

    /// What is kept beside the document, all but what is meant in it.
    pub fn beside(self) -> Beside {
        Beside {
            input: self.input.get(),
            mocks: self.mocks.get(),
            test_case: self.test_case.get(),
            substitutions: self.substitutions.get(),
            objects: self.objects.get(),
            target: Target::default(),
        }
    }

    /// Shows what is kept beside another document.
    pub fn open(self, beside: &Beside) {
        self.close();
        self.answers.begin();
        self.follow(beside);
    }

    /// Shows what another tab has made of it.
    pub fn follow(self, beside: &Beside) {
        self.input.set(beside.input.clone());
        self.mocks.set(beside.mocks.clone());
        self.test_case.set(beside.test_case.clone());
        self.substitutions.set(beside.substitutions.clone());
        self.objects.set(beside.objects.clone());
        self.removed.set(None);
    }

    /// The test case of the next run: the chosen one, or else the first one there is.
    pub fn chosen_case(self) -> Option<String> {
        self.test_cases.with(|names| {
            let chosen = self
                .test_case
                .with(|chosen| names.contains(chosen).then(|| chosen.clone()));
            chosen.or_else(|| names.first().cloned())
        })
    }

    /// Whether a run is under way.
    pub fn is_active(self) -> bool {
        self.phase
            .with(|phase| matches!(phase, Phase::Running | Phase::Pending(_)))
    }

    /// Whether a run is under way, without following it.
    pub fn is_active_untracked(self) -> bool {
        untrack(|| self.is_active())
    }

    /// Whether a run, going on or over, is shown.
    pub fn is_shown(self) -> bool {
        self.phase.with(|phase| *phase != Phase::Idle)
    }

    /// How a state stands in the shown run; nothing while none is shown.
    pub fn status(self, pointer: &Pointer) -> Option<StateStatus> {
        self.is_shown().then(|| {
            self.statuses
                .with(|statuses| statuses.get(pointer).copied().unwrap_or_default())
        })
    }

    /// Answers a pending task; the run goes on. The answer becomes a mock where that is
    /// asked for.
    pub fn answer(self, task: &PendingTask, answer: Answer) {
        let result = match result_of(answer.clone()) {
            Ok(result) => result,
            Err(rejection) => return self.fault.set(Some(rejection.to_string())),
        };
        self.fault.set(None);
        self.answers.add(Answered {
            state: task.state.as_str().into(),
            attempt: task.attempt,
            result,
        });
        if self.answers.is_keeping.get_untracked() {
            self.keep_answers();
        }
        self.phase.set(Phase::Running);
        self.send(Command::Answer {
            run: self.run.get_value(),
            task: task.task,
            answer,
        });
    }

    /// Makes mocks of all answers of this run, in the test case that it was started with.
    pub fn keep_answers(self) {
        let Started { machine, test_case } = self.started.get_value();
        let mocks = self.mocks.get_untracked();
        match self.answers.keep(&mocks, &machine, test_case.as_deref()) {
            Ok(step) => self.take(step),
            Err(UnreadableMocks) => self.fault.set(Some(
                "The mocks cannot be read. Repair them first, then keep the answers.".into(),
            )),
        }
    }

    /// Does a step that can be taken back.
    pub(super) fn take(self, step: Step) {
        if let Some(input) = &step.input {
            self.set_input(&input.after);
        }
        self.set_mocks(&step.mocks.after);
        self.steps.add(step);
    }

    /// Takes the last step back.
    pub fn take_back(self) {
        if let Some(step) = self.steps.pop() {
            if let Some(input) = &step.input {
                self.set_input(&input.before);
            }
            self.set_mocks(&step.mocks.before);
        }
    }

    /// Stops the run; its history so far stays.
    pub fn stop(self) {
        if self.is_held.get_value() {
            return self.close();
        }
        self.send(Command::Stop {
            run: self.run.get_value(),
        });
    }

    /// Puts the run away.
    pub fn close(self) {
        if self.is_active_untracked() {
            self.stop();
        }
        self.next_run();
        self.forget_order();
        self.phase.set(Phase::Idle);
        self.fault.set(None);
        self.clear();
    }

    /// Forgets what a run has shown.
    pub(super) fn clear(self) {
        self.history.clear();
        self.written.set(Vec::new());
        self.map_runs.set(Vec::new());
    }

    pub(super) fn send(self, command: Command) {
        if self.link.with_value(Option::is_none) {
            self.link.set_value(Some(self.new_link()));
        }
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.send(Parcel::Message(command));
            }
        });
    }

    fn new_link(self) -> WorkerLink {
        let receive = move |parcel| {
            if let Parcel::Message(report) = parcel {
                self.receive(report);
            }
        };
        WorkerLink::new(&worker_script(), receive, move |message| self.fail(message))
    }

    fn receive(self, report: Report) {
        let current = self.run.get_value();
        match report {
            Report::Progress { run, events } if run == current => {
                self.history.read_on(events);
            }
            Report::Pending { run, tasks } if run == current => {
                self.phase.set(Phase::Pending(tasks))
            }
            Report::MapRuns { run, map_runs } if run == current => self.map_runs.set(map_runs),
            Report::Ended { run, written } if run == current => {
                self.written.set(written);
                self.phase.set(Phase::Ended);
            }
            Report::Rejected { run, reason } if run == current => {
                self.phase.set(Phase::Idle);
                self.fault.set(Some(reason));
            }
            Report::Refused { run, reason } if run == current => self.fault.set(Some(reason)),
            Report::Generated {
                order,
                input,
                mocks,
            } => self.receive_generated(order, input, &mocks),
            Report::Evaluated { order, outcome } => self.receive_outcome(order, outcome),
            Report::Ready
            | Report::Told { .. }
            | Report::Progress { .. }
            | Report::Pending { .. }
            | Report::Ended { .. }
            | Report::MapRuns { .. }
            | Report::Rejected { .. }
            | Report::Refused { .. } => {}
        }
    }

    fn fail(self, message: String) {
        self.forget_order();
        self.scratchpad.give_up(&message);
        let has_history = untrack(|| self.history.count()) > 0;
        self.phase.set(if has_history {
            Phase::Ended
        } else {
            Phase::Idle
        });
        self.fault.set(Some(message));
    }
}

/// The names of the test cases, each once; none where the mocks cannot be read.
fn read_test_cases(mocks: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, case) in Mocks::parse(mocks).unwrap_or_default().test_cases() {
        if !names.iter().any(|name| **name == **case) {
            names.push(case.to_string());
        }
    }
    names
}

/// How every state stands: by the shown events, and by what waits for an answer.
fn read_statuses(
    history: HistoryStore,
    map_runs: RwSignal<Vec<MapRunState>>,
    phase: RwSignal<Phase>,
) -> HashMap<Pointer, StateStatus> {
    let mut statuses: HashMap<Pointer, StateStatus> =
        history.trace(|trace| trace.statuses().into_iter().collect());
    if history.cursor().is_some() {
        return statuses;
    }
    // What children of distributed Maps came through stands in their histories alone.
    map_runs.with(|map_runs| {
        for visits in map_runs.iter().flat_map(|map_run| &map_run.states) {
            let status = statuses.entry(Pointer::parse(&visits.pointer));
            status.or_default().add_many(visits.entered, visits.exited);
        }
    });
    if let Phase::Pending(tasks) = phase.get() {
        for task in tasks {
            statuses
                .entry(Pointer::parse(&task.pointer))
                .or_default()
                .status = Status::Pending;
        }
    }
    statuses
}

/// The document's name as the service would take it.
pub(super) fn machine_name(name: &str) -> String {
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || "-_".contains(char);
    let name: String = name
        .chars()
        .map(|char| if is_allowed(char) { char } else { '-' })
        .take(80)
        .collect();
    if name.is_empty() {
        "statemachine".into()
    } else {
        name
    }
}
