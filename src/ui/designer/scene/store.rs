//! The scene as a store: memos from the document to what is drawn, and what the shown
//! run says about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use leptos::prelude::*;

use super::build::scene;
use super::desk::{Desk, Order};
use super::{EdgeKind, Lineage, NodeKind, Scene, SceneEdge, SceneNode, Taken};
use crate::asl::Pointer;
use crate::diagram::geometry::{Point, Rect};
use crate::diagram::layout::{Direction, LayoutOptions};
use crate::diagram::path;
use crate::diagram::sizing::{EDGE_RADIUS, TextStyle, to_layout};
use crate::diagram::view::mounts::{Key, whole};
use crate::diagram::{place, state_graph};
use crate::execution::projection::{StateStatus, Status, TakenTransition};
use crate::source::sort::sort_by_number;
use crate::ui::designer::folds::FoldStore;
use crate::ui::dom::measure::{Font, text_width};
use crate::ui::erased::{effect, memo};
use crate::ui::store::{DocumentStore, ExecutionStore};

/// The scene of the open document and what the shown run says about it.
#[derive(Clone, Copy)]
pub(in crate::ui::designer) struct SceneStore {
    scene: Memo<Arc<Scene>>,
    is_laying_out: Memo<bool>,
    direction: RwSignal<Direction>,
    transitions: Memo<BTreeSet<TakenTransition>>,
    execution: ExecutionStore,
}

/// Where a node stands, on the canvas and among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui::designer) struct Place {
    pub rect: Rect,
    /// Counted from 1, over all nodes that can be selected.
    pub position: usize,
    pub of: usize,
}

impl SceneStore {
    /// Follows the document, the folds and the run from the context.
    pub fn new() -> Self {
        let document = expect_context::<DocumentStore>();
        let execution = expect_context::<ExecutionStore>();
        let folds = expect_context::<FoldStore>();
        let direction = RwSignal::new(Direction::TopToBottom);
        let opened = document.opened();
        let graph = memo(move || Arc::new(state_graph(&document.analysed().drawable().machine)));
        let order = Memo::new_with_compare(
            move |before: Option<&Arc<Order>>| {
                let graph = graph.get();
                let sized = to_layout(&graph, &folds.get(), &measure);
                Arc::new(Order {
                    number: before.map_or(0, |before| before.number.wrapping_add(1)),
                    graph,
                    sized,
                    options: LayoutOptions {
                        direction: direction.get(),
                        ..LayoutOptions::default()
                    },
                    opened: opened.get_untracked(),
                })
            },
            is_another,
        );
        let desk = Desk::new();
        effect(move || desk.send(&order.get()));
        let scene = Memo::new_with_compare(
            move |before: Option<&Arc<Scene>>| {
                let order = order.get();
                // Of the drawing before only what belongs to the same document may stay.
                let before = before.filter(|before| before.lineage.opened == order.opened);
                let Some(layout) = desk.layout(&order) else {
                    return before.cloned().unwrap_or_default();
                };
                let drawing = place(&order.graph, &order.sized, &layout);
                let of = (order.opened, order.options.direction);
                let before = before.map(Arc::as_ref);
                Arc::new(scene(&order.graph, &drawing, of, before))
            },
            is_another,
        );
        let transitions =
            memo(move || execution.history.trace(|trace| trace.transitions().clone()));
        Self {
            scene,
            is_laying_out: memo(move || desk.is_waiting(&order.get())),
            direction,
            transitions,
            execution,
        }
    }

    /// The scene itself.
    pub fn get(self) -> Arc<Scene> {
        self.scene.get()
    }

    /// What the scene is a version of.
    pub fn lineage(self) -> Lineage {
        self.scene.with(|scene| scene.lineage)
    }

    /// Whether the drawing of the latest text is still being made.
    pub fn is_laying_out(self) -> bool {
        self.is_laying_out.get()
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

    /// Where the drawing begins.
    pub fn start(self) -> Point {
        self.scene.with(|scene| {
            let first = scene.nodes().next();
            first.map_or_else(Point::default, |first| first.rect.center())
        })
    }

    /// The node under a key.
    pub fn node_untracked(self, key: Key) -> Option<Arc<SceneNode>> {
        self.with_untracked(|scene| scene.node(key).cloned())
    }

    /// The edge under a key.
    pub fn edge_untracked(self, key: Key) -> Option<Arc<SceneEdge>> {
        self.with_untracked(|scene| scene.edge(key).cloned())
    }

    /// Those of `keys` whose edges the shown run took, which are drawn over the others.
    pub fn taken_of(self, keys: &[Key]) -> Vec<Key> {
        let is_taken = |edge: &Arc<SceneEdge>| {
            matches!(
                self.taken(&edge.from, &edge.to, edge.kind),
                Some(Taken::Flow | Taken::Caught)
            )
        };
        self.scene.with(|scene| {
            let keys = keys.iter().copied();
            keys.filter(|key| scene.edge(*key).is_some_and(is_taken))
                .collect()
        })
    }

    /// `keys` of containers, outer ones first.
    pub fn outer_first(self, mut keys: Vec<Key>) -> Vec<Key> {
        let index = |scene: &Scene, key: &Key| scene.node_by_key.get(key).copied();
        self.scene.with(|scene| {
            sort_by_number(&mut keys, |key| {
                index(scene, key).unwrap_or_default() as u64
            });
        });
        keys
    }

    /// Where a node stands; nothing for one that is about to go.
    pub fn place(self, key: Key) -> Option<Place> {
        self.scene.with(|scene| {
            let index = *scene.node_by_key.get(&whole(key))?;
            // Only the first node, Start, cannot be selected.
            let others = scene.nodes().take(1).filter(|node| !node.is_selectable());
            let others = others.count();
            Some(Place {
                rect: scene.nodes.get(index)?.rect,
                position: (index + 1).saturating_sub(others),
                of: scene.nodes.len() - others,
            })
        })
    }

    /// The containers whose content is drawn.
    pub fn open_containers(self) -> Vec<Pointer> {
        self.scene.with(|scene| {
            let open = scene.nodes().filter(|node| node.is_container);
            open.map(|node| node.pointer.clone()).collect()
        })
    }

    /// Whether a container is folded.
    pub fn has_folded(self) -> bool {
        self.scene
            .with(|scene| scene.nodes().any(|node| node.is_folded))
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
            let node = scene.find(pointer);
            node.is_some_and(|node| node.is_container || node.is_folded)
        })
    }

    /// The course of an edge as an SVG path.
    pub fn path(self, key: Key) -> Option<String> {
        let course =
            |scene: &Arc<Scene>| Some(path::rounded(&scene.route(key)?.points, EDGE_RADIUS));
        self.scene.with(course)
    }

    /// Where the label of an edge stands.
    pub fn label_rect(self, key: Key) -> Option<Rect> {
        self.scene.with(|scene| scene.route(key)?.label)
    }

    /// How a state stands in the shown run.
    pub fn status(self, pointer: &Pointer) -> Option<StateStatus> {
        self.execution.status(pointer)
    }

    /// How many states are drawn.
    pub fn count(self) -> usize {
        self.scene.with(|scene| scene.nodes.len())
    }

    /// The outlines of all boxes as paths, one for each status that some have; those of open
    /// containers come first and alone.
    pub fn outlines(self) -> Vec<(Option<Status>, String)> {
        let mut containers = String::new();
        let mut groups: BTreeMap<Option<Status>, String> = BTreeMap::new();
        self.scene.with(|scene| {
            for node in scene.nodes() {
                let Rect {
                    x,
                    y,
                    width,
                    height,
                } = node.rect;
                let outline = if node.is_container {
                    &mut containers
                } else {
                    let status = self.status(&node.pointer).map(|status| status.status);
                    groups.entry(status).or_default()
                };
                // Writing to a string cannot fail.
                let _ = write!(
                    outline,
                    "M{x:.0} {y:.0}h{width:.0}v{height:.0}h-{width:.0}z"
                );
            }
        });
        let mut outlines = vec![(None, containers)];
        outlines.extend(groups);
        outlines
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

fn is_another<T>(before: Option<&Arc<T>>, after: Option<&Arc<T>>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
        (None, _) | (_, None) => true,
    }
}
