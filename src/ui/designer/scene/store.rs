//! The scene as a store: memos from the document to what is drawn, and what the shown
//! run says about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::build::scene;
use super::{EdgeKind, NodeKind, Scene, SceneEdge, SceneNode, Taken};
use crate::asl::Pointer;
use crate::diagram::geometry::Rect;
use crate::diagram::layout::{Direction, LayoutOptions};
use crate::diagram::sizing::TextStyle;
use crate::diagram::{draw, state_graph};
use crate::execution::projection::{StateStatus, Status, TakenTransition};
use crate::ui::designer::folds::FoldStore;
use crate::ui::dom::measure::{Font, text_width};
use crate::ui::store::{DocumentStore, ExecutionStore};

/// The scene of the open document and what the shown run says about it.
#[derive(Clone, Copy)]
pub(in crate::ui::designer) struct SceneStore {
    scene: Memo<Arc<Scene>>,
    direction: RwSignal<Direction>,
    transitions: Memo<BTreeSet<TakenTransition>>,
    execution: ExecutionStore,
}

impl SceneStore {
    /// Follows the document, the folds and the run from the context.
    pub fn new() -> Self {
        let document = expect_context::<DocumentStore>();
        let execution = expect_context::<ExecutionStore>();
        let folds = expect_context::<FoldStore>();
        let direction = RwSignal::new(Direction::TopToBottom);
        let graph = Memo::new(move |_| Arc::new(state_graph(&document.get().drawable().machine)));
        let scene = Memo::new(move |_| {
            let options = LayoutOptions {
                direction: direction.get(),
                ..LayoutOptions::default()
            };
            let graph = graph.get();
            let drawing = draw(&graph, &folds.get(), &measure, &options);
            Arc::new(scene(&graph, &drawing))
        });
        let transitions =
            Memo::new(move |_| execution.trace.with(|trace| trace.transitions().clone()));
        Self {
            scene,
            direction,
            transitions,
            execution,
        }
    }

    /// Turns the flow by a quarter.
    pub fn turn(self) {
        self.direction.update(|direction| {
            *direction = match direction {
                Direction::TopToBottom => Direction::LeftToRight,
                Direction::LeftToRight => Direction::TopToBottom,
            };
        });
    }

    /// Whether the flow runs to the right.
    pub fn is_left_right(self) -> bool {
        self.direction.get() == Direction::LeftToRight
    }

    /// The extent of the drawing.
    pub fn size(self) -> (f64, f64) {
        self.scene
            .with(|scene| (scene.size.width, scene.size.height))
    }

    /// The open containers, outer ones first.
    pub fn containers(self) -> Vec<Arc<SceneNode>> {
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(|node| node.is_container)
                .cloned()
                .collect()
        })
    }

    /// Everything else that has a box.
    pub fn boxes(self) -> Vec<Arc<SceneNode>> {
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(|node| !node.is_container)
                .cloned()
                .collect()
        })
    }

    /// The edges.
    pub fn edges(self) -> Vec<Arc<SceneEdge>> {
        self.scene.with(|scene| scene.edges.clone())
    }

    /// The edges that the shown run took, which are drawn over the others.
    pub fn taken_edges(self) -> Vec<Arc<SceneEdge>> {
        let is_taken = |edge: &Arc<SceneEdge>| {
            matches!(
                self.taken(&edge.from, &edge.to, edge.kind),
                Some(Taken::Flow | Taken::Caught)
            )
        };
        self.scene.with(|scene| {
            scene
                .edges
                .iter()
                .filter(|edge| is_taken(edge))
                .cloned()
                .collect()
        })
    }

    /// Where a node stands.
    pub fn rect(self, pointer: &Pointer) -> Option<Rect> {
        self.scene.with(|scene| scene.rect(pointer))
    }

    /// Where a node stands, without following it.
    pub fn rect_untracked(self, pointer: &Pointer) -> Option<Rect> {
        self.scene.with_untracked(|scene| scene.rect(pointer))
    }

    /// Looks at the scene without following it.
    pub fn with_untracked<T>(self, look: impl FnOnce(&Scene) -> T) -> T {
        self.scene.with_untracked(|scene| look(scene))
    }

    /// Whether a state can be folded.
    pub fn is_container(self, pointer: &Pointer) -> bool {
        self.with_untracked(|scene| {
            scene
                .nodes()
                .any(|node| node.pointer == *pointer && (node.is_container || node.is_folded))
        })
    }

    /// The course of an edge as an SVG path.
    pub fn path(self, key: &(Pointer, u64)) -> Option<String> {
        self.scene
            .with(|scene| scene.routes.get(&key.0).map(|(path, _)| path.clone()))
    }

    /// Where the label of an edge stands.
    pub fn label_rect(self, key: &(Pointer, u64)) -> Option<Rect> {
        self.scene
            .with(|scene| scene.routes.get(&key.0).and_then(|(_, label)| *label))
    }

    /// How a state stands in the shown run.
    pub fn status(self, pointer: &Pointer) -> Option<StateStatus> {
        self.execution.status(pointer)
    }

    /// Which statuses the graph shows.
    pub fn present_statuses(self) -> Vec<Status> {
        let present =
            |node: &Arc<SceneNode>| self.status(&node.pointer).map(|status| status.status);
        let states = |node: &&Arc<SceneNode>| node.kind == NodeKind::State;
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(states)
                .filter_map(present)
                .collect()
        })
    }

    /// Whether the shown run took an edge; nothing while none is shown.
    pub fn taken(self, from: &Pointer, to: &Pointer, kind: EdgeKind) -> Option<Taken> {
        if !self.execution.is_shown() {
            return None;
        }
        let is_caught = kind == EdgeKind::Catch;
        let transition = TakenTransition {
            from: from.clone(),
            to: to.clone(),
            is_caught,
        };
        let is_taken = self
            .transitions
            .with(|transitions| transitions.contains(&transition));
        Some(match (is_taken, is_caught) {
            (false, _) => Taken::No,
            (true, false) => Taken::Flow,
            (true, true) => Taken::Caught,
        })
    }
}

fn measure(text: &str, style: TextStyle) -> f64 {
    let font = match style {
        TextStyle::Name => Font::Name,
        TextStyle::Summary => Font::Small,
        TextStyle::Label | TextStyle::Badge => Font::Mono,
    };
    text_width(text, font)
}
