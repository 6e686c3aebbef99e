//! What the canvas draws, ready for keyed views: appearances that rarely change
//! apart from places that do.
//!
//! document → graph → scene are memos. The graph holds only what shows, so typing
//! inside a field that does not show neither lays out nor draws anything again.
//! Only what is near the screen is mounted, by [`super::mounted`].

mod build;
mod desk;
mod store;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::asl::{Pointer, StateType};
use crate::diagram::Direction;
use crate::diagram::geometry::{Rect, Size};
use crate::diagram::layout::Route;
use crate::diagram::view::detail::Detail;
use crate::diagram::view::index::BoxIndex;
use crate::diagram::view::mounts::{Key, plain, whole};

pub(super) use store::{Place, SceneStore};

/// Everything that is drawn, with its places.
#[derive(Debug, Default)]
pub(super) struct Scene {
    nodes: Vec<Arc<SceneNode>>,
    edges: Vec<Arc<SceneEdge>>,
    /// The course of each edge, and where its label stands.
    routes: Vec<Route>,
    node_by_pointer: HashMap<Pointer, usize>,
    node_by_key: HashMap<Key, usize>,
    edge_by_key: HashMap<Key, usize>,
    near_nodes: BoxIndex,
    near_edges: BoxIndex,
    size: Size,
    lineage: Lineage,
}

/// What a scene is a later version of; the view stays while this does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lineage {
    opened: u32,
    direction: Direction,
    /// Grows when hardly a state of the scene before is left.
    turnover: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NodeKind {
    Start,
    State,
    Ghost,
}

/// A node's appearance, and where it stood when it was made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SceneNode {
    /// Differs as soon as the node must be drawn anew.
    pub key: Key,
    pub pointer: Pointer,
    pub kind: NodeKind,
    pub name: String,
    pub summary: String,
    pub state_type: Option<StateType>,
    pub badges: Vec<Badge>,
    pub is_container: bool,
    pub is_folded: bool,
    /// Lines between lanes, in coordinates of the node.
    pub dividers: Vec<[f64; 4]>,
    /// Where lanes begin, in coordinates of the node.
    pub dots: Vec<[f64; 2]>,
    pub rect: Rect,
}

/// A small sign with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Badge {
    pub icon: &'static str,
    pub count: Option<String>,
    pub sentence: String,
}

/// How an edge leaves its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum EdgeKind {
    Flow,
    Catch,
}

/// An edge's appearance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SceneEdge {
    /// Differs as soon as the edge must be drawn anew.
    pub key: Key,
    pointer: Pointer,
    /// The state it leaves; for the first state of a machine, the machine.
    pub from: Pointer,
    pub to: Pointer,
    pub kind: EdgeKind,
    /// Whether it begins at a dot under the header of a container, too close for an arrow.
    pub is_inner_start: bool,
    pub is_broken: bool,
    pub label: Option<SceneLabel>,
}

/// The words on an edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SceneLabel {
    pub number: Option<usize>,
    pub text: String,
    pub full: String,
    pub is_code: bool,
}

/// Whether the shown run took an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    No,
    Flow,
    Caught,
}

impl SceneNode {
    /// What the key stands for.
    fn looks(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (
            &self.pointer,
            self.kind,
            &self.name,
            &self.summary,
            self.state_type,
            &self.badges,
        )
            .hash(&mut hasher);
        (self.is_container, self.is_folded).hash(&mut hasher);
        let numbers = [self.rect.width, self.rect.height].into_iter();
        let numbers = numbers.chain(self.dividers.iter().flatten().copied());
        for number in numbers.chain(self.dots.iter().flatten().copied()) {
            number.to_bits().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Whether it can be selected.
    pub fn is_selectable(&self) -> bool {
        self.kind != NodeKind::Start
    }

    /// Its type in a word.
    pub fn type_word(&self) -> &'static str {
        match (self.kind, self.state_type) {
            (NodeKind::Start, _) => "Start",
            (NodeKind::Ghost, _) => "Missing state",
            (NodeKind::State, Some(state_type)) => state_type.as_str(),
            (NodeKind::State, None) => "Unknown type",
        }
    }
}

impl Badge {
    /// Its width on the canvas.
    pub fn width(&self) -> f64 {
        let count = self
            .count
            .as_ref()
            .map_or(0.0, |count| count.chars().count() as f64 * 6.2 + 3.0);
        16.0 + count
    }
}

impl Scene {
    /// All nodes, containers before what is in them.
    pub fn nodes(&self) -> impl Iterator<Item = &SceneNode> {
        self.nodes.iter().map(Arc::as_ref)
    }

    /// The node of a state.
    pub fn find(&self, pointer: &Pointer) -> Option<&SceneNode> {
        let index = self.node_by_pointer.get(pointer)?;
        self.nodes.get(*index).map(Arc::as_ref)
    }

    /// Where a node stands.
    pub fn rect(&self, pointer: &Pointer) -> Option<Rect> {
        self.find(pointer).map(|node| node.rect)
    }

    /// What is worth mounting of the nodes in `window`, what is seen first. The nodes of
    /// `pinned` are mounted wherever they stand.
    pub fn wanted_nodes(
        &self,
        (window, seen): (Rect, Rect),
        detail: Detail,
        pinned: Option<&Pointer>,
    ) -> Vec<Key> {
        let pinned = pinned.and_then(|pointer| self.node_by_pointer.get(pointer).copied());
        let near = self.near_nodes.touching(&window);
        let near = near.into_iter().filter(|index| Some(*index) != pinned);
        let (mut first, later): (Vec<usize>, Vec<usize>) = near.partition(|index| {
            self.nodes
                .get(*index)
                .is_some_and(|node| node.is_container || node.rect.touches(&seen))
        });
        first.splice(0..0, pinned);
        let key = |index: usize| {
            let node = self.nodes.get(index)?;
            let is_plain = detail == Detail::Boxes && !node.is_container && Some(index) != pinned;
            Some(if is_plain { plain(node.key) } else { node.key })
        };
        first.into_iter().chain(later).filter_map(key).collect()
    }

    /// What is worth mounting of the edges in `window`.
    pub fn wanted_edges(&self, window: Rect) -> Vec<Key> {
        self.edges_near(window).map(|edge| edge.key).collect()
    }

    /// What is worth mounting of the labels in `window`.
    pub fn wanted_labels(&self, window: Rect, detail: Detail) -> Vec<Key> {
        if detail < Detail::Full {
            return Vec::new();
        }
        let labelled = self.edges_near(window).filter(|edge| edge.label.is_some());
        labelled.map(|edge| edge.key).collect()
    }

    fn edges_near(&self, window: Rect) -> impl Iterator<Item = &Arc<SceneEdge>> {
        let near = self.near_edges.touching(&window).into_iter();
        near.filter_map(|index| self.edges.get(index))
    }

    fn node(&self, key: Key) -> Option<&Arc<SceneNode>> {
        self.nodes.get(*self.node_by_key.get(&whole(key))?)
    }

    fn edge(&self, key: Key) -> Option<&Arc<SceneEdge>> {
        self.edges.get(*self.edge_by_key.get(&key)?)
    }

    fn route(&self, key: Key) -> Option<&Route> {
        self.routes.get(*self.edge_by_key.get(&key)?)
    }
}

/// The bit of a key that says so; the one below it belongs to [`crate::diagram::view::mounts`].
const CONTAINER: Key = 2;

/// Whether this is the key of an open container.
pub(super) fn is_container(key: Key) -> bool {
    key & CONTAINER != 0
}

/// The id of a node's element.
pub(super) fn node_id(pointer: &Pointer) -> String {
    let mut hasher = DefaultHasher::new();
    pointer.hash(&mut hasher);
    format!("state-{:x}", hasher.finish())
}
