//! A drawing as a picture: one SVG that needs nothing else, in the colours of the page.
//!
//! It has no script, no reference to anything outside and no identifiers, so several stand
//! in one document; its classes are of the root element's class. Texts are cut to the widths
//! they were laid out with. For those who do not see it there is a title, and a description
//! that tells every state and where it leads.

mod describe;
mod edge;
mod glyph;
mod node;
mod style;
mod text;
mod tokens;

pub use glyph::sign_of;
pub use text::fit;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::graph::StateGraph;
use super::sizing::{Measure, TextStyle};
use super::{Drawing, DrawnEdge};
use crate::asl::Pointer;
use crate::execution::projection::{StateStatus, Status, TakenTransition, Trace};
use text::escaped;

/// Whose colours a picture has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Those of whoever looks at it; light where nobody says.
    #[default]
    Both,
}

/// What a run says of states and transitions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// How the states stand that were reached.
    pub statuses: BTreeMap<Pointer, StateStatus>,
    /// The transitions that were taken.
    pub taken: BTreeSet<TakenTransition>,
}

impl Shown {
    /// What a trace says.
    pub fn of(trace: &Trace) -> Self {
        Self {
            statuses: trace.statuses().into_iter().collect(),
            taken: trace.transitions().clone(),
        }
    }

    fn status(&self, pointer: &Pointer) -> Status {
        self.statuses
            .get(pointer)
            .copied()
            .unwrap_or_default()
            .status
    }
}

/// How a drawing becomes a picture.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// Its name, for those who do not see it.
    pub title: &'a str,
    /// Its colours.
    pub theme: Theme,
    /// The run it shows.
    pub run: Option<&'a Shown>,
    /// What the drawing was laid out with.
    pub measure: Measure<'a>,
}

/// Room around the drawing.
const MARGIN: f64 = 24.0;

/// Height of the row that says what the signs of a run mean.
const LEGEND: f64 = 36.0;

/// The picture as SVG.
pub fn svg(graph: &StateGraph, drawing: &Drawing, picture: &Picture<'_>) -> String {
    let legend = picture
        .run
        .map(|run| Legend::new(graph, drawing, run, picture.measure));
    let least = legend.as_ref().map_or(0.0, |legend| legend.width);
    let width = (drawing.size.width.max(least) + 2.0 * MARGIN).ceil();
    let legend_height = if legend.is_some() { LEGEND } else { 0.0 };
    let height = (drawing.size.height + 2.0 * MARGIN + legend_height).ceil();
    let mut out = Svg::default();
    let class = style::class(picture.theme);
    out.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" role=\"img\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
    ));
    let title = escaped(picture.title);
    let words = escaped(&describe::describe(graph, picture.run));
    out.put(format_args!(
        "<title>{title}</title>\n<desc>{words}</desc>\n"
    ));
    out.put(format_args!(
        "<style>{}</style>\n",
        style::sheet(picture.theme)
    ));
    out.put(format_args!(
        "<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n"
    ));
    let left = MARGIN + ((width - 2.0 * MARGIN - drawing.size.width) / 2.0).floor();
    out.put(format_args!(
        "<g transform=\"translate({left} {MARGIN})\">\n"
    ));
    for drawn in drawing.nodes.iter().filter(|drawn| drawn.is_open) {
        node::container(&mut out, graph, drawing, drawn, picture);
    }
    let taken = |drawn: &&DrawnEdge| edge::taken(graph, drawn, picture.run) > edge::Taken::No;
    // What a run took lies over what it did not.
    for drawn in drawing.edges.iter().filter(|drawn| !taken(drawn)) {
        edge::line(&mut out, graph, drawn, picture.run);
    }
    for drawn in drawing.edges.iter().filter(taken) {
        edge::line(&mut out, graph, drawn, picture.run);
    }
    for drawn in drawing.nodes.iter().filter(|drawn| !drawn.is_open) {
        node::leaf(&mut out, graph, drawn, picture);
    }
    for drawn in &drawing.edges {
        edge::label(&mut out, graph, drawn, picture.run);
    }
    if let Some(run) = picture.run {
        for drawn in &drawing.nodes {
            node::status(&mut out, graph, drawn, run);
        }
    }
    out.put(format_args!("</g>\n"));
    if let Some(legend) = legend {
        legend.draw(&mut out, height - LEGEND);
    }
    out.put(format_args!("</svg>\n"));
    out.0
}

/// The text of a picture while it is written.
#[derive(Default)]
struct Svg(String);

impl Svg {
    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(what);
    }

    /// A sign at a place, as large as `side`.
    fn glyph(&mut self, id: &str, class: &str, (x, y): (f64, f64), side: f64) {
        let scale = number(side / 16.0);
        let (x, y) = (number(x), number(y));
        let content = glyph::glyph(id);
        self.put(format_args!(
            "<g class=\"{class}\" transform=\"translate({x} {y}) scale({scale})\">{content}</g>\n"
        ));
    }

    /// A line of text, cut to its room; returns how wide it is.
    fn text(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        text: &str,
        room: f64,
        width: &dyn Fn(&str) -> f64,
    ) -> f64 {
        let text = fit(text, room, width);
        if !text.is_empty() {
            let (x, y) = (number(x), number(y));
            let content = escaped(&text);
            self.put(format_args!(
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{content}</text>\n"
            ));
        }
        width(&text)
    }
}

/// Two decimals are finer than any screen.
fn number(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The signs that a picture of a run shows, with their words.
struct Legend {
    entries: Vec<(Status, f64)>,
    width: f64,
}

impl Legend {
    const SIGN: f64 = 14.0;
    const GAP: f64 = 18.0;

    fn new(graph: &StateGraph, drawing: &Drawing, run: &Shown, measure: Measure<'_>) -> Self {
        let is_state = |node| graph.node(node).is_some_and(|node| node.state().is_some());
        let states = drawing.nodes.iter().filter(|drawn| is_state(drawn.node));
        let present: BTreeSet<Status> = states.map(|drawn| run.status(&drawn.pointer)).collect();
        let mut legend = Self {
            entries: Vec::new(),
            width: 0.0,
        };
        for status in Status::ALL
            .into_iter()
            .filter(|status| present.contains(status))
        {
            if !legend.entries.is_empty() {
                legend.width += Self::GAP;
            }
            legend.entries.push((status, legend.width));
            legend.width += Self::SIGN + 6.0 + measure(status.label(), TextStyle::Summary);
        }
        legend
    }

    fn draw(&self, out: &mut Svg, y: f64) {
        for (status, x) in &self.entries {
            let (glyph, token) = glyph::of_status(*status);
            let x = MARGIN + x;
            out.glyph(glyph, &format!("c-{token}"), (x, y), Self::SIGN);
            let (x, y) = (number(x + Self::SIGN + 6.0), number(y + 11.0));
            let label = status.label();
            out.put(format_args!(
                "<text class=\"word\" x=\"{x}\" y=\"{y}\">{label}</text>\n"
            ));
        }
    }
}
