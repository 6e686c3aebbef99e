//! The y of rows and tracks, and from them the bends of every edge.
//!
//! Vertical lines stand where [`place`](super::place) has reserved them, horizontal ones
//! run between the rows, so an edge meets no node but its own.
#![allow(clippy::indexing_slicing)] // Every index is an item, a row or a path of the rows at hand.

use std::collections::BTreeMap;

use super::flat::{FlatGraph, Piece};
use super::place::Columns;
use super::rows::{End, ItemKind, Path, Rows, Side};
use super::side::loop_reach;
use super::track::{self, Net};
use super::{LayoutOptions, Route};
use crate::diagram::geometry::{Point, Rect, Size};

/// A straight end that leaves room for a rounded corner and an arrow.
const STUB: f64 = 16.0;

/// From a label to the next horizontal line.
const LABEL_STUB: f64 = 9.0;

pub(super) fn route(
    rows: &Rows,
    graph: &FlatGraph,
    columns: &Columns,
    options: &LayoutOptions,
) -> Piece {
    let mut gaps = nets(rows, columns);
    let mut top = 0.0;
    let mut tops = Vec::with_capacity(rows.rows.len());
    let heights = heights(rows, graph);
    for (row, height) in heights.iter().enumerate() {
        tops.push(top);
        top += height;
        if let Some(gap) = gaps.get_mut(row) {
            let above = rows.is_label_row[row];
            let below = rows.is_label_row.get(row + 1).copied().unwrap_or(false);
            top = gap.arrange(top, above, below, options);
        }
    }
    let nodes = graph
        .nodes
        .iter()
        .enumerate()
        .map(|(node, flat)| {
            let x = columns.x[node] - flat.size.width / 2.0;
            Point::new(x, tops[rows.items[node].row])
        })
        .collect();
    let mut edges = vec![Route::default(); graph.edges.len()];
    for (index, path) in rows.paths.iter().enumerate() {
        let middle = |item: usize| {
            let row = rows.items[item].row;
            Point::new(columns.x[item], tops[row] + heights[row] / 2.0)
        };
        let label = path
            .items
            .iter()
            .find(|&&item| rows.items[item].kind == ItemKind::Label);
        let size = graph.edges[path.edge].label;
        edges[path.edge] = Route {
            points: points(rows, graph, columns, &gaps, &tops, index),
            label: label
                .zip(size)
                .map(|(&item, size)| Rect::around(middle(item), size)),
        };
    }
    for (at, &(edge, item)) in rows.loops.iter().enumerate() {
        let reach = loop_reach(rows, graph, at);
        edges[edge] = self_loop(rows, graph, columns, &tops, (edge, item), reach);
    }
    Piece {
        size: Size::default(),
        nodes,
        edges,
    }
}

fn heights(rows: &Rows, graph: &FlatGraph) -> Vec<f64> {
    let mut heights = vec![0.0_f64; rows.rows.len()];
    for (node, flat) in graph.nodes.iter().enumerate() {
        let height = &mut heights[rows.items[node].row];
        *height = height.max(flat.size.height + flat.footer);
    }
    for path in &rows.paths {
        let label = path
            .items
            .iter()
            .find(|&&item| rows.items[item].kind == ItemKind::Label);
        if let Some((&item, size)) = label.zip(graph.edges[path.edge].label) {
            let height = &mut heights[rows.items[item].row];
            *height = height.max(size.height);
        }
    }
    for &(edge, item) in &rows.loops {
        if let Some(label) = graph.edges[edge].label {
            let height = &mut heights[rows.items[item].row];
            *height = height.max(label.height);
        }
    }
    heights
}

/// What runs between two rows.
#[derive(Debug, Default)]
struct Gap {
    nets: Vec<Net>,
    by_key: BTreeMap<NetKey, usize>,
    /// The height of the line of each net.
    lines: Vec<f64>,
}

/// What the pieces of one net have in common: the item they leave or the one they reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NetKey {
    Source(usize),
    Target(usize),
}

impl Gap {
    /// Gives every net its line; returns where the next row begins.
    fn arrange(
        &mut self,
        top: f64,
        after_label: bool,
        before_label: bool,
        options: &LayoutOptions,
    ) -> f64 {
        let (levels, count) = track::tracks(&self.nets);
        let half = options.row_gap / 2.0;
        let before = if after_label { LABEL_STUB } else { half };
        let after = match (after_label, before_label) {
            (_, true) => LABEL_STUB,
            (true, false) => STUB,
            (false, false) => half,
        };
        self.lines = levels
            .iter()
            .map(|&level| top + before + level as f64 * options.track_gap)
            .collect();
        if count == 0 {
            let is_beside_label = after_label || before_label;
            return top
                + if is_beside_label {
                    STUB
                } else {
                    options.row_gap
                };
        }
        top + before + (count - 1) as f64 * options.track_gap + after
    }
}

fn key(rows: &Rows, columns: &Columns, index: usize, at: usize) -> NetKey {
    let path = &rows.paths[index];
    if at == 0 && columns.ports.is_shared[index] {
        NetKey::Source(path.items[0])
    } else {
        NetKey::Target(path.items[at + 1])
    }
}

/// The x of the two ends of a piece, in the direction of the path.
fn ends(path: &Path, columns: &Columns, index: usize, at: usize) -> (f64, f64) {
    let mut from = columns.x[path.items[at]];
    if at == 0 && path.start == End::Border {
        from += columns.ports.start[index];
    }
    (from, columns.x[path.items[at + 1]])
}

fn nets(rows: &Rows, columns: &Columns) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    gaps.resize_with(rows.rows.len().saturating_sub(1), Gap::default);
    for (index, path) in rows.paths.iter().enumerate() {
        for (at, pair) in path.items.windows(2).enumerate() {
            let (from_row, to_row) = (rows.items[pair[0]].row, rows.items[pair[1]].row);
            if from_row == to_row {
                continue;
            }
            let (from, to) = ends(path, columns, index, at);
            let (upper, lower) = if path.is_upward {
                (to, from)
            } else {
                (from, to)
            };
            let gap = &mut gaps[from_row.min(to_row)];
            let next = gap.nets.len();
            let net = *gap
                .by_key
                .entry(key(rows, columns, index, at))
                .or_insert(next);
            if net == next {
                gap.nets.push(Net::default());
            }
            let net = &mut gap.nets[net];
            if !net.tops.contains(&upper) {
                net.tops.push(upper);
            }
            if !net.bottoms.contains(&lower) {
                net.bottoms.push(lower);
            }
        }
    }
    gaps
}

fn points(
    rows: &Rows,
    graph: &FlatGraph,
    columns: &Columns,
    gaps: &[Gap],
    tops: &[f64],
    index: usize,
) -> Vec<Point> {
    let path = &rows.paths[index];
    let edge = graph.edges[path.edge];
    let ports = &columns.ports;
    let border = |node: usize, side: Side| {
        let half = graph.nodes[node].size.width / 2.0;
        columns.x[node] + if side == Side::Left { -half } else { half }
    };
    let row_top = |node: usize| tops[rows.items[node].row];
    let mut points = Vec::new();
    let (source_x, _) = ends(path, columns, index, 0);
    match path.start {
        End::Side(side) => {
            let y = row_top(edge.source) + ports.start[index];
            points.push(Point::new(border(edge.source, side), y));
            points.push(Point::new(columns.x[path.items[1]], y));
        }
        End::Border => {
            let y = row_top(edge.source) + graph.nodes[edge.source].size.height;
            points.push(Point::new(source_x, y));
        }
    }
    for (at, pair) in path.items.windows(2).enumerate() {
        let (from_row, to_row) = (rows.items[pair[0]].row, rows.items[pair[1]].row);
        if from_row == to_row {
            continue;
        }
        let (from, to) = ends(path, columns, index, at);
        let gap = &gaps[from_row.min(to_row)];
        if (from - to).abs() >= 0.5
            && let Some(&net) = gap.by_key.get(&key(rows, columns, index, at))
        {
            points.push(Point::new(from, gap.lines[net]));
            points.push(Point::new(to, gap.lines[net]));
        }
    }
    match path.end {
        End::Side(side) => {
            let y = row_top(edge.target) + ports.end[index];
            points.push(Point::new(columns.x[path.items[path.items.len() - 2]], y));
            points.push(Point::new(border(edge.target, side), y));
        }
        End::Border => points.push(Point::new(columns.x[edge.target], row_top(edge.target))),
    }
    straighten(points)
}

/// Drops points between two others of one line.
fn straighten(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = kept.as_slice() {
            let is_vertical = before.x == last.x && last.x == point.x;
            let is_horizontal = before.y == last.y && last.y == point.y;
            if is_vertical || is_horizontal {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

fn self_loop(
    rows: &Rows,
    graph: &FlatGraph,
    columns: &Columns,
    tops: &[f64],
    (edge, item): (usize, usize),
    reach: f64,
) -> Route {
    let node = graph.edges[edge].source;
    let size = graph.nodes[node].size;
    let is_left = matches!(rows.items[item].kind, ItemKind::Loop(_, Side::Left));
    let border = columns.x[node] + if is_left { -size.width } else { size.width } / 2.0;
    let x = columns.x[item];
    let middle = tops[rows.items[node].row] + size.height / 2.0;
    Route {
        points: vec![
            Point::new(border, middle - reach),
            Point::new(x, middle - reach),
            Point::new(x, middle + reach),
            Point::new(border, middle + reach),
        ],
        label: graph.edges[edge].label.map(|label| {
            // A label higher than the node begins at the top of the row, not above it.
            let below = ((label.height - size.height) / 2.0).max(0.0);
            Rect::around(Point::new(x, middle + below), label)
        }),
    }
}
