//! Horizontal tracks between two rows: which line runs above which, and how many there are.
#![allow(clippy::indexing_slicing)] // Every index is a net of the list at hand.

use crate::source::sort::{rising, sort_by_number};

/// All pieces of edges between two rows that share a horizontal line.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    /// Where it comes down from the upper row.
    pub tops: Vec<f64>,
    /// Where it goes down to the lower row.
    pub bottoms: Vec<f64>,
}

impl Net {
    fn span(&self) -> (f64, f64) {
        let all = self.tops.iter().chain(&self.bottoms);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| {
            (low.min(x), high.max(x))
        })
    }

    /// Whether it needs no horizontal line.
    pub(super) fn is_straight(&self) -> bool {
        let (low, high) = self.span();
        high - low < 0.5
    }
}

/// Lines of different nets end at least this far from each other on one track.
const CLEARANCE: f64 = 8.0;

/// Weight of two vertical lines on top of each other, which must not be.
const COLLISION: i64 = 1_000;

/// A track for each net, from 0 at the top, and the number of tracks.
pub(super) fn tracks(nets: &[Net]) -> (Vec<usize>, usize) {
    let spans: Vec<(f64, f64)> = nets.iter().map(Net::span).collect();
    let mut by_left: Vec<usize> = (0..nets.len())
        .filter(|&net| !nets[net].is_straight())
        .collect();
    sort_by_number(&mut by_left, |&net| rising(spans[net].0));
    // Arcs from the upper net of a pair to the lower one, with what it costs to turn them.
    let mut below: Vec<Vec<(usize, i64)>> = vec![Vec::new(); nets.len()];
    for (at, &a) in by_left.iter().enumerate() {
        for &b in &by_left[at + 1..] {
            if spans[b].0 > spans[a].1 + CLEARANCE {
                break;
            }
            let a_first = cost(&nets[a], &nets[b], spans[a], spans[b]);
            let b_first = cost(&nets[b], &nets[a], spans[b], spans[a]);
            if a_first <= b_first {
                below[a].push((b, b_first - a_first));
            } else {
                below[b].push((a, a_first - b_first));
            }
        }
    }
    let order = order(&below, &by_left);
    let mut position = vec![0; nets.len()];
    for (at, &net) in order.iter().enumerate() {
        position[net] = at;
    }
    // An arc against the order is turned; levels follow from what is above.
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); nets.len()];
    for &a in &by_left {
        for &(b, _) in &below[a] {
            if position[a] < position[b] {
                above[b].push(a);
            } else {
                above[a].push(b);
            }
        }
    }
    let mut level = vec![0; nets.len()];
    let mut count = 0;
    for &net in &order {
        level[net] = above[net]
            .iter()
            .map(|&upper| level[upper] + 1)
            .max()
            .unwrap_or(0);
        count = count.max(level[net] + 1);
    }
    (level, count)
}

/// What it costs to draw `upper` above `lower`: crossings and collisions.
fn cost(upper: &Net, lower: &Net, upper_span: (f64, f64), lower_span: (f64, f64)) -> i64 {
    let inside = |lines: &[f64], span: (f64, f64)| {
        lines.iter().filter(|&&x| x > span.0 && x < span.1).count() as i64
    };
    let mut cost = inside(&lower.tops, upper_span) + inside(&upper.bottoms, lower_span);
    for top in &lower.tops {
        if upper
            .bottoms
            .iter()
            .any(|bottom| (bottom - top).abs() < 1.0)
        {
            cost += COLLISION;
        }
    }
    cost
}

/// An order from top to bottom that turns few arcs: nets with nothing above them come
/// first, and where all wait for each other the one that loses least.
fn order(below: &[Vec<(usize, i64)>], nets: &[usize]) -> Vec<usize> {
    let mut waits = vec![0_usize; below.len()];
    let mut loss = vec![0_i64; below.len()];
    for &a in nets {
        for &(b, cost) in &below[a] {
            waits[b] += 1;
            loss[b] += cost;
        }
    }
    let mut is_done = vec![false; below.len()];
    let mut ready: std::collections::VecDeque<usize> = nets
        .iter()
        .copied()
        .filter(|&net| waits[net] == 0)
        .collect();
    let mut order = Vec::with_capacity(nets.len());
    while order.len() < nets.len() {
        let next = ready.pop_front().or_else(|| {
            let open = nets.iter().copied().filter(|&net| !is_done[net]);
            open.min_by_key(|&net| (loss[net], net))
        });
        let Some(net) = next else { break };
        if std::mem::replace(&mut is_done[net], true) {
            continue;
        }
        order.push(net);
        for &(b, cost) in &below[net] {
            waits[b] = waits[b].saturating_sub(1);
            loss[b] -= cost;
            if waits[b] == 0 && !is_done[b] {
                ready.push_back(b);
            }
        }
    }
    order
}
