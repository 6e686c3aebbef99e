//! The examples of the site, fetched when somebody first looks for one.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::authoring::example::{Group, read_groups};
use crate::ui::dom::element::examples_address;
use crate::ui::dom::fetch::{FetchError, fetch_text};

/// What is known of the examples.
#[derive(Clone, Debug, PartialEq)]
pub enum Catalogue {
    /// Nobody has asked for them yet.
    Unasked,
    /// They are on their way.
    Loading,
    /// Here they are.
    Loaded(Arc<[Group]>),
    /// They did not come: why, and what to do.
    Failed(String),
}

/// The examples of the site.
#[derive(Clone, Copy)]
pub struct GalleryStore {
    catalogue: RwSignal<Catalogue>,
}

impl GalleryStore {
    /// Asks for nothing yet.
    pub fn new() -> Self {
        Self {
            catalogue: RwSignal::new(Catalogue::Unasked),
        }
    }

    /// What is known of them.
    pub fn catalogue(self) -> Catalogue {
        self.catalogue.get()
    }

    /// Fetches them, unless they are here or on their way.
    pub fn load(self) {
        match self.catalogue.get_untracked() {
            Catalogue::Loading | Catalogue::Loaded(_) => return,
            Catalogue::Unasked | Catalogue::Failed(_) => {}
        }
        self.catalogue.set(Catalogue::Loading);
        // The page itself comes first: its first frame waits for nothing that is fetched.
        request_animation_frame(move || {
            set_timeout(
                move || {
                    spawn_local(async move {
                        let text = fetch_text(&examples_address()).await;
                        self.catalogue.set(read(text));
                    });
                },
                Duration::ZERO,
            );
        });
    }
}

fn read(text: Result<String, FetchError>) -> Catalogue {
    let why = match text.map(|text| read_groups(&text)) {
        Ok(Some(groups)) => return Catalogue::Loaded(groups.into()),
        Err(FetchError::Unreachable) => "The site cannot be reached. Are you offline?".into(),
        Err(FetchError::Status(status)) => format!(
            "The site answered {status}. This page may be of an earlier version: reload it, or try again."
        ),
        Ok(None) => "What the site sent are no examples. Reload the page, or try again.".into(),
    };
    Catalogue::Failed(why)
}
