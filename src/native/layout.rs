//! `statelab layout`: where everything stands, as JSON.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use super::answer::Answer;
use super::flow::Flow;
use super::input::{ReadError, read};
use crate::authoring::document::Document;
use crate::diagram::layout::{self, GraphError, LayoutGraph, Memory};
use crate::diagram::sizing::{estimate, to_layout};
use crate::diagram::{LayoutOptions, state_graph};

/// Lay out a definition, or any graph, and print the geometry as JSON.
///
/// Nodes come with `id` (the JSON Pointer of the state), `x`, `y`, `width`, `height` and
/// `parent`, edges with their points; all coordinates are absolute. A broken definition
/// is drawn as far as it can be read.
///
/// Exit codes: 0 done, 2 a file that cannot be read or is no graph.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: statelab layout order.asl.json --direction LR")]
pub struct Arguments {
    /// A definition; `-` for standard input.
    #[arg(required_unless_present = "graph", conflicts_with = "graph")]
    file: Option<PathBuf>,
    /// A graph instead: `{"nodes": [{"id", "width", "height", "parent"?}],
    /// "edges": [{"source", "target", "label_width"?, "label_height"?}]}`.
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
    /// The definition or graph before an edit: what did not change stays as it was, and the
    /// rest keeps its order where that costs no crossing.
    #[arg(long, value_name = "FILE")]
    after: Option<PathBuf>,
    /// Which way the flow runs.
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    direction: Flow,
}

/// Why nothing was laid out.
#[derive(Debug)]
pub enum LayoutError {
    /// A file cannot be read.
    Read(ReadError),
    /// A file is not a graph.
    Graph {
        /// Which one.
        name: String,
        /// Why.
        error: GraphError,
    },
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LayoutError::Read(error) => error.fmt(f),
            LayoutError::Graph { name, error } => write!(f, "{name}: {error}"),
        }
    }
}

impl std::error::Error for LayoutError {}

impl From<ReadError> for LayoutError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Lays out a definition or a graph.
pub fn layout(arguments: &Arguments) -> Result<Answer, LayoutError> {
    let is_graph = arguments.graph.is_some();
    // The arguments demand one of the two.
    let file = arguments.graph.as_ref().or(arguments.file.as_ref());
    let (graph, ids) = read_graph(file.map_or(Path::new("-"), PathBuf::as_path), is_graph)?;
    let options = LayoutOptions {
        direction: arguments.direction.into(),
        ..LayoutOptions::default()
    };
    let mut memory = Memory::default();
    if let Some(before) = &arguments.after {
        let (before, _) = read_graph(before, is_graph)?;
        layout::layout_again(&before, &options, &mut memory);
    }
    let drawing = layout::layout_again(&graph, &options, &mut memory);
    Ok(Answer::good(layout::to_json(&graph, &drawing, &ids) + "\n"))
}

fn read_graph(path: &Path, is_graph: bool) -> Result<(LayoutGraph, Vec<String>), LayoutError> {
    if is_graph {
        let text = read(path)?;
        return layout::from_json(&text.text).map_err(|error| LayoutError::Graph {
            name: text.name,
            error,
        });
    }
    let text = read(path)?.text;
    let graph = state_graph(Document::open(text).machine());
    let sized = to_layout(&graph, &BTreeSet::new(), &estimate);
    let nodes = sized.nodes.iter().filter_map(|&node| graph.node(node));
    let ids = nodes.map(|node| node.pointer.to_string()).collect();
    Ok((sized.graph, ids))
}
