//! The graph cut into rows: every edge becomes a path of items, one in each row it passes.
#![allow(clippy::indexing_slicing)] // Every index is a node, an item or a row made by this module.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::FlatGraph;
use super::{EdgeKind, bypass};

/// Something that takes room in a row. The first items are the nodes, under their own index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub kind: ItemKind,
    pub row: usize,
    /// Extent along the row.
    pub width: f64,
    /// Whether the paths through it lead upwards.
    pub is_upward: bool,
    /// What kind of edge it belongs to; only like edges are joined.
    pub edge_kind: EdgeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Node,
    /// A long edge passes straight.
    Bend,
    /// The label of an edge, which passes through its middle.
    Label,
    /// An edge that leaves or reaches the node by this border turns here.
    Side(usize, Side),
    /// Room for an edge from the node to itself.
    Loop(usize, Side),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
}

/// How a path meets a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// By the border that faces the next row.
    Border,
    /// By a side border, with an item of its own beside the node.
    Side(Side),
}

/// An edge as the items it passes, from source to target.
#[derive(Debug, Clone)]
pub(super) struct Path {
    pub edge: usize,
    pub items: Vec<usize>,
    pub is_upward: bool,
    pub start: End,
    pub end: End,
}

/// Items in rows and the paths through them.
#[derive(Debug)]
pub(super) struct Rows {
    pub items: Vec<Item>,
    /// The items of each row, from left to right.
    pub rows: Vec<Vec<usize>>,
    /// Rows that hold labels and what passes them.
    pub is_label_row: Vec<bool>,
    pub paths: Vec<Path>,
    /// Edges from a node to itself, with their item.
    pub loops: Vec<(usize, usize)>,
    /// Paths that are straight whatever else leaves their source.
    pub straight: BTreeSet<usize>,
}

/// Nodes wider than this are containers that it takes long to go round.
const WIDE: f64 = 400.0;

/// Above this many pieces, edges of one target share theirs.
const PIECES: usize = 40_000;

/// Above this many pieces, edges that would need more are not drawn.
const PIECES_AT_MOST: usize = 400_000;

impl Rows {
    pub(super) fn new(graph: &FlatGraph, ranks: &[usize], leads_back: &[bool]) -> Self {
        let (row_of_rank, is_label_row) = label_rows(graph, ranks, leads_back);
        let row_of = |node: usize| row_of_rank[ranks[node]];
        let items = graph
            .nodes
            .iter()
            .enumerate()
            .map(|(node, flat)| Item {
                kind: ItemKind::Node,
                row: row_of(node),
                width: flat.size.width + 2.0 * flat.aside,
                is_upward: false,
                edge_kind: EdgeKind::Flow,
            })
            .collect();
        let mut rows = Self {
            items,
            rows: vec![Vec::new(); is_label_row.len()],
            is_label_row,
            paths: Vec::with_capacity(graph.edges.len()),
            loops: Vec::new(),
            straight: BTreeSet::new(),
        };
        let pieces: usize = graph
            .edges
            .iter()
            .map(|edge| row_of(edge.source).abs_diff(row_of(edge.target)))
            .sum();
        let mut shared = (pieces > PIECES + 10 * graph.edges.len()).then(BTreeMap::new);
        let leaves_by_side = by_side(graph, leads_back);
        for (index, edge) in graph.edges.iter().enumerate() {
            if edge.source == edge.target || rows.items.len() > PIECES_AT_MOST {
                continue;
            }
            rows.add_path(
                graph,
                index,
                leads_back[index],
                leaves_by_side[index],
                &mut shared,
            );
        }
        rows.sort_depth_first(graph, ranks);
        rows
    }

    fn add_path(
        &mut self,
        graph: &FlatGraph,
        index: usize,
        is_upward: bool,
        leaves_by_side: bool,
        shared: &mut Option<BTreeMap<(usize, bool, usize), usize>>,
    ) {
        let edge = graph.edges[index];
        let (from, to) = (self.items[edge.source].row, self.items[edge.target].row);
        let mut items = vec![edge.source];
        let mut row = from;
        let mut label = edge.label;
        loop {
            row = if is_upward {
                row.wrapping_sub(1)
            } else {
                row + 1
            };
            if row == to || row >= self.is_label_row.len() {
                break;
            }
            let mut item = Item {
                kind: ItemKind::Bend,
                row,
                width: 0.0,
                is_upward,
                edge_kind: edge.kind,
            };
            if self.is_label_row[row]
                && let Some(label) = label.take()
            {
                item.kind = ItemKind::Label;
                item.width = label.width;
                items.push(self.add(item));
                continue;
            }
            let id = match shared {
                None => self.add(item),
                Some(shared) => {
                    let key = (edge.target, is_upward, row);
                    let known = shared.get(&key).copied();
                    known.unwrap_or_else(|| {
                        let id = self.add(item);
                        shared.insert(key, id);
                        id
                    })
                }
            };
            items.push(id);
        }
        items.push(edge.target);
        let side = End::Side(Side::Right);
        self.paths.push(Path {
            edge: index,
            items,
            is_upward,
            start: if leaves_by_side { side } else { End::Border },
            end: if is_upward { side } else { End::Border },
        });
    }

    pub(super) fn add(&mut self, item: Item) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    /// Fills the rows in the order of a depth-first walk from the entry, which draws a
    /// definition without crossing edges as its author wrote it.
    fn sort_depth_first(&mut self, graph: &FlatGraph, ranks: &[usize]) {
        let count = graph.nodes.len();
        let mut leaving = vec![Vec::new(); count];
        let mut has_incoming = vec![false; count];
        for pass in [EdgeKind::Flow, EdgeKind::Catch] {
            for (at, path) in self.paths.iter().enumerate() {
                let edge = graph.edges[path.edge];
                if !path.is_upward && edge.kind == pass {
                    leaving[edge.source].push(at);
                    has_incoming[edge.target] = true;
                }
            }
            if pass == EdgeKind::Flow {
                self.straight = bypass::arrange(&mut leaving, &self.paths, graph, ranks);
            }
        }
        for (at, path) in self.paths.iter().enumerate() {
            if path.is_upward {
                leaving[graph.edges[path.edge].target].push(at);
            }
        }
        let mut is_placed = vec![false; self.items.len()];
        let mut put = |rows: &mut Self, item: usize| {
            let is_new = !std::mem::replace(&mut is_placed[item], true);
            if is_new {
                let row = rows.items[item].row;
                rows.rows[row].push(item);
            }
            is_new
        };
        let sources = (0..count).filter(|&node| !has_incoming[node]);
        for start in graph.entry.into_iter().chain(sources).chain(0..count) {
            if !put(self, start) {
                continue;
            }
            let mut stack = vec![(start, 0)];
            while let Some((node, at)) = stack.pop() {
                let Some(&path) = leaving[node].get(at) else {
                    continue;
                };
                stack.push((node, at + 1));
                let is_upward = self.paths[path].is_upward;
                let inner = self.paths[path].items.clone();
                let inner = &inner[1..inner.len() - 1];
                if is_upward {
                    for &item in inner.iter().rev() {
                        put(self, item);
                    }
                    continue;
                }
                for &item in inner {
                    put(self, item);
                }
                let target = graph.edges[self.paths[path].edge].target;
                if put(self, target) {
                    stack.push((target, 0));
                }
            }
        }
    }
}

/// Which row each rank becomes when every gap with a label gets a row for labels.
fn label_rows(graph: &FlatGraph, ranks: &[usize], leads_back: &[bool]) -> (Vec<usize>, Vec<bool>) {
    let count = ranks.iter().max().map_or(0, |last| last + 1);
    let mut has_labels = vec![false; count];
    for (edge, &back) in graph.edges.iter().zip(leads_back) {
        if edge.label.is_some() && edge.source != edge.target {
            let rank = ranks[edge.source];
            has_labels[if back { rank - 1 } else { rank }] = true;
        }
    }
    let mut is_label_row = Vec::new();
    let mut row_of_rank = Vec::with_capacity(count);
    for has_labels in has_labels {
        row_of_rank.push(is_label_row.len());
        is_label_row.push(false);
        if has_labels {
            is_label_row.push(true);
        }
    }
    (row_of_rank, is_label_row)
}

/// Which edges leave by the side: those that lead back, and exceptions where the flow
/// or an earlier exception has the bottom border. A wide container lets an exception to
/// its next node leave by the bottom too, which saves the way round.
fn by_side(graph: &FlatGraph, leads_back: &[bool]) -> Vec<bool> {
    let mut bottom_is_taken = vec![false; graph.nodes.len()];
    let mut flow = BTreeSet::new();
    for (edge, &back) in graph.edges.iter().zip(leads_back) {
        if !back && edge.kind == EdgeKind::Flow && edge.source != edge.target {
            bottom_is_taken[edge.source] = true;
            flow.insert((edge.source, edge.target));
        }
    }
    graph
        .edges
        .iter()
        .zip(leads_back)
        .map(|(edge, &back)| match edge.kind {
            _ if back => true,
            EdgeKind::Flow => false,
            EdgeKind::Catch => {
                let is_taken = std::mem::replace(&mut bottom_is_taken[edge.source], true);
                let is_wide = graph.nodes[edge.source].size.width > WIDE;
                is_taken && !(is_wide && flow.contains(&(edge.source, edge.target)))
            }
        })
        .collect()
}
