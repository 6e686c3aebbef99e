//! The pane of the canvas: its head, the canvas, zoom and legend.

use leptos::prelude::*;

use super::camera::Camera;
use super::canvas::Canvas;
use super::commands::CanvasCommands;
use super::minimap::Minimap;
use super::scene::SceneStore;
use super::status_mark::{status_class, status_icon};
use crate::execution::projection::Status;
use crate::ui::command::{Command, Commands, Spot};
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::{DocumentStore, ExecutionStore};
use crate::ui::widget::Icon;

/// The first half of the centre.
#[component]
pub fn Stage() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let scene = expect_context::<SceneStore>();
    let canvas = expect_context::<CanvasCommands>();
    let commands = expect_context::<Commands>();
    let is_empty = memo(move || document.analysed().drawable().machine.states.is_empty());
    let direction_label = move || {
        if scene.is_left_right() {
            "Draw from top to bottom"
        } else {
            "Draw from left to right"
        }
    };
    view! {
        <section class="pane stage" aria-label="Graph">
            <div class="pane-head">
                <span class="grow">"Graph"</span>
                <button
                    type="button" class="btn ghost small square"
                    title=direction_label aria-label=direction_label
                    on:click=handler(move |_| canvas.turn())
                ><Icon name="i-lr"/></button>
            </div>
            <div class="stage-body">
                <Canvas/>
                {show(move || is_empty.get().then(|| view! {
                    <div class="canvas-empty">
                        <p>"Paste a definition into the code, or open an example"</p>
                        <button type="button" class="btn" on:click=handler(move |_| commands.act(Command::Go(Spot::Library)))>
                            "Show the examples"
                        </button>
                    </div>
                }))}
                {show(move || execution.is_shown().then(|| view! { <Legend/> }))}
                <Zoom/>
                <Minimap/>
                <p class="laying-out" role="status">{show(move || scene.is_laying_out().then(|| view! { <span>"Laying out…"</span> }))}</p>
            </div>
        </section>
    }
}

#[component]
fn Zoom() -> impl IntoView {
    let camera = expect_context::<Camera>();
    let commands = expect_context::<Commands>();
    let percent = move || format!("{:.0}%", camera.get().scale * 100.0);
    let button = move |label: &'static str, command, icon: &'static str| {
        view! {
            <button
                type="button" aria-label=label title=commands.hint(label, command)
                on:click=handler(move |_| commands.act(command))
            ><Icon name=icon/></button>
        }
    };
    view! {
        <div class="zoom" role="group" aria-label="Zoom">
            {button("Zoom out", Command::ZoomOut, "i-minus")}
            <button
                type="button" class="percent"
                aria-label=live(move || format!("{}, zoom to 100 %", percent()))
                title=commands.hint("Zoom to 100 %", Command::ZoomReset)
                on:click=handler(move |_| commands.act(Command::ZoomReset))
            >{percent}</button>
            {button("Zoom in", Command::ZoomIn, "i-plus")}
            {button("Fit the graph", Command::ZoomFit, "i-fit")}
        </div>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    // Only what the graph shows now, so that the legend covers little of it.
    let shown = memo(move || {
        let present = scene.present_statuses();
        Status::ALL
            .into_iter()
            .filter(|status| present.contains(status))
            .collect::<Vec<_>>()
    });
    let rows = move || {
        shown
            .get()
            .into_iter()
            .map(|status| {
                view! { <span class=status_class(status)><Icon name=status_icon(status) class="status-icon"/>{status.label()}</span> }
            })
            .collect_view()
    };
    view! { <div class="legend" aria-hidden="true">{rows}</div> }
}
