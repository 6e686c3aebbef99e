//! The list: a field that narrows it, groups, and arrows that walk it.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::entry::{Entry, entry_id};
use crate::authoring::example::{Example, Group};
use crate::ui::dom::element::focus_id;
use crate::ui::erased::{derive, handler, live, memo, show};
use crate::ui::store::DocumentStore;

const SEARCH_ID: &str = "example-search";

/// Which entry the Tab key comes to, and which ones are there.
#[derive(Clone, Copy)]
struct Walk {
    found: Memo<Vec<String>>,
    last: RwSignal<String>,
    stop: Memo<String>,
}

impl Walk {
    /// The entry that a key leads to from where the focus was; `None` for other keys.
    fn step(self, key: &str) -> Option<String> {
        let found = self.found.get_untracked();
        let stop = self.stop.get_untracked();
        let at = found.iter().position(|name| *name == stop)?;
        let to = match key {
            "ArrowDown" => (at + 1).min(found.len() - 1),
            "ArrowUp" => at.checked_sub(1)?,
            "Home" => 0,
            "End" => found.len() - 1,
            _ => return None,
        };
        found.get(to).cloned()
    }

    fn go(self, name: String) {
        focus_id(&entry_id(&name));
        self.last.set(name);
    }
}

/// The examples in their groups.
#[component]
pub(super) fn List(groups: Arc<[Group]>) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let query = RwSignal::new(String::new());
    let last = RwSignal::new(String::new());
    let all = groups.clone();
    let found = memo(move || {
        let examples = all.iter().flat_map(|group| &group.examples);
        let found = query.with(|query| examples.filter(|it| it.matches(query)).collect::<Vec<_>>());
        found
            .into_iter()
            .map(|example| example.name.clone())
            .collect::<Vec<_>>()
    });
    let stop = memo(move || {
        let open = document.name();
        found.with(|found| {
            let is_there = |name: &String| found.contains(name).then(|| name.clone());
            let stop = is_there(&last.get()).or_else(|| is_there(&open));
            stop.or_else(|| found.first().cloned()).unwrap_or_default()
        })
    });
    let walk = Walk { found, last, stop };
    let on_key = move |event: KeyboardEvent| {
        if let Some(name) = walk.step(&event.key()) {
            event.prevent_default();
            walk.go(name);
        } else if event.key() == "ArrowUp" {
            event.prevent_default();
            focus_id(SEARCH_ID);
        }
    };
    let sections = groups
        .iter()
        .map(|group| section(group, walk))
        .collect_view();
    view! {
        <div class="gallery">
            <Search query walk/>
            <div on:keydown=handler(on_key)>{sections}</div>
            {show(move || found.with(Vec::is_empty).then(|| view! {
                <p class="empty" role="status">"No example is about that"</p>
            }))}
        </div>
    }
}

fn section(group: &Group, walk: Walk) -> AnyView {
    let names: Vec<String> = group.examples.iter().map(|it| it.name.clone()).collect();
    let is_hidden = move || {
        walk.found
            .with(|found| !names.iter().any(|name| found.contains(name)))
    };
    let entries = group
        .examples
        .iter()
        .map(|example| row(example.clone(), walk))
        .collect_view();
    view! {
        <section hidden=is_hidden aria-label=group.group.clone()>
            <h2 class="group">{group.group.clone()}</h2>
            <ul class="entries">{entries}</ul>
        </section>
    }
    .into_any()
}

fn row(example: Example, walk: Walk) -> AnyView {
    let name = StoredValue::new(example.name.clone());
    let is_hidden = move || name.with_value(|name| walk.found.with(|found| !found.contains(name)));
    let is_stop = derive(move || name.with_value(|name| walk.stop.get() == *name));
    let focused = move |_| walk.last.set(name.get_value());
    view! {
        <li hidden=is_hidden on:focusin=handler(focused)><Entry example is_stop/></li>
    }
    .into_any()
}

#[component]
fn Search(query: RwSignal<String>, walk: Walk) -> impl IntoView {
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            walk.go(walk.stop.get_untracked());
        }
        "Escape" if query.with_untracked(|query| !query.is_empty()) => {
            event.stop_propagation();
            query.set(String::new());
        }
        _ => {}
    };
    view! {
        <div class="gallery-search" role="search">
            <input
                type="search" id=SEARCH_ID class="input" placeholder="Find an example"
                aria-label="Find an example" autocomplete="off" spellcheck="false"
                prop:value=live(move || query.get())
                on:input=handler(move |event| query.set(event_target_value(&event)))
                on:keydown=handler(on_key)
            />
        </div>
    }
}
