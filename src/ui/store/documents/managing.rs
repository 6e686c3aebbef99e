//! What is done to documents of the list: renamed, duplicated, deleted, forgotten.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::Leaving;
use super::{Access, DocumentsStore, ToastAction};
use crate::ui::dom::mirror;
use crate::ui::dom::{clock, storage};
use crate::web::documents::channel::Message;
use crate::web::documents::lock::{self, Grant};
use crate::web::documents::record::{DocumentId, Record};

impl DocumentsStore {
    /// Gives a document another name; an empty one is not taken.
    pub fn rename(self, id: &DocumentId, name: &str) {
        let name = name.trim().to_owned();
        if self.is_current(id) {
            if self.is_writer() {
                self.document.rename(&name);
            } else {
                self.say_open_elsewhere();
            }
            return;
        }
        if name.is_empty() {
            return;
        }
        let id = id.clone();
        spawn_local(async move {
            let Some(mut record) = self.held(&id).await else {
                return;
            };
            record.summary.name = name;
            record.summary.changed = clock::now().as_millis();
            // Where the database fails it stays in memory, and the notice says so.
            let _ = self.inner().shelf.write(record).await;
            mirror::forget(&id);
            lock::release(&id);
            self.inner().channel.tell(&Message::Saved(id));
            self.refresh_list().await;
        });
    }

    /// Makes a copy of a document, and opens it.
    pub fn duplicate(self, id: &DocumentId) {
        let id = id.clone();
        spawn_local(async move {
            if let Some(record) = self.whole(&id).await {
                self.create(&record.summary.name, &record.text, record.beside);
            }
        });
    }

    /// Goes on with a copy of the open document, which another tab writes.
    pub fn work_on_copy(self) {
        self.duplicate(&self.document.id_untracked());
    }

    /// Deletes a document, and says how to bring it back.
    pub fn delete(self, id: &DocumentId) {
        let id = id.clone();
        spawn_local(async move {
            if self.is_current(&id) {
                self.delete_current();
                return;
            }
            let Some(record) = self.held(&id).await else {
                return;
            };
            let removed = self.inner().shelf.remove(&id).await;
            lock::release(&id);
            mirror::forget(&id);
            self.list
                .update(|list| list.retain(|listed| listed.id != id));
            self.inner().channel.tell(&Message::Removed(id));
            // Without a database it was in memory alone.
            drop(removed);
            self.say_deleted(record);
        });
    }

    fn delete_current(self) {
        if !self.is_writer() {
            self.say_open_elsewhere();
            return;
        }
        untrack(|| self.note());
        let record = self.inner().noted.borrow().clone();
        let id = record.summary.id.clone();
        let next = self.list.with_untracked(|list| {
            let at = list.iter().position(|listed| listed.id == id).unwrap_or(0);
            let next = list.get(at + 1).or_else(|| list.get(at.checked_sub(1)?));
            next.map(|next| next.id.clone())
        });
        spawn_local(async move {
            let next = match next {
                Some(next) => self.newest(&next).await,
                None => None,
            };
            self.list
                .update(|list| list.retain(|listed| listed.id != id));
            match next {
                Some(next) => self.show(next, Leaving::Discard),
                None => self.start_blank(),
            }
            self.say_deleted(record);
        });
    }

    fn say_deleted(self, record: Record) {
        let line = format!("Deleted “{}”", record.summary.name);
        self.say_with(line, ToastAction::Restore(Box::new(record)));
    }

    /// Removes all documents and settings from this device, here and in other tabs.
    pub fn forget_everything(self) {
        spawn_local(async move {
            let inner = self.inner();
            let cleared = inner.shelf.clear().await;
            storage::clear();
            inner.channel.tell(&Message::Forgotten);
            self.start_afresh();
            match cleared {
                Ok(()) => self.say("Everything on this device is forgotten"),
                Err(_) => self
                    .say("What was in memory is forgotten; the browser's database does not answer"),
            }
        });
    }

    /// A document with everything in it, the open one as it stands.
    pub(super) async fn whole(self, id: &DocumentId) -> Option<Record> {
        if self.is_current(id) {
            untrack(|| self.note());
            return Some(self.inner().noted.borrow().clone());
        }
        self.newest(id).await
    }

    /// A document that is not open here, held until it is released; says why if it cannot be.
    async fn held(self, id: &DocumentId) -> Option<Record> {
        if lock::hold(id).await == Grant::Refused {
            self.say_open_elsewhere();
            return None;
        }
        let record = self.newest(id).await;
        if record.is_none() {
            lock::release(id);
            self.refresh_list().await;
        }
        record
    }

    fn say_open_elsewhere(self) {
        if self.access.get_untracked() != Access::Opening {
            self.say(
                "This document is open in another tab. Close it there, or take it over first.",
            );
        }
    }
}
