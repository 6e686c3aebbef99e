//! The overview in the corner of the canvas: every box as part of one path for each status,
//! and the part of it that is seen.
//!
//! It is for the pointer alone. What it shows and does, the graph itself does for the
//! keyboard: its arrow keys walk everywhere, `1` fits.

use leptos::ev::PointerEvent;
use leptos::prelude::*;

use super::camera::Camera;
use super::scene::SceneStore;
use super::status_mark::status_class;
use crate::diagram::geometry::{Point, Rect};
use crate::ui::dom::element::{capture_pointer, pointer_in_target};
use crate::ui::dom::storage;
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::widget::Icon;

/// A smaller graph is seen well enough without it.
const FEWEST: usize = 40;
/// Its inner extents, in px.
const WIDTH: f64 = 176.0;
const HEIGHT: f64 = 128.0;

const FOLDED_KEY: &str = "statelab.minimap";

/// From the canvas to the overview.
#[derive(Clone, Copy, PartialEq)]
struct Scale {
    shift: Point,
    factor: f64,
}

impl Scale {
    /// Shows all of a drawing in the middle.
    fn of((width, height): (f64, f64)) -> Self {
        let factor = (WIDTH / width.max(1.0)).min(HEIGHT / height.max(1.0));
        Self {
            shift: Point::new(
                (WIDTH - width * factor) / 2.0,
                (HEIGHT - height * factor) / 2.0,
            ),
            factor,
        }
    }

    fn to_canvas(self, (x, y): (f64, f64)) -> Point {
        Point::new(
            (x - self.shift.x) / self.factor,
            (y - self.shift.y) / self.factor,
        )
    }

    /// The part of `seen` within the overview.
    fn frame(self, seen: Rect) -> String {
        let place = |at: f64, shift: f64, most: f64| (at * self.factor + shift).clamp(0.0, most);
        let (left, right) = (seen.x, seen.right());
        let (left, right) = (
            place(left, self.shift.x, WIDTH),
            place(right, self.shift.x, WIDTH),
        );
        let (top, bottom) = (seen.y, seen.bottom());
        let (top, bottom) = (
            place(top, self.shift.y, HEIGHT),
            place(bottom, self.shift.y, HEIGHT),
        );
        format!(
            "transform:translate({left:.1}px,{top:.1}px);width:{:.1}px;height:{:.1}px",
            (right - left).max(6.0),
            (bottom - top).max(6.0),
        )
    }
}

/// The overview, from a number of states on.
#[component]
pub(super) fn Minimap() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let is_needed = memo(move || scene.count() >= FEWEST);
    let is_folded = RwSignal::new(storage::read(FOLDED_KEY).is_some());
    let fold = move |_| {
        is_folded.update(|is_folded| *is_folded = !*is_folded);
        if is_folded.get_untracked() {
            storage::write(FOLDED_KEY, "folded");
        } else {
            storage::remove(FOLDED_KEY);
        }
    };
    let label = move || {
        if is_folded.get() {
            "Show the overview"
        } else {
            "Hide the overview"
        }
    };
    move || {
        is_needed.get().then(|| {
            view! {
                <div class="minimap" class:is-folded=live(move || is_folded.get())>
                    {show(move || (!is_folded.get()).then(|| view! { <Overview/> }))}
                    <button type="button" class="btn ghost small square" aria-label=label title=label aria-expanded=live(move || (!is_folded.get()).to_string()) on:click=handler(fold)>
                        <Icon name="i-chev"/>
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn Overview() -> impl IntoView {
    let scene = expect_context::<SceneStore>();
    let camera = expect_context::<Camera>();
    let scale = memo(move || Scale::of(scene.size()));
    let is_dragged = RwSignal::new(false);
    let look = move |event: &PointerEvent| {
        camera.centre(scale.get_untracked().to_canvas(pointer_in_target(event)));
    };
    let transform = move || {
        let Scale { shift, factor } = scale.get();
        format!(
            "translate({:.1} {:.1}) scale({factor:.5})",
            shift.x, shift.y
        )
    };
    let boxes = move || {
        let groups = scene.outlines();
        let path = |(status, outline)| {
            let class = Option::map_or(status, "", status_class);
            view! { <path class=class d=outline/> }
        };
        groups.into_iter().map(path).collect_view()
    };
    view! {
        <div
            class="overview" aria-hidden="true"
            on:pointerdown=handler(move |event| {
                capture_pointer(&event);
                is_dragged.set(true);
                look(&event);
            })
            on:pointermove=handler(move |event| if is_dragged.get_untracked() { look(&event) })
            on:pointerup=handler(move |_| is_dragged.set(false))
            on:pointercancel=handler(move |_| is_dragged.set(false))
        >
            <svg width=WIDTH height=HEIGHT><g transform=transform>{boxes}</g></svg>
            <div class="frame" style=live(move || scale.get().frame(camera.seen()))></div>
        </div>
    }
}
