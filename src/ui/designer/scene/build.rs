//! From a graph and its drawing to a scene.

use std::sync::Arc;

use super::{Badge, EdgeKind, NodeKind, Scene, SceneEdge, SceneLabel, SceneNode};
use crate::asl::QueryLanguage;
use crate::diagram::Drawing;
use crate::diagram::geometry::Rect;
use crate::diagram::graph::{self, Origin, StateGraph};

/// Everything that shows, taken together.
pub(super) fn scene(graph: &StateGraph, drawing: &Drawing) -> Scene {
    let mut scene = Scene {
        size: drawing.size,
        ..Scene::default()
    };
    for drawn in &drawing.nodes {
        let Some(node) = graph.node(drawn.node) else {
            continue;
        };
        let state = node.state();
        let kind = match &node.kind {
            graph::NodeKind::Start => NodeKind::Start,
            graph::NodeKind::State(_) => NodeKind::State,
            graph::NodeKind::Ghost(_) => NodeKind::Ghost,
        };
        let summary = match &node.kind {
            graph::NodeKind::Start => String::new(),
            graph::NodeKind::State(state) => state.summary.clone(),
            graph::NodeKind::Ghost(ghost) if ghost.is_substituted => {
                "Named when it is deployed".to_owned()
            }
            graph::NodeKind::Ghost(_) => "No state has this name".to_owned(),
        };
        let (rect, lanes) = (
            drawn.rect,
            drawing
                .lanes
                .iter()
                .filter(|lane| lane.container == drawn.node),
        );
        let areas: Vec<Rect> = lanes.map(|lane| lane.area).collect();
        let starts = drawing.edges.iter().filter(|edge| {
            edge.source == drawn.node
                && graph
                    .edge(edge.edge)
                    .is_some_and(|edge| matches!(edge.origin, Origin::InnerStart { .. }))
        });
        let dots = starts
            .filter_map(|edge| edge.route.points.first())
            .map(|dot| [dot.x - rect.x, dot.y - rect.y]);
        scene.rects.insert(drawn.pointer.clone(), rect);
        scene.nodes.push(Arc::new(SceneNode {
            pointer: drawn.pointer.clone(),
            kind,
            name: node.name().map(ToString::to_string).unwrap_or_default(),
            summary,
            state_type: state.and_then(|state| state.state_type),
            badges: state
                .map(|state| state.badges.iter().map(badge).collect())
                .unwrap_or_default(),
            is_container: drawn.is_open,
            is_folded: drawn.is_folded,
            dividers: dividers(&areas, rect),
            dots: dots.collect(),
            rect,
        }));
    }
    for drawn in &drawing.edges {
        let (Some(edge), Some(source), Some(target)) = (
            graph.edge(drawn.edge),
            graph.node(drawn.source),
            graph.node(drawn.target),
        ) else {
            continue;
        };
        let from = match edge.origin {
            Origin::Start | Origin::InnerStart { .. } => edge.pointer.parent().unwrap_or_default(),
            Origin::Next | Origin::Rule { .. } | Origin::Default | Origin::Catch { .. } => {
                source.pointer.clone()
            }
        };
        let is_catch = matches!(edge.origin, Origin::Catch { .. });
        scene
            .routes
            .insert(drawn.pointer.clone(), (drawn.path(), drawn.route.label));
        scene.edges.push(Arc::new(SceneEdge {
            pointer: drawn.pointer.clone(),
            from,
            to: target.pointer.clone(),
            kind: if is_catch {
                EdgeKind::Catch
            } else {
                EdgeKind::Flow
            },
            is_inner_start: matches!(edge.origin, Origin::InnerStart { .. }),
            is_broken: edge.is_broken,
            label: edge.label.as_ref().map(|label| SceneLabel {
                number: label.number,
                text: label.text.clone(),
                full: label.title.clone(),
                is_code: edge.origin != Origin::Default,
            }),
        }));
    }
    scene
}

/// Where two lanes of a container meet.
fn dividers(areas: &[Rect], container: Rect) -> Vec<[f64; 4]> {
    let pairs = areas.iter().zip(areas.iter().skip(1));
    pairs
        .map(|(before, after)| {
            let (x, y) = (after.x - container.x, after.y - container.y);
            if after.x > before.x {
                return [x, y + 4.0, x, y + after.height - 4.0];
            }
            [x + 4.0, y, x + after.width - 4.0, y]
        })
        .collect()
}

fn badge(badge: &graph::Badge) -> Badge {
    let (icon, count, sentence) = match badge {
        graph::Badge::Retry(1) => ("i-retry", Some("1".into()), "1 retry attempt".into()),
        graph::Badge::Retry(count) => (
            "i-retry",
            Some(count.to_string()),
            format!("{count} retry attempts"),
        ),
        graph::Badge::Catch(1) => ("i-catch", Some("1".into()), "1 catcher".into()),
        graph::Badge::Catch(count) => (
            "i-catch",
            Some(count.to_string()),
            format!("{count} catchers"),
        ),
        graph::Badge::Concurrency(Some(count)) => (
            "i-times",
            Some(count.to_string()),
            format!("at most {count} iterations at once"),
        ),
        graph::Badge::Concurrency(None) => (
            "i-times",
            None,
            "the run tells how many iterations at once".into(),
        ),
        graph::Badge::Distributed => ("t-map", Some("D".into()), "distributed".into()),
        graph::Badge::WaitsForToken => ("i-token", None, "waits for a task token".into()),
        graph::Badge::QueryLanguage(QueryLanguage::Jsonata) => {
            ("i-sub", None, "speaks JSONata".into())
        }
        graph::Badge::QueryLanguage(QueryLanguage::JsonPath) => {
            ("i-sub", None, "speaks JSONPath".into())
        }
    };
    Badge {
        icon,
        count,
        sentence,
    }
}
