//! The graph itself: pan, zoom, selection, and a walk with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;

use super::camera::Camera;
use super::edge::{edge_label, edge_line};
use super::folds::FoldStore;
use super::mounted::Mounted;
use super::node::node;
use super::scene::{SceneStore, node_id};
use super::walk::{Way, neighbour};
use crate::asl::Pointer;
use crate::diagram::view::detail::Detail;
use crate::ui::dom::element::{
    ScreenRect, capture_pointer, focus_first_in, has_command_key, is_background, on_resize,
    screen_rect, wheel_pixels,
};
use crate::ui::erased::{effect, handler, live};
use crate::ui::store::panes::Pane;
use crate::ui::store::{LayoutStore, Origin, SelectionStore};

/// The canvas.
#[component]
pub(super) fn Canvas() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let camera = expect_context::<Camera>();
    let selection = expect_context::<SelectionStore>();
    let folds = expect_context::<FoldStore>();
    let layout = expect_context::<LayoutStore>();
    let node = NodeRef::<html::Div>::new();
    node.on_load(move |node| {
        let element = node.clone();
        on_resize(&node, move || {
            let selected = selection.pointer_untracked();
            let selected = selected.and_then(|pointer| scene.rect_untracked(&pointer));
            // What is selected and seen stays in sight, say when a sheet comes up over it.
            let seen = selected.filter(|rect| camera.seen_untracked().overlaps(rect));
            let ScreenRect { width, height, .. } = screen_rect(&element);
            camera.resize(width, height);
            if let Some(rect) = seen {
                camera.reveal(rect);
            }
        });
    });
    // The one effect that moves the view: a selection made elsewhere comes into sight.
    effect(move || {
        let Some(selected) = selection
            .get()
            .filter(|selected| selected.origin != Origin::Canvas)
        else {
            return;
        };
        if let Some(rect) = scene.rect_untracked(&selected.pointer) {
            camera.reveal(rect);
        }
    });

    let drag = RwSignal::new(None::<(f64, f64)>);
    let on_down = move |event: PointerEvent| {
        if event.button() <= 1 && is_background(&event) {
            capture_pointer(&event);
            drag.set(Some((
                f64::from(event.client_x()),
                f64::from(event.client_y()),
            )));
        }
    };
    let travelled = StoredValue::new(0.0);
    let on_move = move |event: PointerEvent| {
        if let Some((x, y)) = drag.get_untracked() {
            let (to_x, to_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            travelled.update_value(|travelled| *travelled += (to_x - x).abs() + (to_y - y).abs());
            camera.pan(to_x - x, to_y - y);
            drag.set(Some((to_x, to_y)));
        }
    };
    let on_up = move |_: PointerEvent| {
        // A click on the background, not a drag, clears the selection.
        if drag.get_untracked().is_some() && travelled.get_value() < 4.0 {
            selection.select(None, Origin::Canvas);
        }
        travelled.set_value(0.0);
        drag.set(None);
    };
    let on_wheel = move |event: WheelEvent| {
        event.prevent_default();
        let (dx, dy) = wheel_pixels(&event);
        if !(event.ctrl_key() || event.meta_key()) {
            let (dx, dy) = if event.shift_key() {
                (dy, dx)
            } else {
                (dx, dy)
            };
            camera.pan(-dx, -dy);
            return;
        }
        if let Some(node) = node.get_untracked() {
            let rect = screen_rect(&node);
            let factor = (-dy * 0.0022).exp().clamp(0.5, 2.0);
            camera.zoom(
                factor,
                f64::from(event.client_x()) - rect.x,
                f64::from(event.client_y()) - rect.y,
            );
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if has_command_key(&event) || event.alt_key() {
            return;
        }
        let way = match event.key().as_str() {
            "ArrowDown" => Way::Down,
            "ArrowUp" => Way::Up,
            "ArrowLeft" => Way::Left,
            "ArrowRight" => Way::Right,
            "+" | "=" => return camera.zoom_middle(1.25),
            "-" => return camera.zoom_middle(1.0 / 1.25),
            "0" => return camera.reset(),
            "1" => return camera.fit(),
            "Escape" => return selection.select(None, Origin::Canvas),
            "Enter" => {
                // The key must not also press what it puts the focus on.
                event.prevent_default();
                layout.set_open(Pane::Inspector, true);
                return focus_first_in("inspector");
            }
            " " => {
                event.prevent_default();
                if let Some(pointer) = selection
                    .pointer_untracked()
                    .filter(|pointer| scene.is_container(pointer))
                {
                    folds.toggle(&pointer);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = scene
            .with_untracked(|scene| neighbour(scene, selection.pointer_untracked().as_ref(), way))
        {
            if let Some(rect) = scene.rect_untracked(&next) {
                camera.reveal(rect);
            }
            selection.select(Some(next), Origin::Canvas);
        }
    };
    view! {
        <div
            class="canvas" node_ref=node
            class:is-panning=live(move || drag.get().is_some())
            on:pointerdown=handler(on_down)
            on:pointermove=handler(on_move)
            on:pointerup=handler(on_up)
            on:pointercancel=handler(on_up)
            on:wheel=handler(on_wheel)
        >
            <div
                class="graph" id="canvas"
                data-detail=live(move || match camera.detail() {
                    Detail::Full => "full",
                    Detail::Names => "names",
                    Detail::Boxes => "boxes",
                })
                role="listbox"
                aria-label="States of the graph; arrow keys walk, Enter opens the inspector"
                tabindex="0"
                aria-activedescendant=live(move || selection.pointer().map(|pointer| node_id(&pointer)))
                on:keydown=handler(on_key)
            >
                <Grid/>
                // A transform by style on an element of its own: the browser lays nothing out
                // for it, and while it moves it need not even paint.
                <svg
                    class="drawing" role="presentation"
                    class:is-moving=live(move || camera.is_moving())
                    style:transform=live(move || camera.get().transform())
                >
                    <Graph/>
                </svg>
            </div>
        </div>
    }
}

/// The dots behind the graph, which move with it.
#[component]
fn Grid() -> impl IntoView {
    let camera = expect_context::<Camera>();
    let position = move || {
        let viewport = camera.get();
        format!("{:.2}px {:.2}px", viewport.x, viewport.y)
    };
    view! { <div class="grid" data-background="" aria-hidden="true" style:background-position=position></div> }
}

/// Containers below, then edges, then the boxes, so that nothing hides a name.
#[component]
fn Graph() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let mounted = Mounted::new(scene, expect_context(), expect_context());
    let edges = move || mounted.edges.with(|mounts| mounts.keys().to_vec());
    let taken = move || mounted.edges.with(|mounts| scene.taken_of(mounts.keys()));
    let labels = move || mounted.labels.with(|mounts| mounts.keys().to_vec());
    view! {
        <g role="presentation">
            <For each=move || scene.outer_first(mounted.containers()) key=|key| *key children=node/>
        </g>
        <g aria-hidden="true">
            <For each=edges key=|key| *key children=edge_line/>
            <For each=taken key=|key| *key children=edge_line/>
            <For each=labels key=|key| *key children=edge_label/>
        </g>
        <g role="presentation">
            <For each=move || mounted.boxes() key=|key| *key children=node/>
        </g>
    }
}

/// The pointer that is selected, if the canvas draws it.
pub(super) fn is_selected(selection: SelectionStore, pointer: &Pointer) -> bool {
    selection.pointer().as_ref() == Some(pointer)
}
