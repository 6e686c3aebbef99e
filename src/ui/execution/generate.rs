//! Mocks made by one click.

use leptos::prelude::*;

use crate::ui::erased::{handler, live, memo};
use crate::ui::store::generating::Then;
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};
use crate::ui::widget::Icon;

/// Makes mocks and shows them.
#[component]
pub(super) fn GenerateMocks() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let layout = expect_context::<LayoutStore>();
    let obstacle = memo(move || execution.generation_obstacle(document));
    let is_possible = move || obstacle.get().is_none() && !execution.is_generating();
    let title = move || match obstacle.get() {
        Some(obstacle) => format!("Not possible: {obstacle}"),
        None => "A result for every Task, made from what the definition asks for".to_owned(),
    };
    let generate = move |_| {
        if untrack(is_possible) {
            execution.generate(document, Then::Show(layout));
        }
    };
    view! {
        <button
            type="button" class="btn small" id="generate-mocks" title=title
            aria-disabled=live(move || (!is_possible()).to_string())
            on:click=handler(generate)
        >
            <Icon name="i-bulb"/>"Generate mocks"
        </button>
    }
}

/// Makes mocks in the midst of a run, and runs again with them.
#[component]
pub(super) fn GenerateAndRun() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let layout = expect_context::<LayoutStore>();
    view! {
        <button
            type="button" class="btn ghost" id="generate-and-run"
            title="Makes a result for every Task from what the definition asks for, and runs again"
            on:click=handler(move |_| execution.generate(document, Then::Run(document, layout)))
        >
            <Icon name="i-bulb"/>"Generate all results"
        </button>
    }
}
