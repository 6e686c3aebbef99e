//! Several tabs, one writer: looking on, taking over, letting go.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::Leaving;
use super::{Access, DocumentsStore, Saving};
use crate::ui::dom::mirror::{self, Writing};
use crate::web::documents::channel::Message;
use crate::web::documents::lock::{self, Grant};
use crate::web::documents::record::{DocumentId, Record};

/// How long a tab that is asked for its document may take to save it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// After this time without being relieved, a tab that has let go writes again.
const REGRET: Duration = Duration::from_millis(3000);

impl DocumentsStore {
    /// Shows what the other tab saves, and waits for it to be closed.
    pub(in crate::ui) fn look_on(self, id: &DocumentId) {
        self.set_access(Access::Elsewhere);
        mirror::let_go(id);
        let id = id.clone();
        spawn_local(async move {
            self.catch_up(&id).await;
            if lock::wait(&id).await == Grant::Refused {
                return;
            }
            if !self.is_current(&id) {
                lock::release(&id);
                return;
            }
            self.become_writer(&id).await;
        });
    }

    /// Asks the tab that writes the open document for it, and takes it.
    pub fn take_over(self) {
        if self.access.get_untracked() != Access::Elsewhere {
            return;
        }
        let inner = self.inner();
        let attempt = inner.attempt.get() + 1;
        inner.attempt.set(attempt);
        self.set_access(Access::TakingOver);
        let id = self.document.id_untracked();
        inner.channel.tell(&Message::LetGo(id.clone()));
        set_timeout(move || self.take(&id, attempt), PATIENCE);
    }

    /// Ends an attempt to take over, answered or not.
    fn take(self, id: &DocumentId, attempt: u64) {
        if self.inner().attempt.get() != attempt || !self.is_current(id) {
            return;
        }
        self.inner().attempt.set(attempt + 1);
        let id = id.clone();
        spawn_local(async move {
            match lock::steal(&id).await {
                Grant::Held if self.is_current(&id) => self.become_writer(&id).await,
                Grant::Held => lock::release(&id),
                Grant::Refused => self.look_on(&id),
            }
        });
    }

    /// Goes on where the other tab has stopped.
    async fn become_writer(self, id: &DocumentId) {
        self.catch_up(id).await;
        if !self.is_current(id) {
            lock::release(id);
            return;
        }
        let inner = self.inner();
        inner.attempt.set(inner.attempt.get() + 1);
        mirror::open(&inner.noted.borrow(), Writing::Now);
        self.set_access(Access::Writer);
    }

    /// Shows the newest state that is kept of the open document, while another tab writes.
    async fn catch_up(self, id: &DocumentId) {
        let Some(record) = self.newest(id).await else {
            return;
        };
        if self.is_current(id) && !self.is_writer() {
            self.follow(record);
        }
    }

    /// Puts a newer state of the open document in its place.
    pub(super) fn follow(self, record: Record) {
        let inner = self.inner();
        if record.has_content_of(&inner.noted.borrow()) {
            return;
        }
        inner.noted.replace(record.clone());
        inner.saved_revision.set(inner.revision.get());
        self.saving.set(Saving::Saved);
        self.document.follow(&record);
        self.execution.follow(&record.beside);
        self.list_noted();
    }

    /// Hears another tab.
    pub(super) fn hear(self, message: Message) {
        match message {
            Message::Saved(id) => spawn_local(async move {
                if self.is_current(&id) {
                    self.catch_up(&id).await;
                }
                self.refresh_list().await;
            }),
            Message::Removed(id) => {
                if self.is_current(&id) {
                    self.leave_removed(&id);
                }
                self.list
                    .update(|list| list.retain(|listed| listed.id != id));
            }
            Message::LetGo(id) if self.is_current(&id) && self.is_writer() => self.let_go(id),
            Message::LetGo(_) => {}
            Message::LetGone(id) if self.is_current(&id) => {
                if self.access.get_untracked() == Access::TakingOver {
                    self.take(&id, self.inner().attempt.get());
                }
            }
            Message::LetGone(_) => {}
            Message::Forgotten => self.start_afresh(),
        }
    }

    /// Saves the open document for the tab that asks for it, and looks on from here.
    fn let_go(self, id: DocumentId) {
        untrack(|| self.note());
        mirror::flush();
        spawn_local(async move {
            self.save().await;
            if !self.is_current(&id) || !self.is_writer() {
                return;
            }
            let inner = self.inner();
            // Changes from now on would be lost, so there are none.
            self.set_access(Access::Elsewhere);
            mirror::let_go(&id);
            inner.channel.tell(&Message::LetGone(id.clone()));
            let attempt = inner.attempt.get() + 1;
            inner.attempt.set(attempt);
            // The other tab takes the lock now; if it was closed meanwhile, nobody writes.
            let resume = move || {
                if self.is_current(&id) && self.inner().attempt.get() == attempt {
                    spawn_local(async move { self.become_writer(&id).await });
                }
            };
            set_timeout(resume, REGRET);
        });
    }

    /// The lock of a document was taken by another tab.
    pub(super) fn lose(self, id: &DocumentId) {
        if !self.is_current(id) {
            return;
        }
        let inner = self.inner();
        inner.attempt.set(inner.attempt.get() + 1);
        untrack(|| self.note());
        let is_saved = inner.saved_revision.get() == inner.revision.get();
        if self.is_writer() && !is_saved {
            self.keep_apart(inner.noted.borrow().clone());
        }
        self.look_on(id);
    }

    /// Keeps a state that lost to another one as a document of its own.
    pub(super) fn keep_apart(self, record: Record) {
        let apart = self.new_record(&record.summary.name, &record.text, record.beside);
        self.say(&format!(
            "What was not saved before another tab took over is kept as “{}”",
            apart.summary.name
        ));
        spawn_local(async move {
            let id = apart.summary.id.clone();
            // Where the database fails it stays in memory, and the notice says so.
            let _ = self.inner().shelf.write(apart).await;
            self.inner().channel.tell(&Message::Saved(id));
            self.refresh_list().await;
        });
    }

    /// The open document was deleted by the tab that writes it.
    fn leave_removed(self, id: &DocumentId) {
        self.say("This document was deleted in another tab");
        let next = self.list.with_untracked(|list| {
            let next = list.iter().find(|listed| listed.id != *id);
            next.map(|next| next.id.clone())
        });
        match next {
            Some(next) => self.open(&next),
            None => self.create_blank(),
        }
    }

    /// Everything was forgotten: nothing of what is open here is kept either.
    pub(super) fn start_afresh(self) {
        let inner = self.inner();
        inner.undo.borrow_mut().clear();
        self.list.set(Vec::new());
        self.show_new(super::start::first_document(), Leaving::Discard);
        inner.is_untouched.set(true);
    }
}
