//! Keeping what changes: in the mirror at once, in the database soon after.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Access, DocumentsStore, Place, Saving};
use crate::ui::dom::clock;
use crate::ui::dom::mirror::{self, MirrorState};
use crate::web::documents::channel::Message;
use crate::web::documents::record::{Beside, Record, Summary};
use crate::web::documents::shelf::StorageError;

/// Typing is written to the database at most this often; the mirror has it before.
const SAVE_EVERY: Duration = Duration::from_millis(400);

/// What the database has refused is offered again after this time.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

impl DocumentsStore {
    /// Looks at the open document, and sees to it that what has changed is saved. Follows
    /// every signal that holds a part of it.
    pub(super) fn note(self) {
        let (name, snapshot) = (self.document.name(), self.document.get());
        let beside = Beside {
            target: snapshot.target().clone(),
            ..self.execution.beside()
        };
        let inner = self.inner();
        let mut noted = inner.noted.borrow_mut();
        let latest = Record {
            summary: Summary {
                name,
                bytes: snapshot.text().len(),
                ..noted.summary.clone()
            },
            text: snapshot.text().clone(),
            beside,
        };
        if !self.is_current(&noted.summary.id) || !self.is_writer() || latest.has_content_of(&noted)
        {
            return;
        }
        if latest.beside != noted.beside {
            mirror::keep_beside(&latest.summary.id, &latest.beside);
        }
        // To choose a test case is to look at an example, not to work on it.
        let is_chosen_only = latest.text == noted.text
            && latest.summary.name == noted.summary.name
            && Beside {
                test_case: noted.beside.test_case.clone(),
                ..latest.beside.clone()
            } == noted.beside;
        *noted = latest;
        noted.summary.changed = clock::now().as_millis();
        drop(noted);
        if !is_chosen_only {
            inner.is_untouched.set(false);
        }
        self.save_soon();
    }

    /// Counts a change of the open document, to be saved in a moment.
    pub(super) fn save_soon(self) {
        let inner = self.inner();
        inner.revision.set(inner.revision.get() + 1);
        self.saving.set(Saving::Pending);
        self.list_noted();
        if inner.is_save_due.replace(true) {
            return;
        }
        set_timeout(move || spawn_local(self.save()), SAVE_EVERY);
    }

    /// Saves the open document if it has changed.
    pub(super) async fn save(self) {
        let inner = self.inner();
        inner.is_save_due.set(false);
        let revision = inner.revision.get();
        if revision == inner.saved_revision.get() || !self.is_writer() {
            return;
        }
        let record = inner.noted.borrow().clone();
        let id = record.summary.id.clone();
        let written = inner.shelf.write(record).await;
        if written.is_ok() {
            inner.channel.tell(&Message::Saved(id.clone()));
        }
        if !self.is_current(&id) {
            return;
        }
        match written {
            Ok(()) => inner
                .saved_revision
                .set(revision.max(inner.saved_revision.get())),
            Err(error) => {
                self.saving.set(Saving::Failed(error));
                self.try_again();
            }
        }
        if inner.saved_revision.get() == inner.revision.get() {
            self.saving.set(Saving::Saved);
        }
    }

    /// Tries again after a while, as there may be room by then.
    fn try_again(self) {
        if self.place.get_untracked() == Place::Device && !self.inner().is_save_due.replace(true) {
            set_timeout(move || spawn_local(self.save()), TRY_AGAIN_AFTER);
        }
    }

    /// Saves at once whatever is not saved: the page may go away.
    pub(super) fn flush(self) {
        mirror::flush();
        spawn_local(self.save());
    }

    /// Saves because the user asks for it, and says how that went.
    pub fn save_now(self) {
        mirror::flush();
        spawn_local(async move {
            self.save().await;
            let text = match untrack(|| self.standing()) {
                Standing::Saved => "Saved on this device",
                Standing::Saving => "Saving…",
                Standing::Elsewhere => "Another tab saves this document",
                Standing::OnlyThis => "Kept for the next visit. Download it to be safe.",
                Standing::Unsaved(_) => "This browser cannot save it. Download it to keep it.",
            };
            self.say(text);
        });
    }

    /// How the open document stands, for people.
    pub fn standing(self) -> Standing {
        self.mirror.track();
        let is_mirrored = mirror::state() == MirrorState::Ok;
        match (self.access.get(), self.place.get(), self.saving.get()) {
            (Access::Elsewhere | Access::TakingOver, _, _) => Standing::Elsewhere,
            (_, Place::Memory(_), _) if is_mirrored => Standing::OnlyThis,
            (_, Place::Memory(error), _) | (_, _, Saving::Failed(error)) => {
                Standing::Unsaved(error)
            }
            (_, _, Saving::Pending) | (_, Place::Opening, _) | (Access::Opening, _, _) => {
                Standing::Saving
            }
            (Access::Writer, Place::Device, Saving::Saved) => Standing::Saved,
        }
    }

    /// Whether leaving the page loses something.
    pub(super) fn would_lose_something(self) -> bool {
        let inner = self.inner();
        let id = self.document.id_untracked();
        if inner.shelf.holds_more_than(&id) {
            return true;
        }
        let is_saved = inner.saved_revision.get() == inner.revision.get();
        !is_saved && self.is_writer() && mirror::state() != MirrorState::Ok
    }

    /// Shows the open document in the list as it is now.
    pub(super) fn list_noted(self) {
        let summary = self.inner().noted.borrow().summary.clone();
        self.list.update(
            |list| match list.iter_mut().find(|listed| listed.id == summary.id) {
                Some(listed) => *listed = summary,
                None => list.insert(0, summary),
            },
        );
    }

    /// All documents, latest first: what the database has, and the open one as it stands,
    /// which may not be written yet.
    pub(super) async fn all(self) -> Vec<Summary> {
        let inner = self.inner();
        let mut found = inner.shelf.list().await;
        let noted = inner.noted.borrow().summary.clone();
        match found.iter_mut().find(|summary| summary.id == noted.id) {
            Some(summary) => *summary = noted,
            None => found.insert(0, noted),
        }
        found
    }

    /// Reads the list anew; what it showed keeps its order.
    pub(super) async fn refresh_list(self) {
        let mut found = self.all().await;
        if !self.inner().is_listed.replace(true) {
            self.list.set(found);
            return;
        }
        let shown = self.list.get_untracked();
        let place = |summary: &Summary| {
            let at = shown.iter().position(|shown| shown.id == summary.id);
            at.map_or(0, |at| at + 1)
        };
        found.sort_by_key(place);
        self.list.set(found);
    }
}

/// How the open document stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is saved.
    Saved,
    /// It will be in a moment.
    Saving,
    /// Another tab sees to it.
    Elsewhere,
    /// The next visit will find it, but no other document.
    OnlyThis,
    /// It is not.
    Unsaved(StorageError),
}
