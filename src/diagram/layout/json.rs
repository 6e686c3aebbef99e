//! Graph and drawing as JSON, for tools that judge or draw them elsewhere.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{EdgeKind, Layout, LayoutEdge, LayoutGraph, LayoutNode, NodeId};
use crate::diagram::geometry::Size;

/// The longest side of a box that is read; what is drawn stays exact below it.
const LONGEST: f64 = 1e6;

/// Why a text is not a graph.
#[derive(Debug)]
pub enum GraphError {
    /// Not JSON, or not of this shape.
    Shape(serde_json::Error),
    /// Two nodes have one name.
    DuplicateNode(String),
    /// A parent or an end of an edge is the name of no node.
    UnknownNode(String),
    /// A length is negative or beyond a million.
    BadLength(f64),
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GraphError::Shape(error) => write!(f, "This is not a graph: {error}"),
            GraphError::DuplicateNode(id) => write!(f, "Two nodes have the id {id:?}"),
            GraphError::UnknownNode(id) => write!(f, "No node has the id {id:?}"),
            GraphError::BadLength(length) => {
                write!(f, "{length} is no width or height; 0 to 1000000 is")
            }
        }
    }
}

impl std::error::Error for GraphError {}

#[derive(Deserialize)]
struct PlainGraph {
    nodes: Vec<PlainNode>,
    edges: Vec<PlainEdge>,
}

#[derive(Deserialize)]
struct PlainNode {
    id: String,
    width: f64,
    height: f64,
    parent: Option<String>,
}

#[derive(Deserialize)]
struct PlainEdge {
    source: String,
    target: String,
    label_width: Option<f64>,
    label_height: Option<f64>,
}

/// Reads a graph and the names of its nodes: nodes with `id`, extents and parents, edges
/// with `source`, `target` and the extents of their labels. The node `__start` is where
/// the flow begins. Other members are ignored.
pub fn from_json(text: &str) -> Result<(LayoutGraph, Vec<String>), GraphError> {
    let plain: PlainGraph = serde_json::from_str(text).map_err(GraphError::Shape)?;
    let mut ids = HashMap::new();
    for (index, node) in plain.nodes.iter().enumerate() {
        if ids.insert(node.id.as_str(), NodeId(index)).is_some() {
            return Err(GraphError::DuplicateNode(node.id.clone()));
        }
    }
    let find = |id: &String| {
        let unknown = || GraphError::UnknownNode(id.clone());
        ids.get(id.as_str()).copied().ok_or_else(unknown)
    };
    let mut graph = LayoutGraph::default();
    for node in &plain.nodes {
        graph.nodes.push(LayoutNode {
            size: size(node.width, node.height)?,
            parent: node.parent.as_ref().map(find).transpose()?,
            is_entry: node.id == "__start",
            key: Some(key(&node.id)),
            ..LayoutNode::default()
        });
    }
    for edge in &plain.edges {
        let label = match (edge.label_width, edge.label_height) {
            (Some(width), Some(height)) => Some(size(width, height)?),
            _ => None,
        };
        graph.edges.push(LayoutEdge {
            source: find(&edge.source)?,
            target: find(&edge.target)?,
            label,
            kind: EdgeKind::Flow,
        });
    }
    let names = plain.nodes.into_iter().map(|node| node.id).collect();
    Ok((graph, names))
}

/// A number below 2⁵³ for a name.
fn key(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish() >> 11
}

fn size(width: f64, height: f64) -> Result<Size, GraphError> {
    for length in [width, height] {
        if !(0.0..=LONGEST).contains(&length) {
            return Err(GraphError::BadLength(length));
        }
    }
    Ok(Size::new(width, height))
}

/// Nodes with `x`, `y` (top left corners), extents and parents, edges with their points
/// and label centres, all in absolute coordinates. `ids` names the nodes, in order; a
/// node without a name gets its number.
pub fn to_json(graph: &LayoutGraph, layout: &Layout, ids: &[String]) -> String {
    let id = |node: usize| ids.get(node).cloned().unwrap_or_else(|| node.to_string());
    let nodes: Vec<Value> = graph
        .nodes
        .iter()
        .zip(&layout.nodes)
        .enumerate()
        .map(|(index, (node, at))| {
            let mut value = json!({
                "id": id(index), "x": at.x, "y": at.y, "width": at.width, "height": at.height,
            });
            if let (Some(parent), Some(object)) = (node.parent, value.as_object_mut()) {
                object.insert("parent".into(), id(parent.0).into());
            }
            value
        })
        .collect();
    let edges: Vec<Value> = graph
        .edges
        .iter()
        .zip(&layout.edges)
        .map(|(edge, route)| {
            let points = route.points.iter().map(|p| json!({ "x": p.x, "y": p.y }));
            let mut value = json!({
                "source": id(edge.source.0), "target": id(edge.target.0),
                "points": points.collect::<Vec<_>>(),
            });
            if let (Some(label), Some(object)) = (route.label, value.as_object_mut()) {
                let center = label.center();
                object.insert("label_x".into(), center.x.into());
                object.insert("label_y".into(), center.y.into());
                object.insert("label_width".into(), label.width.into());
                object.insert("label_height".into(), label.height.into());
            }
            value
        })
        .collect();
    json!({ "nodes": nodes, "edges": edges }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout::{LayoutOptions, layout};

    #[test]
    fn a_graph_goes_in_and_a_drawing_comes_out() {
        let text = r#"{"name": "two", "nodes": [
            {"id": "a", "width": 80, "height": 40}, {"id": "b", "width": 80, "height": 40}],
            "edges": [{"source": "a", "target": "b", "label_width": 20, "label_height": 18}]}"#;
        let (graph, ids) = from_json(text).unwrap();
        let drawing = layout(&graph, &LayoutOptions::default());
        let value: Value = serde_json::from_str(&to_json(&graph, &drawing, &ids)).unwrap();
        assert_eq!(value["nodes"][1]["id"], "b");
        assert_eq!(value["edges"][0]["label_width"], 20.0);
        assert!(value["nodes"][0]["y"].as_f64() < value["nodes"][1]["y"].as_f64());
    }

    #[test]
    fn what_is_no_graph_is_told() {
        for (text, said) in [
            ("[", "This is not a graph"),
            (r#"{"nodes": []}"#, "missing field `edges`"),
            (
                r#"{"nodes": [], "edges": [{"source": "a", "target": "b"}]}"#,
                "No node has the id \"a\"",
            ),
            (
                r#"{"nodes": [{"id": "a", "width": -1, "height": 1}], "edges": []}"#,
                "-1 is no width or height",
            ),
            (
                r#"{"nodes": [{"id": "a", "width": 1, "height": 1}, {"id": "a", "width": 1, "height": 1}], "edges": []}"#,
                "Two nodes have the id \"a\"",
            ),
        ] {
            let error = from_json(text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
