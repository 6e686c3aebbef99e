//! Which test case of the mocks the next run takes.

use leptos::prelude::*;

use crate::ui::erased::{handler, memo, show};
use crate::ui::store::ExecutionStore;

/// The choice among the test cases; the first one until another is chosen.
#[component]
pub fn ChooseTestCase(
    /// The id of the field.
    id: &'static str,
    /// Its name, where no label stands beside it.
    #[prop(optional)]
    name: Option<&'static str>,
) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let chosen = memo(move || execution.chosen_case().unwrap_or_default());
    let option = move |name: String| {
        let value = name.clone();
        let is_chosen = move || chosen.with(|chosen| *chosen == value);
        view! { <option value=name.clone() prop:selected=is_chosen>{name.clone()}</option> }
    };
    view! {
        <select
            id=id class="input" aria-label=name title=name
            on:change=handler(move |event| execution.test_case.set(event_target_value(&event)))
        >
            {show(move || execution.test_cases.get().into_iter().map(option).collect_view())}
        </select>
    }
}
