//! Graph and layout as plain numbers, exact to the bit: the way between page and worker,
//! where neither side should spend its time on text.
//!
//! What is absent is NaN, which no length is. Indices and counts are whole numbers far below
//! 2⁵³, where floating point is exact.

use super::{
    Container, Direction, EdgeKind, Lane, Layout, LayoutEdge, LayoutGraph, LayoutNode,
    LayoutOptions, NodeId, Route,
};
use crate::diagram::geometry::{Point, Rect, Size};

/// What is to be laid out, and how.
pub fn order_to_numbers(graph: &LayoutGraph, options: &LayoutOptions, into: &mut Vec<f64>) {
    let direction = match options.direction {
        Direction::TopToBottom => 0.0,
        Direction::LeftToRight => 1.0,
    };
    into.push(direction);
    into.extend([options.row_gap, options.sibling_gap]);
    into.extend([options.track_gap, options.port_gap]);
    into.push(graph.nodes.len() as f64);
    for node in &graph.nodes {
        let parent = node.parent.map_or(f64::NAN, |NodeId(id)| id as f64);
        let is_entry = f64::from(u8::from(node.is_entry));
        into.extend([node.size.width, node.size.height, parent, node.lane as f64]);
        into.extend([is_entry, node.footer]);
        into.push(node.key.map_or(f64::NAN, |key| key as f64));
        let [header, padding, first_gap, lanes] = node.container.map_or([f64::NAN; 4], |inner| {
            [
                inner.header,
                inner.padding,
                inner.first_gap,
                inner.lanes as f64,
            ]
        });
        into.extend([header, padding, first_gap, lanes]);
    }
    for edge in &graph.edges {
        let kind = match edge.kind {
            EdgeKind::Flow => 0.0,
            EdgeKind::Catch => 1.0,
        };
        let label = edge.label.unwrap_or(Size::new(f64::NAN, f64::NAN));
        into.extend([edge.source.0 as f64, edge.target.0 as f64, kind]);
        into.extend([label.width, label.height]);
    }
}

/// The way back of [`order_to_numbers`]; nothing if these are not its numbers.
pub fn order_from_numbers(numbers: &[f64]) -> Option<(LayoutGraph, LayoutOptions)> {
    let mut numbers = Reader(numbers);
    let direction = match numbers.index()? {
        0 => Direction::TopToBottom,
        1 => Direction::LeftToRight,
        _ => return None,
    };
    let [row_gap, sibling_gap, track_gap, port_gap] = numbers.take()?;
    let options = LayoutOptions {
        direction,
        row_gap,
        sibling_gap,
        track_gap,
        port_gap,
    };
    let mut graph = LayoutGraph::default();
    for _ in 0..numbers.index()? {
        let [width, height, parent] = numbers.take()?;
        graph.nodes.push(LayoutNode {
            size: Size::new(width, height),
            parent: present(parent).map(|id| NodeId(id as usize)),
            lane: numbers.index()?,
            is_entry: numbers.index()? == 1,
            footer: numbers.number()?,
            key: present(numbers.number()?).map(|key| key as u64),
            container: container(numbers.take()?),
        });
    }
    while !numbers.0.is_empty() {
        graph.edges.push(LayoutEdge {
            source: NodeId(numbers.index()?),
            target: NodeId(numbers.index()?),
            kind: match numbers.index()? {
                0 => EdgeKind::Flow,
                1 => EdgeKind::Catch,
                _ => return None,
            },
            label: {
                let [width, height] = numbers.take()?;
                present(width).map(|width| Size::new(width, height))
            },
        });
    }
    Some((graph, options))
}

fn container([header, padding, first_gap, lanes]: [f64; 4]) -> Option<Container> {
    present(header).map(|header| Container {
        header,
        padding,
        first_gap,
        lanes: lanes as usize,
    })
}

/// Where everything stands.
pub fn layout_to_numbers(layout: &Layout, into: &mut Vec<f64>) {
    into.extend([layout.size.width, layout.size.height]);
    into.push(layout.nodes.len() as f64);
    for rect in &layout.nodes {
        into.extend(corners(*rect));
    }
    into.push(layout.edges.len() as f64);
    for route in &layout.edges {
        route_to_numbers(route, into);
    }
    for lane in &layout.lanes {
        into.extend([lane.container.0 as f64, lane.index as f64]);
        into.extend(corners(lane.area));
        into.push(f64::from(u8::from(lane.start.is_some())));
        if let Some(start) = &lane.start {
            route_to_numbers(start, into);
        }
    }
}

/// The way back of [`layout_to_numbers`]; nothing if these are not its numbers.
pub fn layout_from_numbers(numbers: &[f64]) -> Option<Layout> {
    let mut numbers = Reader(numbers);
    let mut layout = Layout {
        size: Size::new(numbers.number()?, numbers.number()?),
        ..Layout::default()
    };
    for _ in 0..numbers.index()? {
        layout.nodes.push(rect(numbers.take()?));
    }
    for _ in 0..numbers.index()? {
        layout.edges.push(numbers.route()?);
    }
    while !numbers.0.is_empty() {
        layout.lanes.push(Lane {
            container: NodeId(numbers.index()?),
            index: numbers.index()?,
            area: rect(numbers.take()?),
            start: match numbers.index()? {
                0 => None,
                _ => Some(numbers.route()?),
            },
        });
    }
    Some(layout)
}

fn route_to_numbers(route: &Route, into: &mut Vec<f64>) {
    into.extend(route.label.map_or([f64::NAN; 4], corners));
    into.push(route.points.len() as f64);
    into.extend(route.points.iter().flat_map(|point| [point.x, point.y]));
}

fn corners(rect: Rect) -> [f64; 4] {
    [rect.x, rect.y, rect.width, rect.height]
}

fn rect([x, y, width, height]: [f64; 4]) -> Rect {
    Rect {
        x,
        y,
        width,
        height,
    }
}

fn present(number: f64) -> Option<f64> {
    (!number.is_nan()).then_some(number)
}

/// What is left to read.
struct Reader<'a>(&'a [f64]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[f64; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<f64> {
        self.take().map(|[number]| number)
    }

    /// A count or an index; none is larger than what it counts, so none can be absurd.
    fn index(&mut self) -> Option<usize> {
        let number = self.number()?;
        (number >= 0.0 && number.fract() == 0.0).then_some(number as usize)
    }

    fn route(&mut self) -> Option<Route> {
        let label = self.take().map(rect)?;
        let mut route = Route {
            label: present(label.x).map(|_| label),
            ..Route::default()
        };
        for _ in 0..self.index()? {
            let [x, y] = self.take()?;
            route.points.push(Point::new(x, y));
        }
        Some(route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout::layout;

    fn graph() -> LayoutGraph {
        let node = |parent, lane| LayoutNode {
            size: Size::new(100.1, 44.0 + 1.0 / 3.0),
            parent,
            lane,
            is_entry: lane == 1,
            footer: 26.0,
            container: None,
            key: Some((1 << 53) - 1),
        };
        let edge = |source, target, kind, label| LayoutEdge {
            source: NodeId(source),
            target: NodeId(target),
            label,
            kind,
        };
        let outer = LayoutNode {
            container: Some(Container::default()),
            ..node(None, 0)
        };
        LayoutGraph {
            nodes: vec![
                outer,
                node(Some(NodeId(0)), 0),
                node(Some(NodeId(0)), 1),
                node(None, 0),
            ],
            edges: vec![
                edge(0, 3, EdgeKind::Flow, Some(Size::new(30.5, 18.0))),
                edge(0, 3, EdgeKind::Catch, None),
            ],
        }
    }

    #[test]
    fn nothing_is_lost_on_the_way() {
        for direction in [Direction::TopToBottom, Direction::LeftToRight] {
            let (graph, options) = (
                graph(),
                LayoutOptions {
                    direction,
                    ..LayoutOptions::default()
                },
            );
            let mut numbers = Vec::new();
            order_to_numbers(&graph, &options, &mut numbers);
            assert_eq!(
                order_from_numbers(&numbers),
                Some((graph.clone(), options.clone()))
            );
            let drawn = layout(&graph, &options);
            let mut numbers = Vec::new();
            layout_to_numbers(&drawn, &mut numbers);
            assert_eq!(layout_from_numbers(&numbers), Some(drawn));
        }
    }

    #[test]
    fn other_numbers_are_told_apart() {
        let mut numbers = Vec::new();
        order_to_numbers(&graph(), &LayoutOptions::default(), &mut numbers);
        numbers.pop();
        assert_eq!(order_from_numbers(&numbers), None);
        assert_eq!(order_from_numbers(&[]), None);
        assert_eq!(order_from_numbers(&[7.0; 6]), None);
        assert_eq!(layout_from_numbers(&[0.0, 0.0, 1e300]), None);
        assert_eq!(layout_from_numbers(&[0.0, 0.0, -1.0]), None);
        assert_eq!(layout_from_numbers(&[0.0, 0.0, f64::NAN]), None);
    }
}
