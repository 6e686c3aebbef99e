//! The pane on the right: the inspector, or the rail that it folds to.

use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::erased::show;
use crate::ui::inspector::Inspector;
use crate::ui::store::LayoutStore;
use crate::ui::store::panes::Pane;

#[component]
pub(super) fn RightPane() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let is_folded = move || !layout.is_open(Pane::Inspector);
    view! {
        <div class="right-pane" hidden=is_folded><Inspector/></div>
        {show(move || is_folded().then(|| view! {
            <div class="pane right-rail"><FoldButton pane=Pane::Inspector/></div>
        }))}
    }
}
