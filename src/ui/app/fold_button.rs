//! The button in a pane's head that folds it, and the one that stands for it then.

use leptos::prelude::*;

use crate::ui::dom::element::{focus_first_in, focus_id};
use crate::ui::erased::{handler, live};
use crate::ui::store::LayoutStore;
use crate::ui::store::panes::{Pane, WindowClass};
use crate::ui::widget::Icon;

/// Folds or unfolds; the focus goes on where the button would be now.
fn toggle(layout: LayoutStore, pane: Pane) {
    layout.toggle(pane);
    let is_phone = untrack(|| layout.class()) == WindowClass::Phone;
    let is_open = untrack(|| layout.is_open(pane));
    request_animation_frame(move || match (pane, is_open) {
        (Pane::Left, true) => focus_first_in("left-pane"),
        (Pane::Inspector, true) => focus_first_in("right-pane"),
        (Pane::Side | Pane::Dock, true) => {}
        (Pane::Left, false) if !is_phone => focus_first_in("left-pane"),
        (Pane::Inspector, false) if !is_phone => focus_first_in("right-rail"),
        (Pane::Dock, false) if !is_phone => {}
        (Pane::Left | Pane::Side | Pane::Dock | Pane::Inspector, false) => focus_id("canvas"),
    });
}

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
        Pane::Dock => ("dock", "i-chev"),
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
            aria-expanded=live(move || is_open().to_string())
            on:click=handler(move |_| toggle(layout, pane))
        ><Icon name=icon/></button>
    }
}
