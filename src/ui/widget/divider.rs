//! A border that can be dragged, or moved with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use crate::ui::dom::element::{capture_pointer, screen_rect};

/// A vertical border inside its parent; reports its place in percent of the parent's width.
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
        let step = match event.key().as_str() {
            "ArrowLeft" => -2.0,
            "ArrowRight" => 2.0,
            _ => return,
        };
        event.prevent_default();
        moved.run(percent.get_untracked() + step);
    };
    view! {
        <div
            class="divider"
            node_ref=node
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin="20"
            aria-valuemax="80"
            aria-valuenow=move || percent.get().round().to_string()
            data-active=move || is_active.get().then_some("")
            on:pointerdown=move |event| { capture_pointer(&event); is_active.set(true); }
            on:pointermove=on_move
            on:pointerup=move |_| is_active.set(false)
            on:pointercancel=move |_| is_active.set(false)
            on:keydown=on_key
        ></div>
    }
}
