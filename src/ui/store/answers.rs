//! Answers to pending tasks that become mocks, and the way back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::execution::interpreter::{Answered, Mocks};

/// The test case that answers go to where the mocks have none.
const NEW_TEST_CASE: &str = "Answers";

/// What was answered in the run that is shown, and what of it was kept.
#[derive(Clone, Copy)]
pub struct AnswerStore {
    /// Whether answers are kept as they are given.
    pub is_keeping: RwSignal<bool>,
    open: RwSignal<Vec<Answered>>,
    steps: RwSignal<Vec<KeptStep>>,
}

/// One change of the mocks' text.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptStep {
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
    /// The states whose answers were kept, each once.
    pub states: Vec<Arc<str>>,
    /// The test case that they went to.
    pub case: String,
}

/// Mocks that cannot be read, so that nothing can be added to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableMocks;

impl AnswerStore {
    /// Nothing answered and nothing kept.
    pub fn new() -> Self {
        Self {
            is_keeping: RwSignal::new(false),
            open: RwSignal::new(Vec::new()),
            steps: RwSignal::new(Vec::new()),
        }
    }

    /// Forgets the answers of the run before.
    pub(super) fn begin(self) {
        self.open.set(Vec::new());
    }

    /// Takes note of an answer.
    pub(super) fn add(self, answered: Answered) {
        self.open.update(|open| open.push(answered));
    }

    /// How many answers of this run are not kept.
    pub fn open_count(self) -> usize {
        self.open.with(Vec::len)
    }

    /// The step that can be undone: the last one, as long as the mocks stand as it left them.
    pub fn last_step(self, mocks: RwSignal<String>) -> Option<KeptStep> {
        let last = self.steps.with(|steps| steps.last().cloned())?;
        mocks.with(|text| *text == last.after).then_some(last)
    }

    /// Adds all answers that are not kept yet to `mocks`; the new text.
    pub(super) fn keep(
        self,
        mocks: &str,
        machine: &str,
        test_case: Option<&str>,
    ) -> Result<String, UnreadableMocks> {
        let open = self.open.get_untracked();
        let step = step(mocks, machine, test_case, &open)?;
        let after = step.after.clone();
        self.open.set(Vec::new());
        self.steps.update(|steps| steps.push(step));
        Ok(after)
    }

    /// Takes the last step back; the text before it.
    pub(super) fn undo(self) -> Option<String> {
        let step = self.steps.try_update(Vec::pop)??;
        Some(step.before)
    }
}

fn step(
    before: &str,
    machine: &str,
    test_case: Option<&str>,
    answers: &[Answered],
) -> Result<KeptStep, UnreadableMocks> {
    let mut mocks = match before.trim() {
        "" => Mocks::default(),
        _ => Mocks::parse(before).map_err(|_| UnreadableMocks)?,
    };
    let chosen = mocks.find_case(test_case);
    let (machine, case) = chosen.map_or_else(
        || {
            (
                machine.to_owned(),
                test_case.unwrap_or(NEW_TEST_CASE).to_owned(),
            )
        },
        |(machine, case)| (machine.to_string(), case.to_string()),
    );
    let mut states: Vec<Arc<str>> = Vec::new();
    for answered in answers {
        mocks.keep(&machine, &case, answered);
        if !states.contains(&answered.state) {
            states.push(answered.state.clone());
        }
    }
    Ok(KeptStep {
        before: before.to_owned(),
        after: mocks.to_text(),
        states,
        case,
    })
}
