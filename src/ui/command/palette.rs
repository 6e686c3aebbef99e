//! The list of commands: type some letters, choose by arrows or pointer, Enter.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;

use super::act::Commands;
use super::item::{Choice, Item, MOST, all, matching, runs};
use super::table::Spot;
use crate::authoring::example::Example;
use crate::ui::dom::element::{is_own, reveal_id};
use crate::ui::erased::{effect, handler, live, memo, show};
use crate::ui::gallery::opener;
use crate::ui::store::gallery::Catalogue;
use crate::ui::widget::Icon;

const LIST: &str = "command-list";

/// A dialog over the page; the browser keeps the focus in it and gives it back.
#[component]
pub fn Palette() -> impl IntoView {
    let commands = expect_context::<Commands>();
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let is_listed = commands.is_listed.get();
        let Some(dialog) = dialog.get() else { return };
        if is_listed && !dialog.open() {
            // Fails only for a dialog outside the page.
            let _ = dialog.show_modal();
        } else if !is_listed && dialog.open() {
            dialog.close();
        }
    });
    let close = move || {
        // At once: what is chosen next may want the focus.
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| dialog.open()) {
            dialog.close();
        }
        commands.is_listed.set(false);
    };
    // The browser tells of a closing some time after it: the list may be open again by then.
    let is_open = move || dialog.get_untracked().is_some_and(|dialog| dialog.open());
    view! {
        <dialog
            class="palette" aria-label="Commands" node_ref=dialog
            on:cancel=handler(move |_: leptos::ev::Event| commands.is_listed.set(false))
            on:close=handler(move |_| if !is_open() { commands.is_listed.set(false) })
            on:click=handler(move |event: MouseEvent| if is_own(&event) { close() })
        >
            {show(move || commands.is_listed.get().then(|| view! { <List close=Callback::new(move |()| close())/> }))}
        </dialog>
    }
}

#[component]
fn List(close: Callback<()>) -> impl IntoView {
    let commands = expect_context::<Commands>();
    commands.gallery().load();
    let items = memo(move || all(commands));
    let open_example = opener();
    let query = RwSignal::new(String::new());
    let found = memo(move || {
        let recent = commands.recent.get_untracked();
        query.with(|query| items.with(|items| matching(items, query, &recent)))
    });
    let shown = memo(move || found.with(|found| found.len().min(MOST)));
    let chosen = RwSignal::new(0_usize);
    let choose = Callback::new(move |at: usize| {
        let Some(item) = found.with_untracked(|found| found.get(at).cloned()) else {
            return;
        };
        if item.refusal.is_none() {
            close.run(());
            act(commands, item.choice, &open_example);
        }
    });
    effect(move || reveal_id(&option_id(chosen.get())));
    let on_key = move |event: KeyboardEvent| {
        let last = shown.get_untracked().saturating_sub(1);
        let at = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" if at >= last => 0,
            "ArrowDown" => at + 1,
            "ArrowUp" => at.checked_sub(1).unwrap_or(last),
            "PageDown" => (at + 8).min(last),
            "PageUp" => at.saturating_sub(8),
            "Enter" => {
                event.prevent_default();
                return choose.run(at);
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to);
    };
    let rows = move || {
        let found = found.get();
        let rows = found.into_iter().take(MOST).enumerate();
        rows.map(|(at, item)| view! { <Row at item chosen choose/> })
            .collect_view()
    };
    let summary = move || match found.with(Vec::len) {
        0 => "Nothing has these letters".to_owned(),
        1 => "1 command".to_owned(),
        count if count > MOST => format!("{count} commands, the first {MOST} shown; go on typing"),
        count => format!("{count} commands"),
    };
    view! {
        <div class="palette-field">
            <Icon name="i-search"/>
            <input
                role="combobox" aria-label="Find a command, a state or an example"
                aria-expanded="true" aria-autocomplete="list" aria-controls=LIST
                aria-activedescendant=live(move || (shown.get() > 0).then(|| option_id(chosen.get())))
                placeholder="Find a command, a state or an example"
                autofocus autocomplete="off" spellcheck="false"
                on:input=handler(move |event| { query.set(event_target_value(&event)); chosen.set(0); })
                on:keydown=handler(on_key)
            />
            <button type="button" class="btn ghost square" aria-label="Close" title="Close (Esc)" on:click=handler(move |_| close.run(()))>
                <Icon name="i-times"/>
            </button>
        </div>
        <ul class="scroll" id=LIST role="listbox" aria-label="Commands">{rows}</ul>
        <p class="palette-foot" role="status">{summary}</p>
    }
}

#[component]
fn Row(at: usize, item: Item, chosen: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    let Item {
        group,
        title,
        keys,
        place,
        refusal,
        found,
        ..
    } = item;
    let parts = runs(&title, &found).into_iter().map(|(is_found, run)| {
        if is_found {
            view! { <mark>{run}</mark> }.into_any()
        } else {
            run.into_any()
        }
    });
    let note = match (refusal, place) {
        (Some(reason), _) => reason.to_owned(),
        (None, Some(place)) => format!("on {place}"),
        (None, None) if title == group => String::new(),
        (None, None) => group.to_owned(),
    };
    let keys = keys.into_iter().map(|keys| view! { <kbd>{keys}</kbd> });
    view! {
        <li
            class="command" role="option" id=option_id(at)
            aria-selected=live(move || (chosen.get() == at).to_string())
            aria-disabled=refusal.map(|_| "true")
            on:pointermove=handler(move |_| if chosen.get_untracked() != at { chosen.set(at) })
            on:click=handler(move |_| choose.run(at))
        >
            <span class="truncate" title=title.clone()>{parts.collect_view()}</span>
            <span class="note">{note}</span>
            {keys.collect_view()}
        </li>
    }
}

fn act(commands: Commands, choice: Choice, open_example: &impl Fn(&Example)) {
    match choice {
        Choice::Command(command) => {
            commands.recent.update(|recent| {
                recent.retain(|other| *other != command);
                recent.insert(0, command);
            });
            commands.act(command);
        }
        Choice::State(pointer) => commands.select(pointer),
        Choice::Example(group, at) => {
            if let Catalogue::Loaded(groups) = untrack(|| commands.gallery().catalogue())
                && let Some(example) = groups.get(group).and_then(|group| group.examples.get(at))
            {
                open_example(example);
                commands.go(Spot::Graph);
            }
        }
    }
}

fn option_id(at: usize) -> String {
    format!("command-{at}")
}
