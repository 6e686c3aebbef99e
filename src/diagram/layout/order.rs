//! The order within rows: the file's own unless another has fewer crossings.
//!
//! Rows are sorted in turn by the weighted median of their neighbours, downwards and
//! upwards, and adjacent items change places while that helps.
#![allow(clippy::indexing_slicing)] // Every index is an item or a row of the rows at hand.

use super::detour;
use super::flat::FlatGraph;
use super::rows::{End, Path, Rows, Side};
use crate::source::sort::{rising, sort_by_number};

/// Sorts `rows.rows`; leaves them as they are if nothing crosses once every loop runs on
/// its better side. Of two orders with as many crossings the one of the drawing before wins.
pub(super) fn order(rows: &mut Rows, graph: &FlatGraph) {
    detour::choose(rows);
    let mut sorter = Sorter::new(rows);
    let mut best = sorter.all_crossings();
    let is_large = rows.items.len() > 20_000;
    let (rounds, patience) = if is_large { (6, 2) } else { (24, 4) };
    let mut failures = 0;
    let mut is_sorted = false;
    for round in 0..rounds {
        if best == 0 || failures >= patience {
            break;
        }
        sorter.sweep(round % 2 == 0);
        sorter.transpose(if is_large { 2 } else { 8 });
        let crossings = sorter.all_crossings();
        if crossings < best {
            best = crossings;
            rows.rows.clone_from(&sorter.rows);
            is_sorted = true;
            failures = 0;
        } else {
            failures += 1;
        }
    }
    is_sorted |= keep_order(rows, graph, &mut sorter, best);
    if is_sorted {
        choose_sides(rows);
        detour::choose(rows);
    } else {
        choose_sides_of_exceptions(rows);
    }
}

/// Puts the nodes of each row back into the order they had in the drawing before, if that
/// has at most `best` crossings once what passes between them has found its place.
fn keep_order(rows: &mut Rows, graph: &FlatGraph, sorter: &mut Sorter, best: usize) -> bool {
    let was = |item: &usize| graph.nodes.get(*item).and_then(|node| node.was);
    sorter.rows.clone_from(&rows.rows);
    let mut is_other = false;
    for row in &mut sorter.rows {
        let slots: Vec<usize> = (0..row.len())
            .filter(|&at| was(&row[at]).is_some())
            .collect();
        let mut nodes: Vec<usize> = slots.iter().map(|&at| row[at]).collect();
        sort_by_number(&mut nodes, |item| rising(was(item).unwrap_or_default()));
        for (&at, &node) in slots.iter().zip(&nodes) {
            is_other |= std::mem::replace(&mut row[at], node) != node;
        }
    }
    if !is_other {
        return false;
    }
    for row in 0..sorter.rows.len() {
        sorter.index(row);
    }
    sorter.transpose(8);
    if sorter.all_crossings() > best {
        return false;
    }
    rows.rows.clone_from(&sorter.rows);
    true
}

/// One end of a piece of an edge in the next row: where, and by which ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    item: usize,
    own: usize,
    other: usize,
}

/// Ports of an item from left to right; bottom ports of one node never cross each other.
pub(super) const PORTS: usize = 3;

fn port(end: End) -> usize {
    match end {
        End::Side(Side::Left) => 0,
        End::Border => 1,
        End::Side(Side::Right) => 2,
    }
}

/// The ports by which the path leaves its item `at` and reaches the next.
pub(super) fn ports(path: &Path, at: usize) -> (usize, usize) {
    let own = if at == 0 { port(path.start) } else { 1 };
    let is_last = at + 2 == path.items.len();
    (own, if is_last { port(path.end) } else { 1 })
}

struct Sorter {
    rows: Vec<Vec<usize>>,
    place: Vec<usize>,
    up: Vec<Vec<Link>>,
    down: Vec<Vec<Link>>,
}

impl Sorter {
    fn new(rows: &Rows) -> Self {
        let count = rows.items.len();
        let mut sorter = Self {
            rows: rows.rows.clone(),
            place: vec![0; count],
            up: vec![Vec::new(); count],
            down: vec![Vec::new(); count],
        };
        for path in &rows.paths {
            for (at, pair) in path.items.windows(2).enumerate() {
                let (from, to) = ports(path, at);
                let forth = Link {
                    item: pair[1],
                    own: from,
                    other: to,
                };
                let back = Link {
                    item: pair[0],
                    own: to,
                    other: from,
                };
                if path.is_upward {
                    sorter.up[pair[0]].push(forth);
                    sorter.down[pair[1]].push(back);
                } else {
                    sorter.down[pair[0]].push(forth);
                    sorter.up[pair[1]].push(back);
                }
            }
        }
        // A piece that several edges share counts once.
        for links in sorter.up.iter_mut().chain(&mut sorter.down) {
            sort_by_number(links, |link| {
                ((link.item * PORTS + link.own) * PORTS + link.other) as u64
            });
            links.dedup();
        }
        for row in 0..sorter.rows.len() {
            sorter.index(row);
        }
        sorter
    }

    fn index(&mut self, row: usize) {
        for (at, &item) in self.rows[row].iter().enumerate() {
            self.place[item] = at;
        }
    }

    fn key(&self, link: Link) -> usize {
        self.place[link.item] * PORTS + link.other
    }

    fn all_crossings(&self) -> usize {
        (1..self.rows.len()).map(|row| self.crossings(row)).sum()
    }

    /// Crossings between a row and the one above it.
    fn crossings(&self, row: usize) -> usize {
        let mut pieces = Vec::new();
        for &item in &self.rows[row] {
            for &link in &self.up[item] {
                pieces.push((self.key(link) as u64, self.place[item] * PORTS + link.own));
            }
        }
        count_crossings(&mut pieces, self.rows[row].len())
    }

    fn sweep(&mut self, downwards: bool) {
        let count = self.rows.len();
        for step in 1..count {
            let row = if downwards { step } else { count - 1 - step };
            self.sort_by_median(row, downwards);
        }
    }

    fn sort_by_median(&mut self, row: usize, by_upper: bool) {
        let mut slots = Vec::new();
        let mut medians = Vec::new();
        for (at, &item) in self.rows[row].iter().enumerate() {
            let links = if by_upper {
                &self.up[item]
            } else {
                &self.down[item]
            };
            let mut keys: Vec<usize> = links.iter().map(|&link| self.key(link)).collect();
            keys.sort_unstable();
            if let Some(median) = weighted_median(&keys) {
                slots.push(at);
                medians.push((rising(median), item));
            }
        }
        sort_by_number(&mut medians, |median| median.0);
        for (slot, (_, item)) in slots.into_iter().zip(medians) {
            self.rows[row][slot] = item;
        }
        self.index(row);
    }

    fn transpose(&mut self, passes: usize) {
        for _ in 0..passes {
            let mut improved = false;
            for row in 0..self.rows.len() {
                improved |= self.transpose_row(row);
            }
            if !improved {
                return;
            }
        }
    }

    fn transpose_row(&mut self, row: usize) -> bool {
        let sorted = |links: &[Link], sorter: &Self| {
            let mut keys: Vec<usize> = links.iter().map(|&link| sorter.key(link)).collect();
            keys.sort_unstable();
            keys
        };
        let mut keys: Vec<(Vec<usize>, Vec<usize>)> = self.rows[row]
            .iter()
            .map(|&item| (sorted(&self.up[item], self), sorted(&self.down[item], self)))
            .collect();
        let mut improved = false;
        for right in 1..keys.len() {
            let left = right - 1;
            let as_is = inversions(&keys[left].0, &keys[right].0)
                + inversions(&keys[left].1, &keys[right].1);
            if as_is == 0 {
                continue;
            }
            let swapped = inversions(&keys[right].0, &keys[left].0)
                + inversions(&keys[right].1, &keys[left].1);
            if swapped < as_is {
                keys.swap(left, right);
                self.rows[row].swap(left, right);
                improved = true;
            }
        }
        if improved {
            self.index(row);
        }
        improved
    }
}

/// Crossings among pieces given by their places above and below, with a tree of counts;
/// `width` is the number of items below.
pub(super) fn count_crossings(pieces: &mut [(u64, usize)], width: usize) -> usize {
    pieces.sort_unstable();
    let mut tree = vec![0_usize; width * PORTS + 1];
    let mut total = 0;
    for (seen, &(_, lower)) in pieces.iter().enumerate() {
        let mut at = lower + 1;
        let mut not_right = 0;
        while at > 0 {
            not_right += tree[at];
            at &= at - 1;
        }
        total += seen - not_right;
        at = lower + 1;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    total
}

/// Pairs of which the first is greater than the second; both lists are sorted.
fn inversions(left: &[usize], right: &[usize]) -> usize {
    let mut total = 0;
    let mut below = 0;
    for key in left {
        while below < right.len() && right[below] < *key {
            below += 1;
        }
        total += below;
    }
    total
}

/// The middle of the sorted keys; between two middle ones nearer to where the others crowd.
fn weighted_median(keys: &[usize]) -> Option<f64> {
    let first = *keys.first()? as f64;
    let last = *keys.last()? as f64;
    let middle = keys.len() / 2;
    let upper = keys[middle] as f64;
    if keys.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = keys[middle - 1] as f64;
    let (left, right) = (lower - first, last - upper);
    if keys.len() == 2 || left + right == 0.0 {
        return Some(f64::midpoint(lower, upper));
    }
    Some((lower * right + upper * left) / (left + right))
}

/// Gives every end at a side border the side with fewer crossings, the right one if equal.
fn choose_sides(rows: &mut Rows) {
    choose_sides_where(rows, |_| true);
}

/// The same for edges that do not lead back.
fn choose_sides_of_exceptions(rows: &mut Rows) {
    choose_sides_where(rows, |path| !path.is_upward);
}

fn choose_sides_where(rows: &mut Rows, applies: fn(&Path) -> bool) {
    let mut place = vec![0; rows.items.len()];
    for row in &rows.rows {
        for (at, &item) in row.iter().enumerate() {
            place[item] = at;
        }
    }
    // All pieces between a row and the next, as places from above and below.
    let mut pieces = vec![Vec::new(); rows.rows.len()];
    for path in &rows.paths {
        for (at, pair) in path.items.windows(2).enumerate() {
            let (from, to) = ports(path, at);
            let (from, to) = (place[pair[0]] * PORTS + from, place[pair[1]] * PORTS + to);
            let (upper, lower) = if path.is_upward {
                (to, from)
            } else {
                (from, to)
            };
            let row = rows.items[pair[0]].row.min(rows.items[pair[1]].row);
            pieces[row].push((upper, lower));
        }
    }
    let crossings = |row: usize, upper: usize, lower: usize| {
        let crosses =
            |&&(u, l): &&(usize, usize)| (u < upper && l > lower) || (u > upper && l < lower);
        pieces[row].iter().filter(crosses).count()
    };
    for path in rows.paths.iter_mut().filter(|path| applies(path)) {
        let is_short = path.items.len() == 2;
        let last = path.items.len() - 2;
        let cost = |at: usize, from: usize, to: usize| {
            let (own, next) = (path.items[at], path.items[at + 1]);
            let (from, to) = (place[own] * PORTS + from, place[next] * PORTS + to);
            let row = rows.items[own].row.min(rows.items[next].row);
            if path.is_upward {
                crossings(row, to, from)
            } else {
                crossings(row, from, to)
            }
        };
        let pick = |left: usize, right: usize| {
            End::Side(if left < right {
                Side::Left
            } else {
                Side::Right
            })
        };
        if path.end != End::Border && is_short {
            let side = pick(cost(0, 0, 0), cost(0, 2, 2));
            (path.start, path.end) = (side, side);
            continue;
        }
        let (start, end) = (path.start, path.end);
        let start = if start == End::Border {
            start
        } else {
            pick(cost(0, 0, 1), cost(0, 2, 1))
        };
        let end = if end == End::Border {
            end
        } else {
            pick(cost(last, 1, 0), cost(last, 1, 2))
        };
        (path.start, path.end) = (start, end);
    }
}
