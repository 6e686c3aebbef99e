//! The pane on the left: what there is to open. Folded, it is a rail of icons.

use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::dom::element::focus_first_in;
use crate::ui::erased::{Reactive, derive, handler, live, show};
use crate::ui::later::Later;
use crate::ui::store::LayoutStore;
use crate::ui::store::layout::LeftView;
use crate::ui::store::panes::Pane;
use crate::ui::widget::{Icon, Tab, Tabs};

/// The content of each view.
fn content(view: LeftView, later: Later) -> Reactive<AnyView> {
    match view {
        LeftView::Documents => later.view(|parts| parts.documents),
        LeftView::Examples => later.view(|parts| parts.gallery),
        LeftView::Outline => later.view(|parts| parts.outline),
    }
}

#[component]
pub(super) fn LeftPane() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let is_open = move || layout.is_open(Pane::Left);
    view! {
        <aside class="pane left-pane" aria-label="Library">
            {show(move || if is_open() { view! { <Open/> }.into_any() } else { view! { <Rail/> }.into_any() })}
        </aside>
    }
}

#[component]
fn Open() -> impl IntoView {
    let later = expect_context::<Later>();
    let layout = expect_context::<LayoutStore>();
    let tabs = LeftView::TABLE.iter();
    let tabs = tabs.map(|&(key, label, _, panel, _)| Tab {
        key,
        label,
        panel,
        count: None,
        is_alarming: false,
    });
    let chosen = derive(move || layout.left_view());
    let panels = LeftView::TABLE
        .iter()
        .map(|&(view, _, _, panel, _)| {
            view! {
                <div
                    id=panel class="scroll" role="tabpanel" aria-labelledby=format!("{panel}-tab")
                    hidden=live(move || chosen.get() != view)
                >
                    {show(move || (chosen.get() == view).then(|| content(view, later)))}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="pane-head">
            <Tabs label="Library" tabs=tabs.collect() chosen choose=Callback::new(move |view| layout.show_left(view))/>
            <span class="grow"></span>
            <FoldButton pane=Pane::Left/>
        </div>
        {panels}
    }
}

#[component]
fn Rail() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    LeftView::TABLE
        .iter()
        .map(|&(view, label, _, _, icon)| {
            let open = move |_| {
                layout.show_left(view);
                // The button is gone; what it opened goes on from here.
                request_animation_frame(|| focus_first_in("left-pane"));
            };
            view! {
                <button type="button" class="rail-button" aria-label=label title=label aria-expanded="false" on:click=handler(open)>
                    <Icon name=icon/>
                </button>
            }
        })
        .collect_view()
}
