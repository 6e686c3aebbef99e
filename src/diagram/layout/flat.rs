//! One connected graph without containers, laid out by all phases in turn.

use super::rows::Rows;
use super::{EdgeKind, LayoutOptions, bundle, cycle, order, place, rank, route, side};
use crate::diagram::geometry::{Point, Rect, Size};

/// A connected graph; indices are its own.
#[derive(Debug, Default)]
pub(super) struct FlatGraph {
    pub nodes: Vec<FlatNode>,
    pub edges: Vec<FlatEdge>,
    /// Where the flow begins.
    pub entry: Option<usize>,
}

/// A box with whole, finite extents.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlatNode {
    pub size: Size,
    /// Room kept free below it.
    pub footer: f64,
    /// Room kept free on both sides of it.
    pub aside: f64,
    /// Where it stood across the flow in the drawing before.
    pub was: Option<f64>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct FlatEdge {
    pub source: usize,
    pub target: usize,
    pub label: Option<Size>,
    pub kind: EdgeKind,
}

/// A finished part of a drawing, from its own origin.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub size: Size,
    /// Top left corners.
    pub nodes: Vec<Point>,
    pub edges: Vec<super::Route>,
}

impl Piece {
    /// Moves the piece so that nothing lies left of or above the origin, and measures it.
    pub(super) fn normalise(&mut self, graph: &FlatGraph) {
        let mut low = Point::new(f64::INFINITY, f64::INFINITY);
        let mut high = Point::new(f64::NEG_INFINITY, f64::NEG_INFINITY);
        let mut include = |rect: Rect| {
            low = Point::new(low.x.min(rect.x), low.y.min(rect.y));
            high = Point::new(high.x.max(rect.right()), high.y.max(rect.bottom()));
        };
        for (corner, node) in self.nodes.iter().zip(&graph.nodes) {
            let corner = Point::new(corner.x - node.aside, corner.y);
            let width = node.size.width + 2.0 * node.aside;
            include(Rect::at(
                corner,
                Size::new(width, node.size.height + node.footer),
            ));
        }
        for edge in &self.edges {
            for point in &edge.points {
                include(Rect::at(*point, Size::default()));
            }
            edge.label.into_iter().for_each(&mut include);
        }
        if !low.x.is_finite() {
            return;
        }
        self.shift(Point::new(-low.x, -low.y));
        self.size = Size::new(high.x - low.x, high.y - low.y);
    }

    fn shift(&mut self, by: Point) {
        for corner in &mut self.nodes {
            *corner = corner.shifted(by);
        }
        for edge in &mut self.edges {
            for point in &mut edge.points {
                *point = point.shifted(by);
            }
            edge.label = edge.label.map(|label| label.shifted(by));
        }
    }
}

pub(super) fn layout(graph: &FlatGraph, options: &LayoutOptions) -> Piece {
    let leads_back = cycle::back_edges(graph);
    let ranks = rank::rank(graph, &leads_back);
    let mut rows = Rows::new(graph, &ranks, &leads_back);
    order::order(&mut rows, graph);
    side::attach(&mut rows, graph, options);
    bundle::bundle(&mut rows);
    let columns = place::place(&rows, graph, options);
    let mut piece = route::route(&rows, graph, &columns, options);
    piece.normalise(graph);
    piece
}
