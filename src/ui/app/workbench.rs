//! The panes and the borders between them.

use leptos::prelude::*;

use super::dock::Dock;
use super::left_pane::LeftPane;
use super::right_pane::RightPane;
use super::side::Side;
use crate::ui::designer::Stage;
use crate::ui::erased::{derive, live};
use crate::ui::store::LayoutStore;
use crate::ui::store::panes::{Pane, SHEET, SHEET_RANGE};
use crate::ui::widget::{Divider, DividerValue};

#[component]
pub(super) fn Workbench() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let fold = move |pane| match (layout.is_open(pane), layout.lies_over(pane)) {
        (false, _) => "folded",
        (true, false) => "open",
        (true, true) => "over",
    };
    let style = move || {
        let sizes = layout.sizes();
        format!(
            "--left: {:.0}px; --inspector: {:.0}px; --dock-height: {:.0}px; --split: {:.3}%; --sheet: {:.1}%",
            sizes.left,
            sizes.inspector,
            sizes.dock,
            sizes.split,
            layout.sheet()
        )
    };
    view! {
        <main
            class="workbench"
            data-left=live(move || fold(Pane::Left))
            data-dock=live(move || fold(Pane::Dock))
            data-inspector=live(move || fold(Pane::Inspector))
            style=style
        >
            <LeftPane/>
            <Border pane=Pane::Left/>
            <div class="centre" data-view=live(move || layout.centre().key())>
                <Stage/>
                <Border pane=Pane::Side/>
                <Side/>
            </div>
            <Border pane=Pane::Dock/>
            <Dock/>
            <Border pane=Pane::Inspector/>
            <RightPane/>
            <Divider
                label="Height of the sheet" class="at-sheet" measure=DividerValue::PercentFromBottom
                value=derive(move || layout.sheet())
                range=SHEET_RANGE
                moved=Callback::new(move |share| layout.resize_sheet(share))
                reset=Callback::new(move |()| layout.resize_sheet(SHEET))
            />
        </main>
    }
}

/// The border that sets the size of a pane.
#[component]
fn Border(pane: Pane) -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let (label, class, measure) = match pane {
        Pane::Left => ("Width of the library", "at-left", DividerValue::FromLeft),
        Pane::Side => ("Width of the canvas", "at-split", DividerValue::Percent),
        Pane::Dock => ("Height of the dock", "at-dock", DividerValue::FromBottom),
        Pane::Inspector => (
            "Width of the inspector",
            "at-right",
            DividerValue::FromRight,
        ),
    };
    view! {
        <Divider
            label class measure
            value=derive(move || layout.sizes().of(pane))
            range=derive(move || layout.range(pane))
            moved=Callback::new(move |size| layout.resize(pane, size))
            reset=Callback::new(move |()| layout.reset(pane))
        />
    }
}
