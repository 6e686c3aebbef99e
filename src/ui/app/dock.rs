//! The panel below the centre: problems, and the events where the centre has no room.

use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::erased::{derive, live, show};
use crate::ui::execution::Events;
use crate::ui::problems::{Problems, problem_count};
use crate::ui::store::layout::DockView;
use crate::ui::store::panes::Pane;
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};
use crate::ui::widget::{Tab, Tabs};

#[component]
pub(super) fn Dock() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let errors = problem_count(expect_context::<DocumentStore>());
    let execution = expect_context::<ExecutionStore>();
    let events = derive(move || execution.events.with(Vec::len));
    let tabs = move || {
        let mut tabs = vec![Tab {
            key: DockView::Problems,
            label: "Problems",
            panel: "problems",
            count: Some(errors),
            is_alarming: true,
        }];
        if !layout.has_split() {
            tabs.push(Tab {
                key: DockView::Events,
                label: "Events",
                panel: "events",
                count: Some(events),
                is_alarming: false,
            });
        }
        let chosen = derive(move || layout.dock());
        view! { <Tabs label="Dock" tabs chosen choose=Callback::new(move |view| layout.show_dock(view))/> }
    };
    view! {
        <section class="pane dock" aria-label="Problems">
            <div class="pane-head">{tabs}<span class="grow"></span><FoldButton pane=Pane::Dock/></div>
            <div
                id="problems" class="scroll dock-body" role="tabpanel" aria-labelledby="problems-tab"
                hidden=live(move || layout.dock() != DockView::Problems)
            >
                <Problems/>
            </div>
            {show(move || (!layout.has_split()).then(|| view! {
                <div
                    id="events" class="events dock-body" role="tabpanel" aria-labelledby="events-tab"
                    hidden=live(move || layout.dock() != DockView::Events)
                >
                    <Events/>
                </div>
            }))}
        </section>
    }
}
