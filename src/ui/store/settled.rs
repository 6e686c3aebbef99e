//! A text that is looked at with every key while it is small, and when typing pauses while
//! it is large.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use crate::ui::erased::effect;

/// Texts up to this length are looked at with every key.
pub(super) const MOST_AT_ONCE: usize = 64 * 1024;
/// How long typing pauses before a longer one is looked at.
pub(super) const PAUSE: Duration = Duration::from_millis(250);

/// A text in a field.
#[derive(Clone, Copy)]
pub struct Settled {
    text: RwSignal<String>,
    /// Changes when typing has paused.
    pauses: RwSignal<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Settled {
    /// Follows a text.
    pub fn of(text: RwSignal<String>) -> Self {
        let settled = Self {
            text,
            pauses: RwSignal::new(0),
            timer: StoredValue::new(None),
        };
        let mut was_large = false;
        effect(move || {
            settled.stop();
            let is_large = text.with(String::len) > MOST_AT_ONCE;
            if is_large {
                let timer = set_timeout_with_handle(move || settled.settle(), PAUSE);
                settled.timer.set_value(timer.ok());
            } else if was_large {
                settled.settle();
            }
            was_large = is_large;
        });
        settled
    }

    /// Looks at the text, and again when it has settled at another one.
    pub fn with<T>(self, look: impl FnOnce(&str) -> T) -> T {
        if self.text.with_untracked(String::len) <= MOST_AT_ONCE {
            return self.text.with(|text| look(text));
        }
        self.pauses.track();
        self.text.with_untracked(|text| look(text))
    }

    /// Does not wait for a pause: the text is needed now.
    pub(super) fn settle(self) {
        self.stop();
        self.pauses.update(|pauses| *pauses += 1);
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
