//! What was written into input and mocks on somebody's behalf, and the way back.

use std::sync::Arc;

use leptos::prelude::*;

/// A text before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Swap {
    /// The text before.
    pub before: String,
    /// The text after.
    pub after: String,
}

/// One change that a person asked for but did not type.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What happened to the input; nothing if it was left alone.
    pub input: Option<Swap>,
    /// What happened to the mocks.
    pub mocks: Swap,
    /// What was done.
    pub deed: Deed,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Answers became mocks.
    Kept {
        /// The states whose answers they were, each once.
        states: Vec<Arc<str>>,
        /// The test case that they went to.
        case: String,
    },
    /// Results were made from what the definition asks for.
    Generated {
        /// The test case that they went to.
        case: String,
    },
}

/// The steps, the last one of which can be taken back.
#[derive(Clone, Copy)]
pub struct StepStore {
    steps: RwSignal<Vec<Step>>,
}

impl StepStore {
    /// None yet.
    pub fn new() -> Self {
        Self {
            steps: RwSignal::new(Vec::new()),
        }
    }

    /// Takes note of a step.
    pub(super) fn add(self, step: Step) {
        self.steps.update(|steps| steps.push(step));
    }

    /// The last step, as long as both texts stand as it left them: what somebody has
    /// written since is not taken back.
    pub fn last(self, input: RwSignal<String>, mocks: RwSignal<String>) -> Option<Step> {
        let last = self.steps.with(|steps| steps.last().cloned())?;
        let stands = |swap: &Swap, text: RwSignal<String>| text.with(|text| *text == swap.after);
        let is_input_same = last.input.as_ref().is_none_or(|swap| stands(swap, input));
        (is_input_same && stands(&last.mocks, mocks)).then_some(last)
    }

    /// Takes the last step back; what it was.
    pub(super) fn pop(self) -> Option<Step> {
        self.steps.try_update(Vec::pop)?
    }
}
