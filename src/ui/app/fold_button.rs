//! The button in a pane's head that folds it, and the one that stands for it then.

use leptos::prelude::*;

use crate::ui::store::LayoutStore;
use crate::ui::store::panes::Pane;
use crate::ui::widget::Icon;

/// Folds an unfolded pane, unfolds a folded one. Its arrow shows where the border goes.
#[component]
pub(in crate::ui) fn FoldButton(
    /// The pane.
    pane: Pane,
) -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let (name, arrow) = match pane {
        Pane::Left => ("library", "i-chevr is-left"),
        Pane::Side => ("code", "i-chevr"),
        Pane::Dock => ("problems", "i-chev"),
        Pane::Inspector => ("inspector", "i-chevr"),
    };
    let is_open = move || layout.is_open(pane);
    let label = move || {
        if is_open() {
            format!("Fold the {name}")
        } else {
            format!("Unfold the {name}")
        }
    };
    let (icon, class) = arrow.split_once(' ').unwrap_or((arrow, ""));
    view! {
        <button
            type="button" class=format!("btn ghost small square fold {class}")
            title=label aria-label=label
            aria-expanded=move || is_open().to_string()
            on:click=move |_| layout.toggle(pane)
        ><Icon name=icon/></button>
    }
}
