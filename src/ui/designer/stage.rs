//! The pane of the canvas: its head, the canvas, zoom and legend.

use leptos::prelude::*;

use super::camera::Camera;
use super::canvas::Canvas;
use super::commands::CanvasCommands;
use super::scene::SceneStore;
use super::status_mark::{status_class, status_icon};
use crate::execution::projection::Status;
use crate::ui::store::{DocumentStore, ExecutionStore};
use crate::ui::widget::Icon;

/// The first half of the centre.
#[component]
pub fn Stage() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let scene = expect_context::<SceneStore>();
    let canvas = expect_context::<CanvasCommands>();
    let is_empty = Memo::new(move |_| document.get().drawable().machine.states.is_empty());
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
                    on:click=move |_| canvas.turn()
                ><Icon name="i-lr"/></button>
            </div>
            <div class="stage-body">
                <Canvas/>
                {move || is_empty.get().then(|| view! {
                    <p class="canvas-empty">"Paste a definition into the code, or open an example"</p>
                })}
                {move || execution.is_shown().then(|| view! { <Legend/> })}
                <Zoom/>
            </div>
        </section>
    }
}

#[component]
fn Zoom() -> impl IntoView {
    let camera = expect_context::<Camera>();
    let percent = move || format!("{:.0}%", camera.get().scale * 100.0);
    view! {
        <div class="zoom" role="group" aria-label="Zoom">
            <button type="button" aria-label="Zoom out" title="Zoom out (−)" on:click=move |_| camera.zoom_middle(1.0 / 1.25)><Icon name="i-minus"/></button>
            <button type="button" class="percent" aria-label=move || format!("{}, zoom to 100 %", percent()) title="Zoom to 100 % (0)" on:click=move |_| camera.reset()>
                {percent}
            </button>
            <button type="button" aria-label="Zoom in" title="Zoom in (+)" on:click=move |_| camera.zoom_middle(1.25)><Icon name="i-plus"/></button>
            <button type="button" aria-label="Fit the graph" title="Fit the graph (1)" on:click=move |_| camera.fit()><Icon name="i-fit"/></button>
        </div>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    // Only what the graph shows now, so that the legend covers little of it.
    let shown = Memo::new(move |_| {
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
