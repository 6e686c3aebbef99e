//! The second file of the program: what comes a moment after the page takes input.
//!
//! Editor and canvas wait for as little as possible. Lists, panels and dialogs that nobody
//! looks into before that, and all that commands do, are in a file of their own, which is
//! fetched when the first frame is painted.
//!
//! The program is one, written and compiled as one; it is cut after linking, in
//! `scripts/split.mjs`. The cut follows references: what only the function at the cut
//! reaches (in `src/main.rs`: it makes [`Parts`]) goes to the second file with its views,
//! closures and texts, and everything else stays in the first. Both share memory and
//! function table, so a store or a signal of the first file is the same in the second.
//!
//! Hence the rules:
//!
//! * The first file names nothing of the second. It asks [`Later`]: for a view, which shows
//!   nothing until the file is here, or for a deed, which waits for it.
//! * Frames, heads and tabs are the first file's. What arrives fills frames that stand, so
//!   nothing moves.
//! * A panel is in the second file because nothing but [`Parts`] names it. One call from
//!   elsewhere brings it back into the first; the budgets of `tests/site` tell.
//!
//! A debug build is not cut: there the parts are there at once.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::command::{Command, Commands, Palette};
use super::documents::{Documents, DropTarget, Keeping, Toasts};
use super::dom::element::behind_paint;
use super::erased::{Reactive, show};
use super::execution::{Events, Inputs};
use super::gallery::Gallery;
use super::inspector::Inspector;
use super::outline::Outline;
use super::problems::Problems;
use super::scratchpad::Scratchpad;
use super::store::DocumentsStore;
use super::store::documents::StartOrigin;
use crate::web::documents::record::DocumentId;

/// What the second file holds, each part by a function that leads into it.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub(super) documents: fn() -> AnyView,
    pub(super) gallery: fn() -> AnyView,
    pub(super) outline: fn() -> AnyView,
    pub(super) inspector: fn() -> AnyView,
    pub(super) problems: fn() -> AnyView,
    pub(super) events: fn() -> AnyView,
    pub(super) inputs: fn() -> AnyView,
    pub(super) scratchpad: fn() -> AnyView,
    pub(super) palette: fn() -> AnyView,
    pub(super) keeping: fn() -> AnyView,
    pub(super) toasts: fn() -> AnyView,
    pub(super) drop_target: fn() -> AnyView,
    pub(super) listen: fn(Commands),
    pub(super) perform: fn(Commands, Command),
    pub(super) arrive: fn(DocumentsStore, StartOrigin),
    pub(super) look_on: fn(DocumentsStore, &DocumentId),
}

impl Parts {
    /// All of them. Whatever calls this has them in its own file, so only the function at
    /// the cut does.
    pub fn all() -> Self {
        Self {
            documents: || view! { <Documents/> }.into_any(),
            gallery: || view! { <Gallery/> }.into_any(),
            outline: || view! { <Outline/> }.into_any(),
            inspector: || view! { <Inspector/> }.into_any(),
            problems: || view! { <Problems/> }.into_any(),
            events: || view! { <Events/> }.into_any(),
            inputs: || view! { <Inputs/> }.into_any(),
            scratchpad: || view! { <Scratchpad/> }.into_any(),
            palette: || view! { <Palette/> }.into_any(),
            keeping: || view! { <Keeping/> }.into_any(),
            toasts: || view! { <Toasts/> }.into_any(),
            drop_target: || view! { <DropTarget/> }.into_any(),
            listen: super::command::listen,
            perform: Commands::perform,
            arrive: DocumentsStore::arrive,
            look_on: DocumentsStore::look_on,
        }
    }
}

/// Fetches the second file; nothing if it cannot be had.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Option<Parts>>>>;

type Deed = Box<dyn FnOnce(&Parts)>;

/// The second file, as the first one sees it.
#[derive(Clone, Copy)]
pub struct Later {
    fetch: Fetch,
    parts: RwSignal<Option<Parts>>,
    /// Whether the last attempt to fetch it failed.
    is_missing: RwSignal<bool>,
    waiting: StoredValue<Vec<Deed>, LocalStorage>,
}

impl Later {
    /// Not fetched yet.
    pub fn new(fetch: Fetch) -> Self {
        Self {
            fetch,
            parts: RwSignal::new(None),
            is_missing: RwSignal::new(false),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Fetches the file as soon as what is here already is painted.
    pub fn fetch_after_paint(self) {
        behind_paint(move || self.fetch());
    }

    /// Fetches the file.
    pub fn fetch(self) {
        self.is_missing.set(false);
        spawn_local(async move {
            match (self.fetch)().await {
                Some(parts) => self.take(parts),
                None => self.is_missing.set(true),
            }
        });
    }

    fn take(self, parts: Parts) {
        self.parts.set(Some(parts));
        let waiting = self.waiting.try_update_value(std::mem::take);
        for deed in waiting.unwrap_or_default() {
            deed(&parts);
        }
    }

    /// Whether the file is here.
    pub fn is_here(self) -> bool {
        self.parts.with(Option::is_some)
    }

    /// Whether the file could not be fetched.
    pub fn is_missing(self) -> bool {
        self.is_missing.get()
    }

    /// A view of the second file.
    pub fn view(self, choose: fn(&Parts) -> fn() -> AnyView) -> Reactive<AnyView> {
        show(move || self.parts.get().map(|parts| choose(&parts)()))
    }

    /// Does something that takes the second file, at once or as soon as it is here.
    pub fn run(self, deed: impl FnOnce(&Parts) + 'static) {
        self.run_boxed(Box::new(deed));
    }

    fn run_boxed(self, deed: Deed) {
        match self.parts.get_untracked() {
            Some(parts) => deed(&parts),
            None => self.waiting.update_value(|waiting| waiting.push(deed)),
        }
    }
}
