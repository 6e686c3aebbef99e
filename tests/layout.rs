//! What every drawing must hold to, over generated graphs and over the graphs that the
//! project is measured with.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // A test may fail loudly.

use std::collections::BTreeSet;
use std::path::Path;

use statelab::asl;
use statelab::diagram::geometry::{Point, Rect, Size};
use statelab::diagram::layout::{
    Container, Direction, EdgeKind, Layout, LayoutEdge, LayoutGraph, LayoutNode, LayoutOptions,
    Memory, NodeId, Work, from_json, layout, layout_again,
};
use statelab::diagram::path::flattened;
use statelab::diagram::sizing::{EDGE_RADIUS, estimate, to_layout};
use statelab::diagram::state_graph;
use statelab::source::json;

/// A small generator of reproducible numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn generated(seed: u64, nodes: usize, edges: usize, containers: usize) -> LayoutGraph {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut graph = LayoutGraph::default();
    for index in 0..nodes {
        let is_container = index < containers;
        let parent = (index > 0 && containers > 0 && dice.roll(3) > 0)
            .then(|| NodeId(dice.roll(index.min(containers))));
        graph.nodes.push(LayoutNode {
            size: Size::new(40.0 + dice.roll(220) as f64, 22.0 + dice.roll(40) as f64),
            parent,
            lane: dice.roll(3),
            is_entry: dice.roll(4) == 0 || index == 0,
            footer: if dice.roll(9) == 0 { 26.0 } else { 0.0 },
            container: is_container.then(|| Container {
                lanes: dice.roll(4),
                ..Container::default()
            }),
            key: Some(index as u64),
        });
    }
    for _ in 0..edges {
        let source = dice.roll(nodes);
        let near = |dice: &mut Dice| (source + dice.roll(7)).saturating_sub(2).min(nodes - 1);
        let target = if dice.roll(4) == 0 {
            dice.roll(nodes)
        } else {
            near(&mut dice)
        };
        graph.edges.push(LayoutEdge {
            source: NodeId(source),
            target: NodeId(target),
            label: (dice.roll(3) == 0).then(|| Size::new(20.0 + dice.roll(140) as f64, 18.0)),
            kind: if dice.roll(4) == 0 {
                EdgeKind::Catch
            } else {
                EdgeKind::Flow
            },
        });
    }
    graph
}

fn options(direction: Direction) -> LayoutOptions {
    LayoutOptions {
        direction,
        ..LayoutOptions::default()
    }
}

fn is_inside(graph: &LayoutGraph, node: usize, container: usize) -> bool {
    let mut at = graph.nodes[node].parent;
    while let Some(NodeId(parent)) = at {
        if parent == container {
            return true;
        }
        at = graph.nodes[parent].parent;
    }
    false
}

fn shrunk(rect: &Rect, by: f64) -> Rect {
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width: rect.width - 2.0 * by,
        height: rect.height - 2.0 * by,
    }
}

fn segment(a: Point, b: Point) -> Rect {
    Rect {
        x: a.x.min(b.x),
        y: a.y.min(b.y),
        width: (a.x - b.x).abs(),
        height: (a.y - b.y).abs(),
    }
}

/// Whether a line of no width runs through the inside of a rectangle.
fn runs_through(line: &Rect, rect: &Rect) -> bool {
    line.x < rect.right()
        && rect.x < line.right().max(line.x + 1e-9)
        && line.y < rect.bottom()
        && rect.y < line.bottom().max(line.y + 1e-9)
        && line.right() > rect.x
        && line.bottom() > rect.y
}

fn is_on_border(point: Point, rect: &Rect) -> bool {
    let within = |at: f64, low: f64, high: f64| at >= low - 0.01 && at <= high + 0.01;
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let along = within(point.x, rect.x, rect.right());
    let beside = within(point.y, rect.y, rect.bottom());
    (along && (near(point.y, rect.y) || near(point.y, rect.bottom())))
        || (beside && (near(point.x, rect.x) || near(point.x, rect.right())))
}

/// Every invariant of a drawing; `what` names it in failures.
fn check(graph: &LayoutGraph, drawing: &Layout, direction: Direction, what: &str) {
    let nodes = &drawing.nodes;
    assert_eq!(nodes.len(), graph.nodes.len());
    assert_eq!(drawing.edges.len(), graph.edges.len());
    let extent = Rect::at(Point::default(), drawing.size);
    let extent = shrunk(&extent, -0.01);
    for (index, rect) in nodes.iter().enumerate() {
        let finite = [rect.x, rect.y, rect.width, rect.height]
            .iter()
            .all(|v| v.is_finite());
        assert!(
            finite && extent.contains(rect),
            "{what}: node {index} at {rect:?}"
        );
        if let Some(NodeId(parent)) = graph.nodes[index].parent {
            assert!(
                nodes[parent].contains(rect),
                "{what}: node {index} leaves its container"
            );
        }
    }
    let mut by_top: Vec<usize> = (0..nodes.len()).collect();
    by_top.sort_by(|&a, &b| nodes[a].y.total_cmp(&nodes[b].y));
    for (at, &a) in by_top.iter().enumerate() {
        for &b in &by_top[at + 1..] {
            if nodes[b].y >= nodes[a].bottom() {
                break;
            }
            if nodes[a].overlaps(&nodes[b]) && !is_inside(graph, a, b) && !is_inside(graph, b, a) {
                panic!("{what}: nodes {a} and {b} overlap");
            }
        }
    }
    let mut labels: Vec<(usize, Rect)> = Vec::new();
    let mut curves: Vec<(usize, Rect, Vec<Rect>)> = Vec::new();
    for (index, (edge, route)) in graph.edges.iter().zip(&drawing.edges).enumerate() {
        let (source, target) = (edge.source.0, edge.target.0);
        let from = &graph.nodes[source];
        let to = &graph.nodes[target];
        let is_drawable =
            from.parent == to.parent && (from.parent.is_none() || from.lane == to.lane);
        assert_eq!(
            route.points.is_empty(),
            !is_drawable,
            "{what}: edge {index}"
        );
        let (Some(&first), Some(&last)) = (route.points.first(), route.points.last()) else {
            continue;
        };
        assert!(
            is_on_border(first, &nodes[source]),
            "{what}: edge {index} begins at {first:?}"
        );
        assert!(
            is_on_border(last, &nodes[target]),
            "{what}: edge {index} ends at {last:?}"
        );
        for pair in route.points.windows(2) {
            let line = segment(pair[0], pair[1]);
            assert!(
                line.width == 0.0 || line.height == 0.0,
                "{what}: edge {index} is oblique"
            );
            assert!(
                extent.contains(&line),
                "{what}: edge {index} leaves the drawing"
            );
        }
        // What is drawn: corners are round.
        let curve = flattened(&route.points, EDGE_RADIUS, 1.0);
        let pieces = curve.windows(2).map(|pair| segment(pair[0], pair[1]));
        let pieces: Vec<Rect> = pieces.collect();
        let around = pieces
            .iter()
            .copied()
            .reduce(Rect::union)
            .unwrap_or_default();
        for (node, rect) in nodes.iter().enumerate() {
            if !rect.touches(&around) || is_inside(graph, source, node) {
                continue;
            }
            let rect = shrunk(rect, 0.5);
            let is_through = pieces.iter().any(|piece| runs_through(piece, &rect));
            assert!(!is_through, "{what}: edge {index} runs through node {node}");
        }
        curves.push((index, around, pieces));
        assert_eq!(
            route.label.is_some(),
            edge.label.is_some(),
            "{what}: edge {index}"
        );
        if let Some(label) = route.label {
            assert!(
                extent.contains(&label),
                "{what}: label {index} leaves the drawing"
            );
            let is_on_edge = route
                .points
                .windows(2)
                .any(|p| runs_through(&segment(p[0], p[1]), &label));
            assert!(is_on_edge, "{what}: label {index} is not on its edge");
            labels.push((index, label));
        }
        let size = Size::new(nodes[source].width, nodes[source].height);
        let leaves_by_end = match direction {
            Direction::TopToBottom => (first.y - nodes[source].y - size.height).abs() < 0.01,
            Direction::LeftToRight => (first.x - nodes[source].x - size.width).abs() < 0.01,
        };
        if leaves_by_end {
            let is_forward = match direction {
                Direction::TopToBottom => nodes[target].y >= nodes[source].bottom(),
                Direction::LeftToRight => nodes[target].x >= nodes[source].right(),
            };
            assert!(is_forward, "{what}: edge {index} leads back");
        }
    }
    labels.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    for (at, (index, label)) in labels.iter().enumerate() {
        for (other, rect) in &labels[at + 1..] {
            if rect.y >= label.bottom() {
                break;
            }
            assert!(
                !label.overlaps(rect),
                "{what}: labels {index} and {other} overlap"
            );
        }
        let source = graph.edges[*index].source.0;
        // The label of a loop stands where other edges may leave by the same side.
        let is_loop = graph.edges[*index].target.0 == source;
        let inside = shrunk(label, 1.0);
        for (other, around, pieces) in curves.iter().filter(|_| !is_loop) {
            let is_hit = other != index
                && around.touches(&inside)
                && pieces.iter().any(|piece| runs_through(piece, &inside));
            assert!(!is_hit, "{what}: edge {other} runs through label {index}");
        }
        for (node, rect) in nodes.iter().enumerate() {
            assert!(
                !label.overlaps(rect) || is_inside(graph, source, node),
                "{what}: label {index} covers node {node}"
            );
        }
    }
}

fn check_both_ways(graph: &LayoutGraph, what: &str) {
    for direction in [Direction::TopToBottom, Direction::LeftToRight] {
        let options = options(direction);
        let drawing = layout(graph, &options);
        check(
            graph,
            &drawing,
            direction,
            &format!("{what}, {direction:?}"),
        );
        assert_eq!(
            drawing,
            layout(graph, &options),
            "{what}: two drawings differ"
        );
    }
}

#[test]
fn generated_graphs_keep_every_invariant() {
    for seed in 0..300 {
        let nodes = 1 + seed as usize % 29;
        let graph = generated(seed, nodes, nodes * 3 / 2, 0);
        check_both_ways(&graph, &format!("flat graph {seed}"));
    }
    for seed in 0..200 {
        let nodes = 5 + seed as usize % 40;
        let graph = generated(seed, nodes, nodes * 2, 1 + nodes / 6);
        check_both_ways(&graph, &format!("nested graph {seed}"));
    }
}

#[test]
fn an_empty_graph_has_an_empty_drawing() {
    let drawing = layout(&LayoutGraph::default(), &LayoutOptions::default());
    assert_eq!(drawing, Layout::default());
}

#[test]
fn hostile_input_is_drawn_as_far_as_it_goes() {
    let node = |parent: Option<usize>| LayoutNode {
        size: Size::new(f64::NAN, f64::INFINITY),
        parent: parent.map(NodeId),
        ..LayoutNode::default()
    };
    let edge = |source: usize, target: usize| LayoutEdge {
        source: NodeId(source),
        target: NodeId(target),
        label: Some(Size::new(f64::NAN, -3.0)),
        kind: EdgeKind::Flow,
    };
    let graph = LayoutGraph {
        nodes: vec![node(Some(0)), node(Some(2)), node(Some(1)), node(Some(77))],
        edges: vec![edge(0, 0), edge(1, 9), edge(9, 1), edge(0, 1), edge(3, 3)],
    };
    let drawing = layout(&graph, &LayoutOptions::default());
    assert!(drawing.size.width.is_finite() && drawing.size.height.is_finite());
}

#[test]
fn ten_thousand_nodes_are_drawn() {
    let node = LayoutNode {
        size: Size::new(100.0, 40.0),
        ..LayoutNode::default()
    };
    let count = 10_000;
    let edge = |source: usize, target: usize| LayoutEdge {
        source: NodeId(source),
        target: NodeId(target),
        label: None,
        kind: EdgeKind::Flow,
    };
    // A chain in which every hundredth state fails to one handler, nodes on their own, and
    // containers nested in one another.
    let mut chain = LayoutGraph {
        nodes: vec![node.clone(); count],
        edges: (1..count).map(|at| edge(at - 1, at)).collect(),
    };
    chain
        .edges
        .extend((0..count).step_by(100).map(|at| LayoutEdge {
            kind: EdgeKind::Catch,
            ..edge(at, count - 1)
        }));
    let apart = LayoutGraph {
        nodes: vec![node.clone(); count],
        edges: Vec::new(),
    };
    let nested = LayoutGraph {
        nodes: (0..count)
            .map(|at| LayoutNode {
                parent: at.checked_sub(1).map(NodeId),
                ..node.clone()
            })
            .collect(),
        edges: Vec::new(),
    };
    for graph in [chain, apart, nested] {
        let drawing = layout(&graph, &LayoutOptions::default());
        assert!(drawing.size.width.is_finite() && drawing.size.height > 0.0);
    }
}

/// A flow of `count` states, each leading to the next.
fn chain(count: usize) -> LayoutGraph {
    let node = |index: usize| LayoutNode {
        size: Size::new(120.0, 40.0),
        is_entry: index == 0,
        key: Some(index as u64),
        ..LayoutNode::default()
    };
    LayoutGraph {
        nodes: (0..count).map(node).collect(),
        edges: (1..count).map(|at| flow(at - 1, at)).collect(),
    }
}

fn flow(source: usize, target: usize) -> LayoutEdge {
    LayoutEdge {
        source: NodeId(source),
        target: NodeId(target),
        label: None,
        kind: EdgeKind::Flow,
    }
}

#[test]
fn two_thousand_branches_are_drawn() {
    let count = 2_000;
    let mut choice = chain(1);
    let mut parallel = chain(1);
    parallel.nodes[0].container = Some(Container {
        lanes: count,
        ..Container::default()
    });
    for at in 1..=count {
        let node = LayoutNode {
            is_entry: false,
            ..choice.nodes[0].clone()
        };
        choice.nodes.push(node.clone());
        choice.edges.push(LayoutEdge {
            label: Some(Size::new(60.0, 18.0)),
            ..flow(0, at)
        });
        parallel.nodes.push(LayoutNode {
            parent: Some(NodeId(0)),
            lane: at - 1,
            is_entry: true,
            ..node
        });
    }
    let drawing = layout(&choice, &LayoutOptions::default());
    assert!(drawing.edges.iter().all(|route| !route.points.is_empty()));
    let drawing = layout(&parallel, &LayoutOptions::default());
    assert_eq!(drawing.lanes.len(), count);
}

#[test]
fn the_entry_stands_on_top() {
    // A long way that nothing reaches leads to the state right after the entry.
    let mut graph = chain(2);
    graph
        .nodes
        .extend(chain(6).nodes.into_iter().map(|node| LayoutNode {
            is_entry: false,
            ..node
        }));
    graph.edges.extend((2..7).map(|at| flow(at, at + 1)));
    graph.edges.push(flow(7, 1));
    let drawing = layout(&graph, &LayoutOptions::default());
    assert!(
        drawing
            .nodes
            .iter()
            .all(|rect| rect.y >= drawing.nodes[0].y)
    );
}

/// A state in the flow, a Map state with two states, and a state apart.
fn three_parts() -> LayoutGraph {
    let mut graph = chain(5);
    graph.edges = vec![flow(0, 1), flow(2, 3)];
    graph.nodes[1].container = Some(Container::default());
    for inner in [2, 3] {
        graph.nodes[inner].parent = Some(NodeId(1));
        graph.nodes[inner].is_entry = inner == 2;
    }
    graph
}

#[test]
fn only_what_changed_is_laid_out_again() {
    let options = LayoutOptions::default();
    let mut memory = Memory::default();
    let mut graph = three_parts();
    let first = layout_again(&graph, &options, &mut memory);
    assert_eq!(
        memory.work(),
        Work {
            laid_out: 3,
            kept: 0
        }
    );
    assert_eq!(layout_again(&graph, &options, &mut memory), first);
    assert_eq!(
        memory.work(),
        Work {
            laid_out: 0,
            kept: 3
        }
    );
    // The state apart grows: the container and what is in it stay.
    graph.nodes[4].size.width += 40.0;
    assert_eq!(
        layout_again(&graph, &options, &mut memory),
        layout(&graph, &options)
    );
    assert_eq!(
        memory.work(),
        Work {
            laid_out: 1,
            kept: 2
        }
    );
    // A state inside grows, and with it the container in the flow around it.
    graph.nodes[3].size.width += 40.0;
    layout_again(&graph, &options, &mut memory);
    assert_eq!(
        memory.work(),
        Work {
            laid_out: 2,
            kept: 1
        }
    );
    // Another direction is another drawing.
    let options = LayoutOptions {
        direction: Direction::LeftToRight,
        ..options
    };
    assert_eq!(
        layout_again(&graph, &options, &mut memory),
        layout(&graph, &options)
    );
    assert_eq!(
        memory.work(),
        Work {
            laid_out: 3,
            kept: 0
        }
    );
}

#[test]
fn edits_keep_every_invariant() {
    for seed in 0..200 {
        let nodes = 5 + seed as usize % 30;
        let before = generated(seed, nodes, nodes * 3 / 2, (seed as usize % 3) * nodes / 9);
        let mut after = before.clone();
        let mut dice = Dice(seed + 1);
        // One more state on an edge.
        let at = dice.roll(before.edges.len());
        let edge = &mut after.edges[at];
        let inserted = LayoutNode {
            size: Size::new(120.0, 40.0),
            container: None,
            is_entry: false,
            key: Some(1 << 40),
            ..before.nodes[edge.source.0].clone()
        };
        let target = std::mem::replace(&mut edge.target, NodeId(nodes));
        after.edges.push(flow(nodes, target.0));
        after.nodes.push(inserted);
        for direction in [Direction::TopToBottom, Direction::LeftToRight] {
            let options = options(direction);
            let mut memory = Memory::default();
            layout_again(&before, &options, &mut memory);
            let new = layout_again(&after, &options, &mut memory);
            check(
                &after,
                &new,
                direction,
                &format!("edit of {seed}, {direction:?}"),
            );
        }
    }
}

#[test]
fn a_chain_is_straight() {
    let mut graph = generated(1, 12, 0, 0);
    graph.edges = (1..12)
        .map(|at| LayoutEdge {
            source: NodeId(at - 1),
            target: NodeId(at),
            label: None,
            kind: EdgeKind::Flow,
        })
        .collect();
    let drawing = layout(&graph, &LayoutOptions::default());
    for route in &drawing.edges {
        assert_eq!(route.points.len(), 2);
    }
}

/// The graphs of the benchmark, where they are at hand.
#[test]
fn benchmark_graphs_keep_every_invariant() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/graphs");
    let Ok(entries) = std::fs::read_dir(&directory) else {
        eprintln!("skipped: no benchmark graphs beside the working directory");
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the file was listed");
        let (graph, _) = from_json(&text).expect("benchmark graphs are graphs");
        if graph.nodes.len() > 1_000 {
            continue;
        }
        let drawing = layout(&graph, &LayoutOptions::default());
        let name = path.display().to_string();
        check(&graph, &drawing, Direction::TopToBottom, &name);
    }
}

/// Real definitions, where they are at hand.
#[test]
fn corpus_drawings_keep_every_invariant() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&directory) else {
        eprintln!("skipped: no corpus beside the working directory");
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".asl.json"));
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the file was listed");
        let machine = asl::lower(&json::parse(&text).root).machine;
        let folds = BTreeSet::new();
        let sized = to_layout(&state_graph(&machine), &folds, &estimate);
        check_both_ways(&sized.graph, &path.display().to_string());
    }
}

/// The examples of the page.
#[test]
fn example_drawings_keep_every_invariant() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/examples");
    let entries = std::fs::read_dir(directory).expect("the examples are part of the project");
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    for folder in folders {
        let path = folder.join("definition.asl.json");
        let text = std::fs::read_to_string(&path).expect("every example has a definition");
        let machine = asl::lower(&json::parse(&text).root).machine;
        let sized = to_layout(&state_graph(&machine), &BTreeSet::new(), &estimate);
        check_both_ways(&sized.graph, &path.display().to_string());
    }
}
