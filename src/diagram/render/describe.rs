//! A picture in words, for those who do not see it.

use std::fmt::Write;

use super::Shown;
use crate::diagram::graph::{Node, NodeIndex, NodeKind, Origin, StateGraph};

/// More states than this are counted, not told.
const TOLD: usize = 60;

/// Every state with its type and where it leads, in the order of the file, and how it
/// stands in a run.
pub(super) fn describe(graph: &StateGraph, run: Option<&Shown>) -> String {
    let states = || graph.nodes().filter(|(_, node)| node.state().is_some());
    let count = states().count();
    let mut text = match count {
        0 => "A state machine without states.".to_owned(),
        1 => "A state machine with one state.".to_owned(),
        _ => format!("A state machine with {count} states."),
    };
    for (index, node) in states().take(TOLD) {
        tell(&mut text, graph, (index, node), run);
    }
    if count > TOLD {
        put(&mut text, format_args!(" And {} more.", count - TOLD));
    }
    text
}

fn tell(
    text: &mut String,
    graph: &StateGraph,
    (index, node): (NodeIndex, &Node),
    run: Option<&Shown>,
) {
    let Some(state) = node.state() else { return };
    let kind = state
        .state_type
        .map_or("of unknown type", |kind| kind.as_str());
    put(text, format_args!(" {}, {kind}", state.name));
    if let Some(run) = run {
        let status = run.status(&node.pointer).label().to_lowercase();
        put(text, format_args!(", {status}"));
    }
    if let Some(around) = node.parent.and_then(|parent| graph.node(parent)?.name()) {
        put(text, format_args!(", inside {around}"));
    }
    let mut separator = ": ";
    for (_, source, target, edge) in graph.edges() {
        if source != index {
            continue;
        }
        let way = match (edge.origin, &edge.label) {
            (Origin::Start | Origin::InnerStart { .. }, _) => "begins with".to_owned(),
            (Origin::Next, _) => "then".to_owned(),
            (Origin::Rule { .. }, label) => {
                let condition = label.as_ref().map_or("", |label| label.title.as_str());
                format!("if {condition} then")
            }
            (Origin::Default, _) => "otherwise".to_owned(),
            (Origin::Catch { .. }, label) => {
                let errors = label.as_ref().map_or("", |label| label.title.as_str());
                format!("on {errors}")
            }
        };
        let target = graph.node(target);
        let name = target.and_then(Node::name).map_or("", |name| name);
        let missing = match target.map(|target| &target.kind) {
            Some(NodeKind::Ghost(ghost)) if !ghost.is_substituted => ", which is missing",
            Some(NodeKind::Ghost(_) | NodeKind::Start | NodeKind::State(_)) | None => "",
        };
        put(text, format_args!("{separator}{way} {name}{missing}"));
        separator = "; ";
    }
    text.push('.');
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
}
