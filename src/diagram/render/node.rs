//! States in a picture: boxes, containers, the Start pill, missing states.

use super::glyph;
use super::text::escaped;
use super::{Picture, Shown, Svg, number};
use crate::diagram::graph::{Badge, Ghost, Node, NodeKind, Origin, StateGraph, StateNode};
use crate::diagram::sizing::{BADGE_HEIGHT, HEADER_HEIGHT, NAME_X, TextStyle};
use crate::diagram::{Drawing, DrawnNode};
use crate::execution::projection::Status;

/// Right of a text.
const PADDING: f64 = 10.0;

/// A state, a folded container, a missing state, or Start.
pub(super) fn leaf(out: &mut Svg, graph: &StateGraph, drawn: &DrawnNode, picture: &Picture<'_>) {
    let Some(node) = graph.node(drawn.node) else {
        return;
    };
    open(out, "node", node, drawn, picture.run);
    match &node.kind {
        NodeKind::Start => pill(out, drawn),
        NodeKind::State(state) => boxed(out, state, drawn, picture),
        NodeKind::Ghost(ghost) => missing(out, ghost, drawn, picture),
    }
    out.put(format_args!("</g>\n"));
}

/// The group of a node, with the words that show when it is pointed at.
fn open(out: &mut Svg, class: &str, node: &Node, drawn: &DrawnNode, run: Option<&Shown>) {
    let (x, y) = (number(drawn.rect.x), number(drawn.rect.y));
    let mut class = class.to_owned();
    let mut title = node.name().map(|name| escaped(name)).unwrap_or_default();
    match &node.kind {
        NodeKind::State(state) => {
            title += &format!(", {}", escaped(&state.summary));
            if let Some(run) = run {
                let status = run.status(&drawn.pointer);
                class += &format!(" s-{}", glyph::of_status(status).1);
                title += &format!(", {}", status.label().to_lowercase());
            }
        }
        NodeKind::Ghost(ghost) if !ghost.is_substituted => class += " missing",
        NodeKind::Ghost(_) | NodeKind::Start => {}
    }
    out.put(format_args!(
        "<g class=\"{class}\" transform=\"translate({x} {y})\">"
    ));
    if !title.is_empty() {
        out.put(format_args!("<title>{title}</title>"));
    }
    out.put(format_args!("\n"));
}

fn pill(out: &mut Svg, drawn: &DrawnNode) {
    let (width, height) = (drawn.rect.width, drawn.rect.height);
    out.put(format_args!(
        "<rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"{}\"/>\n\
         <text class=\"start\" x=\"{}\" y=\"{}\">Start</text>\n",
        height / 2.0,
        width / 2.0,
        height / 2.0 + 4.0
    ));
}

fn boxed(out: &mut Svg, state: &StateNode, drawn: &DrawnNode, picture: &Picture<'_>) {
    let (width, height) = (drawn.rect.width, drawn.rect.height);
    if drawn.is_folded {
        let inner = width - 8.0;
        out.put(format_args!(
            "<rect class=\"box\" x=\"4\" y=\"3\" width=\"{inner}\" height=\"{height}\" rx=\"8\"/>\n"
        ));
    }
    frame(out, width, height);
    let (sign, token) = glyph::of_type(state.state_type);
    out.glyph(sign, &format!("c-{token}"), (14.0, 14.0), 16.0);
    let taken = badges(out, &state.badges, width - 8.0, 25.0, picture);
    let room = width - NAME_X - PADDING;
    name(out, &state.name, 19.0, room, picture);
    second_line(out, &state.summary, (NAME_X, 34.0), room - taken, picture);
}

fn missing(out: &mut Svg, ghost: &Ghost, drawn: &DrawnNode, picture: &Picture<'_>) {
    let (width, height) = (drawn.rect.width, drawn.rect.height);
    frame(out, width, height);
    out.glyph("i-error", "c-failed", (14.0, 14.0), 16.0);
    let room = width - NAME_X - PADDING;
    name(out, &ghost.name, 19.0, room, picture);
    let words = if ghost.is_substituted {
        "Named when it is deployed"
    } else {
        "No state has this name"
    };
    second_line(out, words, (NAME_X, 34.0), room, picture);
}

fn frame(out: &mut Svg, width: f64, height: f64) {
    out.put(format_args!(
        "<rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>\n\
         <rect class=\"tile\" x=\"8\" y=\"8\" width=\"28\" height=\"28\" rx=\"6\"/>\n"
    ));
}

/// An open container, without what is in it.
pub(super) fn container(
    out: &mut Svg,
    graph: &StateGraph,
    drawing: &Drawing,
    drawn: &DrawnNode,
    picture: &Picture<'_>,
) {
    let Some((node, state)) = graph
        .node(drawn.node)
        .and_then(|node| Some((node, node.state()?)))
    else {
        return;
    };
    let (width, height) = (drawn.rect.width, drawn.rect.height);
    open(out, "container", node, drawn, picture.run);
    let rule = number(width - 20.0);
    out.put(format_args!(
        "<rect class=\"ground\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\n\
         <path class=\"title\" d=\"M0 10a10 10 0 0 1 10-10h{rule}a10 10 0 0 1 10 10v18H0z\"/>\n\
         <path class=\"rule\" d=\"M0 {HEADER_HEIGHT}h{width}\"/>\n"
    ));
    lanes(out, graph, drawing, drawn);
    out.put(format_args!(
        "<rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\n"
    ));
    let (sign, token) = glyph::of_type(state.state_type);
    out.glyph(sign, &format!("c-{token}"), (16.0, 7.0), 14.0);
    let taken = badges(out, &state.badges, width - 14.0, 6.5, picture);
    let start = 36.0;
    let room = width - start - 12.0 - taken;
    let measure = |text: &str| (picture.measure)(text, TextStyle::Name);
    let end = start + out.text("name", (start, 18.5), &state.name, room, &measure) + 10.0;
    let room = width - end - taken - 16.0;
    if room > 30.0 {
        second_line(out, &state.summary, (end, 18.5), room, picture);
    }
    out.put(format_args!("</g>\n"));
}

/// Dividers between lanes, and a dot where each begins.
fn lanes(out: &mut Svg, graph: &StateGraph, drawing: &Drawing, drawn: &DrawnNode) {
    let lanes = drawing
        .lanes
        .iter()
        .filter(|lane| lane.container == drawn.node);
    let areas: Vec<_> = lanes.map(|lane| lane.area).collect();
    for pair in areas.windows(2) {
        let [before, after] = pair else { continue };
        let (x, y) = (
            number(after.x - drawn.rect.x),
            number(after.y - drawn.rect.y),
        );
        let course = if after.x > before.x {
            format!("M{x} {y}v{}", number(after.height))
        } else {
            format!("M{x} {y}h{}", number(after.width))
        };
        out.put(format_args!("<path class=\"lane\" d=\"{course}\"/>\n"));
    }
    for edge in drawing
        .edges
        .iter()
        .filter(|edge| edge.source == drawn.node)
    {
        let origin = graph.edge(edge.edge).map(|edge| edge.origin);
        if let (Some(Origin::InnerStart { .. }), Some(at)) = (origin, edge.route.points.first()) {
            let (x, y) = (number(at.x - drawn.rect.x), number(at.y - drawn.rect.y));
            out.put(format_args!(
                "<circle class=\"f-edge\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>\n"
            ));
        }
    }
}

fn name(out: &mut Svg, text: &str, y: f64, room: f64, picture: &Picture<'_>) {
    let measure = |text: &str| (picture.measure)(text, TextStyle::Name);
    out.text("name", (NAME_X, y), text, room, &measure);
}

fn second_line(out: &mut Svg, text: &str, at: (f64, f64), room: f64, picture: &Picture<'_>) {
    let measure = |text: &str| (picture.measure)(text, TextStyle::Summary);
    out.text("sub", at, text, room, &measure);
}

/// Badges side by side, ending at `right`; returns the room they take.
fn badges(out: &mut Svg, badges: &[Badge], right: f64, top: f64, picture: &Picture<'_>) -> f64 {
    let mut x = right;
    for badge in badges.iter().rev() {
        let (sign, count) = glyph::of_badge(badge);
        let measure = |count: &String| (picture.measure)(count, TextStyle::Badge);
        let width = count
            .as_ref()
            .map_or(16.0, |count| 15.0 + measure(count) + 4.0);
        x -= width;
        let (left, y) = (number(x), number(top));
        let width = number(width);
        out.put(format_args!(
            "<rect class=\"badge\" x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{BADGE_HEIGHT}\" rx=\"4\"/>\n"
        ));
        out.glyph(sign, "c-text-2", (x + 3.0, top + 2.5), 10.0);
        if let Some(count) = count {
            let (left, y) = (number(x + 15.0), number(top + 11.2));
            out.put(format_args!(
                "<text class=\"count\" x=\"{left}\" y=\"{y}\">{count}</text>\n"
            ));
        }
        x -= 3.0;
    }
    right - x
}

/// The shape on the top right corner that says how a state stands, as its colour does.
pub(super) fn status(out: &mut Svg, graph: &StateGraph, drawn: &DrawnNode, run: &Shown) {
    if graph.node(drawn.node).and_then(Node::state).is_none() {
        return;
    }
    let status = run.status(&drawn.pointer);
    if drawn.is_open && status == Status::NotReached {
        return;
    }
    let (sign, token) = glyph::of_status(status);
    let (x, y) = (drawn.rect.right(), drawn.rect.y);
    let (cx, cy) = (number(x), number(y));
    out.put(format_args!(
        "<circle class=\"f-surface-canvas\" cx=\"{cx}\" cy=\"{cy}\" r=\"10\"/>\n"
    ));
    out.glyph(sign, &format!("c-{token}"), (x - 8.0, y - 8.0), 16.0);
}
