//! The examples, one click from being open.

use leptos::prelude::*;

use crate::ui::example::{self, Example};
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore, Origin, SelectionStore};

/// Opens an example in the place of the document, which undo brings back.
pub(super) fn open(
    example: &Example,
    document: DocumentStore,
    execution: ExecutionStore,
    selection: SelectionStore,
) {
    execution.close();
    selection.select(None, Origin::Panel);
    document.replace_all(example.name, example.definition);
    execution.set_input(example.input);
    execution.set_mocks(example.mocks);
}

/// The list.
#[component]
pub(super) fn Examples() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let selection = expect_context::<SelectionStore>();
    let layout = expect_context::<LayoutStore>();
    let rows = example::ALL
        .iter()
        .map(|example| {
            let choose = move |_| {
                open(example, document, execution, selection);
                layout.close_over();
            };
            view! {
                <li><button type="button" class="entry" on:click=choose>
                    <b class="truncate" title=example.name>{example.name}</b>
                    <span>{example.teaches}</span>
                </button></li>
            }
        })
        .collect_view();
    view! { <ul class="entries">{rows}</ul> }
}
