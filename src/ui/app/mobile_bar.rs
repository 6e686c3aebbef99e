//! The bar at the bottom of a narrow page.

use leptos::prelude::*;

use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::layout::{CentreView, DockView, SideView};
use crate::ui::store::panes::Pane;
use crate::ui::store::{DocumentStore, LayoutStore};
use crate::ui::widget::Icon;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Canvas,
    Side(SideView),
    Dock(DockView),
    Library,
}

impl Place {
    fn here(layout: LayoutStore) -> Self {
        if layout.is_open(Pane::Left) {
            Self::Library
        } else if layout.centre() == CentreView::Code {
            Self::Side(layout.side())
        } else if layout.is_open(Pane::Dock) {
            Self::Dock(layout.dock())
        } else {
            Self::Canvas
        }
    }

    fn go(self, layout: LayoutStore) {
        match self {
            Self::Canvas => layout.show(CentreView::Canvas),
            Self::Side(side) => layout.show_side(side),
            Self::Dock(dock) => layout.show_dock(dock),
            Self::Library => layout.set_open(Pane::Left, true),
        }
    }
}

#[component]
pub(super) fn MobileBar() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let errors = expect_context::<DocumentStore>().error_count();
    let places = [
        (Place::Canvas, "i-canvas", "Canvas"),
        (Place::Side(SideView::Code), "i-code", "Code"),
        (Place::Side(SideView::Input), "i-pin", "Input"),
        (Place::Dock(DockView::Events), "i-play", "Events"),
        (Place::Dock(DockView::Problems), "i-error", "Problems"),
        (Place::Library, "i-book", "Library"),
    ];
    let here = memo(move || Place::here(layout));
    let buttons = places
        .into_iter()
        .map(|(place, icon, label)| {
            let count = move || {
                let is_counted = place == Place::Dock(DockView::Problems);
                Some(errors.get()).filter(|count| is_counted && *count > 0)
            };
            view! {
                <button
                    type="button"
                    aria-pressed=live(move || (here.get() == place).to_string())
                    on:click=handler(move |_| place.go(layout))
                >
                    <Icon name=icon/>
                    {label}
                    {show(move || count().map(|count| view! { <span class="count is-error">{count}</span> }))}
                </button>
            }
        })
        .collect_view();
    view! { <nav class="mobile-bar" aria-label="Places">{buttons}</nav> }
}
