//! Edges that leave or reach a node by a side border get an item of their own beside it.
#![allow(clippy::indexing_slicing)] // Every index is an item or a row of the rows at hand.

use super::LayoutOptions;
use super::flat::FlatGraph;
use super::rows::{End, Item, ItemKind, Rows, Side};
use crate::source::sort::sort_by_number;

/// Inserts the items into rows and paths, and those of edges from a node to itself.
///
/// Beside a node the order from inside to outside follows that of the neighbouring rows,
/// so that edges of one direction do not cross; the direction of what passes next to the
/// node stays outside, where it can be joined.
pub(super) fn attach(rows: &mut Rows, graph: &FlatGraph, options: &LayoutOptions) {
    let mut place = vec![0; rows.items.len()];
    for row in &rows.rows {
        for (at, &item) in row.iter().enumerate() {
            place[item] = at;
        }
    }
    let mut beside: Vec<[Vec<Attached>; 2]> = Vec::new();
    beside.resize_with(graph.nodes.len(), Default::default);
    for index in 0..rows.paths.len() {
        let path = rows.paths[index].clone();
        let kind = graph.edges[path.edge].kind;
        let (first, last) = (path.items[0], path.items[path.items.len() - 1]);
        let mut items = path.items.clone();
        let mut attach = |rows: &mut Rows, node: usize, side: Side, next: usize, goes_up: bool| {
            let id = rows.add(Item {
                kind: ItemKind::Side(node, side),
                row: rows.items[node].row,
                width: 0.0,
                is_upward: path.is_upward,
                edge_kind: kind,
            });
            beside[node][side as usize].push(Attached {
                item: id,
                goes_up,
                next: place[next],
            });
            id
        };
        if let End::Side(side) = path.end {
            let before = path.items[path.items.len() - 2];
            let id = attach(rows, last, side, before, !path.is_upward);
            items.insert(items.len() - 1, id);
        }
        if let End::Side(side) = path.start {
            let id = attach(rows, first, side, path.items[1], path.is_upward);
            items.insert(1, id);
        }
        rows.paths[index].items = items;
    }
    for index in 0..graph.edges.len() {
        let edge = graph.edges[index];
        if edge.source == edge.target {
            let edges = |side: Side| {
                let attached = beside[edge.source][side as usize].iter();
                attached.filter(|a| a.next != usize::MAX).count()
            };
            let is_crowded = edges(Side::Right) > edges(Side::Left);
            let side = if is_crowded { Side::Left } else { Side::Right };
            let label = edge.label.map_or(0.0, |label| label.width);
            let id = rows.add(Item {
                kind: ItemKind::Loop(edge.source, side),
                row: rows.items[edge.source].row,
                width: label.max(options.track_gap),
                is_upward: false,
                edge_kind: edge.kind,
            });
            rows.loops.push((index, id));
            beside[edge.source][side as usize].push(Attached {
                item: id,
                goes_up: false,
                next: usize::MAX,
            });
        }
    }
    for row in 0..rows.rows.len() {
        let old = std::mem::take(&mut rows.rows[row]);
        let mut new = Vec::with_capacity(old.len());
        for (at, &item) in old.iter().enumerate() {
            let Some([left, right]) = beside.get_mut(item) else {
                new.push(item);
                continue;
            };
            let neighbour = |at: Option<usize>| at.and_then(|at| old.get(at)).copied();
            let passes_up = |item: Option<usize>| {
                item.is_some_and(|item| {
                    rows.items[item].kind != ItemKind::Node && rows.items[item].is_upward
                })
            };
            let up_outside = passes_up(neighbour(at.checked_sub(1)));
            sort_by_number(left, |a| u64::MAX - a.next as u64);
            sort_by_number(left, |a| a.rank(up_outside));
            new.extend(left.iter().rev().map(|a| a.item));
            new.push(item);
            let up_outside = passes_up(neighbour(Some(at + 1)));
            sort_by_number(right, |a| a.next as u64);
            sort_by_number(right, |a| a.rank(up_outside));
            new.extend(right.iter().map(|a| a.item));
        }
        rows.rows[row] = new;
    }
}

/// Half of what lies between the arms of a loop without a label.
const LOOP: f64 = 10.0;
/// How far a label stays away from them.
const LOOP_CLEAR: f64 = 5.0;

/// How far the arms of a loop, one of `rows.loops`, are from the middle of its node: the label
/// stands on its far end and leaves both in sight.
pub(super) fn loop_reach(rows: &Rows, graph: &FlatGraph, at: usize) -> f64 {
    let edge = graph.edges[rows.loops[at].0];
    let before = rows.loops[..at].iter();
    let nth = before
        .filter(|(other, _)| graph.edges[*other].source == edge.source)
        .count();
    let open = edge
        .label
        .map_or(LOOP, |label| LOOP.max(label.height / 2.0 + LOOP_CLEAR));
    let size = graph.nodes[edge.source].size;
    (open + 3.0 * nth as f64).min(size.height / 2.0)
}

#[derive(Clone, Copy)]
struct Attached {
    item: usize,
    /// Whether the edge runs on above the node.
    goes_up: bool,
    /// Place of the next item in the neighbouring row; none for a loop.
    next: usize,
}

impl Attached {
    /// Loops are innermost, then one direction, then the other.
    fn rank(&self, up_outside: bool) -> u64 {
        match self.next {
            usize::MAX => 0,
            _ if self.goes_up == up_outside => 2,
            _ => 1,
        }
    }
}
