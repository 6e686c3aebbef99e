//! A short word about what was done, with the way back where there is one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::DocumentsStore;
use super::opening::Leaving;
use crate::web::documents::channel::Message;
use crate::web::documents::record::Record;

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// The sentences, each on a line of its own.
    pub lines: Vec<String>,
    /// What can be done about it.
    pub action: Option<ToastAction>,
}

/// What can be done about what was said.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastAction {
    /// Bring a deleted document back.
    Restore(Box<Record>),
}

impl DocumentsStore {
    /// What is being said.
    pub fn toast(self) -> Option<Toast> {
        self.toast.get()
    }

    /// Says a sentence.
    pub(super) fn say(self, line: &str) {
        self.say_lines(vec![line.to_owned()]);
    }

    /// Says several sentences; none says nothing.
    pub(super) fn say_lines(self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.toast.set(Some(Toast {
                lines,
                action: None,
            }));
        }
    }

    pub(super) fn say_with(self, line: String, action: ToastAction) {
        self.toast.set(Some(Toast {
            lines: vec![line],
            action: Some(action),
        }));
    }

    /// Says nothing any longer.
    pub fn dismiss_toast(self) {
        self.toast.set(None);
    }

    /// Does what the toast offers.
    pub fn act_on_toast(self) {
        let toast = self.toast.get_untracked();
        self.dismiss_toast();
        match toast.and_then(|toast| toast.action) {
            Some(ToastAction::Restore(record)) => self.restore(*record),
            None => {}
        }
    }

    fn restore(self, record: Record) {
        spawn_local(async move {
            let inner = self.inner();
            let id = record.summary.id.clone();
            // Where the database fails it stays in memory, and the notice says so.
            let _ = inner.shelf.write(record.clone()).await;
            inner.channel.tell(&Message::Saved(id));
            self.show(record, Leaving::Keep);
            self.refresh_list().await;
        });
    }
}
