//! An expression that somebody tries out against the values of the shown run. The worker
//! evaluates it: one at a time, and the latest one when it is through.

use leptos::prelude::*;

use super::execution::ExecutionStore;
use crate::ui::dom::clock;
use crate::web::messages::{Command, Outcome, Shown, Trial};

/// The expression, what it is applied to, and what came of it.
#[derive(Clone, Copy)]
pub struct ScratchpadStore {
    /// The text of the expression.
    pub expression: RwSignal<String>,
    /// What else is chosen.
    pub choice: RwSignal<Choice>,
    /// What came of it, with the expression that it came of.
    pub outcome: RwSignal<Option<(String, Outcome)>>,
    queue: StoredValue<Queue>,
}

/// What is chosen beside the expression.
#[derive(Clone, Copy, PartialEq)]
pub struct Choice {
    /// Its language, where somebody has chosen: whether it is JSONata.
    pub is_jsonata: Option<bool>,
    /// What `$` shows.
    pub shown: Shown,
}

#[derive(Default)]
struct Queue {
    latest: u32,
    /// The expression that the worker has not answered, of the latest order.
    under_way: Option<String>,
    /// What is to be evaluated after that.
    next: Option<Trial>,
}

impl ScratchpadStore {
    /// Nothing tried yet.
    pub(super) fn new() -> Self {
        Self {
            expression: RwSignal::new(String::new()),
            choice: RwSignal::new(Choice {
                is_jsonata: None,
                shown: Shown::Input,
            }),
            outcome: RwSignal::new(None),
            queue: StoredValue::new(Queue::default()),
        }
    }

    fn with_queue<T>(self, act: impl FnOnce(&mut Queue) -> Option<T>) -> Option<T> {
        self.queue.try_update_value(act).flatten()
    }

    /// The worker is gone.
    pub(super) fn give_up(self, message: &str) {
        let waiting = self.with_queue(|queue| {
            queue.next = None;
            queue.under_way.take()
        });
        if let Some(expression) = waiting {
            let message = message.to_owned();
            let outcome = Outcome::Failed {
                message,
                span: None,
            };
            self.outcome.set(Some((expression, outcome)));
        }
    }
}

impl ExecutionStore {
    /// Tries the expression of the scratchpad out, at a visit of the shown run or for the
    /// execution itself.
    pub fn try_out(self, is_jsonata: bool, visit: Option<u64>) {
        let pad = self.scratchpad;
        let expression = pad.expression.get_untracked();
        if expression.trim().is_empty() {
            pad.with_queue(|queue| queue.next.take());
            pad.outcome.set(None);
            return;
        }
        let trial = Trial {
            is_jsonata,
            expression,
            run: untrack(|| self.is_shown()).then(|| self.run.get_value()),
            visit,
            shown: pad.choice.get_untracked().shown,
            at: clock::now(),
        };
        pad.with_queue(|queue| queue.next.replace(trial));
        self.send_trial();
    }

    fn send_trial(self) {
        let next = self.scratchpad.with_queue(|queue| {
            if queue.under_way.is_some() {
                return None;
            }
            let trial = queue.next.take()?;
            queue.latest += 1;
            queue.under_way = Some(trial.expression.clone());
            Some((queue.latest, trial))
        });
        if let Some((order, trial)) = next {
            self.send(Command::Evaluate { order, trial });
        }
    }

    pub(super) fn receive_outcome(self, order: u32, outcome: Outcome) {
        let pad = self.scratchpad;
        let answered = pad.with_queue(|queue| match queue.latest == order {
            true => queue.under_way.take(),
            false => None,
        });
        let Some(expression) = answered else {
            return;
        };
        // What was deleted meanwhile has no value.
        if !untrack(|| pad.expression.with(|text| text.trim().is_empty())) {
            pad.outcome.set(Some((expression, outcome)));
        }
        self.send_trial();
    }
}
