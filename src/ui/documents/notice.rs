//! What is said in the line below the top bar: what stands in the way of keeping the open document.

use leptos::prelude::*;

use crate::ui::erased::{handler, memo, show};
use crate::ui::store::DocumentsStore;
use crate::ui::store::documents::{Access, Place, Standing};
use crate::ui::widget::Icon;
use crate::web::documents::shelf::StorageError;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Hindrance {
    /// Another tab writes the document.
    Elsewhere,
    /// That tab was asked for it.
    TakingOver,
    /// Documents are in memory; why.
    Memory(String),
    /// The open document does not fit.
    Full,
    /// The database failed; why.
    Failed(String),
}

/// What stands in the way, and what can be done about it. Nothing, usually.
#[component]
pub fn Keeping() -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let hindrance = memo(move || hindrance(documents));
    let download = move |_| documents.download(&documents.current_untracked());
    let is_warning = move || {
        !matches!(
            hindrance.get(),
            Some(Hindrance::Elsewhere | Hindrance::TakingOver)
        )
    };
    let content = move || {
        let download_button = move || view! { <button type="button" class="btn small" on:click=handler(download)>"Download it"</button> };
        let content = match hindrance.get()? {
            Hindrance::Elsewhere => view! {
                <Icon name="i-info"/>
                <span class="grow"><b>"Open in another tab."</b>" You see what is saved there."</span>
                <button type="button" class="btn small" on:click=handler(move |_| documents.take_over())>"Take over"</button>
                <button type="button" class="btn small" on:click=handler(move |_| documents.work_on_copy())>"Work on a copy"</button>
            }
            .into_any(),
            Hindrance::TakingOver => view! {
                <Icon name="i-info"/>
                <span class="grow"><b>"Taking over…"</b>" The other tab saves the document."</span>
            }
            .into_any(),
            Hindrance::Memory(reason) => view! {
                <Icon name="i-warn"/>
                <span class="grow" title=reason>
                    <b>"This browser keeps no documents."</b>" They may be gone when you leave: download what you want to keep."
                </span>
                {download_button()}
                <button type="button" class="btn small" on:click=handler(move |_| documents.export_all())>"Download all"</button>
            }
            .into_any(),
            Hindrance::Full => view! {
                <Icon name="i-warn"/>
                <span class="grow"><b>"Not saved: this device's storage is full."</b>" Download the document, or delete others."</span>
                {download_button()}
            }
            .into_any(),
            Hindrance::Failed(reason) => view! {
                <Icon name="i-warn"/>
                <span class="grow" title=reason><b>"Not saved: the browser's database failed."</b>" Download the document to keep it."</span>
                {download_button()}
            }
            .into_any(),
        };
        Some(content)
    };
    show(move || {
        content().map(
            |content| view! { <div class="notice" class:is-warning=is_warning>{content}</div> },
        )
    })
}

fn hindrance(documents: DocumentsStore) -> Option<Hindrance> {
    match documents.access() {
        Access::Elsewhere => return Some(Hindrance::Elsewhere),
        Access::TakingOver => return Some(Hindrance::TakingOver),
        Access::Opening | Access::Writer => {}
    }
    if let Place::Memory(error) = documents.place() {
        return Some(Hindrance::Memory(reason(&error)));
    }
    match documents.standing() {
        Standing::Unsaved(StorageError::Full) => Some(Hindrance::Full),
        Standing::Unsaved(StorageError::Unavailable(reason)) => Some(Hindrance::Failed(reason)),
        Standing::Saved | Standing::Saving | Standing::Elsewhere | Standing::OnlyThis => None,
    }
}

fn reason(error: &StorageError) -> String {
    match error {
        StorageError::Full => "Its storage is full".to_owned(),
        StorageError::Unavailable(reason) => reason.clone(),
    }
}
