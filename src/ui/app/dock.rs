//! The panel below the centre: problems, the scratchpad, and the events where the centre has
//! no room.

use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::erased::{derive, live, show};
use crate::ui::later::Later;
use crate::ui::store::layout::DockView;
use crate::ui::store::panes::Pane;
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};
use crate::ui::widget::{Tab, Tabs};

#[component]
pub(super) fn Dock() -> impl IntoView {
    let later = expect_context::<Later>();
    let layout = expect_context::<LayoutStore>();
    let errors = expect_context::<DocumentStore>().error_count();
    let execution = expect_context::<ExecutionStore>();
    let events = derive(move || execution.history.count());
    let tabs = move || {
        let mut tabs = vec![
            Tab {
                key: DockView::Problems,
                label: "Problems",
                panel: "problems",
                count: Some(errors),
                is_alarming: true,
            },
            Tab {
                key: DockView::Scratchpad,
                label: "Scratchpad",
                panel: "scratchpad",
                count: None,
                is_alarming: false,
            },
        ];
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
        <section class="pane dock" aria-label="Dock">
            <div class="pane-head">{tabs}<span class="grow"></span><FoldButton pane=Pane::Dock/></div>
            <div
                id="problems" class="scroll dock-body" role="tabpanel" aria-labelledby="problems-tab"
                hidden=live(move || layout.dock() != DockView::Problems)
            >
                {later.view(|parts| parts.problems)}
            </div>
            <div
                id="scratchpad" class="scroll dock-body" role="tabpanel" aria-labelledby="scratchpad-tab"
                hidden=live(move || layout.dock() != DockView::Scratchpad)
            >
                {later.view(|parts| parts.scratchpad)}
            </div>
            {show(move || (!layout.has_split()).then(|| view! {
                <div
                    id="events" class="events dock-body" role="tabpanel" aria-labelledby="events-tab"
                    hidden=live(move || layout.dock() != DockView::Events)
                >
                    {later.view(|parts| parts.events)}
                </div>
            }))}
        </section>
    }
}
