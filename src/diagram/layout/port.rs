//! Where on its border an edge leaves, and which edges make the straight main flow.
#![allow(clippy::indexing_slicing)] // Every index is a node, an item or a path of the rows at hand.

use super::flat::FlatGraph;
use super::rows::{End, ItemKind, Path, Rows, Side};
use super::side::loop_reach;
use super::simplex::Arc;
use super::{EdgeKind, LayoutOptions, rank};
use crate::source::sort::{rising, sort_by_number};

/// Ports by path, relative to the node.
#[derive(Debug)]
pub(super) struct Ports {
    /// At the bottom border: from its middle. At a side: from the top.
    pub start: Vec<f64>,
    /// At a side: from the top. At the facing border always its middle, 0.
    pub end: Vec<f64>,
    /// Whether the path shares its port with all others of its source.
    pub is_shared: Vec<bool>,
    /// The path that runs straight on from each node.
    pub main_out: Vec<Option<usize>>,
    /// The path that runs straight into each node.
    pub main_in: Vec<Option<usize>>,
}

/// Ports nearer than this to each other become one.
const CLOSEST: f64 = 8.0;

/// A port moves at most this far to make its edge straight.
const FARTHEST: f64 = 44.0;

impl Ports {
    /// Moves ports below a node to where their edges go straight down, if that is near
    /// and keeps them in order and apart.
    pub(super) fn straighten(&mut self, rows: &Rows, graph: &FlatGraph, x: &[f64]) {
        let mut leaving = vec![Vec::new(); graph.nodes.len()];
        for (index, path) in rows.paths.iter().enumerate() {
            if path.start == End::Border && !self.is_shared[index] {
                leaving[path.items[0]].push(index);
            }
        }
        for (node, mut paths) in leaving.into_iter().enumerate() {
            let reach = reach(graph.nodes[node].size.width);
            sort_by_number(&mut paths, |&path| rising(self.start[path]));
            let mut places: Vec<f64> = paths.iter().map(|&path| self.start[path]).collect();
            let wanted: Vec<f64> = paths
                .iter()
                .map(|&path| x[rows.paths[path].items[1]] - x[node])
                .collect();
            for at in 0..places.len() {
                let want = wanted[at];
                let apart = (2.0 * CLOSEST).min(least_gap(&places));
                let is_near = want.abs() <= reach && (want - places[at]).abs() <= FARTHEST;
                let fits_left = at == 0 || places[at - 1] + apart <= want;
                let fits_right = places.get(at + 1).is_none_or(|next| want + apart <= *next);
                if is_near && fits_left && fits_right {
                    places[at] = want;
                }
            }
            for (path, place) in paths.into_iter().zip(places) {
                self.start[path] = place;
            }
        }
    }
}

fn least_gap(places: &[f64]) -> f64 {
    let gaps = places.windows(2).map(|pair| pair[1] - pair[0]);
    gaps.fold(f64::INFINITY, f64::min)
}

/// How far from its middle a border has ports.
fn reach(width: f64) -> f64 {
    width / 2.0 - (width * 0.2).min(16.0)
}

pub(super) fn ports(rows: &Rows, graph: &FlatGraph, options: &LayoutOptions) -> Ports {
    let mut place = vec![0; rows.items.len()];
    for row in &rows.rows {
        for (at, &item) in row.iter().enumerate() {
            place[item] = at;
        }
    }
    let mut leaving = vec![Vec::new(); graph.nodes.len()];
    for (index, path) in rows.paths.iter().enumerate() {
        if path.start == End::Border {
            leaving[path.items[0]].push(index);
        }
    }
    for paths in &mut leaving {
        sort_by_number(paths, |&index| place[rows.paths[index].items[1]] as u64);
    }
    let (main_out, main_in) = main_flow(rows, graph, &leaving);
    let count = rows.paths.len();
    let mut ports = Ports {
        start: vec![0.0; count],
        end: vec![0.0; count],
        is_shared: vec![false; count],
        main_out,
        main_in,
    };
    for (node, paths) in leaving.iter().enumerate() {
        spread_below(&mut ports, node, paths, graph, options);
    }
    spread_beside(&mut ports, rows, graph, &place);
    ports
}

/// From the main edge, or evenly if none is, as far apart as the border allows.
fn spread_below(
    ports: &mut Ports,
    node: usize,
    paths: &[usize],
    graph: &FlatGraph,
    options: &LayoutOptions,
) {
    let width = graph.nodes[node].size.width;
    let reach = reach(width);
    let last = paths.len().saturating_sub(1) as f64;
    let main = paths
        .iter()
        .position(|&path| Some(path) == ports.main_out[node])
        .map_or(last / 2.0, |at| at as f64);
    let steps = main.max(last - main);
    let gap = if steps > 0.0 {
        (reach / steps).min(options.port_gap)
    } else {
        0.0
    };
    let is_shared = steps > 0.0 && gap < CLOSEST;
    for (at, &path) in paths.iter().enumerate() {
        ports.is_shared[path] = is_shared;
        if !is_shared {
            ports.start[path] = ((at as f64 - main) * gap).round();
        }
    }
}

/// From top to bottom: what goes up from inside to outside, then what goes down from
/// outside to inside, so that no line crosses another of the same side.
fn spread_beside(ports: &mut Ports, rows: &Rows, graph: &FlatGraph, place: &[usize]) {
    let mut beside: Vec<[Vec<(bool, usize, usize)>; 2]> = Vec::new();
    beside.resize_with(graph.nodes.len(), Default::default);
    let each = |path: &Path, visit: &mut dyn FnMut(bool, usize, Side, (bool, usize, usize))| {
        let distance = |node: usize, item: usize| place[node].abs_diff(place[item]);
        let count = path.items.len();
        if let End::Side(side) = path.start {
            let (node, item) = (path.items[0], path.items[1]);
            visit(
                true,
                node,
                side,
                (path.is_upward, distance(node, item), item),
            );
        }
        if let End::Side(side) = path.end {
            let (node, item) = (path.items[count - 1], path.items[count - 2]);
            visit(
                false,
                node,
                side,
                (!path.is_upward, distance(node, item), item),
            );
        }
    };
    for path in &rows.paths {
        each(path, &mut |_, node, side, attached| {
            beside[node][side as usize].push(attached)
        });
    }
    for sides in &mut beside {
        for side in sides {
            // Those that lead up first, from near to far; then the others, from far to near.
            sort_by_number(side, |&(_, _, item)| item as u64);
            sort_by_number(side, |&(up, distance, _)| {
                let distance = distance as u64;
                if up { distance } else { u64::MAX - distance }
            });
            side.dedup();
        }
    }
    // Loops have the middle of their side.
    let mut taken = vec![[0.0_f64; 2]; graph.nodes.len()];
    for (at, &(_, item)) in rows.loops.iter().enumerate() {
        if let ItemKind::Loop(node, side) = rows.items[item].kind {
            let taken = &mut taken[node][side as usize];
            *taken = taken.max(loop_reach(rows, graph, at) + BESIDE_LOOP);
        }
    }
    for (index, path) in rows.paths.iter().enumerate() {
        each(path, &mut |is_start, node, side, attached| {
            let all = &beside[node][side as usize];
            let at = all.iter().position(|other| *other == attached).unwrap_or(0);
            let height = graph.nodes[node].size.height;
            let ups = all.iter().filter(|(up, ..)| *up).count();
            let taken = taken[node][side as usize];
            let room = (height / 2.0 - taken - CORNER).max(0.0);
            let most = ups.max(all.len() - ups).saturating_sub(1) as f64;
            // Where the loop leaves no room for all, they go past it as if it were not there.
            let y = if taken == 0.0 || room < most * CLOSEST {
                height / 2.0 + spread(at, all.len(), height - 16.0)
            } else {
                let middle = taken.min(height / 2.0 - CORNER) + room / 2.0;
                match at.checked_sub(ups) {
                    None => height / 2.0 - middle + spread(at, ups, room),
                    Some(at) => height / 2.0 + middle + spread(at, all.len() - ups, room),
                }
            };
            if is_start {
                ports.start[index] = y;
            } else {
                ports.end[index] = y;
            }
        });
    }
}

/// How far an edge keeps from the loop of its node.
const BESIDE_LOOP: f64 = 4.0;
/// How far it keeps from the corner.
const CORNER: f64 = 4.0;

/// Where one of `count` edges leaves, from the middle of the `room` that they have.
fn spread(at: usize, count: usize, room: f64) -> f64 {
    let last = count.saturating_sub(1) as f64;
    if last == 0.0 {
        return 0.0;
    }
    let gap = (room.max(0.0) / last).min(10.0);
    (at as f64 - last / 2.0) * gap
}

/// The path on which each node continues and the one on which it is reached: those that
/// lie on the longest way through the graph. Between equals the middle one, or none; a way
/// that ran straight in the drawing before goes on so until another is longer by two states.
fn main_flow(
    rows: &Rows,
    graph: &FlatGraph,
    leaving: &[Vec<usize>],
) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let count = graph.nodes.len();
    let ends = |index: usize| {
        let edge = graph.edges[rows.paths[index].edge];
        (edge.source, edge.target)
    };
    let has_flow = |node: usize| {
        let is_flow = |&index: &usize| graph.edges[rows.paths[index].edge].kind == EdgeKind::Flow;
        leaving[node].iter().any(is_flow)
    };
    let mut arriving = vec![Vec::new(); count];
    let mut arcs = Vec::new();
    for (index, path) in rows.paths.iter().enumerate() {
        let (tail, head) = ends(index);
        if path.end == End::Border {
            arriving[head].push(index);
        }
        let is_exception = graph.edges[path.edge].kind == EdgeKind::Catch && has_flow(tail);
        if path.start == End::Border && !is_exception {
            arcs.push(Arc {
                tail,
                head,
                length: 1,
                weight: 1,
            });
        }
    }
    let order = rank::topological(count, &arcs);
    let mut after = vec![0_usize; count];
    let mut before = vec![0_usize; count];
    let mut outgoing = vec![Vec::new(); count];
    for arc in &arcs {
        outgoing[arc.tail].push(arc.head);
    }
    for &node in &order {
        for &head in &outgoing[node] {
            before[head] = before[head].max(before[node] + 1);
        }
    }
    for &node in order.iter().rev() {
        for &head in &outgoing[node] {
            after[node] = after[node].max(after[head] + 1);
        }
    }
    let main_out: Vec<Option<usize>> = leaving
        .iter()
        .map(|paths| {
            let length = |index: usize| after[ends(index).1];
            let exact = |index: usize| (rows.straight.contains(&index), length(index));
            let longest = paths.iter().map(|&index| length(index)).max().unwrap_or(0);
            let was_straight = |&&index: &&usize| {
                let (source, target) = ends(index);
                let places = graph.nodes[source].was.zip(graph.nodes[target].was);
                let is_straight = places.is_some_and(|(from, to)| (from - to).abs() < 0.5);
                is_straight && length(index) + 1 >= longest
            };
            let before = paths.iter().find(was_straight).copied();
            before.or_else(|| middle_of_best(paths, exact))
        })
        .collect();
    let mut place = vec![0; rows.items.len()];
    for row in &rows.rows {
        for (at, &item) in row.iter().enumerate() {
            place[item] = at;
        }
    }
    let main_in = arriving
        .iter_mut()
        .map(|paths| {
            sort_by_number(paths, |&index| {
                let items = &rows.paths[index].items;
                place[items[items.len() - 2]] as u64
            });
            middle_of_best(paths, |index| {
                let source = ends(index).0;
                let is_flow = graph.edges[rows.paths[index].edge].kind == EdgeKind::Flow;
                let is_main = main_out[source] == Some(index);
                let is_straight = rows.straight.contains(&index);
                (is_straight, is_main, is_flow, before[source])
            })
        })
        .collect();
    (main_out, main_in)
}

fn middle_of_best<K: Ord>(paths: &[usize], key: impl Fn(usize) -> K) -> Option<usize> {
    let best = paths.iter().map(|&index| key(index)).max()?;
    let equals: Vec<usize> = paths
        .iter()
        .copied()
        .filter(|&index| key(index) == best)
        .collect();
    if equals.len() % 2 == 1 {
        equals.get(equals.len() / 2).copied()
    } else {
        None
    }
}
