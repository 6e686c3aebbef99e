//! What is seen of the drawing, derived from what the user last asked for.

use leptos::prelude::*;

use super::viewport::{Area, Viewport};

/// The canvas's viewport.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    screen: RwSignal<(f64, f64)>,
    opened: Signal<u32>,
    /// What was asked for, and of which document: another one is shown from its beginning.
    aim: RwSignal<(u32, Aim)>,
    viewport: Memo<Viewport>,
}

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

impl Camera {
    /// A camera over a drawing of this size, and a number that changes with the document.
    pub fn new(drawing: Signal<(f64, f64)>, opened: Signal<u32>) -> Self {
        let screen = RwSignal::new((0.0, 0.0));
        let aim = RwSignal::new((opened.get_untracked(), Aim::Opening));
        let viewport = Memo::new(move |_| {
            let (of, aim) = aim.get();
            match aim {
                Aim::Still(viewport) if of == opened.get() => viewport,
                Aim::Whole if of == opened.get() => Viewport::fitting(drawing.get(), screen.get()),
                Aim::Opening | Aim::Whole | Aim::Still(_) => {
                    Viewport::opening(drawing.get(), screen.get())
                }
            }
        });
        Self {
            screen,
            opened,
            aim,
            viewport,
        }
    }

    /// The viewport.
    pub fn get(self) -> Viewport {
        self.viewport.get()
    }

    /// The screen has another size.
    pub fn resize(self, width: f64, height: f64) {
        self.screen.set((width, height));
    }

    /// Shows the drawing from its beginning.
    pub fn restart(self) {
        self.set(Aim::Opening);
    }

    /// Shows the whole drawing, now and after changes.
    pub fn fit(self) {
        self.set(Aim::Whole);
    }

    /// Shows the drawing unscaled, around the middle of the screen.
    pub fn reset(self) {
        let scale = self.viewport.get_untracked().scale;
        self.zoom_middle(1.0 / scale);
    }

    /// Moves the drawing by px.
    pub fn pan(self, dx: f64, dy: f64) {
        self.stay(self.viewport.get_untracked().panned(dx, dy));
    }

    /// Scales around a place on the screen.
    pub fn zoom(self, factor: f64, x: f64, y: f64) {
        self.stay(self.viewport.get_untracked().zoomed(factor, x, y));
    }

    /// Scales around the middle of the screen.
    pub fn zoom_middle(self, factor: f64) {
        let (width, height) = self.screen.get_untracked();
        self.zoom(factor, width / 2.0, height / 2.0);
    }

    /// Moves an area into view, if it is out of it.
    pub fn reveal(self, area: Area) {
        let (width, height) = self.screen.get_untracked();
        let viewport = self.viewport.get_untracked();
        let moved = viewport.revealing(area, width, height);
        if moved != viewport && width > 0.0 {
            self.stay(moved);
        }
    }

    /// Moves an area into the middle.
    pub fn centre(self, area: Area) {
        let screen = self.screen.get_untracked();
        self.stay(self.viewport.get_untracked().centred(area, screen));
    }

    fn stay(self, viewport: Viewport) {
        self.set(Aim::Still(viewport));
    }

    fn set(self, aim: Aim) {
        self.aim.set((self.opened.get_untracked(), aim));
    }
}
