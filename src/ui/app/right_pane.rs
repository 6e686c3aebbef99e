//! The pane on the right: the inspector, or the rail that it folds to.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::dom::element::focus_id;
use crate::ui::erased::{handler, show};
use crate::ui::later::Later;
use crate::ui::store::LayoutStore;
use crate::ui::store::panes::Pane;

#[component]
pub(super) fn RightPane() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let is_folded = move || !layout.is_open(Pane::Inspector);
    let later = expect_context::<Later>();
    // Enter in the graph leads here; Escape leads back.
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            focus_id("canvas");
        }
    };
    view! {
        <div class="right-pane" hidden=is_folded>
            <aside class="pane inspector" aria-label="Inspector" on:keydown=handler(on_key)>
                {later.view(|parts| parts.inspector)}
            </aside>
        </div>
        {show(move || is_folded().then(|| view! {
            <div class="pane right-rail"><FoldButton pane=Pane::Inspector/></div>
        }))}
    }
}
