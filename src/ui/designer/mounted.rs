//! What of the scene is in the page: what lies near the screen, arriving in small steps,
//! one a frame, so that neither opening a large document nor panning over it halts the page.

use leptos::prelude::*;

use super::camera::Camera;
use super::scene::{SceneStore, is_container};
use crate::diagram::view::detail::Detail;
use crate::diagram::view::mounts::{Key, Mounts, Next};
use crate::ui::erased::{effect, memo};
use crate::ui::store::SelectionStore;

/// Shapes that a step adds, chosen so that it takes some three milliseconds at most.
const NODES: usize = 8;
const PLAIN_NODES: usize = 24;
const EDGES: usize = 16;
const LABELS: usize = 8;

/// The keys of what is mounted.
#[derive(Clone, Copy)]
pub(super) struct Mounted {
    nodes: Memo<Mounts>,
    /// The edges.
    pub edges: Memo<Mounts>,
    /// The edges whose labels are.
    pub labels: Memo<Mounts>,
}

impl Mounted {
    /// Follows the scene and the camera; what is selected is mounted wherever it is.
    pub fn new(scene: SceneStore, camera: Camera, selection: SelectionStore) -> Self {
        let nodes = memo(move || {
            let pinned = selection.pointer();
            let sight = (camera.window(), camera.seen_untracked());
            scene
                .get()
                .wanted_nodes(sight, camera.detail(), pinned.as_ref())
        });
        let edges = memo(move || scene.get().wanted_edges(camera.window()));
        let labels = memo(move || scene.get().wanted_labels(camera.window(), camera.detail()));
        let most_nodes = move || match camera.detail() {
            Detail::Boxes => PLAIN_NODES,
            Detail::Names | Detail::Full => NODES,
        };
        Self {
            nodes: stepping(nodes, most_nodes),
            edges: stepping(edges, || EDGES),
            labels: stepping(labels, || LABELS),
        }
    }

    /// The containers, in no order.
    pub fn containers(self) -> Vec<Key> {
        self.nodes_that(|key| is_container(*key))
    }

    /// Everything else that has a box.
    pub fn boxes(self) -> Vec<Key> {
        self.nodes_that(|key| !is_container(*key))
    }

    fn nodes_that(self, is_meant: fn(&Key) -> bool) -> Vec<Key> {
        self.nodes
            .with(|mounts| mounts.keys().iter().copied().filter(is_meant).collect())
    }
}

/// What is mounted on the way to what is wanted.
fn stepping(
    wanted: Memo<Vec<Key>>,
    most: impl Fn() -> usize + Send + Sync + 'static,
) -> Memo<Mounts> {
    let turn = RwSignal::new(());
    let mounts = Memo::new(move |before: Option<&Mounts>| {
        turn.track();
        let most = untrack(&most);
        wanted.with(|wanted| before.cloned().unwrap_or_default().step(wanted, most))
    });
    let is_asked = StoredValue::new(false);
    effect(move || {
        let next = mounts.with(|mounts| wanted.with_untracked(|wanted| mounts.next(wanted)));
        if next == Next::Never || is_asked.get_value() {
            return;
        }
        is_asked.set_value(true);
        let go_on = move || {
            is_asked.set_value(false);
            turn.notify();
        };
        match next {
            Next::Now => queue_microtask(go_on),
            Next::Frame | Next::Never => request_animation_frame(go_on),
        }
    });
    mounts
}
