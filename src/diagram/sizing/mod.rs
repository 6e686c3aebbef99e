//! How large everything is: the anatomy of a node, from measured text.

mod estimate;

pub use estimate::estimate;

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::geometry::Size;
use super::graph::{EdgeIndex, Label, Node, NodeIndex, NodeKind, Origin, StateGraph, StateNode};
use super::layout::{Container, EdgeKind, LayoutEdge, LayoutGraph, LayoutNode, NodeId};
use crate::asl::Pointer;

/// A kind of text, for whoever measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextStyle {
    /// The name of a state, 13 px, semibold.
    Name,
    /// The second line, 11 px.
    Summary,
    /// The words on an edge, 10.5 px, monospaced.
    Label,
    /// The count on a badge, 10 px, monospaced.
    Badge,
}

/// Measures a text; called once for each text of a drawing.
pub type Measure<'a> = &'a dyn Fn(&str, TextStyle) -> f64;

/// Height of a node.
pub const NODE_HEIGHT: f64 = 44.0;
/// Where the name begins, after the glyph.
pub const NAME_X: f64 = 44.0;
/// Height of the header of a container.
pub const HEADER_HEIGHT: f64 = 28.0;
/// Height of a badge.
pub const BADGE_HEIGHT: f64 = 15.0;
/// Height of a label.
pub const LABEL_HEIGHT: f64 = 18.0;
/// The Start pill.
pub const START: Size = Size::new(52.0, 22.0);
/// Room for the buttons below a ghost.
pub const GHOST_FOOTER: f64 = 26.0;
/// The radius of the corners of edges.
pub const EDGE_RADIUS: f64 = 8.0;

/// Between a number and the words after it: two paddings and a bar.
pub const LABEL_BAR: f64 = 11.0;
/// Between the border of a label and its text.
pub const LABEL_PADDING: f64 = 6.0;

const NARROWEST: f64 = 132.0;
const USUAL: f64 = 176.0;
const WIDEST: f64 = 264.0;
/// The most that a second line asks for.
const WIDE: f64 = 212.0;
/// Right of the name, and right of the second line.
const PADDING: f64 = 12.0;
/// Fold button and glyph, before the name of a container.
const HEADER_NAME_X: f64 = 42.0;
/// A badge with its icon and the gap after it, without its count.
const BADGE: f64 = 22.0;
/// Least height of the body of a container without states.
const EMPTY_BODY: f64 = 44.0;

/// A graph ready for layout, and which node and edge each of its own stands for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sized {
    /// What is laid out.
    pub graph: LayoutGraph,
    /// The nodes of the state graph, by [`NodeId`].
    pub nodes: Vec<NodeIndex>,
    /// The edges of the state graph, in the order of those of the layout graph.
    pub edges: Vec<EdgeIndex>,
    /// Whether each node is a folded container.
    pub is_folded: Vec<bool>,
}

/// Sizes what is visible: containers in `folds` are nodes, and what is in them is left out.
///
/// Edges from a container to its first states are no edges of the layout; they come
/// back as the starts of lanes.
pub fn to_layout(graph: &StateGraph, folds: &BTreeSet<Pointer>, measure: Measure<'_>) -> Sized {
    let mut sized = Sized::default();
    let mut ids: Vec<Option<NodeId>> = Vec::new();
    let mut is_folded_inside: Vec<bool> = Vec::new();
    for (index, node) in graph.nodes() {
        // Containers come before what is in them.
        let is_hidden = node.parent.is_some_and(|parent| {
            is_folded_inside
                .get(parent.index())
                .copied()
                .unwrap_or(false)
        });
        let is_folded = node.content().is_some() && folds.contains(&node.pointer);
        is_folded_inside.push(is_hidden || is_folded);
        if is_hidden {
            ids.push(None);
            continue;
        }
        ids.push(Some(NodeId(sized.nodes.len())));
        let parent = node
            .parent
            .and_then(|parent| ids.get(parent.index()).copied().flatten());
        sized
            .graph
            .nodes
            .push(size(node, parent, is_folded, measure));
        sized.nodes.push(index);
        sized.is_folded.push(is_folded);
    }
    let id = |index: NodeIndex| ids.get(index.index()).copied().flatten();
    for (index, source, target, edge) in graph.edges() {
        let kind = match edge.origin {
            Origin::InnerStart { .. } => continue,
            Origin::Start | Origin::Next | Origin::Rule { .. } | Origin::Default => EdgeKind::Flow,
            Origin::Catch { .. } => EdgeKind::Catch,
        };
        if let (Some(source), Some(target)) = (id(source), id(target)) {
            sized.edges.push(index);
            sized.graph.edges.push(LayoutEdge {
                source,
                target,
                label: edge.label.as_ref().map(|label| label_size(label, measure)),
                kind,
            });
        }
    }
    sized
}

fn size(node: &Node, parent: Option<NodeId>, is_folded: bool, measure: Measure<'_>) -> LayoutNode {
    let mut footer = 0.0;
    let mut container = None;
    let size = match &node.kind {
        NodeKind::Start => START,
        NodeKind::Ghost(ghost) => {
            footer = GHOST_FOOTER;
            Size::new(width(&ghost.name, None, measure).max(USUAL), NODE_HEIGHT)
        }
        NodeKind::State(state) => match state.content {
            Some(content) if !is_folded => {
                container = Some(Container {
                    header: HEADER_HEIGHT,
                    lanes: content.lanes,
                    ..Container::default()
                });
                Size::new(header_width(state, measure), HEADER_HEIGHT + EMPTY_BODY)
            }
            Some(_) | None => Size::new(
                width(
                    &state.name,
                    Some((&state.summary, state.badges.len())),
                    measure,
                ),
                NODE_HEIGHT,
            ),
        },
    };
    LayoutNode {
        size,
        parent,
        lane: node.lane,
        is_entry: node.is_entry,
        footer,
        container,
        key: Some(key(&node.pointer)),
    }
}

/// A number below 2⁵³ for a pointer. Two that get the same would share what is remembered
/// of the drawing before, no more.
fn key(pointer: &Pointer) -> u64 {
    let mut hasher = DefaultHasher::new();
    pointer.hash(&mut hasher);
    hasher.finish() >> 11
}

/// By the name; a longer second line with its badges widens a node to [`WIDE`], no further.
fn width(name: &str, second_line: Option<(&str, usize)>, measure: Measure<'_>) -> f64 {
    let room = |text: &str, style| NAME_X + measure(text, style) + PADDING;
    let by_name = room(name, TextStyle::Name);
    let by_summary = second_line.map_or(0.0, |(summary, badges)| {
        (room(summary, TextStyle::Summary) + badges as f64 * (BADGE + 6.0)).min(WIDE)
    });
    up_to_four(by_name.max(by_summary)).clamp(NARROWEST, WIDEST)
}

fn header_width(state: &StateNode, measure: Measure<'_>) -> f64 {
    let name = measure(&state.name, TextStyle::Name).min(WIDEST);
    let summary = measure(&state.summary, TextStyle::Summary);
    let badges = state.badges.len() as f64 * BADGE;
    let width = HEADER_NAME_X + name + PADDING + summary + PADDING + badges;
    up_to_four(width).max(NARROWEST)
}

fn up_to_four(width: f64) -> f64 {
    (width / 4.0).ceil() * 4.0
}

fn label_size(label: &Label, measure: Measure<'_>) -> Size {
    let number = label.number.map_or(0.0, |number| {
        measure(&number.to_string(), TextStyle::Label) + LABEL_BAR
    });
    let text = measure(&label.text, TextStyle::Label);
    Size::new((number + text + 2.0 * LABEL_PADDING).ceil(), LABEL_HEIGHT)
}
