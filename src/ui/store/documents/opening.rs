//! Putting another document in the place of the open one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Access, DocumentsStore, Saving};
use crate::authoring::file::unused_name;
use crate::ui::dom::clock;
use crate::ui::dom::mirror::{self, Writing};
use crate::ui::store::Origin;
use crate::web::documents::channel::Message;
use crate::web::documents::lock::{self, Grant};
use crate::web::documents::record::{Beside, DocumentId, Record};

/// A state machine that is valid and runs.
const BLANK: &str = "{\n  \"StartAt\": \"Hello\",\n  \"States\": {\n    \"Hello\": {\n      \"Type\": \"Pass\",\n      \"End\": true\n    }\n  }\n}\n";

/// What becomes of the document that was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// It is kept.
    Keep,
    /// It is no longer wanted.
    Discard,
}

impl DocumentsStore {
    /// Opens a document of the list.
    pub fn open(self, id: &DocumentId) {
        if self.is_current(id) {
            return;
        }
        let id = id.clone();
        spawn_local(async move {
            match self.newest(&id).await {
                Some(record) => self.show(record, Leaving::Keep),
                None => {
                    self.say("This document is no longer on this device");
                    self.refresh_list().await;
                }
            }
        });
    }

    /// Makes a document and opens it.
    pub fn create_blank(self) {
        self.show_new(self.blank_record(), Leaving::Keep);
    }

    /// Makes a document in the place of one that is no longer wanted.
    pub(super) fn start_blank(self) {
        self.show_new(self.blank_record(), Leaving::Discard);
    }

    fn blank_record(self) -> Record {
        let beside = Beside {
            input: "{}\n".to_owned(),
            ..Beside::default()
        };
        self.new_record("untitled", BLANK, beside)
    }

    /// Opens an example as a document of its own. One that was opened before and never
    /// touched makes room for it.
    pub fn open_example(self, name: &str, text: &str, beside: Beside) {
        let left = self.inner().noted.borrow().summary.id.clone();
        let is_untouched = self.inner().is_untouched.get() && self.is_writer();
        if is_untouched {
            self.list
                .update(|list| list.retain(|listed| listed.id != left));
        }
        let record = self.new_record(name, text, beside);
        let leaving = if is_untouched {
            Leaving::Discard
        } else {
            Leaving::Keep
        };
        self.show_new(record, leaving);
        self.inner().is_untouched.set(true);
    }

    /// Makes a document of this content under an unused name and opens it.
    pub(super) fn create(self, name: &str, text: &str, beside: Beside) {
        let record = self.new_record(name, text, beside);
        self.show_new(record, Leaving::Keep);
    }

    /// A new document under an unused name, not yet kept anywhere.
    pub(super) fn new_record(self, name: &str, text: &str, beside: Beside) -> Record {
        let name = self.list.with_untracked(|list| {
            unused_name(name, |name| list.iter().any(|listed| listed.name == name))
        });
        Record::new(DocumentId::random(), &name, text, beside, clock::now())
    }

    /// Opens a document that is not kept yet.
    pub(super) fn show_new(self, record: Record, leaving: Leaving) {
        let id = record.summary.id.clone();
        self.put(record, leaving, Access::Writer);
        mirror::open(&self.inner().noted.borrow(), Writing::Now);
        // Nobody else knows it yet, so nobody else can have it.
        spawn_local(async move {
            lock::hold(&id).await;
        });
        self.save_soon();
    }

    /// Opens a document that is kept, and finds out who writes it.
    pub(super) fn show(self, record: Record, leaving: Leaving) {
        let id = record.summary.id.clone();
        self.put(record, leaving, Access::Opening);
        mirror::open(&self.inner().noted.borrow(), Writing::Later);
        spawn_local(async move {
            self.claim(&id).await;
        });
    }

    /// Asks for the open document; without it, looks on and waits.
    pub(super) async fn claim(self, id: &DocumentId) {
        let grant = lock::hold(id).await;
        if !self.is_current(id) {
            // Another one was opened in the meantime.
            lock::release(id);
            return;
        }
        match grant {
            Grant::Held => {
                self.set_access(Access::Writer);
                mirror::open(&self.inner().noted.borrow(), Writing::Now);
            }
            Grant::Refused => {
                let id = id.clone();
                self.later.run(move |parts| (parts.look_on)(self, &id));
            }
        }
    }

    fn put(self, record: Record, leaving: Leaving, access: Access) {
        self.leave(leaving);
        let inner = self.inner();
        let left = self.document.id_untracked();
        let left_text = self.document.get_untracked().text().clone();
        let id = record.summary.id.clone();
        let undo = inner.undo.borrow_mut().remove(&id);
        let undo = undo.filter(|(text, _)| *text == record.text);
        inner.noted.replace(record.clone());
        inner.saved_revision.set(inner.revision.get());
        inner.is_untouched.set(false);
        inner.attempt.set(inner.attempt.get() + 1);
        self.saving.set(Saving::Saved);
        self.set_access(access);
        self.selection.select(None, Origin::Panel);
        let undo = undo.map(|(_, undo)| undo).unwrap_or_default();
        let undo = self.document.open(&record, undo);
        self.execution.open(&record.beside);
        if leaving == Leaving::Keep {
            inner.undo.borrow_mut().insert(left, (left_text, undo));
        }
        self.list_noted();
    }

    /// Lets the open document go, saved or discarded.
    fn leave(self, leaving: Leaving) {
        let inner = self.inner();
        // What was typed a moment ago may not have been noted yet.
        untrack(|| self.note());
        let record = inner.noted.borrow().clone();
        let id = record.summary.id.clone();
        let is_saved = inner.saved_revision.get() == inner.revision.get();
        if leaving == Leaving::Discard {
            mirror::forget(&id);
            spawn_local(async move {
                // If the database fails here, it holds nothing that could be removed.
                let _ = self.inner().shelf.remove(&id).await;
                self.inner().channel.tell(&Message::Removed(id.clone()));
                lock::release(&id);
            });
            return;
        }
        if !self.is_writer() {
            mirror::let_go(&id);
            lock::release(&id);
            return;
        }
        mirror::flush();
        spawn_local(async move {
            let inner = self.inner();
            let is_kept = is_saved || inner.shelf.write(record).await.is_ok();
            if !is_saved && is_kept {
                inner.channel.tell(&Message::Saved(id.clone()));
            }
            if !self.is_current(&id) {
                if is_kept {
                    mirror::forget(&id);
                }
                lock::release(&id);
            }
        });
    }

    /// The newest state that is kept of a document.
    pub(super) async fn newest(self, id: &DocumentId) -> Option<Record> {
        let stored = self.inner().shelf.read(id).await;
        let mirrored = mirror::read(id);
        match (stored, mirrored) {
            (Some(stored), Some(mirrored)) if mirrored.summary.changed > stored.summary.changed => {
                let created = stored.summary.created;
                Some(with_created(mirrored, created))
            }
            (Some(stored), _) => Some(stored),
            (None, mirrored) => mirrored,
        }
    }
}

/// The mirror does not know when a document was made; the database does.
pub(super) fn with_created(mut record: Record, created: i64) -> Record {
    record.summary.created = created;
    record
}
