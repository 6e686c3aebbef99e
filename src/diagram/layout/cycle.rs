//! Which edges lead back: a depth-first walk from the entry in file order.
#![allow(clippy::indexing_slicing)] // Every index is a node or an edge of the flat graph at hand.

use super::flat::FlatGraph;

/// Marks the edges that must be turned round for the rest to have no cycle.
///
/// The entry comes first, whatever leads to it; then nodes that nothing leads to; then
/// the others in file order. An edge to a node that the walk is still inside leads back,
/// and so does every edge to the entry.
pub(super) fn back_edges(graph: &FlatGraph) -> Vec<bool> {
    let count = graph.nodes.len();
    let mut outgoing = vec![Vec::new(); count];
    let mut has_incoming = vec![false; count];
    for (index, edge) in graph.edges.iter().enumerate() {
        outgoing[edge.source].push(index);
        if edge.source != edge.target {
            has_incoming[edge.target] = true;
        }
    }
    let mut leads_back = vec![false; graph.edges.len()];
    let mut state = vec![Visit::Ahead; count];
    let sources = (0..count).filter(|&node| !has_incoming[node]);
    for start in graph.entry.into_iter().chain(sources).chain(0..count) {
        if state[start] != Visit::Ahead {
            continue;
        }
        state[start] = Visit::Inside;
        let mut stack = vec![(start, 0)];
        while let Some((node, at)) = stack.pop() {
            let Some(&index) = outgoing[node].get(at) else {
                state[node] = Visit::Behind;
                continue;
            };
            stack.push((node, at + 1));
            let target = graph.edges[index].target;
            match state[target] {
                Visit::Inside => leads_back[index] = true,
                Visit::Behind => leads_back[index] = graph.entry == Some(target),
                Visit::Ahead => {
                    state[target] = Visit::Inside;
                    stack.push((target, 0));
                }
            }
        }
    }
    leads_back
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Ahead,
    Inside,
    Behind,
}
