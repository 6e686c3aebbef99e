//! The graph with its places: what the canvas, the poster and the tests draw.

use std::collections::BTreeSet;

use super::geometry::{Rect, Size};
use super::graph::{EdgeIndex, NodeIndex, Origin, StateGraph};
use super::layout::{Layout, LayoutOptions, NodeId, Route, layout};
use super::path;
use super::sizing::{self, EDGE_RADIUS, Measure, Sized};
use crate::asl::Pointer;

/// Everything visible, placed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// The nodes, a container before what is in it.
    pub nodes: Vec<DrawnNode>,
    /// The edges, in the order of the graph; drawn after containers and before nodes.
    pub edges: Vec<DrawnEdge>,
    /// The lanes of containers.
    pub lanes: Vec<DrawnLane>,
    /// The extent of everything, from the origin.
    pub size: Size,
}

/// A node and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnNode {
    /// Which node of the graph.
    pub node: NodeIndex,
    /// Its identity across edits.
    pub pointer: Pointer,
    /// Where it stands.
    pub rect: Rect,
    /// Whether what is in it is drawn.
    pub is_open: bool,
    /// Whether it is a container that is folded.
    pub is_folded: bool,
}

/// An edge and its course.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnEdge {
    /// Which edge of the graph.
    pub edge: EdgeIndex,
    /// Its identity: the place of the field that makes it.
    pub pointer: Pointer,
    /// Where it begins.
    pub source: NodeIndex,
    /// Where it ends.
    pub target: NodeIndex,
    /// Its bends and its label.
    pub route: Route,
}

/// A lane of an open container. Where two lanes meet is a divider.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnLane {
    /// The container.
    pub container: NodeIndex,
    /// Which branch; 0 for a Map state.
    pub index: usize,
    /// Its part of the body.
    pub area: Rect,
}

impl DrawnEdge {
    /// The course as the `d` of an SVG path, corners rounded.
    pub fn path(&self) -> String {
        path::rounded(&self.route.points, EDGE_RADIUS)
    }
}

impl Drawing {
    /// The node of a state or ghost, if it is visible.
    pub fn find(&self, pointer: &Pointer) -> Option<&DrawnNode> {
        self.nodes.iter().find(|node| node.pointer == *pointer)
    }
}

/// Lays out what is visible of a graph. `folds` holds the pointers of folded containers.
pub fn draw(
    graph: &StateGraph,
    folds: &BTreeSet<Pointer>,
    measure: Measure<'_>,
    options: &LayoutOptions,
) -> Drawing {
    let sized = sizing::to_layout(graph, folds, measure);
    let placed = layout(&sized.graph, options);
    place(graph, &sized, &placed)
}

/// Joins a graph with the layout of what [`sizing::to_layout`] made of it.
pub fn place(graph: &StateGraph, sized: &Sized, placed: &Layout) -> Drawing {
    let index_of = |NodeId(id): NodeId| sized.nodes.get(id).copied();
    let mut drawing = Drawing {
        size: placed.size,
        ..Drawing::default()
    };
    for ((&node, rect), &is_folded) in sized.nodes.iter().zip(&placed.nodes).zip(&sized.is_folded) {
        if let Some(weight) = graph.node(node) {
            drawing.nodes.push(DrawnNode {
                node,
                pointer: weight.pointer.clone(),
                rect: *rect,
                is_open: weight.content().is_some() && !is_folded,
                is_folded,
            });
        }
    }
    // By the index of the edge.
    let mut routes: Vec<Option<Route>> = vec![None; graph.graph().edge_count()];
    let mut put = |index: EdgeIndex, route| {
        if let Some(place) = routes.get_mut(index.index()) {
            *place = Some(route);
        }
    };
    for (index, route) in sized.edges.iter().zip(&placed.edges) {
        put(*index, route.clone());
    }
    let mut starts = std::collections::BTreeMap::new();
    for lane in &placed.lanes {
        let Some(container) = index_of(lane.container) else {
            continue;
        };
        if let Some(start) = &lane.start {
            starts.insert((container, lane.index), start.clone());
        }
        drawing.lanes.push(DrawnLane {
            container,
            index: lane.index,
            area: lane.area,
        });
    }
    for (index, source, _, edge) in graph.edges() {
        if let Origin::InnerStart { lane } = edge.origin
            && let Some(start) = starts.remove(&(source, lane))
        {
            put(index, start);
        }
    }
    for (index, route) in routes.into_iter().enumerate() {
        let index = EdgeIndex::new(index);
        if let (Some(route), Some(edge), Some((source, target))) = (
            route,
            graph.edge(index),
            graph.graph().edge_endpoints(index),
        ) {
            drawing.edges.push(DrawnEdge {
                edge: index,
                pointer: edge.pointer.clone(),
                source,
                target,
                route,
            });
        }
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::graph::state_graph;
    use crate::diagram::sizing::estimate;
    use crate::diagram::testing::machine;

    const NESTED: &str = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Map", "Next": "Z", "ItemProcessor": {"StartAt": "B", "States": {
            "B": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "C", "States": {"C": {"Type": "Pass", "Next": "D"}, "D": {"Type": "Succeed"}}},
                {"StartAt": "E", "States": {"E": {"Type": "Pass", "End": true}}}]}}}},
        "Z": {"Type": "Succeed"}}}"#;

    #[test]
    fn joins_places_with_states() {
        let graph = state_graph(&machine(NESTED));
        let options = LayoutOptions::default();
        let drawing = draw(&graph, &BTreeSet::new(), &estimate, &options);
        assert_eq!(drawing.nodes.len(), 7);
        assert_eq!(drawing.edges.len(), 6);
        assert_eq!(drawing.lanes.len(), 3);
        let rect = |pointer: &str| drawing.find(&Pointer::parse(pointer)).unwrap().rect;
        let parallel = "/States/A/ItemProcessor/States/B";
        let inner = rect(&format!("{parallel}/Branches/0/States/C"));
        assert!(rect(parallel).contains(&inner) && rect("/States/A").contains(&rect(parallel)));
        assert!((inner.y - rect(parallel).y - 46.0).abs() < 0.01);
        let inner_start = drawing
            .edges
            .iter()
            .find(|edge| edge.pointer.as_str() == format!("{parallel}/Branches/1/StartAt"));
        assert!(inner_start.unwrap().path().starts_with('M'));
    }

    #[test]
    fn folded_containers_hide_what_is_in_them() {
        let graph = state_graph(&machine(NESTED));
        let folds = BTreeSet::from([Pointer::parse("/States/A")]);
        let drawing = draw(&graph, &folds, &estimate, &LayoutOptions::default());
        assert_eq!(drawing.nodes.len(), 3);
        assert_eq!(drawing.edges.len(), 2);
        let folded = drawing.find(&Pointer::parse("/States/A")).unwrap();
        assert!(folded.is_folded && !folded.is_open);
        assert_eq!(folded.rect.height, sizing::NODE_HEIGHT);
    }
}
