//! Transitions in a picture: the line with its arrowhead, and the label.

use super::text::escaped;
use super::{Shown, Svg, number};
use crate::diagram::geometry::Point;
use crate::diagram::graph::{Edge, Origin, StateGraph};
use crate::diagram::sizing::EDGE_RADIUS;
use crate::diagram::{DrawnEdge, path};
use crate::execution::projection::TakenTransition;

/// Whether a run took an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// No run is shown.
    Unknown,
    No,
    Flow,
    Caught,
}

pub(super) fn taken(graph: &StateGraph, drawn: &DrawnEdge, run: Option<&Shown>) -> Taken {
    let (Some(run), Some(edge)) = (run, graph.edge(drawn.edge)) else {
        return Taken::Unknown;
    };
    let pointer = |node| graph.node(node).map(|node| node.pointer.clone());
    let from = match edge.origin {
        Origin::Start | Origin::InnerStart { .. } => edge.pointer.parent(),
        Origin::Next | Origin::Rule { .. } | Origin::Default | Origin::Catch { .. } => {
            pointer(drawn.source)
        }
    };
    let is_caught = is_catch(edge);
    let transition = TakenTransition {
        from: from.unwrap_or_default(),
        to: pointer(drawn.target).unwrap_or_default(),
        is_caught,
    };
    match (run.taken.contains(&transition), is_caught) {
        (false, _) => Taken::No,
        (true, false) => Taken::Flow,
        (true, true) => Taken::Caught,
    }
}

fn is_catch(edge: &Edge) -> bool {
    matches!(edge.origin, Origin::Catch { .. })
}

/// The classes of an edge and the colour of its head.
fn classes(edge: &Edge, taken: Taken) -> (&'static str, &'static str) {
    match (edge.is_broken, taken, is_catch(edge)) {
        (true, ..) => ("edge broken", "head f-failed"),
        (_, Taken::Flow, _) => ("edge taken", "head f-succeeded"),
        (_, Taken::Caught, _) => ("edge caught", "head f-caught"),
        (_, Taken::No, false) => ("edge quiet", "head f-edge-quiet"),
        (_, Taken::No, true) => ("edge quiet catch", "head f-edge-quiet"),
        (_, Taken::Unknown, false) => ("edge", "head f-edge"),
        (_, Taken::Unknown, true) => ("edge catch", "head f-edge"),
    }
}

pub(super) fn line(out: &mut Svg, graph: &StateGraph, drawn: &DrawnEdge, run: Option<&Shown>) {
    let Some(edge) = graph.edge(drawn.edge) else {
        return;
    };
    let [.., before, tip] = drawn.route.points.as_slice() else {
        return;
    };
    let (class, head) = classes(edge, taken(graph, drawn, run));
    let is_inner_start = matches!(edge.origin, Origin::InnerStart { .. });
    let mut points = drawn.route.points.clone();
    let (dx, dy) = direction(*before, *tip);
    if !is_inner_start && let Some(last) = points.last_mut() {
        // A dash that ends in the tip would show beside it.
        *last = Point::new(tip.x - 4.0 * dx, tip.y - 4.0 * dy);
    }
    let course = path::rounded(&points, EDGE_RADIUS);
    out.put(format_args!("<path class=\"{class}\" d=\"{course}\"/>\n"));
    if is_inner_start {
        return;
    }
    let corner = |along: f64, across: f64| {
        let x = tip.x + along * dx - across * dy;
        let y = tip.y + along * dy + across * dx;
        format!("{} {}", number(x), number(y))
    };
    let (left, right, end) = (corner(-7.0, -3.4), corner(-7.0, 3.4), corner(0.4, 0.0));
    out.put(format_args!(
        "<path class=\"{head}\" d=\"M{left}L{end}L{right}z\"/>\n"
    ));
}

fn direction(from: Point, to: Point) -> (f64, f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy);
    if length > 0.0 {
        (dx / length, dy / length)
    } else {
        (0.0, 1.0)
    }
}

/// A rule's number and condition, `default`, or error names, on a ground of its own.
pub(super) fn label(out: &mut Svg, graph: &StateGraph, drawn: &DrawnEdge, run: Option<&Shown>) {
    let Some(edge) = graph.edge(drawn.edge) else {
        return;
    };
    let (Some(label), Some(rect)) = (&edge.label, drawn.route.label) else {
        return;
    };
    let state = match (edge.is_broken, taken(graph, drawn, run)) {
        (true, _) => " broken",
        (false, Taken::Flow) => " taken",
        (false, Taken::Caught) => " caught",
        (false, Taken::Unknown | Taken::No) => "",
    };
    let (x, y) = (number(rect.x), number(rect.y));
    let (width, height) = (number(rect.width), number(rect.height));
    let title = escaped(&label.title);
    out.put(format_args!(
        "<g class=\"label{state}\" transform=\"translate({x} {y})\"><title>{title}</title>\
         <rect width=\"{width}\" height=\"{height}\" rx=\"4\"/>"
    ));
    let mut start = 0.0;
    if let Some(rule) = label.number {
        // As wide as the layout made it: the number, two paddings and a bar.
        start = 12.0 + 6.3 * rule.to_string().len() as f64;
        let middle = number(start / 2.0);
        out.put(format_args!(
            "<text class=\"mono rule\" x=\"{middle}\" y=\"12.7\">{rule}</text><path d=\"M{} 3v12\"/>",
            number(start)
        ));
    }
    let middle = number(f64::midpoint(start, rect.width));
    let text = escaped(&label.text);
    out.put(format_args!(
        "<text class=\"mono\" x=\"{middle}\" y=\"12.7\">{text}</text></g>\n"
    ));
}
