//! What is inside a container, or the whole drawing: lanes side by side, each with its
//! connected parts laid out.
#![allow(clippy::indexing_slicing)] // Every index is a node or an edge of the graph at hand, or a lane made here.

use std::sync::Arc;

use super::compound::sane;
use super::flat::{FlatEdge, FlatGraph, FlatNode, Piece};
use super::forest::Forest;
use super::memory::Memory;
use super::{Container, Direction, Lane, Layout, LayoutGraph, LayoutOptions, NodeId, Route, pack};
use crate::diagram::geometry::{Point, Rect, Size};

/// The least width of a lane without states.
const EMPTY_LANE: f64 = 64.0;

/// The middle of the dot under the header, from the header.
const DOT: f64 = 4.0;

/// The edges of each lane.
pub(super) struct Scopes {
    /// Edges by their source, where both ends stand in one lane.
    edges: Vec<Vec<usize>>,
}

impl Scopes {
    pub(super) fn new(graph: &LayoutGraph, forest: &Forest) -> Self {
        let mut edges = vec![Vec::new(); graph.nodes.len()];
        for (index, edge) in graph.edges.iter().enumerate() {
            let (NodeId(source), NodeId(target)) = (edge.source, edge.target);
            let (Some(from), Some(to)) = (graph.nodes.get(source), graph.nodes.get(target)) else {
                continue;
            };
            let is_at_root = forest.parents[source].is_none();
            let same_lane = is_at_root || from.lane == to.lane;
            if forest.parents[source] == forest.parents[target] && same_lane {
                edges[source].push(index);
            }
        }
        Self { edges }
    }
}

/// Room around the lanes, in the direction of the layout.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Insets {
    before: f64,
    after: f64,
    left: f64,
    right: f64,
    /// Where the areas of the lanes begin: below the header.
    header: f64,
    /// The part of `left` that is the header.
    header_aside: f64,
}

impl Insets {
    pub(super) fn new(container: &Container, is_sideways: bool) -> Self {
        let header = sane(container.header);
        let padding = sane(container.padding);
        let first_gap = sane(container.first_gap);
        if is_sideways {
            Self {
                before: first_gap.max(padding),
                after: padding,
                left: header + padding,
                right: padding,
                header: 0.0,
                header_aside: header,
            }
        } else {
            Self {
                before: header + first_gap,
                after: padding,
                left: padding,
                right: padding,
                header,
                header_aside: 0.0,
            }
        }
    }
}

/// The lanes of a container, or the whole drawing, from its own origin.
pub(super) struct Body {
    pub size: Size,
    insets: Insets,
    lanes: Vec<LaneBody>,
}

struct LaneBody {
    x: f64,
    width: f64,
    parts: Vec<Part>,
    entry: Option<usize>,
}

/// A connected part of a lane.
struct Part {
    at: Point,
    piece: Arc<Piece>,
    nodes: Vec<usize>,
    edges: Vec<usize>,
}

impl Body {
    pub(super) fn new(
        graph: &LayoutGraph,
        scopes: &Scopes,
        nodes: &[FlatNode],
        lanes: Vec<Vec<usize>>,
        (options, memory): (&LayoutOptions, &mut Memory),
    ) -> Self {
        let mut body = Self {
            size: Size::default(),
            insets: Insets::default(),
            lanes: Vec::with_capacity(lanes.len()),
        };
        let several = lanes.len() > 1;
        for lane in lanes {
            let entry = lane
                .iter()
                .copied()
                .find(|&node| graph.nodes[node].is_entry);
            let mut parts = parts(graph, scopes, nodes, &lane, (options, &mut *memory));
            let sizes: Vec<Size> = parts.iter().map(|part| part.piece.size).collect();
            let (places, size) = if entry.is_some() {
                pack::with_tray(&sizes, 2.0 * options.sibling_gap)
            } else {
                pack::evenly(&sizes, options.sibling_gap)
            };
            for (part, at) in parts.iter_mut().zip(places) {
                part.at = at;
            }
            if !body.lanes.is_empty() {
                body.size.width += options.sibling_gap;
            }
            let width = if several {
                size.width.max(EMPTY_LANE)
            } else {
                size.width
            };
            body.lanes.push(LaneBody {
                x: body.size.width,
                width,
                parts,
                entry,
            });
            body.size.width += width;
            body.size.height = body.size.height.max(size.height);
        }
        body
    }

    /// Adds the room around the lanes; a container that must be wider has them in its middle.
    pub(super) fn framed(mut self, insets: Insets, least: Size) -> Self {
        let width = self.size.width + insets.left + insets.right;
        let height = self.size.height + insets.before + insets.after;
        let spare = (least.width - width).max(0.0);
        for lane in &mut self.lanes {
            lane.x += insets.left + (spare / 2.0).floor();
        }
        self.insets = insets;
        self.size = Size::new(width + spare, height.max(least.height));
        self
    }

    pub(super) fn draw(
        self,
        drawing: &mut Layout,
        nodes: &[FlatNode],
        origin: Point,
        container: Option<NodeId>,
    ) {
        let areas = self.areas(origin);
        for (index, (lane, area)) in self.lanes.into_iter().zip(areas).enumerate() {
            let corner = origin.shifted(Point::new(lane.x, self.insets.before));
            for part in lane.parts {
                let by = corner.shifted(part.at);
                for (&node, at) in part.nodes.iter().zip(&part.piece.nodes) {
                    drawing.nodes[node] = Rect::at(at.shifted(by), nodes[node].size);
                }
                for (&edge, route) in part.edges.iter().zip(&part.piece.edges) {
                    drawing.edges[edge] = Route {
                        points: route.points.iter().map(|p| p.shifted(by)).collect(),
                        label: route.label.map(|label| label.shifted(by)),
                    };
                }
            }
            if let Some(container) = container {
                let start = lane.entry.map(|entry| {
                    let node = drawing.nodes[entry];
                    let top = Point::new(node.center().x, node.y);
                    Route {
                        points: vec![Point::new(top.x, area.y + DOT), top],
                        label: None,
                    }
                });
                drawing.lanes.push(Lane {
                    container,
                    index,
                    area,
                    start,
                });
            }
        }
    }

    /// The body cut at the middles of the gaps between lanes.
    fn areas(&self, origin: Point) -> Vec<Rect> {
        let mut left = self.insets.header_aside;
        let ends = self
            .lanes
            .iter()
            .skip(1)
            .map(|lane| Some(lane.x))
            .chain([None]);
        self.lanes
            .iter()
            .zip(ends)
            .map(|(lane, next)| {
                let right = next.map_or(self.size.width, |next| {
                    f64::midpoint(lane.x + lane.width, next).floor()
                });
                let area = Rect {
                    x: origin.x + left,
                    y: origin.y + self.insets.header,
                    width: right - left,
                    height: self.size.height - self.insets.header,
                };
                left = right;
                area
            })
            .collect()
    }
}

/// The connected parts of a lane, the one with the entry first, laid out.
fn parts(
    graph: &LayoutGraph,
    scopes: &Scopes,
    nodes: &[FlatNode],
    lane: &[usize],
    (options, memory): (&LayoutOptions, &mut Memory),
) -> Vec<Part> {
    let mut local = std::collections::BTreeMap::new();
    for (at, &node) in lane.iter().enumerate() {
        local.insert(node, at);
    }
    let mut union = petgraph::unionfind::UnionFind::<usize>::new(lane.len());
    let mut edges = Vec::new();
    for &node in lane {
        for &index in &scopes.edges[node] {
            let NodeId(target) = graph.edges[index].target;
            if let (Some(&a), Some(&b)) = (local.get(&node), local.get(&target)) {
                union.union(a, b);
                edges.push(index);
            }
        }
    }
    edges.sort_unstable();
    let labels = union.into_labeling();
    let entry = lane.iter().position(|&node| graph.nodes[node].is_entry);
    let mut parts: Vec<(FlatGraph, Vec<usize>, Vec<usize>)> = Vec::new();
    let mut part_of = vec![usize::MAX; lane.len()];
    let mut place = vec![0; lane.len()];
    for at in entry.into_iter().chain(0..lane.len()) {
        if part_of[labels[at]] == usize::MAX {
            part_of[labels[at]] = parts.len();
            parts.push((FlatGraph::default(), Vec::new(), Vec::new()));
        }
    }
    for (at, &node) in lane.iter().enumerate() {
        let (flat, members, _) = &mut parts[part_of[labels[at]]];
        place[at] = members.len();
        members.push(node);
        flat.nodes.push(nodes[node]);
        if Some(at) == entry {
            flat.entry = Some(place[at]);
        }
    }
    for index in edges {
        let edge = &graph.edges[index];
        let (NodeId(source), NodeId(target)) = (edge.source, edge.target);
        let (source, target) = (local[&source], local[&target]);
        let (flat, _, members) = &mut parts[part_of[labels[source]]];
        members.push(index);
        flat.edges.push(FlatEdge {
            source: place[source],
            target: place[target],
            label: edge.label.map(|size| label(size, options)),
            kind: edge.kind,
        });
    }
    parts
        .into_iter()
        .map(|(flat, nodes, edges)| Part {
            at: Point::default(),
            piece: memory.part(&flat, options),
            nodes,
            edges,
        })
        .collect()
}

fn label(size: Size, options: &LayoutOptions) -> Size {
    let size = Size::new(sane(size.width), sane(size.height));
    if options.direction == Direction::LeftToRight {
        size.transposed()
    } else {
        size
    }
}
