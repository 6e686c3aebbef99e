//! The x of every item: straight lines first, then short edges, by network simplex.
//!
//! Items that must stand below each other (the pieces of a long edge, the main flow)
//! become one block. Blocks keep their distance from their neighbours in every row, and
//! the simplex finds where the edges between them are shortest.
#![allow(clippy::indexing_slicing)] // Every index is an item, a row or a block made by this module.

use std::collections::{BTreeMap, BTreeSet};

use super::LayoutOptions;
use super::flat::FlatGraph;
use super::port::{self, Ports};
use super::rank;
use super::rows::{End, Item, ItemKind, Rows};
use super::simplex::{self, Arc, Slack};
use crate::source::sort::sort_by_number;

/// The middles of all items along their rows, and the ports this is based on.
#[derive(Debug)]
pub(super) struct Columns {
    pub x: Vec<f64>,
    pub ports: Ports,
}

pub(super) fn place(rows: &Rows, graph: &FlatGraph, options: &LayoutOptions) -> Columns {
    let mut ports = port::ports(rows, graph, options);
    let pieces = pieces(rows, graph, &ports);
    let blocks = blocks(rows, &pieces);
    let count = blocks.iter().max().map_or(0, |last| last + 1);
    let mut separation = BTreeMap::new();
    for row in &rows.rows {
        for pair in row.windows(2) {
            let (left, right) = (rows.items[pair[0]], rows.items[pair[1]]);
            let halves = f64::midpoint(left.width, right.width);
            let least = whole(halves + gap(pair[0], left, pair[1], right, options));
            let known = separation
                .entry((blocks[pair[0]], blocks[pair[1]]))
                .or_insert(0);
            *known = least.max(*known);
        }
    }
    let mut arcs: Vec<Arc> = separation
        .into_iter()
        .map(|((tail, head), length)| Arc {
            tail,
            head,
            length,
            weight: 0,
        })
        .collect();
    let mut x = vec![0; count];
    simplex::push_apart(&mut x, &arcs, &rank::topological(count, &arcs));
    let has_places = hold(graph, &blocks, &mut x, &mut arcs);
    let unit = if has_places { EDGES } else { 1 };
    // An edge between two blocks pulls them together through a node of its own that
    // stays left of both.
    for piece in &pieces {
        let (a, b) = (blocks[piece.from], blocks[piece.to]);
        if a == b {
            continue;
        }
        let between = x.len();
        let (from, to) = (x[a] + piece.from_port, x[b] + piece.to_port);
        x.push(from.min(to));
        arcs.push(Arc {
            tail: between,
            head: a,
            length: -piece.from_port,
            weight: piece.weight * unit,
        });
        arcs.push(Arc {
            tail: between,
            head: b,
            length: -piece.to_port,
            weight: piece.weight * unit,
        });
    }
    simplex::solve(&mut x, &arcs, Slack::Halve);
    let x: Vec<f64> = (0..rows.items.len())
        .map(|item| x[blocks[item]] as f64)
        .collect();
    ports.straighten(rows, graph, &x);
    Columns { x, ports }
}

/// How much more the length of edges counts than that a node stays where it was.
const EDGES: i64 = 4;

/// Pulls every node to where it stood in the drawing before, from a common origin that
/// may move; returns whether anything is pulled.
fn hold(graph: &FlatGraph, blocks: &[usize], x: &mut Vec<i64>, arcs: &mut Vec<Arc>) -> bool {
    let held: BTreeSet<(usize, i64)> = graph
        .nodes
        .iter()
        .zip(blocks)
        .filter_map(|(node, &block)| Some((block, node.was?.round() as i64)))
        .collect();
    if held.is_empty() {
        return false;
    }
    let origin = x.len();
    x.push(0);
    for (block, was) in held {
        let between = x.len();
        x.push((x[block] - was).min(0));
        let arc = |head, length| Arc {
            tail: between,
            head,
            length,
            weight: 1,
        };
        arcs.extend([arc(origin, 0), arc(block, was)]);
    }
    true
}

/// A piece of an edge between two items.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
    from_port: i64,
    to_port: i64,
    weight: i64,
    /// How much it wants to be straight; none if its ends stand beside each other.
    priority: Option<usize>,
}

fn whole(length: f64) -> i64 {
    length.ceil() as i64
}

fn gap(left: usize, a: Item, right: usize, b: Item, options: &LayoutOptions) -> f64 {
    let is_own = |node: usize, item: Item| matches!(item.kind, ItemKind::Side(of, _) | ItemKind::Loop(of, _) if of == node);
    let narrow = options.track_gap;
    let wide = f64::midpoint(options.sibling_gap, options.track_gap).floor();
    match (a.kind, b.kind) {
        (ItemKind::Node, ItemKind::Node) => options.sibling_gap,
        (ItemKind::Node, _) if is_own(left, b) => wide,
        (_, ItemKind::Node) if is_own(right, a) => wide,
        (ItemKind::Node, _) | (_, ItemKind::Node) => wide,
        (ItemKind::Label, _) | (_, ItemKind::Label) => narrow,
        _ => narrow,
    }
}

fn pieces(rows: &Rows, graph: &FlatGraph, ports: &Ports) -> Vec<Piece> {
    // A line that others join keeps straight on with the longest of them.
    let mut pieces = Vec::new();
    for (index, path) in rows.paths.iter().enumerate() {
        let edge = graph.edges[path.edge];
        let last = path.items.len() - 2;
        let is_main_out = ports.main_out[edge.source] == Some(index);
        let is_main_in = ports.main_in[edge.target] == Some(index);
        for (at, pair) in path.items.windows(2).enumerate() {
            let (from, to) = (rows.items[pair[0]], rows.items[pair[1]]);
            let beside = from.row == to.row;
            let touches_node = from.kind == ItemKind::Node || to.kind == ItemKind::Node;
            let half = |node: usize, item: usize| {
                let half = rows.items[node].width / 2.0;
                let is_left = matches!(
                    (at == 0, path.start, path.end),
                    (true, End::Side(super::rows::Side::Left), _)
                        | (false, _, End::Side(super::rows::Side::Left))
                );
                debug_assert_ne!(node, item);
                whole(if is_left { -half } else { half })
            };
            let mut piece = Piece {
                from: pair[0],
                to: pair[1],
                from_port: 0,
                to_port: 0,
                weight: if touches_node { 1 } else { 8 },
                priority: None,
            };
            if beside {
                if at == 0 {
                    piece.from_port = half(pair[0], pair[1]);
                } else {
                    piece.to_port = half(pair[1], pair[0]);
                }
                pieces.push(piece);
                continue;
            }
            if at == 0 && path.start == End::Border {
                piece.from_port = ports.start[index] as i64;
            }
            let starts_straight = at > 0 || is_main_out;
            let ends_straight = at < last || is_main_in;
            if starts_straight && ends_straight && piece.from_port == 0 {
                let length = path.items.len();
                piece.priority = Some(if touches_node {
                    usize::MAX / 2 + length
                } else {
                    length
                });
                piece.weight = 8;
            } else if at == last && path.items.len() > 2 {
                piece.weight = 2;
            }
            pieces.push(piece);
        }
    }
    pieces
}

/// Joins items that stand straight below each other, the most wanted first, each with at
/// most one above and one below and none across another.
fn blocks(rows: &Rows, pieces: &[Piece]) -> Vec<usize> {
    let mut place = vec![0; rows.items.len()];
    for row in &rows.rows {
        for (at, &item) in row.iter().enumerate() {
            place[item] = at;
        }
    }
    let mut wanted: Vec<(usize, usize, usize)> = Vec::new();
    for piece in pieces {
        if let Some(priority) = piece.priority {
            let is_down = rows.items[piece.from].row < rows.items[piece.to].row;
            let (upper, lower) = if is_down {
                (piece.from, piece.to)
            } else {
                (piece.to, piece.from)
            };
            wanted.push((priority, upper, lower));
        }
    }
    sort_by_number(&mut wanted, |&(priority, ..)| u64::MAX - priority as u64);
    let mut below = vec![usize::MAX; rows.items.len()];
    let mut lines: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); rows.rows.len()];
    for (_, upper, lower) in wanted {
        let line = &mut lines[rows.items[upper].row];
        let (from, to) = (place[upper], place[lower]);
        let left = line.range(..=from).next_back();
        let right = line.range(from..).next();
        if left.is_none_or(|(&f, &t)| f < from && t < to)
            && right.is_none_or(|(&f, &t)| f > from && t > to)
        {
            line.insert(from, to);
            below[upper] = lower;
        }
    }
    let mut blocks = vec![usize::MAX; rows.items.len()];
    let mut count = 0;
    for row in &rows.rows {
        for &item in row {
            let mut at = item;
            if blocks[at] != usize::MAX {
                continue;
            }
            while at != usize::MAX {
                blocks[at] = count;
                at = below[at];
            }
            count += 1;
        }
    }
    // Items that were joined into others stand in no row; they share a block of no weight.
    for block in &mut blocks {
        if *block == usize::MAX {
            *block = 0;
        }
    }
    blocks
}
