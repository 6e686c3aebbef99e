//! A choice among a few words.

use leptos::prelude::*;

use crate::ui::erased::{handler, live, show};

/// The words of a [`Select`], each with the value that it stands for.
#[derive(Default)]
pub struct Choices {
    /// The value of the chosen one.
    pub chosen: String,
    /// Values and words.
    pub all: Vec<(String, String)>,
}

/// A field that offers words.
#[component]
pub fn Select(
    /// The id of the field.
    #[prop(into)]
    id: String,
    /// Its name, where no label stands beside it.
    name: Option<&'static str>,
    /// Whether nothing can be chosen now.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    /// What there is to choose from.
    choices: Box<dyn Fn() -> Choices + Send>,
    /// Called with the value of another one.
    choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let Choices { chosen, all } = choices();
        let option = |(value, word): (String, String)| {
            let is_chosen = value == chosen;
            view! { <option value=value prop:selected=is_chosen>{word}</option> }
        };
        all.into_iter().map(option).collect_view()
    };
    view! {
        <select
            id=id class="input" aria-label=name title=name
            prop:disabled=live(move || is_disabled.get())
            on:change=handler(move |event| choose.run(event_target_value(&event)))
        >
            {show(options)}
        </select>
    }
}
