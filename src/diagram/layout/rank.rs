//! Which row a node stands in: below everything that leads to it, as near as can be.
#![allow(clippy::indexing_slicing)] // Every index is a node or an edge of the flat graph at hand.

use super::EdgeKind;
use super::flat::FlatGraph;
use super::simplex::{self, Arc, Slack};

/// The row of each node, from 0. `leads_back` must break all cycles.
///
/// The sum of edge lengths is as small as possible, so an end stays right below its
/// source; the flow counts more than exceptions.
pub(super) fn rank(graph: &FlatGraph, leads_back: &[bool]) -> Vec<usize> {
    let count = graph.nodes.len();
    let mut arcs: Vec<Arc> = graph
        .edges
        .iter()
        .zip(leads_back)
        .filter(|(edge, _)| edge.source != edge.target)
        .map(|(edge, &back)| Arc {
            tail: if back { edge.target } else { edge.source },
            head: if back { edge.source } else { edge.target },
            length: 1,
            weight: match edge.kind {
                EdgeKind::Flow if !back => 3,
                EdgeKind::Flow | EdgeKind::Catch => 1,
            },
        })
        .collect();
    // Nothing stands above the entry, though nothing leads to it from there.
    if let Some(entry) = graph.entry {
        let mut has_incoming = vec![false; count];
        for arc in &arcs {
            has_incoming[arc.head] = true;
        }
        let others = (0..count).filter(|&node| node != entry && !has_incoming[node]);
        arcs.extend(others.map(|head| Arc {
            tail: entry,
            head,
            length: 0,
            weight: 0,
        }));
    }
    let mut rows = vec![0; count];
    simplex::push_apart(&mut rows, &arcs, &topological(count, &arcs));
    simplex::solve(&mut rows, &arcs, Slack::Keep);
    let top = rows.iter().copied().min().unwrap_or(0);
    rows.iter()
        .map(|row| usize::try_from(row - top).unwrap_or(0))
        .collect()
}

/// The nodes of an acyclic graph, tail before head, otherwise in file order.
pub(super) fn topological(count: usize, arcs: &[Arc]) -> Vec<usize> {
    let mut outgoing = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for arc in arcs {
        outgoing[arc.tail].push(arc.head);
        waiting[arc.head] += 1;
    }
    let mut order: Vec<usize> = (0..count).filter(|&node| waiting[node] == 0).collect();
    let mut at = 0;
    while at < order.len() {
        for &head in &outgoing[order[at]] {
            waiting[head] -= 1;
            if waiting[head] == 0 {
                order.push(head);
            }
        }
        at += 1;
    }
    order
}
