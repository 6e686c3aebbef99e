//! What the canvas draws, ready for keyed views: appearances that rarely change
//! apart from places that do.
//!
//! document → graph → scene are memos. The graph holds only what shows, so typing
//! inside a field that does not show neither lays out nor draws anything again.

mod build;
mod store;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::asl::{Pointer, StateType};
use crate::diagram::geometry::{Rect, Size};

pub(super) use store::SceneStore;

/// Everything that is drawn, with its places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scene {
    nodes: Vec<Arc<SceneNode>>,
    edges: Vec<Arc<SceneEdge>>,
    rects: HashMap<Pointer, Rect>,
    routes: HashMap<Pointer, (String, Option<Rect>)>,
    size: Size,
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
    /// Differs as soon as the node must be drawn anew.
    pub fn key(&self) -> (Pointer, u64) {
        let mut hasher = DefaultHasher::new();
        (
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
        (self.pointer.clone(), hasher.finish())
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

impl SceneEdge {
    /// Differs as soon as the edge must be drawn anew.
    pub fn key(&self) -> (Pointer, u64) {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        (self.pointer.clone(), hasher.finish())
    }
}

impl Scene {
    /// All nodes, containers before what is in them.
    pub fn nodes(&self) -> impl Iterator<Item = &SceneNode> {
        self.nodes.iter().map(Arc::as_ref)
    }

    /// Where a node stands.
    pub fn rect(&self, pointer: &Pointer) -> Option<Rect> {
        self.rects.get(pointer).copied()
    }
}

/// The id of a node's element.
pub(super) fn node_id(pointer: &Pointer) -> String {
    let mut hasher = DefaultHasher::new();
    pointer.hash(&mut hasher);
    format!("state-{:x}", hasher.finish())
}
