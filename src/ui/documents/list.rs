//! The list, walked by arrows: rows are documents, the second column are their actions.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::row::Row;
use super::row_menu::RowMenu;
use crate::ui::dom::element::{ScreenRect, after_paint, focus_id};
use crate::ui::erased::{effect, handler};
use crate::ui::store::DocumentsStore;
use crate::web::documents::record::DocumentId;

/// Where the keyboard is in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Its name, which opens it.
    Name,
    /// What can be done to it.
    Actions,
}

/// What the rows of the list share.
#[derive(Clone, Copy)]
pub(super) struct ListState {
    /// The row that the keyboard is on.
    pub(super) active: RwSignal<DocumentId>,
    /// And its column.
    pub(super) column: RwSignal<Column>,
    /// The document whose name is being changed.
    pub(super) renamed: RwSignal<Option<DocumentId>>,
    /// The document whose actions are shown, and the button they belong to.
    pub(super) menu: RwSignal<Option<(DocumentId, ScreenRect)>>,
}

impl ListState {
    /// Puts the focus on a row.
    pub(super) fn focus(self, id: &DocumentId, column: Column) {
        self.active.set(id.clone());
        self.column.set(column);
        let id = element_id(id, column);
        after_paint(move || focus_id(&id));
    }

    /// Lets the user type another name.
    pub(super) fn rename(self, id: &DocumentId) {
        self.menu.set(None);
        self.renamed.set(Some(id.clone()));
    }
}

/// The id of the element that takes the focus.
pub(super) fn element_id(id: &DocumentId, column: Column) -> String {
    match column {
        Column::Name => format!("document-{id}"),
        Column::Actions => format!("document-{id}-actions"),
    }
}

#[component]
pub(super) fn List() -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let state = ListState {
        active: RwSignal::new(documents.current_untracked()),
        column: RwSignal::new(Column::Name),
        renamed: RwSignal::new(None),
        menu: RwSignal::new(None),
    };
    // The open document is where the keyboard starts; a row that is gone is none.
    effect(move || state.active.set(documents.current()));
    let on_key = move |event: KeyboardEvent| {
        if state.renamed.with_untracked(Option::is_some) {
            return;
        }
        let ids: Vec<DocumentId> = untrack(|| documents.list())
            .into_iter()
            .map(|listed| listed.id)
            .collect();
        let active = state.active.get_untracked();
        let at = ids.iter().position(|id| *id == active).unwrap_or(0);
        let go = |to: usize, column: Column| {
            if let Some(id) = ids.get(to) {
                state.focus(id, column);
            }
        };
        let column = state.column.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => go((at + 1).min(ids.len().saturating_sub(1)), column),
            "ArrowUp" => go(at.saturating_sub(1), column),
            "Home" => go(0, column),
            "End" => go(ids.len().saturating_sub(1), column),
            "ArrowRight" => go(at, Column::Actions),
            "ArrowLeft" => go(at, Column::Name),
            "F2" => state.rename(&active),
            "Delete" => {
                let next = ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?));
                documents.delete(&active);
                if let Some(next) = next {
                    state.focus(next, Column::Name);
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <div class="documents-list" role="grid" aria-label="Documents" on:keydown=handler(on_key)>
            <For each=move || documents.list() key=|listed| listed.id.clone() let:listed>
                <Row id=listed.id state/>
            </For>
        </div>
        <RowMenu state/>
    }
}
