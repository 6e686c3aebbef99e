//! A long list of which only the rows in view exist.

use leptos::html;
use leptos::prelude::*;

use crate::ui::dom::element::{on_resize, screen_rect, scroll_to, scroll_top};
use crate::ui::erased::{effect, handler, live, memo};

/// Rows above and below the view that exist already, so that scrolling shows no gap.
const MARGIN: usize = 12;

/// A list of rows of one height. Follows its end while the last row is in view.
#[component]
pub(super) fn EventList(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The row that must be in view.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// Height of a row in px.
    #[prop(into)]
    row_height: Signal<f64>,
    /// Draws a row.
    row: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0.0);
    let height = RwSignal::new(400.0);
    let refresh = move || {
        if let Some(node) = node.get_untracked() {
            top.set(scroll_top(&node));
            height.set(screen_rect(&node).height);
        }
    };
    node.on_load(move |node| on_resize(&node, refresh));
    effect(move || {
        let Some(index) = chosen.get() else { return };
        let Some(node) = node.get_untracked() else {
            return;
        };
        let (at, view) = (
            index as f64 * row_height.get_untracked(),
            (scroll_top(&node), screen_rect(&node).height),
        );
        if at < view.0 || at + row_height.get_untracked() > view.0 + view.1 {
            scroll_to(&node, (at - view.1 / 2.0).max(0.0));
        }
    });
    let range = memo(move || {
        let first = (top.get() / row_height.get()) as usize;
        let shown = (height.get() / row_height.get()).ceil() as usize;
        (
            first.saturating_sub(MARGIN),
            (first + shown + MARGIN).min(count.get()),
        )
    });
    let rows = move || {
        let (first, last) = range.get();
        (first..last).map(&row).collect_view()
    };
    view! {
        <div
            class="event-list" id="event-list" node_ref=node
            role="listbox" aria-label="Events" tabindex="0"
            aria-activedescendant=live(move || chosen.get().map(|index| format!("event-{index}")))
            on:scroll=handler(move |_| refresh())
        >
            <div role="presentation" style=live(move || format!("height: {}px", count.get() as f64 * row_height.get()))>
                <div role="presentation" style=live(move || format!("transform: translateY({}px)", range.get().0 as f64 * row_height.get()))>
                    {rows}
                </div>
            </div>
        </div>
    }
}
