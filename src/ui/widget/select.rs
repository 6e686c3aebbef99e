//! A choice among a few words.

use leptos::prelude::*;

use crate::ui::erased::{handler, live, show};

/// One word of a [`Select`]: the value that it stands for, and what is read.
pub type Choice = (String, String);

/// A field with its label.
#[component]
pub fn Select(
    /// The id of the field.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// The words.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value of the chosen one.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with another one.
    choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let choices = choices.get().into_iter();
        choices
            .map(|(value, word)| {
                let own = value.clone();
                let is_chosen = live(move || chosen.with(|chosen| *chosen == own));
                view! { <option value=value prop:selected=is_chosen>{word}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id class="input"
                prop:disabled=live(move || choices.with(|choices| choices.len() < 2))
                on:change=handler(move |event| choose.run(event_target_value(&event)))
            >
                {show(options)}
            </select>
        </div>
    }
}
