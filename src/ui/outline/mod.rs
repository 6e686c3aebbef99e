//! The states as a tree: what the graph shows, for those who read and walk by key.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;

use crate::asl::{Pointer, State, StateMachine};
use crate::ui::dom::element::{focus_id, step_focus};
use crate::ui::erased::{derive, handler, live, memo};
use crate::ui::store::{DocumentStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, type_icon};

/// More rows than this nobody walks; the list says how many there are.
const MOST: usize = 1_000;

/// A state of the tree.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    pointer: Pointer,
    name: String,
    kind: &'static str,
    icon: (&'static str, &'static str),
    level: u32,
    /// The place among its siblings, from 1, and how many there are.
    place: (usize, usize),
    /// Whether states stand below it.
    is_parent: bool,
}

/// The tree.
#[component]
pub fn Outline() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let rows = memo(move || {
        let mut rows = Vec::new();
        add(&document.analysed().drawable().machine, 1, &mut rows);
        rows
    });
    // The Tab key comes to the selected state, or else to the first.
    let stop = memo(move || {
        let selected = selection.pointer();
        rows.with(|rows| {
            let mut all = rows.iter().take(MOST);
            let found = all.position(|row| Some(&row.pointer) == selected.as_ref());
            found.unwrap_or(0)
        })
    });
    let on_key = move |event: KeyboardEvent| {
        let last = rows.with_untracked(Vec::len).min(MOST).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => step_focus(&event, 1),
            "ArrowUp" => step_focus(&event, -1),
            "Home" => focus_id(&row_id(0)),
            "End" => focus_id(&row_id(last)),
            _ => return,
        }
        event.prevent_default();
    };
    move || {
        let all = rows.get();
        if all.is_empty() {
            return view! { <p class="empty">"No states"</p> }.into_any();
        }
        let shown = all.iter().take(MOST).enumerate();
        let items = shown.map(|(at, row)| item(at, row.clone(), stop, selection));
        let more = all.len().saturating_sub(MOST);
        let more = (more > 0).then(|| view! { <p class="empty">{format!("and {more} more")}</p> });
        view! {
            <ul class="outline" role="tree" aria-label="States" on:keydown=handler(on_key)>
                {items.collect_view()}
            </ul>
            {more}
        }
        .into_any()
    }
}

fn item(at: usize, row: Row, stop: Memo<usize>, selection: SelectionStore) -> AnyView {
    let Row {
        pointer,
        name,
        kind,
        icon: (icon, class),
        level,
        place: (place, count),
        is_parent,
    } = row;
    let own = pointer.clone();
    let is_selected = derive(move || selection.pointer().as_ref() == Some(&own));
    let choose = move || selection.select(Some(pointer.clone()), Origin::Panel);
    let chosen = choose.clone();
    let on_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            chosen();
        }
    };
    view! {
        <li
            id=row_id(at) role="treeitem" aria-posinset=place aria-setsize=count
            aria-expanded=is_parent.then_some("true")
            aria-selected=live(move || if is_selected.get() { "true" } else { "false" })
            tabindex=live(move || if stop.get() == at { "0" } else { "-1" })
            style=format!("--level: {level}")
            on:click=handler(move |_| choose())
            on:keydown=handler(on_key)
        >
            <Icon name=icon class=class/>
            <span class="truncate">{name}</span>
            <span class="kind">{kind}</span>
        </li>
    }
    .add_any_attr(custom_attribute("aria-level", level.to_string()))
    .into_any()
}

fn row_id(at: usize) -> String {
    format!("outline-{at}")
}

/// Machines nest no deeper than the text.
fn add(machine: &StateMachine, level: u32, rows: &mut Vec<Row>) {
    let count = machine.states.len();
    for (at, state) in machine.states.values().enumerate() {
        rows.push(row(state, level, (at + 1, count)));
        for inner in state.machines() {
            add(inner, level + 1, rows);
        }
    }
}

fn row(state: &State, level: u32, place: (usize, usize)) -> Row {
    let kind = state.kind.state_type();
    Row {
        pointer: state.pointer.clone(),
        name: state.name.to_string(),
        kind: kind.map_or("", |kind| kind.as_str()),
        icon: type_icon(kind),
        level,
        place,
        is_parent: state.machines().any(|machine| !machine.states.is_empty()),
    }
}
