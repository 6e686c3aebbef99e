//! Network simplex: integer positions for nodes so that every arc is at least as
//! long as it must be and the weighted sum of lengths is as small as possible.
//!
//! The same solver ranks nodes into rows and places them along a row, as described
//! by Gansner, Koutsofios, North and Vo in "A technique for drawing directed graphs".
#![allow(clippy::indexing_slicing)] // Every index is a node or an arc that this module numbered itself.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Demands `position[head] - position[tail] >= length` and costs `weight` per unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub tail: usize,
    pub head: usize,
    pub length: i64,
    pub weight: i64,
}

/// What to do with nodes that could stand in several places at the same cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slack {
    /// Leave them where the search put them.
    Keep,
    /// Put them into the middle of their play, which centres parents over children.
    Halve,
}

/// Steps after which the search settles for the best it has, so that a hostile
/// graph costs time in proportion to its size.
const STEPS_PER_ARC: usize = 3_000;
const STEPS_AT_MOST: usize = 60_000_000;

/// How many candidates to look at for the arc that leaves the tree.
const CANDIDATES: usize = 30;

const NONE: usize = usize::MAX;

/// Improves `positions`, which must satisfy every arc. A graph in several pieces is left alone.
pub(super) fn solve(positions: &mut [i64], arcs: &[Arc], slack: Slack) {
    let Some(mut tree) = Tree::tight(positions, arcs) else {
        return;
    };
    tree.number(0, 0);
    tree.cut_values();
    let budget = (arcs.len() * STEPS_PER_ARC).min(STEPS_AT_MOST);
    while tree.steps < budget {
        let Some(leaving) = tree.leaving() else { break };
        let Some(entering) = tree.entering(leaving) else {
            break;
        };
        tree.exchange(leaving, entering, 1);
    }
    if slack == Slack::Halve {
        tree.halve_slack();
    }
}

/// Moves positions along the arcs until all hold, starting from the given ones.
/// The arcs must have no cycle; `order` lists the nodes tail before head.
pub(super) fn push_apart(positions: &mut [i64], arcs: &[Arc], order: &[usize]) {
    let mut outgoing = vec![Vec::new(); positions.len()];
    for arc in arcs {
        outgoing[arc.tail].push((arc.head, arc.length));
    }
    for &node in order {
        for &(head, length) in &outgoing[node] {
            positions[head] = positions[head].max(positions[node] + length);
        }
    }
}

/// A spanning tree of tight arcs, numbered in postorder.
struct Tree<'a> {
    arcs: &'a [Arc],
    positions: &'a mut [i64],
    incident: Vec<Vec<usize>>,
    in_tree: Vec<bool>,
    tree_arcs: Vec<usize>,
    /// Where an arc stands in `tree_arcs`.
    slot: Vec<usize>,
    neighbours: Vec<Vec<usize>>,
    parent: Vec<usize>,
    low: Vec<usize>,
    lim: Vec<usize>,
    by_lim: Vec<usize>,
    cut: Vec<i64>,
    cursor: usize,
    steps: usize,
}

impl<'a> Tree<'a> {
    /// Grows a tree from node 0 by the least slack, shifting what it has so far.
    fn tight(positions: &'a mut [i64], arcs: &'a [Arc]) -> Option<Self> {
        let count = positions.len();
        let mut incident = vec![Vec::new(); count];
        for (index, arc) in arcs.iter().enumerate() {
            incident[arc.tail].push(index);
            incident[arc.head].push(index);
        }
        let mut reached = vec![false; count];
        let mut tree_arcs = Vec::with_capacity(count.saturating_sub(1));
        // Positions inside the tree are kept relative to `shift`, so that a shift of
        // the whole tree costs nothing.
        let mut shift = 0_i64;
        let mut outward = BinaryHeap::new();
        let mut inward = BinaryHeap::new();
        let mut joining = if count == 0 { None } else { Some(0) };
        while let Some(node) = joining.take() {
            reached[node] = true;
            positions[node] -= shift;
            for &index in &incident[node] {
                let arc = arcs[index];
                if arc.tail == node && !reached[arc.head] {
                    let slack = positions[arc.head] - (positions[node] + shift) - arc.length;
                    outward.push(Reverse((slack + shift, index)));
                } else if arc.head == node && !reached[arc.tail] {
                    let slack = positions[node] + shift - positions[arc.tail] - arc.length;
                    inward.push(Reverse((slack - shift, index)));
                }
            }
            while outward
                .peek()
                .is_some_and(|&Reverse((_, index))| reached[arcs[index].head])
            {
                outward.pop();
            }
            while inward
                .peek()
                .is_some_and(|&Reverse((_, index))| reached[arcs[index].tail])
            {
                inward.pop();
            }
            let out = outward
                .peek()
                .map(|&Reverse((key, index))| (key - shift, index));
            let into = inward
                .peek()
                .map(|&Reverse((key, index))| (key + shift, index));
            let takes_outward = match (out, into) {
                (Some(a), Some(b)) => a <= b,
                (Some(_), None) => true,
                (None, _) => false,
            };
            if takes_outward && let Some((slack, index)) = out {
                shift += slack;
                tree_arcs.push(index);
                joining = Some(arcs[index].head);
            } else if let Some((slack, index)) = into {
                shift -= slack;
                tree_arcs.push(index);
                joining = Some(arcs[index].tail);
            }
        }
        for (position, reached) in positions.iter_mut().zip(&reached) {
            if *reached {
                *position += shift;
            }
        }
        if count == 0 || reached.contains(&false) {
            return None;
        }
        let mut tree = Self {
            arcs,
            positions,
            incident,
            in_tree: vec![false; arcs.len()],
            slot: vec![NONE; arcs.len()],
            neighbours: vec![Vec::new(); count],
            parent: vec![NONE; count],
            low: vec![0; count],
            lim: vec![0; count],
            by_lim: vec![0; count],
            cut: vec![0; arcs.len()],
            cursor: 0,
            steps: 0,
            tree_arcs: Vec::new(),
        };
        for index in tree_arcs {
            tree.link(index);
            tree.slot[index] = tree.tree_arcs.len();
            tree.tree_arcs.push(index);
        }
        Some(tree)
    }

    fn link(&mut self, index: usize) {
        let arc = self.arcs[index];
        self.in_tree[index] = true;
        self.neighbours[arc.tail].push(index);
        self.neighbours[arc.head].push(index);
    }

    fn unlink(&mut self, index: usize) {
        let arc = self.arcs[index];
        self.in_tree[index] = false;
        self.neighbours[arc.tail].retain(|&other| other != index);
        self.neighbours[arc.head].retain(|&other| other != index);
    }

    fn slack(&self, index: usize) -> i64 {
        let arc = self.arcs[index];
        self.positions[arc.head] - self.positions[arc.tail] - arc.length
    }

    /// Numbers the subtree of `root` in postorder from `low`; its parent arc stays.
    fn number(&mut self, root: usize, low: usize) {
        let mut next = low;
        self.low[root] = low;
        let mut stack = vec![(root, 0)];
        while let Some((node, at)) = stack.pop() {
            let Some(&index) = self.neighbours[node].get(at) else {
                self.lim[node] = next;
                self.by_lim[next] = node;
                next += 1;
                continue;
            };
            stack.push((node, at + 1));
            if index != self.parent[node] {
                let arc = self.arcs[index];
                let child = if arc.tail == node { arc.head } else { arc.tail };
                self.parent[child] = index;
                self.low[child] = next;
                stack.push((child, 0));
            }
        }
        self.steps += next - low;
    }

    fn is_below(&self, node: usize, root: usize) -> bool {
        self.low[root] <= self.lim[node] && self.lim[node] <= self.lim[root]
    }

    /// The end of a tree arc that is the child.
    fn child(&self, index: usize) -> usize {
        let arc = self.arcs[index];
        if self.parent[arc.tail] == index {
            arc.tail
        } else {
            arc.head
        }
    }

    fn cut_values(&mut self) {
        for at in 0..self.by_lim.len() {
            let node = self.by_lim[at];
            let index = self.parent[node];
            if index != NONE {
                self.cut[index] = self.cut_value(node, index);
            }
        }
    }

    /// The cut value of the arc above `node`, given those of all arcs below it.
    fn cut_value(&self, node: usize, above: usize) -> i64 {
        let node_is_tail = self.arcs[above].tail == node;
        let mut sum = 0;
        for &index in &self.incident[node] {
            let arc = self.arcs[index];
            let leaves = arc.tail == node;
            let other = if leaves { arc.head } else { arc.tail };
            let outside = !self.is_below(other, node);
            let value = if outside {
                arc.weight
            } else if self.in_tree[index] {
                self.cut[index] - arc.weight
            } else {
                -arc.weight
            };
            let with = leaves == node_is_tail;
            sum += if with == outside { value } else { -value };
        }
        sum
    }

    fn leaving(&mut self) -> Option<usize> {
        let mut best: Option<usize> = None;
        let mut seen = 0;
        let count = self.tree_arcs.len();
        for turn in 0..count {
            let at = (self.cursor + turn) % count;
            let index = self.tree_arcs[at];
            self.steps += 1;
            if self.cut[index] < 0 {
                if best.is_none_or(|best| self.cut[index] < self.cut[best]) {
                    best = Some(index);
                }
                seen += 1;
                if seen == CANDIDATES {
                    self.cursor = at + 1;
                    return best;
                }
            }
        }
        self.cursor = 0;
        best
    }

    /// The arc of least slack that leads back from the head's side to the tail's.
    fn entering(&mut self, leaving: usize) -> Option<usize> {
        let child = self.child(leaving);
        let child_is_tail = self.arcs[leaving].tail == child;
        let (low, lim) = (self.low[child], self.lim[child]);
        let inside_is_smaller = (lim - low + 1) * 2 <= self.by_lim.len();
        let mut best: Option<(i64, usize)> = None;
        let mut steps = 0;
        let mut look = |tree: &Self, node: usize| {
            for &index in &tree.incident[node] {
                steps += 1;
                let arc = tree.arcs[index];
                let tail_is_below = tree.is_below(arc.tail, child);
                let head_is_below = tree.is_below(arc.head, child);
                if tail_is_below == head_is_below || head_is_below != child_is_tail {
                    continue;
                }
                let key = (tree.slack(index), index);
                if best.is_none_or(|best| key < best) {
                    best = Some(key);
                }
            }
        };
        if inside_is_smaller {
            for at in low..=lim {
                look(self, self.by_lim[at]);
            }
        } else {
            for at in (0..low).chain(lim + 1..self.by_lim.len()) {
                look(self, self.by_lim[at]);
            }
        }
        self.steps += steps;
        best.map(|(_, index)| index)
    }

    /// Moves one side by a part of the entering arc's slack, which makes it tight when the part is all.
    fn shift(&mut self, leaving: usize, by: i64) {
        let child = self.child(leaving);
        let child_is_tail = self.arcs[leaving].tail == child;
        let (low, lim) = (self.low[child], self.lim[child]);
        let by = if child_is_tail { -by } else { by };
        if (lim - low + 1) * 2 <= self.by_lim.len() {
            for at in low..=lim {
                self.positions[self.by_lim[at]] += by;
            }
        } else {
            for at in (0..low).chain(lim + 1..self.by_lim.len()) {
                self.positions[self.by_lim[at]] -= by;
            }
        }
    }

    fn exchange(&mut self, leaving: usize, entering: usize, divisor: i64) {
        let slack = self.slack(entering);
        if slack > 0 {
            self.shift(leaving, slack / divisor);
        }
        let cut = self.cut[leaving];
        let arc = self.arcs[entering];
        let top = self.raise(arc.tail, arc.head, cut, true);
        self.raise(arc.head, arc.tail, cut, false);
        self.cut[entering] = -cut;
        self.cut[leaving] = 0;
        self.unlink(leaving);
        self.link(entering);
        let slot = self.slot[leaving];
        self.slot[leaving] = NONE;
        self.slot[entering] = slot;
        self.tree_arcs[slot] = entering;
        let low = self.low[top];
        self.number(top, low);
    }

    /// Adds `cut` along the tree path from `node` up to the first ancestor of `towards`.
    fn raise(&mut self, mut node: usize, towards: usize, cut: i64, upwards: bool) -> usize {
        while !self.is_below(towards, node) {
            let index = self.parent[node];
            if index == NONE {
                break;
            }
            let arc = self.arcs[index];
            let adds = (arc.tail == node) == upwards;
            self.cut[index] += if adds { cut } else { -cut };
            node = if arc.tail == node { arc.head } else { arc.tail };
            self.steps += 1;
        }
        node
    }

    /// A tree arc of cut value 0 joins two parts that may move against each other for
    /// free; each gets half of the play.
    fn halve_slack(&mut self) {
        for at in 0..self.tree_arcs.len() {
            if self.steps > STEPS_AT_MOST {
                return;
            }
            let leaving = self.tree_arcs[at];
            if self.cut[leaving] != 0 {
                continue;
            }
            if let Some(entering) = self.entering(leaving) {
                let slack = self.slack(entering);
                if slack > 1 {
                    self.shift(leaving, slack / 2);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(tail: usize, head: usize, weight: i64) -> Arc {
        Arc {
            tail,
            head,
            length: 1,
            weight,
        }
    }

    #[test]
    fn shortens_the_heavy_arcs() {
        // 0 → 1 → 2 → 3 and 0 → 4 → 3: node 4 hangs on its heavier arc.
        let arcs = [
            arc(0, 1, 1),
            arc(1, 2, 1),
            arc(2, 3, 1),
            arc(0, 4, 1),
            arc(4, 3, 5),
        ];
        let mut positions = [0, 1, 2, 3, 1];
        solve(&mut positions, &arcs, Slack::Keep);
        let from = positions[0];
        assert_eq!(positions.map(|p| p - from), [0, 1, 2, 3, 2]);
    }

    #[test]
    fn halves_what_is_free() {
        let arcs = [
            Arc {
                tail: 0,
                head: 1,
                length: 10,
                weight: 1,
            },
            Arc {
                tail: 0,
                head: 2,
                length: 0,
                weight: 1,
            },
            Arc {
                tail: 2,
                head: 1,
                length: 0,
                weight: 1,
            },
        ];
        let mut positions = [0, 10, 0];
        solve(&mut positions, &arcs, Slack::Halve);
        assert_eq!(positions[2] - positions[0], 5);
    }

    #[test]
    fn leaves_pieces_alone() {
        let mut positions = [3, 7];
        solve(&mut positions, &[], Slack::Halve);
        assert_eq!(positions, [3, 7]);
    }
}
