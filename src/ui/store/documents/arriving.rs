//! The start: what came from the mirror may be typed in as soon as it is known that no
//! other tab writes it, and meets the database and the other tabs a moment later.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::{Leaving, with_created};
use super::{Access, DocumentsStore, Place, StartOrigin};
use crate::ui::dom::{mirror, page};
use crate::ui::erased::effect;
use crate::web::documents::lock::{self, Grant};
use crate::web::documents::reconcile;
use crate::web::documents::reconcile::{Outcome, Since};
use crate::web::documents::record::DocumentId;

impl DocumentsStore {
    /// Lets the document be changed if it is nobody else's.
    pub(super) fn greet(self, origin: StartOrigin) {
        match origin {
            StartOrigin::FirstVisit | StartOrigin::New => self.set_access(Access::Writer),
            StartOrigin::Database => self.set_access(Access::Opening),
            StartOrigin::Mirror => {
                self.set_access(Access::Opening);
                let id = self.document.id_untracked();
                spawn_local(async move { self.claim(&id).await });
            }
        }
    }

    /// Begins to follow the stores, the other tabs and the page; then asks the database.
    pub(in crate::ui) fn arrive(self, origin: StartOrigin) {
        effect(move || self.note());
        page::on_hidden(move || self.flush());
        page::on_storage_changed(move || self.mirror.update(|count| *count += 1));
        page::ask_before_leaving(move || self.would_lose_something());
        lock::on_lost(move |id| self.lose(&id));
        self.inner()
            .channel
            .listen(move |message| self.hear(message));
        spawn_local(async move {
            let id = self.document.id_untracked();
            match origin {
                StartOrigin::FirstVisit | StartOrigin::New => {
                    lock::hold(&id).await;
                    self.probe().await;
                    self.save_soon();
                }
                StartOrigin::Mirror => {
                    // The claim of the start may have its answer already.
                    if self.access.get_untracked() == Access::Opening {
                        self.claim(&id).await;
                    }
                    self.probe().await;
                    self.reconcile(&id).await;
                }
                StartOrigin::Database => {
                    self.probe().await;
                    match self.newest(&id).await {
                        Some(record) => self.show(record, Leaving::Keep),
                        None => self.start_afresh(),
                    }
                }
            }
            self.refresh_list().await;
            self.collect_mirrors().await;
        });
    }

    async fn probe(self) {
        match self.inner().shelf.probe().await {
            Ok(()) => self.place.set(Place::Device),
            Err(error) => {
                self.place.set(Place::Memory(error));
                spawn_local(self.wait_for_database());
            }
        }
    }

    /// A database that answers late, on a busy device, is as good as any other.
    async fn wait_for_database(self) {
        if self.inner().shelf.catch_up().await.is_err() {
            return;
        }
        self.place.set(Place::Device);
        self.save().await;
        self.refresh_list().await;
        self.collect_mirrors().await;
    }

    /// Lets the newer one of mirror and database count.
    async fn reconcile(self, id: &DocumentId) {
        let inner = self.inner();
        let stored = inner.shelf.read(id).await;
        if !self.is_current(id) || !self.is_writer() {
            return;
        }
        if let Some(stored) = &stored {
            let mut noted = inner.noted.borrow_mut();
            *noted = with_created(noted.clone(), stored.summary.created);
        }
        let is_edited = inner.revision.get() != inner.saved_revision.get();
        let since = if is_edited {
            Since::Edited
        } else {
            Since::Untouched
        };
        let outcome = reconcile(&inner.noted.borrow(), stored.as_ref(), since);
        match (outcome, stored) {
            (Outcome::Same, _) => self.list_noted(),
            (Outcome::Write, _) => self.save_soon(),
            (Outcome::Show, Some(stored)) => self.follow(stored),
            (Outcome::Part, Some(stored)) => {
                self.keep_apart(stored);
                self.save_soon();
            }
            (Outcome::Show | Outcome::Part, None) => {}
        }
    }

    /// Brings into the database what tabs that are gone have left in the mirror.
    async fn collect_mirrors(self) {
        let inner = self.inner();
        let mut is_any_new = false;
        for id in mirror::ids() {
            if self.is_current(&id) || lock::hold(&id).await == Grant::Refused {
                continue;
            }
            let stored = inner.shelf.read(&id).await;
            let left = mirror::read(&id);
            let is_kept = match left {
                Some(left)
                    if reconcile(&left, stored.as_ref(), Since::Untouched) == Outcome::Write =>
                {
                    is_any_new = true;
                    let created =
                        stored.map_or(left.summary.created, |stored| stored.summary.created);
                    inner.shelf.write(with_created(left, created)).await.is_ok()
                }
                Some(_) | None => true,
            };
            if !self.is_current(&id) {
                if is_kept {
                    mirror::forget(&id);
                }
                lock::release(&id);
            }
        }
        if is_any_new {
            self.refresh_list().await;
        }
    }
}
