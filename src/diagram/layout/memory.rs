//! What a layout leaves for the next one: an edit lays out again only the parts that it
//! changed, and what it changed keeps its order wherever that costs no crossing.
#![allow(clippy::indexing_slicing)] // Every index is a node of the graph at hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flat::{self, FlatGraph, Piece};
use super::{EdgeKind, Layout, LayoutGraph, LayoutOptions};

/// Parts that were laid out, and where nodes stood. An empty one makes the drawing depend
/// on nothing but the graph.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The parts of the latest drawing, by all that they depend on.
    parts: BTreeMap<Vec<u64>, Arc<Piece>>,
    /// Those of the drawing before, while the next one is made.
    before: BTreeMap<Vec<u64>, Arc<Piece>>,
    /// Where nodes stood across the flow, by their keys.
    places: BTreeMap<u64, f64>,
    options: Option<LayoutOptions>,
    work: Work,
}

/// How much of the latest drawing is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Connected parts that were laid out.
    pub laid_out: usize,
    /// Connected parts that were taken over as they were.
    pub kept: usize,
}

impl Memory {
    /// How much of the latest drawing was new.
    pub fn work(&self) -> Work {
        self.work
    }

    pub(super) fn begin(&mut self, options: &LayoutOptions) {
        if self.options.as_ref() != Some(options) {
            *self = Self {
                options: Some(options.clone()),
                ..Self::default()
            };
        }
        self.before = std::mem::take(&mut self.parts);
        self.work = Work::default();
    }

    /// Where a node stood across the flow.
    pub(super) fn place(&self, key: u64) -> Option<f64> {
        self.places.get(&key).copied()
    }

    /// The part laid out, now or earlier. Where nodes stood is no part of what it depends
    /// on: one that has not changed stays as it is.
    pub(super) fn part(&mut self, graph: &FlatGraph, options: &LayoutOptions) -> Arc<Piece> {
        let content = content(graph);
        let known = self
            .parts
            .get(&content)
            .or_else(|| self.before.get(&content));
        let piece = if let Some(known) = known {
            self.work.kept += 1;
            known.clone()
        } else {
            self.work.laid_out += 1;
            Arc::new(flat::layout(graph, options))
        };
        self.parts.insert(content, piece.clone());
        piece
    }

    /// Keeps where everything stands; `drawing` runs downwards.
    pub(super) fn end(&mut self, graph: &LayoutGraph, drawing: &Layout) {
        self.before.clear();
        let placed = graph.nodes.iter().zip(&drawing.nodes);
        let placed = placed.filter_map(|(node, rect)| Some((node.key?, rect.center().x)));
        self.places = placed.collect();
    }
}

fn content(graph: &FlatGraph) -> Vec<u64> {
    let mut content = Vec::with_capacity(2 + 4 * graph.nodes.len() + 5 * graph.edges.len());
    content.push(graph.nodes.len() as u64);
    content.push(graph.entry.map_or(u64::MAX, |entry| entry as u64));
    for node in &graph.nodes {
        let lengths = [node.size.width, node.size.height, node.footer, node.aside];
        content.extend(lengths.map(f64::to_bits));
    }
    for edge in &graph.edges {
        let kind = match edge.kind {
            EdgeKind::Flow => 0,
            EdgeKind::Catch => 1,
        };
        let label = edge.label.map_or([u64::MAX; 2], |label| {
            [label.width.to_bits(), label.height.to_bits()]
        });
        content.extend([edge.source as u64, edge.target as u64, kind]);
        content.extend(label);
    }
    content
}
