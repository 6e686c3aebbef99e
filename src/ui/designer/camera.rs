//! The viewport as a store: what is seen, and whether it follows the drawing.

use leptos::prelude::*;

use super::viewport::{Area, Viewport};

/// The canvas's viewport.
#[derive(Clone, Copy)]
pub struct Camera {
    viewport: RwSignal<Viewport>,
    screen: RwSignal<(f64, f64)>,
    drawing: RwSignal<(f64, f64)>,
    /// Until the user pans or zooms, the whole drawing is kept in view.
    is_fitted: RwSignal<bool>,
}

impl Camera {
    /// A camera that fits the drawing.
    pub fn new() -> Self {
        Self {
            viewport: RwSignal::new(Viewport::START),
            screen: RwSignal::new((0.0, 0.0)),
            drawing: RwSignal::new((0.0, 0.0)),
            is_fitted: RwSignal::new(true),
        }
    }

    /// The viewport.
    pub fn get(self) -> Viewport {
        self.viewport.get()
    }

    /// The screen has another size.
    pub fn resize(self, width: f64, height: f64) {
        self.screen.set((width, height));
        self.follow();
    }

    /// The drawing has another size.
    pub fn redraw(self, width: f64, height: f64) {
        if self.drawing.get_untracked() != (width, height) {
            self.drawing.set((width, height));
            self.follow();
        }
    }

    /// Shows the whole drawing, now and after changes.
    pub fn refit(self) {
        self.is_fitted.set(true);
        self.follow();
    }

    /// Shows the drawing unscaled, from its top.
    pub fn reset(self) {
        self.is_fitted.set(false);
        let (width, _) = self.screen.get_untracked();
        let (drawing, _) = self.drawing.get_untracked();
        let x = ((width - drawing) / 2.0).max(Viewport::START.x);
        self.viewport.set(Viewport {
            x,
            ..Viewport::START
        });
    }

    /// Moves the drawing by px.
    pub fn pan(self, dx: f64, dy: f64) {
        self.is_fitted.set(false);
        self.viewport
            .update(|viewport| *viewport = viewport.panned(dx, dy));
    }

    /// Scales around a place on the screen.
    pub fn zoom(self, factor: f64, x: f64, y: f64) {
        self.is_fitted.set(false);
        self.viewport
            .update(|viewport| *viewport = viewport.zoomed(factor, x, y));
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
            self.viewport.set(moved);
        }
    }

    fn follow(self) {
        let ((width, height), (drawn_width, drawn_height)) =
            (self.screen.get_untracked(), self.drawing.get_untracked());
        if self.is_fitted.get_untracked() && width > 0.0 && height > 0.0 {
            self.viewport
                .set(Viewport::fitting(drawn_width, drawn_height, width, height));
        }
    }
}
