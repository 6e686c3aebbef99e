//! A border that can be dragged, or moved with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use crate::ui::dom::element::{capture_pointer, screen_rect};

/// The places it can be at, in percent.
const PLACES: (f64, f64) = (20.0, 80.0);

const MIDDLE: f64 = 50.0;

/// A vertical border inside its parent; reports its place in percent of the parent's width.
/// Arrows, Home and End move it, Enter and a double click put it in the middle.
#[component]
pub fn Divider(
    /// What it parts, for screen readers.
    label: &'static str,
    /// Its place in percent.
    #[prop(into)]
    percent: Signal<f64>,
    /// Called with a new place.
    #[prop(into)]
    moved: Callback<f64>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let is_active = RwSignal::new(false);
    let on_move = move |event: PointerEvent| {
        let parent = node.get_untracked().and_then(|node| node.parent_element());
        if let Some(parent) = parent.filter(|_| is_active.get_untracked()) {
            let rect = screen_rect(&parent);
            moved.run((f64::from(event.client_x()) - rect.x) / rect.width.max(1.0) * 100.0);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let at = percent.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" => at - 2.0,
            "ArrowRight" => at + 2.0,
            "Home" => PLACES.0,
            "End" => PLACES.1,
            "Enter" => MIDDLE,
            _ => return,
        };
        event.prevent_default();
        moved.run(to.clamp(PLACES.0, PLACES.1));
    };
    view! {
        <div
            class="divider"
            node_ref=node
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin=PLACES.0
            aria-valuemax=PLACES.1
            aria-valuenow=move || percent.get().round().to_string()
            data-active=move || is_active.get().then_some("")
            on:pointerdown=move |event| { capture_pointer(&event); is_active.set(true); }
            on:pointermove=on_move
            on:pointerup=move |_| is_active.set(false)
            on:pointercancel=move |_| is_active.set(false)
            on:dblclick=move |_| moved.run(MIDDLE)
            on:keydown=on_key
        ></div>
    }
}
