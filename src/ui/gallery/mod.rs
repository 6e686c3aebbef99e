//! The gallery of examples: loading, found ones in groups, one click from being open.

mod entry;
mod list;

use leptos::prelude::*;

use crate::ui::erased::handler;
use crate::ui::store::GalleryStore;
use crate::ui::store::gallery::Catalogue;
pub use entry::opener;
use list::List;

/// All examples, by what they teach.
#[component]
pub fn Gallery() -> impl IntoView {
    let gallery = expect_context::<GalleryStore>();
    gallery.load();
    move || {
        match gallery.catalogue() {
        Catalogue::Unasked | Catalogue::Loading => {
            view! { <p class="empty is-late" role="status">"Loading the examples…"</p> }.into_any()
        }
        Catalogue::Failed(why) => view! {
            <div class="empty">
                <p role="alert">"The examples did not come. "{why}</p>
                <button type="button" class="btn" on:click=handler(move |_| gallery.load())>"Try again"</button>
            </div>
        }
        .into_any(),
        Catalogue::Loaded(groups) => view! { <List groups/> }.into_any(),
    }
    }
}
