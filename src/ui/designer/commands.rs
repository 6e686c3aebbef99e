//! What the rest of the page asks of the canvas.

use leptos::prelude::*;

use super::camera::Camera;
use super::folds::FoldStore;
use super::scene::SceneStore;
use crate::asl::Pointer;
use crate::ui::erased::derive;

/// How much one step of zoom scales.
const ZOOM_STEP: f64 = 1.25;

/// The canvas, as commands see it.
#[derive(Clone, Copy)]
pub struct CanvasCommands {
    scene: SceneStore,
    camera: Camera,
    folds: FoldStore,
}

impl CanvasCommands {
    /// Over the stores of the context; hands the scene and the camera down for the canvas.
    pub fn provide() -> Self {
        let scene = SceneStore::new();
        let camera = Camera::new(
            derive(move || scene.size()),
            derive(move || scene.lineage()),
            derive(move || scene.start()),
        );
        provide_context(scene);
        provide_context(camera);
        Self {
            scene,
            camera,
            folds: expect_context(),
        }
    }

    /// Larger.
    pub fn zoom_in(self) {
        self.camera.zoom_middle(ZOOM_STEP);
    }

    /// Smaller.
    pub fn zoom_out(self) {
        self.camera.zoom_middle(1.0 / ZOOM_STEP);
    }

    /// As large as life.
    pub fn zoom_reset(self) {
        self.camera.reset();
    }

    /// Everything.
    pub fn zoom_fit(self) {
        self.camera.fit();
    }

    /// Turns the flow by a quarter, which makes it another drawing.
    pub fn turn(self) {
        self.scene.turn();
    }

    /// The folded containers, without following them.
    pub fn folded_untracked(self) -> Vec<Pointer> {
        untrack(|| self.folds.get()).into_iter().collect()
    }

    /// Whether the flow goes from left to right, without following it.
    pub fn is_turned_untracked(self) -> bool {
        untrack(|| self.scene.is_left_right())
    }

    /// Brings a state into the middle.
    pub fn centre(self, pointer: &Pointer) {
        if let Some(rect) = self.scene.rect_untracked(pointer) {
            self.camera.centre(rect.center());
        }
    }

    /// Whether there is a container that can be folded.
    pub fn has_open(self) -> bool {
        !self.scene.open_containers().is_empty()
    }

    /// Whether a container is folded.
    pub fn has_folded(self) -> bool {
        self.scene.has_folded()
    }

    /// Folds all containers; those inside others too, so that unfolding one shows little.
    pub fn fold_all(self) {
        self.folds.fold(self.scene.open_containers().into_iter());
    }

    /// Unfolds all containers.
    pub fn unfold_all(self) {
        self.folds.unfold_all();
    }
}
