//! The bar at the bottom of a narrow page.

use leptos::prelude::*;

use crate::ui::problems::problem_count;
use crate::ui::store::layout::{CentreView, Sheet, SideView};
use crate::ui::store::{DocumentStore, LayoutStore, SelectionStore};
use crate::ui::widget::Icon;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Canvas,
    Side(SideView),
    Problems,
}

#[component]
pub(super) fn MobileBar() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let selection = expect_context::<SelectionStore>();
    let errors = problem_count(expect_context::<DocumentStore>());
    let here = move || match (layout.centre.get(), layout.sheet.get()) {
        (CentreView::Code, _) => Place::Side(layout.side.get()),
        (_, Sheet::Dock) if !layout.is_dock_folded.get() => Place::Problems,
        _ => Place::Canvas,
    };
    let go = move |place| match place {
        Place::Canvas => {
            layout.centre.set(CentreView::Canvas);
            layout.sheet.set(Sheet::Inspector);
            layout
                .is_dock_folded
                .set(selection.pointer_untracked().is_none());
        }
        Place::Side(side) => {
            layout.centre.set(CentreView::Code);
            layout.side.set(side);
            layout.sheet.set(Sheet::Dock);
            layout.is_dock_folded.set(true);
        }
        Place::Problems => {
            layout.centre.set(CentreView::Canvas);
            layout.sheet.set(Sheet::Dock);
            layout.is_dock_folded.set(false);
        }
    };
    let places = [
        (Place::Canvas, "i-canvas", "Canvas"),
        (Place::Side(SideView::Code), "i-code", "Code"),
        (Place::Side(SideView::Input), "i-pin", "Input"),
        (Place::Side(SideView::Events), "i-play", "Events"),
        (Place::Problems, "i-error", "Problems"),
    ];
    let buttons = places
        .into_iter()
        .map(|(place, icon, label)| {
            let count = move || (place == Place::Problems && errors.get() > 0).then(|| errors.get());
            view! {
                <button type="button" aria-pressed=move || (here() == place).to_string() on:click=move |_| go(place)>
                    <Icon name=icon/>
                    {label}
                    {move || count().map(|count| view! { <span class="count is-error">{count}</span> })}
                </button>
            }
        })
        .collect_view();
    view! { <nav class="mobile-bar" aria-label="Places">{buttons}</nav> }
}
