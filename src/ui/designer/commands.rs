//! What the rest of the page asks of the canvas.

use leptos::prelude::*;

use super::camera::Camera;
use super::folds::FoldStore;
use super::scene::SceneStore;
use super::viewport::Area;
use crate::asl::Pointer;
use crate::ui::store::DocumentStore;

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
        let document = expect_context::<DocumentStore>();
        let scene = SceneStore::new();
        let camera = Camera::new(Signal::derive(move || scene.size()), document.opened());
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

    /// Turns the flow by a quarter and starts over.
    pub fn turn(self) {
        self.scene.turn();
        self.camera.restart();
    }

    /// Brings a state into the middle.
    pub fn centre(self, pointer: &Pointer) {
        if let Some(rect) = self.scene.rect_untracked(pointer) {
            self.camera.centre(Area {
                x: rect.x,
                y: rect.y,
                width: rect.width,
                height: rect.height,
            });
        }
    }

    /// Whether there is a container that can be folded.
    pub fn has_open(self) -> bool {
        !self.scene.containers().is_empty()
    }

    /// Whether a container is folded.
    pub fn has_folded(self) -> bool {
        self.scene.boxes().iter().any(|node| node.is_folded)
    }

    /// Folds all containers; those inside others too, so that unfolding one shows little.
    pub fn fold_all(self) {
        let open = self.scene.containers();
        self.folds
            .fold(open.iter().map(|container| container.pointer.clone()));
    }

    /// Unfolds all containers.
    pub fn unfold_all(self) {
        self.folds.unfold_all();
    }
}
