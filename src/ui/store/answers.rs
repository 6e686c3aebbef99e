//! Answers to pending tasks that become mocks.

use std::sync::Arc;

use leptos::prelude::*;

use super::steps::{Deed, Step, Swap};
use crate::execution::interpreter::{Answered, Mocks};

/// The test case that answers go to where the mocks have none.
const NEW_TEST_CASE: &str = "Answers";

/// What was answered in the run that is shown, and what of it was kept.
#[derive(Clone, Copy)]
pub struct AnswerStore {
    /// Whether answers are kept as they are given.
    pub is_keeping: RwSignal<bool>,
    open: RwSignal<Vec<Answered>>,
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

    /// The step that adds all answers that are not kept yet to `mocks`; they count as kept
    /// from now on.
    pub(super) fn keep(
        self,
        mocks: &str,
        machine: &str,
        test_case: Option<&str>,
    ) -> Result<Step, UnreadableMocks> {
        let step = self
            .open
            .with_untracked(|open| step(mocks, machine, test_case, open))?;
        self.open.set(Vec::new());
        Ok(step)
    }
}

/// Mocks to add to; an empty text is none yet.
pub(super) fn read_mocks(text: &str) -> Result<Mocks, UnreadableMocks> {
    match text.trim() {
        "" => Ok(Mocks::default()),
        _ => Mocks::parse(text).map_err(|_| UnreadableMocks),
    }
}

fn step(
    before: &str,
    machine: &str,
    test_case: Option<&str>,
    answers: &[Answered],
) -> Result<Step, UnreadableMocks> {
    let mut mocks = read_mocks(before)?;
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
    Ok(Step {
        input: None,
        mocks: Swap {
            before: before.to_owned(),
            after: mocks.to_text(),
        },
        deed: Deed::Kept { states, case },
    })
}
