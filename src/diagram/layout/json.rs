//! The drawing as JSON, for tools that judge or draw it elsewhere.

use serde_json::{Value, json};

use super::{Layout, LayoutGraph};

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
