//! Centre, dock and inspector.

use leptos::prelude::*;

use crate::ui::code::Code;
use crate::ui::designer::Stage;
use crate::ui::execution::{Events, Inputs};
use crate::ui::inspector::Inspector;
use crate::ui::problems::{Problems, problem_count};
use crate::ui::store::layout::{Sheet, SideView};
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};
use crate::ui::widget::{Divider, Icon, Tab, Tabs};

#[component]
pub(super) fn Workbench() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let sheet = move || match layout.sheet.get() {
        Sheet::Dock => "dock",
        Sheet::Inspector => "inspector",
    };
    view! {
        <main
            class="workbench"
            data-dock=move || if layout.is_dock_folded.get() { "folded" } else { "open" }
            data-sheet=sheet
        >
            <div
                class="centre"
                data-view=move || layout.centre.get().key()
                style=move || format!("--split: {}%", layout.split.get())
            >
                <Stage/>
                <Divider
                    label="Width of the canvas"
                    percent=layout.split
                    moved=Callback::new(move |percent| layout.set_split(percent))
                />
                <Side/>
            </div>
            <Dock/>
            <Inspector/>
        </main>
    }
}

/// The second half of the centre: code, what a run needs, its events.
#[component]
fn Side() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let execution = expect_context::<ExecutionStore>();
    let events = Signal::derive(move || execution.events.with(Vec::len));
    let tabs = vec![
        Tab {
            key: SideView::Code,
            label: "Code",
            panel: "code",
            count: None,
            is_alarming: false,
        },
        Tab {
            key: SideView::Input,
            label: "Input and mocks",
            panel: "inputs",
            count: None,
            is_alarming: false,
        },
        Tab {
            key: SideView::Events,
            label: "Events",
            panel: "events",
            count: Some(events),
            is_alarming: false,
        },
    ];
    let is_hidden = move |view| move || layout.side.get() != view;
    view! {
        <section class="side" aria-label="Code and execution">
            <Tabs label="Code and execution" tabs chosen=layout.side choose=Callback::new(move |view| layout.side.set(view))/>
            <div id="code" class="editor" role="tabpanel" aria-labelledby="code-tab" hidden=is_hidden(SideView::Code)>
                <Code/>
            </div>
            <div id="inputs" class="inputs" role="tabpanel" aria-labelledby="inputs-tab" hidden=is_hidden(SideView::Input)>
                <Inputs/>
            </div>
            <div id="events" class="events" role="tabpanel" aria-labelledby="events-tab" hidden=is_hidden(SideView::Events)>
                <Events/>
            </div>
        </section>
    }
}

/// The panel below the centre.
#[component]
fn Dock() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let document = expect_context::<DocumentStore>();
    let count = problem_count(document);
    let is_folded = layout.is_dock_folded;
    let tabs = vec![Tab {
        key: (),
        label: "Problems",
        panel: "problems",
        count: Some(count),
        is_alarming: true,
    }];
    view! {
        <section class="pane dock" aria-label="Problems">
            <div class="pane-head">
                <Tabs label="Dock" tabs chosen=Signal::derive(|| ()) choose=Callback::new(move |()| layout.fold_dock(false))/>
                <span class="grow"></span>
                <button
                    type="button" class="btn ghost small square"
                    aria-expanded=move || (!is_folded.get()).to_string()
                    aria-controls="problems"
                    aria-label=move || if is_folded.get() { "Unfold problems" } else { "Fold problems" }
                    on:click=move |_| layout.fold_dock(!is_folded.get_untracked())
                >
                    <span style=move || if is_folded.get() { "transform: rotate(180deg)" } else { "" }><Icon name="i-chev"/></span>
                </button>
            </div>
            <div id="problems" class="scroll dock-body" role="tabpanel" aria-labelledby="problems-tab">
                <Problems/>
            </div>
        </section>
    }
}
