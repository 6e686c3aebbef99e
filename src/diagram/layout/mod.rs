//! Where everything stands: a layered layout with right-angled edges, pure and
//! deterministic.
//!
//! The input is plain boxes and arrows, so that the layout knows nothing of states.
//! Containers are laid out from the inside out (`compound`, `body`); what remains is a
//! flat graph that goes through the classic phases, a file each:
//!
//! 1. `cycle` finds the edges that lead back,
//! 2. `rank` gives every node a row,
//! 3. `rows` breaks long edges into pieces and makes room for labels,
//! 4. `order` sorts each row so that few edges cross, and `detour` takes loops to the better side,
//! 5. `side` lets edges leave by a side border, `bundle` joins those of one target,
//! 6. `place` gives every piece its x,
//! 7. `route` gives y, tracks between the rows, and the bends.
//!
//! The order of nodes and edges in the input is the order in the file, and the drawing
//! keeps to it wherever that costs no crossing. After an edit, `memory` keeps what has not
//! changed.

mod body;
mod bundle;
mod bypass;
mod compound;
mod cycle;
mod detour;
mod flat;
mod forest;
mod json;
mod memory;
mod numbers;
mod order;
mod pack;
mod place;
mod port;
mod rank;
mod route;
mod rows;
mod side;
mod simplex;
mod track;

pub use compound::{layout, layout_again};
pub use json::{GraphError, from_json, to_json};
pub use memory::{Memory, Work};
pub use numbers::{layout_from_numbers, layout_to_numbers, order_from_numbers, order_to_numbers};

use super::geometry::{Point, Rect, Size};

/// The index of a node in [`LayoutGraph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// Boxes and the edges between them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutGraph {
    /// The boxes, in file order.
    pub nodes: Vec<LayoutNode>,
    /// The edges; those of one source in the order of their ports.
    pub edges: Vec<LayoutEdge>,
}

/// A box, which holds others if they name it as their parent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutNode {
    /// Width and height; for a container the least it may have.
    pub size: Size,
    /// The container around it. A chain of parents that leads in a circle is cut.
    pub parent: Option<NodeId>,
    /// Which lane of its container it stands in, from 0.
    pub lane: usize,
    /// Whether the flow of its lane begins here: it stands in the first row.
    pub is_entry: bool,
    /// Room kept free below the box.
    pub footer: f64,
    /// How it holds others. A parent without this gets the default.
    pub container: Option<Container>,
    /// Its identity across edits, for [`Memory`]; a number below 2⁵³.
    pub key: Option<u64>,
}

/// The inner measures of a container.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Container {
    /// Height of the strip with the name, at the top in either direction.
    pub header: f64,
    /// Room between the border and what is inside.
    pub padding: f64,
    /// Room between the header and the first row.
    pub first_gap: f64,
    /// How many lanes there are at least, so that an empty one can be seen.
    pub lanes: usize,
}

impl Default for Container {
    fn default() -> Self {
        Self {
            header: 28.0,
            padding: 16.0,
            first_gap: 18.0,
            lanes: 1,
        }
    }
}

/// An arrow between two nodes of one lane. One that crosses the border of a container is not drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayoutEdge {
    /// Where it leaves.
    pub source: NodeId,
    /// Where it arrives.
    pub target: NodeId,
    /// The size of its label, if it has one.
    pub label: Option<Size>,
    /// How it is drawn.
    pub kind: EdgeKind,
}

/// How an edge leaves its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum EdgeKind {
    /// The flow: from the bottom border to the top of the target.
    #[default]
    Flow,
    /// The exception: around by the side, unless it is all that leaves the source.
    Catch,
}

/// Which way the flow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Downwards.
    #[default]
    TopToBottom,
    /// To the right.
    LeftToRight,
}

/// Direction and distances.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutOptions {
    /// Which way the flow runs.
    pub direction: Direction,
    /// Least distance of two rows.
    pub row_gap: f64,
    /// Least distance of two nodes of one row.
    pub sibling_gap: f64,
    /// Distance of two edges that run side by side.
    pub track_gap: f64,
    /// Distance of two ports on one border.
    pub port_gap: f64,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self {
            direction: Direction::TopToBottom,
            row_gap: 30.0,
            sibling_gap: 24.0,
            track_gap: 12.0,
            port_gap: 44.0,
        }
    }
}

/// The finished drawing; indices are those of the input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Where each node stands, in coordinates of the drawing, without its footer.
    pub nodes: Vec<Rect>,
    /// How each edge runs.
    pub edges: Vec<Route>,
    /// The lanes of all containers, outer containers first.
    pub lanes: Vec<Lane>,
    /// The extent of everything, from the origin.
    pub size: Size,
}

/// The course of an edge, in right angles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// From border to border with the bends between; empty if the edge cannot be drawn.
    pub points: Vec<Point>,
    /// Where its label stands.
    pub label: Option<Rect>,
}

/// One lane of a container.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The container.
    pub container: NodeId,
    /// Which of its lanes.
    pub index: usize,
    /// Its part of the body; lanes tile the body, so their common borders are the dividers.
    pub area: Rect,
    /// From the dot under the header to the entry of the lane.
    pub start: Option<Route>,
}
