//! Where an evaluation stands in its path.

use super::step::{Step, render};

/// What a missing name means where several places are searched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// No match there.
    Skip,
    /// No match at all.
    Refuse,
}

/// A step and what is known of its place in the path.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub steps: &'a [Step],
    pub index: usize,
    /// Whether everything before this step yields one value.
    pub is_definite: bool,
    pub missing: Missing,
}

impl<'a> Place<'a> {
    pub fn step(&self) -> Option<&'a Step> {
        self.steps.get(self.index)
    }

    pub fn is_last(&self) -> bool {
        self.index + 1 >= self.steps.len()
    }

    pub fn following(self) -> Self {
        let is_definite = self.is_definite
            && self
                .step()
                .is_some_and(|step| step.is_definite(self.is_last()));
        Self {
            index: self.index + 1,
            is_definite,
            ..self
        }
    }

    /// The path up to here.
    pub fn path(&self) -> String {
        render(self.steps.get(..self.index).unwrap_or(&[]))
    }

    /// The path up to and with this step.
    pub fn path_with_step(&self) -> String {
        render(self.steps.get(..=self.index).unwrap_or(&[]))
    }

    /// This step and those after it.
    pub fn rest(&self) -> String {
        self.steps
            .get(self.index..)
            .unwrap_or(&[])
            .iter()
            .map(Step::to_string)
            .collect()
    }
}
