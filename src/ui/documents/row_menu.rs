//! What can be done to a document of the list.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use super::list::{Column, ListState};
use crate::ui::dom::element::{after_paint, focus_first_in, focus_stays_within, step_focus};
use crate::ui::erased::handler;
use crate::ui::store::DocumentsStore;
use crate::web::documents::record::DocumentId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Rename,
    Duplicate,
    Download,
    Delete,
}

const ACTIONS: [(Action, &str, &str); 4] = [
    (Action::Rename, "Rename", "F2"),
    (Action::Duplicate, "Duplicate", ""),
    (Action::Download, "Download", ""),
    (Action::Delete, "Delete", "Del"),
];

#[component]
pub(super) fn RowMenu(state: ListState) -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let anchor = NodeRef::<html::Div>::new();
    let act = move |action: Action, id: &DocumentId| {
        state.menu.set(None);
        match action {
            Action::Rename => return state.rename(id),
            Action::Duplicate => documents.duplicate(id),
            Action::Download => documents.download(id),
            Action::Delete => return documents.delete(id),
        }
        state.focus(id, Column::Actions);
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => {
                if let Some((id, _)) = state.menu.get_untracked() {
                    state.menu.set(None);
                    state.focus(&id, Column::Actions);
                }
            }
            "ArrowDown" => step_focus(&event, 1),
            "ArrowUp" => step_focus(&event, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_focus_out = move |event: FocusEvent| {
        let stays = anchor
            .get_untracked()
            .map(|anchor| focus_stays_within(&anchor, &event));
        if stays == Some(false) {
            state.menu.set(None);
        }
    };
    move || {
        let (id, rect) = state.menu.get()?;
        after_paint(|| focus_first_in("document-menu"));
        let id = StoredValue::new(id);
        let entries = ACTIONS
            .into_iter()
            .map(|(action, label, key)| {
                let key = (!key.is_empty()).then(|| view! { <kbd>{key}</kbd> });
                view! {
                    <button type="button" on:click=handler(move |_| act(action, &id.get_value()))>
                        <span class="grow">{label}</span>{key}
                    </button>
                }
            })
            .collect_view();
        Some(view! {
            <div
                node_ref=anchor class="menu document-menu" role="group" aria-label="Actions"
                style=format!("left: min({}px, 100vw - 180px); top: min({}px, 100vh - 160px)", rect.x, rect.y + rect.height + 2.0)
                on:keydown=handler(on_key) on:focusout=handler(on_focus_out)
            >{entries}</div>
        })
    }
}
