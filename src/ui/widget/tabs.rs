//! A row of tabs with the keys of the ARIA pattern.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::dom::element::focus_id;
use crate::ui::erased::{handler, live, show};

/// One tab.
#[derive(Clone, Copy)]
pub struct Tab<K: 'static> {
    /// What it stands for.
    pub key: K,
    /// Its word.
    pub label: &'static str,
    /// The id of its panel; the tab's own id is this with `-tab`.
    pub panel: &'static str,
    /// A number beside the word; none where it gives 0.
    pub count: Option<Signal<usize>>,
    /// Whether the number counts errors.
    pub is_alarming: bool,
}

/// A row of tabs: arrows, Home and End move, one is always chosen.
#[component]
pub fn Tabs<K>(
    /// What the row is about, for screen readers.
    label: &'static str,
    /// The tabs.
    tabs: Vec<Tab<K>>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<K>,
    /// Called with a newly chosen one.
    #[prop(into)]
    choose: Callback<K>,
) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let keys: Vec<(K, &'static str)> = tabs.iter().map(|tab| (tab.key, tab.panel)).collect();
    let on_key = move |event: KeyboardEvent| {
        let at = keys
            .iter()
            .position(|(key, _)| *key == chosen.get_untracked())
            .unwrap_or(0);
        let last = keys.len().saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowRight" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some((key, panel)) = keys.get(to) {
            choose.run(*key);
            focus_id(&format!("{panel}-tab"));
        }
    };
    let buttons = tabs
        .into_iter()
        .map(
            |Tab {
                 key,
                 label,
                 panel,
                 count,
                 is_alarming,
             }| {
                let is_chosen = move || chosen.get() == key;
                let number = move || count.map(|count| count.get()).filter(|count| *count > 0);
                view! {
                    <button
                        type="button"
                        role="tab"
                        id=format!("{panel}-tab")
                        aria-controls=panel
                        aria-selected=live(move || is_chosen().to_string())
                        tabindex=live(move || if is_chosen() { 0 } else { -1 })
                        on:click=handler(move |_| choose.run(key))
                    >
                        {label}
                        {show(move || number().map(|number| view! {
                            <span class="count" class:is-error=is_alarming>{number}</span>
                        }))}
                    </button>
                }
            },
        )
        .collect_view();
    view! { <div class="tabs" role="tablist" aria-label=label on:keydown=handler(on_key)>{buttons}</div> }
}
