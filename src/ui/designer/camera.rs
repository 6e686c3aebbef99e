//! What is seen of the drawing, derived from what the user last asked for.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::scene::Lineage;
use crate::diagram::geometry::{Point, Rect};
use crate::diagram::view::detail::Detail;
use crate::diagram::view::viewport::Viewport;
use crate::diagram::view::window::window;
use crate::ui::erased::memo;

/// The canvas's viewport.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    screen: RwSignal<(f64, f64)>,
    lineage: Signal<Lineage>,
    /// What was asked for, and of which drawing: another one is shown from its beginning.
    aim: RwSignal<(Lineage, Aim)>,
    shown: Memo<Shown>,
    window: Memo<Rect>,
    detail: Memo<Detail>,
    is_moving: RwSignal<bool>,
    stop: StoredValue<Option<TimeoutHandle>>,
}

/// Without a step for so long, the view stands still.
const PAUSE: Duration = Duration::from_millis(150);

/// What the user wants to see.
#[derive(Clone, Copy, PartialEq)]
enum Aim {
    /// What can be read, from the beginning on.
    Opening,
    /// Everything.
    Whole,
    /// What was panned or zoomed to.
    Still(Viewport),
}

/// A viewport, and what it was chosen for.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    viewport: Viewport,
    of: Lineage,
    drawing: (f64, f64),
    screen: (f64, f64),
}

impl Camera {
    /// A camera over a drawing of this size, what the drawing is a version of, and where it
    /// begins.
    pub fn new(
        drawing: Signal<(f64, f64)>,
        lineage: Signal<Lineage>,
        start: Signal<Point>,
    ) -> Self {
        let screen = RwSignal::new((0.0, 0.0));
        let aim = RwSignal::new((lineage.get_untracked(), Aim::Opening));
        let shown = Memo::new(move |before: Option<&Shown>| {
            let (of, aim) = aim.get();
            let (drawing, screen, lineage) = (drawing.get(), screen.get(), lineage.get());
            let viewport = match aim {
                Aim::Still(viewport) if of == lineage => viewport,
                Aim::Whole if of == lineage => Viewport::fitting(drawing, screen),
                Aim::Opening | Aim::Whole | Aim::Still(_) => {
                    opening(before, lineage, drawing, screen)
                        .unwrap_or_else(|| Viewport::opening(drawing, screen, start.get()))
                }
            };
            Shown {
                viewport,
                of: lineage,
                drawing,
                screen,
            }
        });
        let seen = move || shown.with(|shown| shown.viewport.seen(shown.screen));
        Self {
            screen,
            lineage,
            aim,
            shown,
            window: Memo::new(move |before| window(before.copied(), seen())),
            detail: memo(move || Detail::at(shown.with(|shown| shown.viewport.scale))),
            is_moving: RwSignal::new(false),
            stop: StoredValue::new(None),
        }
    }

    /// The viewport.
    pub fn get(self) -> Viewport {
        self.shown.with(|shown| shown.viewport)
    }

    /// The part of the canvas that is seen.
    pub fn seen(self) -> Rect {
        self.shown.with(|shown| shown.viewport.seen(shown.screen))
    }

    /// The part of the canvas that is seen, without following it.
    pub fn seen_untracked(self) -> Rect {
        untrack(|| self.seen())
    }

    /// The part of the canvas that is kept ready.
    pub fn window(self) -> Rect {
        self.window.get()
    }

    /// How much can be read.
    pub fn detail(self) -> Detail {
        self.detail.get()
    }

    /// Whether the view is on its way, and sharp drawing can wait.
    pub fn is_moving(self) -> bool {
        self.is_moving.get()
    }

    /// The screen has another size.
    pub fn resize(self, width: f64, height: f64) {
        self.screen.set((width, height));
    }

    /// Shows the whole drawing, now and after changes.
    pub fn fit(self) {
        self.set(Aim::Whole);
    }

    /// Shows the drawing unscaled, around the middle of the screen.
    pub fn reset(self) {
        self.zoom_middle(1.0 / self.viewport().scale);
    }

    /// Moves the drawing by px.
    pub fn pan(self, dx: f64, dy: f64) {
        self.stay(self.viewport().panned(dx, dy));
    }

    /// Moves a place of the canvas into the middle.
    pub fn centre(self, on: Point) {
        self.stay(self.viewport().centred(on, self.screen.get_untracked()));
    }

    /// Scales around a place on the screen.
    pub fn zoom(self, factor: f64, x: f64, y: f64) {
        self.stay(self.viewport().zoomed(factor, x, y));
    }

    /// Scales around the middle of the screen.
    pub fn zoom_middle(self, factor: f64) {
        let (width, height) = self.screen.get_untracked();
        self.zoom(factor, width / 2.0, height / 2.0);
    }

    /// Moves an area into view, if it is out of it.
    pub fn reveal(self, area: Rect) {
        let (width, height) = self.screen.get_untracked();
        let viewport = self.viewport();
        let moved = viewport.revealing(area, width, height);
        if moved != viewport && width > 0.0 {
            self.stay(moved);
        }
    }

    fn viewport(self) -> Viewport {
        untrack(|| self.get())
    }

    fn stay(self, viewport: Viewport) {
        self.set(Aim::Still(viewport));
        if !self.is_moving.get_untracked() {
            self.is_moving.set(true);
        }
        let stop = set_timeout_with_handle(move || self.is_moving.set(false), PAUSE).ok();
        let before = self
            .stop
            .try_update_value(|held| std::mem::replace(held, stop));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }

    fn set(self, aim: Aim) {
        self.aim.set((self.lineage.get_untracked(), aim));
    }
}

/// The opening view as it was an edit before, unless it showed all and would not any more.
fn opening(
    before: Option<&Shown>,
    of: Lineage,
    drawing: (f64, f64),
    screen: (f64, f64),
) -> Option<Viewport> {
    let before = before.filter(|before| before.of == of && before.screen == screen)?;
    let seen = before.viewport.seen(screen);
    let shows = |(width, height): (f64, f64)| seen.right() >= width && seen.bottom() >= height;
    (shows(drawing) || !shows(before.drawing)).then_some(before.viewport)
}
