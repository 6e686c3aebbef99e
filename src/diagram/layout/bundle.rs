//! Edges that run side by side to one target are joined into one line before they
//! reach it: less width, and the eye sees one handler instead of a cable.
#![allow(clippy::indexing_slicing)] // Every index is an item or a row of the rows at hand.

use super::rows::{ItemKind, Rows};

/// Joins neighbours in a row that belong to edges of one kind and go on to the same item.
pub(super) fn bundle(rows: &mut Rows) {
    let mut next = vec![usize::MAX; rows.items.len()];
    for path in &rows.paths {
        for pair in path.items.windows(2) {
            if rows.items[pair[0]].kind != ItemKind::Node {
                next[pair[0]] = pair[1];
            }
        }
    }
    let mut joined: Vec<usize> = (0..rows.items.len()).collect();
    let count = rows.rows.len();
    // Downward edges are followed from their targets upwards, upward edges downwards.
    for row in (0..count).rev() {
        join_row(rows, row, false, &mut next, &mut joined);
    }
    for row in 0..count {
        join_row(rows, row, true, &mut next, &mut joined);
    }
    for path in &mut rows.paths {
        for item in &mut path.items {
            *item = find(&mut joined, *item);
        }
    }
}

fn join_row(rows: &mut Rows, row: usize, upward: bool, next: &mut [usize], joined: &mut [usize]) {
    // Items beside a node go on within the row, so those nearest the end come first.
    for _ in 0..2 {
        let old = std::mem::take(&mut rows.rows[row]);
        let mut kept: Vec<usize> = Vec::with_capacity(old.len());
        for item in old {
            if next[item] != usize::MAX {
                next[item] = find(joined, next[item]);
            }
            let left = kept.last().copied();
            let left = left.filter(|&left| fits(rows, next, left, item, upward));
            match left {
                // A passing line keeps its kind: the one that begins here turns into it.
                Some(left) if rows.items[left].kind != ItemKind::Bend => {
                    joined[left] = item;
                    kept.pop();
                    kept.push(item);
                }
                Some(left) => joined[item] = left,
                None => kept.push(item),
            }
        }
        rows.rows[row] = kept;
    }
}

fn fits(rows: &Rows, next: &[usize], left: usize, right: usize, upward: bool) -> bool {
    let (a, b) = (rows.items[left], rows.items[right]);
    let passes = |kind| matches!(kind, ItemKind::Bend | ItemKind::Side(..));
    let ends_at = |kind, next| matches!(kind, ItemKind::Side(node, _) if node == next);
    passes(a.kind)
        && passes(b.kind)
        && a.is_upward == upward
        && b.is_upward == upward
        && a.edge_kind == b.edge_kind
        && next[left] != usize::MAX
        && next[left] == next[right]
        && ends_at(a.kind, next[left]) == ends_at(b.kind, next[right])
}

fn find(joined: &mut [usize], mut item: usize) -> usize {
    while joined[item] != item {
        joined[item] = joined[joined[item]];
        item = joined[item];
    }
    item
}
