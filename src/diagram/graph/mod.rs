//! A state machine as nodes and edges: exactly what a drawing shows, and nothing else.
//!
//! Two definitions that differ only in what is not drawn (arguments, result paths,
//! comments) give equal graphs, so a change of them lays nothing out again.
//!
//! Nodes stand in file order, a container before what is in it; the edges of a node in
//! the order of its fields. The identity of a node is the pointer of its state, and that
//! of a ghost the pointer its state would have, so creating the state keeps the node.

mod badge;
mod build;
mod label;
mod summary;

pub use badge::{Badge, badges};
pub use build::state_graph;
pub use label::Label;
pub use petgraph::graph::{EdgeIndex, NodeIndex};
pub use summary::summary;

use std::sync::Arc;

use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

use crate::asl::{Pointer, StateType};

/// The nodes and edges of a definition, those of branches and item processors included.
#[derive(Debug, Clone, Default)]
pub struct StateGraph {
    graph: DiGraph<Node, Edge>,
}

impl PartialEq for StateGraph {
    fn eq(&self, other: &Self) -> bool {
        let ends = |graph: &Self| {
            let edges = graph.graph.raw_edges().iter();
            edges
                .map(|edge| (edge.source(), edge.target()))
                .collect::<Vec<_>>()
        };
        self.graph.node_weights().eq(other.graph.node_weights())
            && self.graph.edge_weights().eq(other.graph.edge_weights())
            && ends(self) == ends(other)
    }
}

impl StateGraph {
    /// The graph itself, for traversals.
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// The node under an index of this graph.
    pub fn node(&self, index: NodeIndex) -> Option<&Node> {
        self.graph.node_weight(index)
    }

    /// The edge under an index of this graph.
    pub fn edge(&self, index: EdgeIndex) -> Option<&Edge> {
        self.graph.edge_weight(index)
    }

    /// All nodes, in order.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.graph.node_indices().zip(self.graph.node_weights())
    }

    /// All edges with their ends, in order.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeIndex, NodeIndex, NodeIndex, &Edge)> {
        self.graph
            .edge_references()
            .map(|edge| (edge.id(), edge.source(), edge.target(), edge.weight()))
    }

    /// The node whose state stands, or would stand, at `pointer`.
    pub fn find(&self, pointer: &Pointer) -> Option<NodeIndex> {
        self.nodes()
            .find_map(|(index, node)| (node.pointer == *pointer).then_some(index))
    }
}

/// Something that is drawn as a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The place of its state; of a ghost, the place where it is missed; of Start, that of `StartAt`.
    pub pointer: Pointer,
    /// The container it stands in.
    pub parent: Option<NodeIndex>,
    /// Which branch of the container; 0 for a Map state.
    pub lane: usize,
    /// Whether its machine begins here. At the top level that is Start.
    pub is_entry: bool,
    /// What it shows.
    pub kind: NodeKind,
}

/// What a node shows.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// The pill above the first state.
    Start,
    /// A state.
    State(StateNode),
    /// A name that a transition gives and no state has.
    Ghost(Ghost),
}

/// The visible part of a state.
#[derive(Debug, Clone, PartialEq)]
pub struct StateNode {
    /// Its name.
    pub name: Arc<str>,
    /// Its type; `None` for an unknown one.
    pub state_type: Option<StateType>,
    /// The second line, or the words beside the name of a container.
    pub summary: String,
    /// Small signs, in the order they are drawn.
    pub badges: Vec<Badge>,
    /// Whether the machine can end here.
    pub is_terminal: bool,
    /// What is inside.
    pub content: Option<Content>,
}

/// What a container holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Branches, or 1 for a Map state.
    pub lanes: usize,
    /// States at any depth, for the count of a folded container.
    pub states: usize,
}

/// A missing state.
#[derive(Debug, Clone, PartialEq)]
pub struct Ghost {
    /// The name that is missing.
    pub name: Arc<str>,
    /// The states that name it, in order and once each; none if only `StartAt` does.
    pub referrers: Vec<Arc<str>>,
    /// Whether a deployment tool will put the real name here, so that nothing is wrong.
    pub is_substituted: bool,
}

impl Node {
    /// The name to show; none for Start.
    pub fn name(&self) -> Option<&Arc<str>> {
        match &self.kind {
            NodeKind::Start => None,
            NodeKind::State(state) => Some(&state.name),
            NodeKind::Ghost(ghost) => Some(&ghost.name),
        }
    }

    /// The state, if it is one.
    pub fn state(&self) -> Option<&StateNode> {
        match &self.kind {
            NodeKind::State(state) => Some(state),
            NodeKind::Start | NodeKind::Ghost(_) => None,
        }
    }

    /// What is inside, if it can hold something.
    pub fn content(&self) -> Option<Content> {
        self.state().and_then(|state| state.content)
    }
}

/// Something that is drawn as an arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// The place of the field that names the target; unique among edges.
    pub pointer: Pointer,
    /// Which field that is.
    pub origin: Origin,
    /// What stands on it.
    pub label: Option<Label>,
    /// Whether no state has the name.
    pub is_broken: bool,
}

/// The field that makes an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// `StartAt` of the whole machine, from Start.
    Start,
    /// `StartAt` of a branch or item processor, from its container.
    InnerStart {
        /// Which branch; 0 for a Map state.
        lane: usize,
    },
    /// `Next`
    Next,
    /// `Next` of a Choice Rule.
    Rule {
        /// Which rule, from 0.
        index: usize,
    },
    /// `Default`
    Default,
    /// `Next` of a Catcher.
    Catch {
        /// Which Catcher, from 0.
        index: usize,
    },
}
