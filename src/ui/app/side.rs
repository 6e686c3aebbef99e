//! The second half of the centre: code, what a run needs, its events.

use leptos::prelude::*;

use super::fold_button::FoldButton;
use crate::ui::code::Code;
use crate::ui::erased::{derive, show};
use crate::ui::later::Later;
use crate::ui::store::layout::SideView;
use crate::ui::store::panes::Pane;
use crate::ui::store::{ExecutionStore, LayoutStore};
use crate::ui::widget::{Tab, Tabs};

#[component]
pub(super) fn Side() -> impl IntoView {
    let later = expect_context::<Later>();
    let layout = expect_context::<LayoutStore>();
    let execution = expect_context::<ExecutionStore>();
    let events = derive(move || execution.history.count());
    let tab = |key, label, panel, count| Tab {
        key,
        label,
        panel,
        count,
        is_alarming: false,
    };
    let tabs = move || {
        let mut tabs = vec![
            tab(SideView::Code, "Code", "code", None),
            tab(SideView::Input, "Input and mocks", "inputs", None),
        ];
        if layout.has_split() {
            tabs.push(tab(SideView::Events, "Events", "events", Some(events)));
        }
        let chosen = derive(move || layout.side());
        view! { <Tabs label="Code and execution" tabs chosen choose=Callback::new(move |view| layout.show_side(view))/> }
    };
    let is_hidden = move |view| move || layout.side() != view;
    view! {
        <section class="side" aria-label="Code and execution">
            <div class="pane-head">{tabs}<span class="grow"></span><FoldButton pane=Pane::Side/></div>
            <div id="code" class="editor" role="tabpanel" aria-labelledby="code-tab" hidden=is_hidden(SideView::Code)>
                <Code/>
            </div>
            <div id="inputs" class="inputs" role="tabpanel" aria-labelledby="inputs-tab" hidden=is_hidden(SideView::Input)>
                {later.view(|parts| parts.inputs)}
            </div>
            {show(move || layout.has_split().then(|| view! {
                <div id="events" class="events" role="tabpanel" aria-labelledby="events-tab" hidden=is_hidden(SideView::Events)>
                    {later.view(|parts| parts.events)}
                </div>
            }))}
        </section>
    }
}
