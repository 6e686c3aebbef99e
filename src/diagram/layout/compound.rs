//! Containers from the inside out: what is in a lane is a graph of its own, and a
//! finished container is a box in the graph around it.
#![allow(clippy::indexing_slicing)] // Every index is a node or an edge of the graph at hand, or a lane made here.

use super::body::{Body, Insets, Scopes};
use super::flat::FlatNode;
use super::forest::Forest;
use super::memory::Memory;
use super::{Direction, Lane, Layout, LayoutGraph, LayoutNode, LayoutOptions, NodeId, Route};
use crate::diagram::geometry::{Point, Rect, Size};

/// Nothing is larger, so that sums stay finite.
const LARGEST: f64 = 1e6;

/// A length that can be added to others: finite, not negative, not huge.
pub(super) fn sane(length: f64) -> f64 {
    if length.is_finite() {
        length.clamp(0.0, LARGEST)
    } else {
        0.0
    }
}

/// Lays out any graph; never fails. Edges to nodes that do not exist, and edges across
/// the border of a container, get an empty route.
pub fn layout(graph: &LayoutGraph, options: &LayoutOptions) -> Layout {
    layout_again(graph, options, &mut Memory::default())
}

/// The same after an edit: connected parts that have not changed are taken over, and the
/// others keep the order that `memory` has of them wherever it costs no crossing.
pub fn layout_again(graph: &LayoutGraph, options: &LayoutOptions, memory: &mut Memory) -> Layout {
    memory.begin(options);
    let forest = Forest::new(graph);
    let scopes = Scopes::new(graph, &forest);
    let is_sideways = options.direction == Direction::LeftToRight;
    let mut nodes: Vec<FlatNode> = graph
        .nodes
        .iter()
        .map(|node| FlatNode {
            was: node.key.and_then(|key| memory.place(key)),
            ..sane_node(node, is_sideways)
        })
        .collect();
    let mut bodies: Vec<Option<Body>> = Vec::new();
    bodies.resize_with(graph.nodes.len(), || None);
    for &node in forest.outside_in.iter().rev() {
        let children = &forest.children[node];
        let container = graph.nodes[node].container;
        if children.is_empty() && container.is_none() {
            continue;
        }
        let container = container.unwrap_or_default();
        let lanes = lanes(graph, children, container.lanes);
        let insets = Insets::new(&container, is_sideways);
        let body = Body::new(graph, &scopes, &nodes, lanes, (options, memory))
            .framed(insets, nodes[node].size);
        nodes[node].size = body.size;
        bodies[node] = Some(body);
    }
    let root = Body::new(
        graph,
        &scopes,
        &nodes,
        vec![forest.roots.clone()],
        (options, memory),
    );
    let mut drawing = Layout {
        nodes: vec![Rect::default(); graph.nodes.len()],
        edges: vec![Route::default(); graph.edges.len()],
        lanes: Vec::new(),
        size: root.size,
    };
    root.draw(&mut drawing, &nodes, Point::default(), None);
    for &node in &forest.outside_in {
        if let Some(body) = bodies[node].take() {
            let at = drawing.nodes[node];
            body.draw(
                &mut drawing,
                &nodes,
                Point::new(at.x, at.y),
                Some(NodeId(node)),
            );
        }
    }
    memory.end(graph, &drawing);
    if is_sideways {
        transposed(drawing)
    } else {
        drawing
    }
}

fn sane_node(node: &LayoutNode, is_sideways: bool) -> FlatNode {
    let length = |length: f64| sane(length).ceil();
    let size = Size::new(length(node.size.width), length(node.size.height));
    let footer = length(node.footer);
    if is_sideways {
        FlatNode {
            size: size.transposed(),
            footer: 0.0,
            aside: footer,
            was: None,
        }
    } else {
        FlatNode {
            size,
            footer,
            aside: 0.0,
            was: None,
        }
    }
}

fn lanes(graph: &LayoutGraph, children: &[usize], least: usize) -> Vec<Vec<usize>> {
    let mut numbers: Vec<usize> = children
        .iter()
        .map(|&child| graph.nodes[child].lane)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    // Lanes far beyond what is declared are moved together: their number is not a length.
    let dense = |lane: usize| {
        if lane < least {
            lane
        } else {
            least.max(numbers.partition_point(|&n| n < lane))
        }
    };
    let declared = least.min(1_000);
    let mut lanes = vec![Vec::new(); declared];
    for &child in children {
        let lane = dense(graph.nodes[child].lane);
        if lane >= lanes.len() {
            lanes.resize(lane + 1, Vec::new());
        }
        lanes[lane].push(child);
    }
    lanes
}

fn transposed(drawing: Layout) -> Layout {
    let route = |route: Route| Route {
        points: route.points.into_iter().map(Point::transposed).collect(),
        label: route.label.map(Rect::transposed),
    };
    Layout {
        nodes: drawing.nodes.into_iter().map(Rect::transposed).collect(),
        edges: drawing.edges.into_iter().map(route).collect(),
        lanes: drawing
            .lanes
            .into_iter()
            .map(|lane| Lane {
                area: lane.area.transposed(),
                start: lane.start.map(route),
                ..lane
            })
            .collect(),
        size: drawing.size.transposed(),
    }
}
