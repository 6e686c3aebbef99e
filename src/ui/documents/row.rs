//! One document of the list.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;

use super::age::age;
use super::list::{Column, ListState, element_id};
use crate::time::Timestamp;
use crate::ui::dom::clock;
use crate::ui::dom::element::{after_paint, leave_field, screen_rect_of, select_id};
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::DocumentsStore;
use crate::ui::widget::Icon;
use crate::web::documents::record::{DocumentId, Summary};

#[component]
pub(super) fn Row(id: DocumentId, state: ListState) -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let id = StoredValue::new(id);
    let is_me = move |other: &DocumentId| id.with_value(|id| id == other);
    let summary = memo(move || {
        documents
            .list()
            .into_iter()
            .find(|listed| is_me(&listed.id))
    });
    let name = move || {
        summary
            .get()
            .map(|summary| summary.name)
            .unwrap_or_default()
    };
    let is_current = move || is_me(&documents.current());
    let is_active = move |column| state.active.with(is_me) && state.column.get() == column;
    let tab_index = move |column| if is_active(column) { 0 } else { -1 };
    // However the focus came here, the keys go on from here.
    let reach = move |column| {
        state.active.set(id.get_value());
        state.column.set(column);
    };
    let open = move |_| documents.open(&id.get_value());
    let show_actions = move |event: MouseEvent| {
        reach(Column::Actions);
        let rect = screen_rect_of(&event);
        state.menu.update(|menu| {
            *menu = match menu {
                Some((shown, _)) if is_me(shown) => None,
                Some(_) | None => rect.map(|rect| (id.get_value(), rect)),
            }
        });
    };
    let cell = move || {
        if state.renamed.get().as_ref().is_some_and(is_me) {
            return view! { <NameField id state name=name()/> }.into_any();
        }
        view! {
            <button
                type="button" class="document-open"
                id=element_id(&id.get_value(), Column::Name)
                tabindex=live(move || tab_index(Column::Name))
                title=name
                on:focus=handler(move |_| reach(Column::Name))
                on:click=handler(open)
                on:dblclick=handler(move |_| state.rename(&id.get_value()))
            >
                <span class="document-title truncate">{name}</span>
                <span class="document-facts num">{show(move || summary.get().map(|summary| facts(&summary)))}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="document" role="row" aria-selected=live(move || is_current().to_string())>
            <div role="gridcell">{cell}</div>
            <div role="gridcell">
                <button
                    type="button" class="btn ghost small square"
                    id=element_id(&id.get_value(), Column::Actions)
                    tabindex=live(move || tab_index(Column::Actions))
                    aria-haspopup="true"
                    aria-expanded=live(move || state.menu.with(|menu| menu.as_ref().is_some_and(|(shown, _)| is_me(shown))).to_string())
                    aria-label=live(move || format!("Actions for {}", name()))
                    title="Actions"
                    on:focus=handler(move |_| reach(Column::Actions))
                    on:click=handler(show_actions)
                ><Icon name="i-more"/></button>
            </div>
        </div>
    }
}

fn facts(summary: &Summary) -> String {
    let age = age(Timestamp::from_millis(summary.changed), clock::now());
    let bytes = summary.bytes as f64;
    if bytes < 1_000_000.0 {
        return format!("{age} · {:.1} kB", bytes / 1e3);
    }
    format!("{age} · {:.1} MB", bytes / 1e6)
}

/// The name as a field: Enter and leaving it take the new one, Escape the old one.
#[component]
fn NameField(id: StoredValue<DocumentId>, state: ListState, name: String) -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let node = NodeRef::<html::Input>::new();
    let finish = move |new: Option<String>| {
        if state.renamed.get_untracked().is_none() {
            return;
        }
        state.renamed.set(None);
        if let Some(new) = new {
            documents.rename(&id.get_value(), &new);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" => leave_field(&event),
            "Escape" => finish(None),
            _ => return,
        }
        event.stop_propagation();
        state.focus(&id.get_value(), Column::Name);
    };
    after_paint(|| select_id("document-name-field"));
    view! {
        <input
            node_ref=node id="document-name-field" class="input" aria-label="New name" maxlength="80" spellcheck="false"
            value=name
            on:keydown=handler(on_key)
            on:blur=handler(move |event| finish(Some(event_target_value(&event))))
        />
    }
}
