//! From a graph and its drawing to a scene.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::{
    Badge, CONTAINER, EdgeKind, Lineage, NodeKind, Scene, SceneEdge, SceneLabel, SceneNode,
};
use crate::asl::QueryLanguage;
use crate::diagram::geometry::{Point, Rect, Size};
use crate::diagram::graph::{self, NodeIndex, Origin, StateGraph};
use crate::diagram::layout::Route;
use crate::diagram::view::index::BoxIndex;
use crate::diagram::view::mounts::Key;
use crate::diagram::{Direction, Drawing, DrawnNode};

/// Everything that shows, taken together. `before` is the scene that it takes the place of.
pub(super) fn scene(
    graph: &StateGraph,
    drawing: &Drawing,
    of: (u32, Direction),
    before: Option<&Scene>,
) -> Scene {
    let mut scene = Scene {
        size: drawing.size,
        ..Scene::default()
    };
    let mut areas: HashMap<NodeIndex, Vec<Rect>> = HashMap::new();
    for lane in &drawing.lanes {
        areas.entry(lane.container).or_default().push(lane.area);
    }
    let mut dots: HashMap<NodeIndex, Vec<Point>> = HashMap::new();
    for drawn in &drawing.edges {
        let origin = graph.edge(drawn.edge).map(|edge| edge.origin);
        if matches!(origin, Some(Origin::InnerStart { .. })) {
            let starts = dots.entry(drawn.source).or_default();
            starts.extend(drawn.route.points.first());
        }
    }
    for drawn in &drawing.nodes {
        let Some(node) = graph.node(drawn.node) else {
            continue;
        };
        let areas = areas.remove(&drawn.node).unwrap_or_default();
        let dots = dots.remove(&drawn.node).unwrap_or_default();
        let mut node = scene_node(node, drawn, &areas, &dots);
        let index = scene.nodes.len();
        node.key = new_key(
            &mut scene.node_by_key,
            node.looks(),
            node.is_container,
            index,
        );
        scene.node_by_pointer.insert(node.pointer.clone(), index);
        scene.nodes.push(Arc::new(node));
    }
    for drawn in &drawing.edges {
        let (Some(edge), Some(source), Some(target)) = (
            graph.edge(drawn.edge),
            graph.node(drawn.source),
            graph.node(drawn.target),
        ) else {
            continue;
        };
        let mut edge = scene_edge(edge, source, target);
        let mut hasher = DefaultHasher::new();
        edge.hash(&mut hasher);
        edge.key = new_key(
            &mut scene.edge_by_key,
            hasher.finish(),
            false,
            scene.edges.len(),
        );
        scene.edges.push(Arc::new(edge));
        scene.routes.push(drawn.route.clone());
    }
    scene.near_nodes = BoxIndex::new(scene.nodes.iter().map(|node| node.rect.grown(MARKS, MARKS)));
    scene.near_edges = BoxIndex::new(scene.routes.iter().map(around));
    scene.lineage = lineage(&scene, of, before);
    scene
}

/// How far marks, such as that of a status, stand out of a node.
const MARKS: f64 = 12.0;

/// A key that no other has yet.
fn new_key(taken: &mut HashMap<Key, usize>, looks: u64, is_container: bool, index: usize) -> Key {
    let kind = if is_container { CONTAINER } else { 0 };
    let mut key = (looks & !3) | kind;
    while taken.contains_key(&key) {
        key = key.wrapping_add(4);
    }
    taken.insert(key, index);
    key
}

fn lineage(
    scene: &Scene,
    (opened, direction): (u32, Direction),
    before: Option<&Scene>,
) -> Lineage {
    let same = |before: &&Scene| before.lineage.opened == opened;
    let turnover = before.filter(same).map_or(0, |before| {
        let is_left = |node: &&SceneNode| scene.node_by_pointer.contains_key(&node.pointer);
        let left = before.nodes().filter(is_left).count();
        let is_another = 2 * left < before.nodes.len() || before.nodes.is_empty();
        before.lineage.turnover + u32::from(is_another)
    });
    Lineage {
        opened,
        direction,
        turnover,
    }
}

/// The box around an edge and its label.
fn around(route: &Route) -> Rect {
    let points = route.points.iter();
    let points = points.map(|point| Rect::at(*point, Size::default()));
    points
        .chain(route.label)
        .reduce(Rect::union)
        .unwrap_or_default()
}

fn scene_node(node: &graph::Node, drawn: &DrawnNode, areas: &[Rect], dots: &[Point]) -> SceneNode {
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
    let rect = drawn.rect;
    let badges = state.map(|state| state.badges.iter().map(badge).collect());
    SceneNode {
        key: 0,
        pointer: drawn.pointer.clone(),
        kind,
        name: node.name().map(ToString::to_string).unwrap_or_default(),
        summary,
        state_type: state.and_then(|state| state.state_type),
        badges: badges.unwrap_or_default(),
        is_container: drawn.is_open,
        is_folded: drawn.is_folded,
        dividers: dividers(areas, rect),
        dots: dots
            .iter()
            .map(|dot| [dot.x - rect.x, dot.y - rect.y])
            .collect(),
        rect,
    }
}

fn scene_edge(edge: &graph::Edge, source: &graph::Node, target: &graph::Node) -> SceneEdge {
    let from = match edge.origin {
        Origin::Start | Origin::InnerStart { .. } => edge.pointer.parent().unwrap_or_default(),
        Origin::Next | Origin::Rule { .. } | Origin::Default | Origin::Catch { .. } => {
            source.pointer.clone()
        }
    };
    let is_catch = matches!(edge.origin, Origin::Catch { .. });
    SceneEdge {
        key: 0,
        pointer: edge.pointer.clone(),
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
    }
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
