//! A button with a list of actions below it.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::ui::dom::element::focus_stays_within;
use crate::ui::erased::{handler, live, show};

/// A button that opens a list. Escape, a choice, or the focus leaving closes it.
#[component]
pub fn Menu(
    /// The name of the button, for tooltip and screen readers.
    label: &'static str,
    /// What the button shows.
    face: AnyView,
    /// Whether the list lines up with the button's right edge.
    #[prop(optional)]
    is_end: bool,
    /// The entries: buttons that close the list themselves by losing the focus or by `close`.
    entries: impl Fn(Callback<()>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let anchor = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let close = Callback::new(move |()| {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            // Focus can be refused; then it stays where it is.
            let _ = button.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.stop_propagation();
            close.run(());
        }
    };
    let on_focus_out = move |event: FocusEvent| {
        let stays = anchor
            .get_untracked()
            .map(|anchor| focus_stays_within(&anchor, &event));
        if stays != Some(true) {
            is_open.set(false);
        }
    };
    view! {
        <div class="menu-anchor" node_ref=anchor on:keydown=handler(on_key) on:focusout=handler(on_focus_out)>
            <button
                type="button"
                class="btn ghost"
                node_ref=button
                title=label
                aria-label=label
                aria-haspopup="true"
                aria-expanded=live(move || is_open.get().to_string())
                on:click=handler(move |_| is_open.update(|is_open| *is_open = !*is_open))
            >
                {face}
            </button>
            {show(move || is_open.get().then(|| view! {
                <div class="menu" class:is-end=is_end>{entries(close)}</div>
            }))}
        </div>
    }
}
