//! An edge that skips what its siblings do runs straight down between them: the main
//! flow goes on, and optional states stand at its sides.
#![allow(clippy::indexing_slicing)] // Every index is a node or a path of the rows at hand.

use std::collections::BTreeSet;

use super::flat::FlatGraph;
use super::rows::Path;

/// How many nodes to look at on the ways of one sibling.
const REACH: usize = 32;

/// A bypass over more ranks than this gives way to what it skips.
const LONGEST: usize = 3;

/// Moves bypasses in the lists of leaving paths to the middle of the siblings that lead to
/// the same target, and returns those that should be straight.
pub(super) fn arrange(
    leaving: &mut [Vec<usize>],
    paths: &[Path],
    graph: &FlatGraph,
    ranks: &[usize],
) -> BTreeSet<usize> {
    let mut straight = BTreeSet::new();
    let target = |index: usize| graph.edges[paths[index].edge].target;
    for node in 0..leaving.len() {
        let siblings = &leaving[node];
        if siblings.len() < 2 {
            continue;
        }
        let found = siblings.iter().find_map(|&path| {
            let to = target(path);
            let is_long = ranks[to] >= ranks[node] + 2;
            let is_only = siblings
                .iter()
                .filter(|&&other| target(other) == to)
                .count()
                == 1;
            if !is_long || !is_only {
                return None;
            }
            let reaching: Vec<usize> = siblings
                .iter()
                .copied()
                .filter(|&other| {
                    other != path && leads_to(target(other), to, leaving, &target, ranks)
                })
                .collect();
            (!reaching.is_empty()).then_some((path, reaching))
        });
        let Some((path, reaching)) = found else {
            continue;
        };
        let mut order = siblings.clone();
        order.retain(|&other| other != path);
        let place = |wanted: usize| order.iter().position(|&other| other == wanted).unwrap_or(0);
        // Beside a single sibling it stays on its own side.
        let first = place(reaching[0]);
        let was_first = siblings.iter().position(|&other| other == path) <= Some(first);
        let at = if reaching.len() == 1 && was_first {
            first
        } else {
            place(reaching[(reaching.len() - 1) / 2]) + 1
        };
        order.insert(at, path);
        let is_middle = order.len() % 2 == 1 && at == order.len() / 2;
        if is_middle && ranks[target(path)] <= ranks[node] + LONGEST {
            straight.insert(path);
        }
        leaving[node] = order;
    }
    straight
}

/// Whether a way leads down from one node to another.
fn leads_to(
    from: usize,
    to: usize,
    leaving: &[Vec<usize>],
    target: &dyn Fn(usize) -> usize,
    ranks: &[usize],
) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() && seen.len() < REACH {
        for &path in &leaving[seen[at]] {
            let next = target(path);
            if next == to {
                return true;
            }
            if ranks[next] < ranks[to] && !seen.contains(&next) {
                seen.push(next);
            }
        }
        at += 1;
    }
    false
}
