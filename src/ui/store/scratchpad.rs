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
    /// Its language, where somebody has chosen: whether it is JSONata.
    pub is_jsonata: RwSignal<Option<bool>>,
    /// What `$` shows.
    pub shown: RwSignal<Shown>,
    /// What came of it, with the expression that it came of.
    pub outcome: RwSignal<Option<(String, Outcome)>>,
    /// The number of the order that the worker has not answered, and its expression.
    under_way: StoredValue<Option<(u32, String)>>,
    latest: StoredValue<u32>,
    /// What is to be evaluated after that.
    next: StoredValue<Option<Trial>>,
}

impl ScratchpadStore {
    /// Nothing tried yet.
    pub(super) fn new() -> Self {
        Self {
            expression: RwSignal::new(String::new()),
            is_jsonata: RwSignal::new(None),
            shown: RwSignal::new(Shown::Input),
            outcome: RwSignal::new(None),
            under_way: StoredValue::new(None),
            latest: StoredValue::new(0),
            next: StoredValue::new(None),
        }
    }

    /// The worker is gone.
    pub(super) fn give_up(self, message: &str) {
        self.next.set_value(None);
        if let Some((_, expression)) = self.under_way.try_update_value(Option::take).flatten() {
            let outcome = Outcome::Failed {
                message: message.to_owned(),
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
            pad.next.set_value(None);
            pad.outcome.set(None);
            return;
        }
        pad.next.set_value(Some(Trial {
            is_jsonata,
            expression,
            run: untrack(|| self.is_shown()).then(|| self.run.get_value()),
            visit,
            shown: pad.shown.get_untracked(),
            at: clock::now(),
        }));
        self.send_trial();
    }

    fn send_trial(self) {
        let pad = self.scratchpad;
        if pad.under_way.with_value(Option::is_some) {
            return;
        }
        let Some(trial) = pad.next.try_update_value(Option::take).flatten() else {
            return;
        };
        pad.latest.update_value(|latest| *latest += 1);
        let order = pad.latest.get_value();
        pad.under_way
            .set_value(Some((order, trial.expression.clone())));
        self.send(Command::Evaluate { order, trial });
    }

    pub(super) fn receive_outcome(self, order: u32, outcome: Outcome) {
        let pad = self.scratchpad;
        let is_awaited = |(awaited, _): &(u32, String)| *awaited == order;
        let answered = pad
            .under_way
            .try_update_value(|under_way| under_way.take_if(|it| is_awaited(it)))
            .flatten();
        let Some((_, expression)) = answered else {
            return;
        };
        // What was deleted meanwhile has no value.
        if !untrack(|| pad.expression.with(|text| text.trim().is_empty())) {
            pad.outcome.set(Some((expression, outcome)));
        }
        self.send_trial();
    }
}
