//! On which side a loop runs: every edge that leads back is tried on both sides of what
//! it goes round, near and far, and takes the way with the fewest crossings, then the
//! nearest one.
#![allow(clippy::indexing_slicing)] // Every index is an item, a row or a path of the rows at hand.

use super::order::{PORTS, count_crossings, ports};
use super::rows::{End, Rows, Side};
use crate::source::sort::sort_by_number;

/// Pieces of edges to look at before the rest stays as it is.
const BUDGET: usize = 2_000_000;

pub(super) fn choose(rows: &mut Rows) {
    let mut search = Search::new(rows);
    let mut upward: Vec<usize> = (0..rows.paths.len())
        .filter(|&index| rows.paths[index].is_upward && rows.paths[index].end != End::Border)
        .collect();
    sort_by_number(&mut upward, |&index| rows.paths[index].items.len() as u64);
    for index in upward {
        if search.looked_at > BUDGET {
            return;
        }
        search.improve(rows, index);
    }
}

struct Search {
    /// The place of every item in its row.
    place: Vec<usize>,
    /// The pieces below each row, as paths and positions in them.
    pieces: Vec<Vec<(usize, usize)>>,
    looked_at: usize,
}

/// Crossings, items between the loop and what it goes round, and whether it leaves the right side.
type Cost = (usize, usize, bool);

impl Search {
    fn new(rows: &Rows) -> Self {
        let mut search = Self {
            place: vec![0; rows.items.len()],
            pieces: vec![Vec::new(); rows.rows.len()],
            looked_at: 0,
        };
        for (index, path) in rows.paths.iter().enumerate() {
            for (at, pair) in path.items.windows(2).enumerate() {
                let row = rows.items[pair[0]].row.min(rows.items[pair[1]].row);
                search.pieces[row].push((index, at));
            }
        }
        for row in 0..rows.rows.len() {
            search.index(rows, row);
        }
        search
    }

    fn index(&mut self, rows: &Rows, row: usize) {
        for (at, &item) in rows.rows[row].iter().enumerate() {
            self.place[item] = at;
        }
    }

    fn improve(&mut self, rows: &mut Rows, index: usize) {
        let path = rows.paths[index].clone();
        let last = path.items.len() - 1;
        let (bottom, top) = (path.items[0], path.items[last]);
        let span = rows.items[top].row..rows.items[bottom].row;
        let chain = &path.items[1..last];
        // A piece that others share stays where it suits them all.
        let is_shared = chain.iter().any(|&item| {
            let row = rows.items[item].row;
            let through = |&&(other, at): &&(usize, usize)| {
                other != index && rows.paths[other].items[at + 1] == item
            };
            self.pieces[row].iter().filter(through).count() > 0
        });
        let Some(body) = self.body(rows, top, bottom).filter(|_| !is_shared) else {
            return;
        };
        let before: Vec<Vec<usize>> = span.clone().map(|row| rows.rows[row].clone()).collect();
        let current = (path.start, path.end);
        let mut best_cost = self.cost(rows, index, &body);
        let mut best: Option<(Vec<Vec<usize>>, End)> = None;
        for side in [Side::Right, Side::Left] {
            for is_far in [false, true] {
                for &item in chain {
                    let row = rows.items[item].row;
                    let others: Vec<usize> = rows.rows[row]
                        .iter()
                        .copied()
                        .filter(|&other| other != item)
                        .collect();
                    let is_body = |other: &usize| body[row - span.start].contains(other);
                    let at = match (side, is_far) {
                        (Side::Left, true) => Some(0),
                        (Side::Right, true) => Some(others.len()),
                        (Side::Left, false) => others.iter().position(is_body),
                        (Side::Right, false) => others.iter().rposition(is_body).map(|at| at + 1),
                    };
                    rows.rows[row] = others;
                    rows.rows[row].insert(at.unwrap_or(0), item);
                    self.index(rows, row);
                }
                rows.paths[index].start = End::Side(side);
                rows.paths[index].end = End::Side(side);
                let cost = self.cost(rows, index, &body);
                if cost < best_cost {
                    best_cost = cost;
                    let order = span.clone().map(|row| rows.rows[row].clone()).collect();
                    best = Some((order, End::Side(side)));
                }
            }
        }
        let (order, start, end) = match best {
            Some((order, side)) => (order, side, side),
            None => (before, current.0, current.1),
        };
        for (row, order) in span.zip(order) {
            rows.rows[row] = order;
            self.index(rows, row);
        }
        rows.paths[index].start = start;
        rows.paths[index].end = end;
    }

    /// What the loop goes round: by row, the items on downward ways from its top to its bottom.
    fn body(&mut self, rows: &Rows, top: usize, bottom: usize) -> Option<Vec<Vec<usize>>> {
        let span = rows.items[top].row..rows.items[bottom].row;
        let mut reached = vec![vec![top]];
        for row in span.clone() {
            let mut next = Vec::new();
            let from = reached.last()?;
            for &(path, at) in &self.pieces[row] {
                let items = &rows.paths[path].items;
                if !rows.paths[path].is_upward && from.contains(&items[at]) {
                    next.push(items[at + 1]);
                }
            }
            self.looked_at += self.pieces[row].len();
            next.sort_unstable();
            next.dedup();
            reached.push(next);
        }
        let mut wanted = vec![bottom];
        for row in span.rev() {
            let mut above = Vec::new();
            for &(path, at) in &self.pieces[row] {
                let items = &rows.paths[path].items;
                if !rows.paths[path].is_upward && wanted.contains(&items[at + 1]) {
                    above.push(items[at]);
                }
            }
            let offset = row - rows.items[top].row;
            reached[offset].retain(|item| above.contains(item));
            wanted.clone_from(&reached[offset]);
            if wanted.is_empty() {
                return None;
            }
        }
        reached.pop();
        Some(reached)
    }

    fn cost(&mut self, rows: &Rows, index: usize, body: &[Vec<usize>]) -> Cost {
        let path = &rows.paths[index];
        let last = path.items.len() - 1;
        let span = rows.items[path.items[last]].row..rows.items[path.items[0]].row;
        let mut crossings = 0;
        for row in span.clone() {
            let mut pairs: Vec<(u64, usize)> = Vec::with_capacity(self.pieces[row].len());
            for &(other, at) in &self.pieces[row] {
                let path = &rows.paths[other];
                let (from_port, to_port) = ports(path, at);
                let from = self.place[path.items[at]] * PORTS + from_port;
                let to = self.place[path.items[at + 1]] * PORTS + to_port;
                pairs.push(if path.is_upward {
                    (to as u64, from)
                } else {
                    (from as u64, to)
                });
            }
            self.looked_at += pairs.len();
            crossings += count_crossings(&mut pairs, rows.rows[row + 1].len());
        }
        let mut between = 0;
        for &item in &path.items[1..last] {
            let row = rows.items[item].row;
            let places = body[row - span.start]
                .iter()
                .map(|&other| self.place[other]);
            let nearest = places.map(|place| place.abs_diff(self.place[item])).min();
            between += nearest.unwrap_or(1).saturating_sub(1);
        }
        (crossings, between, path.start != End::Side(Side::Right))
    }
}
