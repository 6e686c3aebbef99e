//! What the canvas draws, ready for keyed views: appearances that rarely change
//! apart from places that do.
//!
//! document → graph → scene are memos. The graph holds only what shows, so typing
//! inside a field that does not show neither lays out nor draws anything again.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;

use super::folds::FoldStore;
use crate::asl::{Pointer, QueryLanguage, StateType};
use crate::diagram::geometry::{Rect, Size};
use crate::diagram::graph::{self, Origin, StateGraph, state_graph};
use crate::diagram::layout::{Direction, LayoutOptions};
use crate::diagram::sizing::TextStyle;
use crate::diagram::{Drawing, draw};
use crate::execution::projection::{StateStatus, Status, TakenTransition};
use crate::ui::dom::measure::{Font, text_width};
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, ExecutionStore};

/// Everything that is drawn, with its places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scene {
    nodes: Vec<Arc<SceneNode>>,
    edges: Vec<Arc<SceneEdge>>,
    rects: HashMap<Pointer, Rect>,
    routes: HashMap<Pointer, (String, Option<Rect>)>,
    size: Size,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NodeKind {
    Start,
    State,
    Ghost,
}

/// A node's appearance, and where it stood when it was made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SceneNode {
    pub pointer: Pointer,
    pub kind: NodeKind,
    pub name: String,
    pub summary: String,
    pub state_type: Option<StateType>,
    pub badges: Vec<Badge>,
    pub is_container: bool,
    pub is_folded: bool,
    /// Lines between lanes, in coordinates of the node.
    pub dividers: Vec<[f64; 4]>,
    /// Where lanes begin, in coordinates of the node.
    pub dots: Vec<[f64; 2]>,
    pub rect: Rect,
}

/// A small sign with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Badge {
    pub icon: &'static str,
    pub count: Option<String>,
    pub sentence: String,
}

/// How an edge leaves its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum EdgeKind {
    Flow,
    Catch,
}

/// An edge's appearance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SceneEdge {
    pointer: Pointer,
    /// The state it leaves; for the first state of a machine, the machine.
    pub from: Pointer,
    pub to: Pointer,
    pub kind: EdgeKind,
    /// Whether it begins at a dot under the header of a container, too close for an arrow.
    pub is_inner_start: bool,
    pub is_broken: bool,
    pub label: Option<SceneLabel>,
}

/// The words on an edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SceneLabel {
    pub number: Option<usize>,
    pub text: String,
    pub full: String,
    pub is_code: bool,
}

/// Whether the shown run took an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    No,
    Flow,
    Caught,
}

impl SceneNode {
    /// Differs as soon as the node must be drawn anew.
    pub fn key(&self) -> (Pointer, u64) {
        let mut hasher = DefaultHasher::new();
        (
            self.kind,
            &self.name,
            &self.summary,
            self.state_type,
            &self.badges,
        )
            .hash(&mut hasher);
        (self.is_container, self.is_folded).hash(&mut hasher);
        let numbers = [self.rect.width, self.rect.height].into_iter();
        let numbers = numbers.chain(self.dividers.iter().flatten().copied());
        for number in numbers.chain(self.dots.iter().flatten().copied()) {
            number.to_bits().hash(&mut hasher);
        }
        (self.pointer.clone(), hasher.finish())
    }

    /// Whether it can be selected.
    pub fn is_selectable(&self) -> bool {
        self.kind != NodeKind::Start
    }

    /// Its type in a word.
    pub fn type_word(&self) -> &'static str {
        match (self.kind, self.state_type) {
            (NodeKind::Start, _) => "Start",
            (NodeKind::Ghost, _) => "Missing state",
            (NodeKind::State, Some(state_type)) => state_type.as_str(),
            (NodeKind::State, None) => "Unknown type",
        }
    }
}

impl Badge {
    /// Its width on the canvas.
    pub fn width(&self) -> f64 {
        let count = self
            .count
            .as_ref()
            .map_or(0.0, |count| count.chars().count() as f64 * 6.2 + 3.0);
        16.0 + count
    }
}

impl SceneEdge {
    /// Differs as soon as the edge must be drawn anew.
    pub fn key(&self) -> (Pointer, u64) {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        (self.pointer.clone(), hasher.finish())
    }
}

impl Scene {
    /// All nodes, containers before what is in them.
    pub fn nodes(&self) -> impl Iterator<Item = &SceneNode> {
        self.nodes.iter().map(Arc::as_ref)
    }

    /// Where a node stands.
    pub fn rect(&self, pointer: &Pointer) -> Option<Rect> {
        self.rects.get(pointer).copied()
    }
}

/// The scene of the open document and what the shown run says about it.
#[derive(Clone, Copy)]
pub(super) struct SceneStore {
    scene: Memo<Arc<Scene>>,
    direction: RwSignal<Direction>,
    statuses: Memo<HashMap<Pointer, StateStatus>>,
    transitions: Memo<BTreeSet<TakenTransition>>,
    execution: ExecutionStore,
}

impl SceneStore {
    /// Follows the document, the folds and the run from the context.
    pub fn new() -> Self {
        let document = expect_context::<DocumentStore>();
        let execution = expect_context::<ExecutionStore>();
        let folds = expect_context::<FoldStore>();
        let direction = RwSignal::new(Direction::TopToBottom);
        let graph = Memo::new(move |_| Arc::new(state_graph(&document.get().drawable().machine)));
        let scene = Memo::new(move |_| {
            let options = LayoutOptions {
                direction: direction.get(),
                ..LayoutOptions::default()
            };
            let graph = graph.get();
            let drawing = draw(&graph, &folds.get(), &measure, &options);
            Arc::new(scene(&graph, &drawing))
        });
        let statuses = Memo::new(move |_| statuses(execution));
        let transitions =
            Memo::new(move |_| execution.trace.with(|trace| trace.transitions().clone()));
        Self {
            scene,
            direction,
            statuses,
            transitions,
            execution,
        }
    }

    /// Turns the flow by a quarter.
    pub fn turn(self) {
        self.direction.update(|direction| {
            *direction = match direction {
                Direction::TopToBottom => Direction::LeftToRight,
                Direction::LeftToRight => Direction::TopToBottom,
            };
        });
    }

    /// Whether the flow runs to the right.
    pub fn is_left_right(self) -> bool {
        self.direction.get() == Direction::LeftToRight
    }

    /// The extent of the drawing.
    pub fn size(self) -> (f64, f64) {
        self.scene
            .with(|scene| (scene.size.width, scene.size.height))
    }

    /// The open containers, outer ones first.
    pub fn containers(self) -> Vec<Arc<SceneNode>> {
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(|node| node.is_container)
                .cloned()
                .collect()
        })
    }

    /// Everything else that has a box.
    pub fn boxes(self) -> Vec<Arc<SceneNode>> {
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(|node| !node.is_container)
                .cloned()
                .collect()
        })
    }

    /// The edges.
    pub fn edges(self) -> Vec<Arc<SceneEdge>> {
        self.scene.with(|scene| scene.edges.clone())
    }

    /// The edges that the shown run took, which are drawn over the others.
    pub fn taken_edges(self) -> Vec<Arc<SceneEdge>> {
        let is_taken = |edge: &Arc<SceneEdge>| {
            matches!(
                self.taken(&edge.from, &edge.to, edge.kind),
                Some(Taken::Flow | Taken::Caught)
            )
        };
        self.scene.with(|scene| {
            scene
                .edges
                .iter()
                .filter(|edge| is_taken(edge))
                .cloned()
                .collect()
        })
    }

    /// Where a node stands.
    pub fn rect(self, pointer: &Pointer) -> Option<Rect> {
        self.scene.with(|scene| scene.rect(pointer))
    }

    /// Where a node stands, without following it.
    pub fn rect_untracked(self, pointer: &Pointer) -> Option<Rect> {
        self.scene.with_untracked(|scene| scene.rect(pointer))
    }

    /// Looks at the scene without following it.
    pub fn with_untracked<T>(self, look: impl FnOnce(&Scene) -> T) -> T {
        self.scene.with_untracked(|scene| look(scene))
    }

    /// Whether a state can be folded.
    pub fn is_container(self, pointer: &Pointer) -> bool {
        self.with_untracked(|scene| {
            scene
                .nodes()
                .any(|node| node.pointer == *pointer && (node.is_container || node.is_folded))
        })
    }

    /// The course of an edge as an SVG path.
    pub fn path(self, key: &(Pointer, u64)) -> Option<String> {
        self.scene
            .with(|scene| scene.routes.get(&key.0).map(|(path, _)| path.clone()))
    }

    /// Where the label of an edge stands.
    pub fn label_rect(self, key: &(Pointer, u64)) -> Option<Rect> {
        self.scene
            .with(|scene| scene.routes.get(&key.0).and_then(|(_, label)| *label))
    }

    /// How a state stands in the shown run.
    pub fn status(self, pointer: &Pointer) -> Option<StateStatus> {
        if !self.execution.is_shown() {
            return None;
        }
        Some(
            self.statuses
                .with(|statuses| statuses.get(pointer).copied().unwrap_or_default()),
        )
    }

    /// Which statuses the graph shows.
    pub fn present_statuses(self) -> Vec<Status> {
        let present =
            |node: &Arc<SceneNode>| self.status(&node.pointer).map(|status| status.status);
        let states = |node: &&Arc<SceneNode>| node.kind == NodeKind::State;
        self.scene.with(|scene| {
            scene
                .nodes
                .iter()
                .filter(states)
                .filter_map(present)
                .collect()
        })
    }

    /// Whether the shown run took an edge; nothing while none is shown.
    pub fn taken(self, from: &Pointer, to: &Pointer, kind: EdgeKind) -> Option<Taken> {
        if !self.execution.is_shown() {
            return None;
        }
        let is_caught = kind == EdgeKind::Catch;
        let transition = TakenTransition {
            from: from.clone(),
            to: to.clone(),
            is_caught,
        };
        let is_taken = self
            .transitions
            .with(|transitions| transitions.contains(&transition));
        Some(match (is_taken, is_caught) {
            (false, _) => Taken::No,
            (true, false) => Taken::Flow,
            (true, true) => Taken::Caught,
        })
    }
}

/// The id of a node's element.
pub(super) fn node_id(pointer: &Pointer) -> String {
    let mut hasher = DefaultHasher::new();
    pointer.hash(&mut hasher);
    format!("state-{:x}", hasher.finish())
}

fn statuses(execution: ExecutionStore) -> HashMap<Pointer, StateStatus> {
    let mut statuses: HashMap<Pointer, StateStatus> = execution
        .trace
        .with(|trace| trace.statuses().into_iter().collect());
    if execution.cursor.get().is_none()
        && let Phase::Pending(tasks) = execution.phase.get()
    {
        for task in tasks {
            statuses
                .entry(Pointer::parse(&task.pointer))
                .or_default()
                .status = Status::Pending;
        }
    }
    statuses
}

fn measure(text: &str, style: TextStyle) -> f64 {
    let font = match style {
        TextStyle::Name => Font::Name,
        TextStyle::Summary => Font::Small,
        TextStyle::Label | TextStyle::Badge => Font::Mono,
    };
    text_width(text, font)
}

fn scene(graph: &StateGraph, drawing: &Drawing) -> Scene {
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
