//! Real definitions: all open, all draw, and those the simulator can run reach an end.
//!
//! Inputs and mocks are generated from the definitions themselves. The figures are printed,
//! so that `cargo test --test corpus -- --nocapture` says how far the simulator is. What
//! keeps a file from a good end stands in `tests/data/corpus/unfinished.txt`, a list that
//! may only shrink.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statelab::asl::{self, StateMachine, WorkflowType};
use statelab::diagram::geometry::{Point, Rect};
use statelab::diagram::layout::Direction;
use statelab::diagram::sizing::estimate;
use statelab::diagram::{Drawing, LayoutOptions, draw, state_graph};
use statelab::execution::generate::generate;
use statelab::execution::interpreter::{Fuel, Options, Outcome, Setup, Status};
use statelab::source::Severity;
use statelab::source::{json, yaml};
use statelab::time::Timestamp;

/// A definition that runs longer than this on mocked results goes round in circles.
const MOST_EVENTS: usize = 20_000;

fn corpus() -> Option<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    let read = |file: PathBuf| {
        let name = file
            .file_name()
            .unwrap()
            .to_string_lossy()
            .replace(".asl.json", "");
        (name, std::fs::read_to_string(file).unwrap())
    };
    Some(files.into_iter().map(read).collect())
}

fn run(machine: Arc<StateMachine>) -> Status {
    let generated = generate(&machine, "corpus");
    let (input, mocks) = (generated.input_text(), generated.mocks_text());
    let setup = Setup {
        input: &input,
        mocks: &mocks,
        ..Setup::default()
    };
    let at = Timestamp::from_millis(1_750_000_000_000);
    let mut simulation = setup.start(machine, Options::default(), at).unwrap();
    loop {
        let status = simulation.advance(Fuel(1_000));
        if status != Status::Running || simulation.history().len() > MOST_EVENTS {
            return status;
        }
    }
}

/// How a definition comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Succeeded,
    Failed,
    /// There is no end.
    None,
}

fn end(machine: &Arc<StateMachine>) -> End {
    match run(machine.clone()) {
        Status::Ended(Outcome::Succeeded(_)) => End::Succeeded,
        Status::Ended(Outcome::Failed(_)) => End::Failed,
        Status::Ended(Outcome::TimedOut(_) | Outcome::Aborted(_))
        | Status::Running
        | Status::Pending(_) => End::None,
    }
}

#[test]
fn every_definition_opens() {
    let Some(corpus) = corpus() else { return };
    let mut with_problems = Vec::new();
    for (name, text) in &corpus {
        let parse = json::parse(text);
        assert_eq!(parse.errors, [], "{name}");
        let lowered = asl::lower(&parse.root);
        assert!(lowered.machine.walk().count() > 0, "{name} has no states");
        let problems = asl::validate(text, &parse.root, &lowered.machine, WorkflowType::Standard);
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let errors = errors.count();
        assert!(errors <= 2, "{name}: a cascade of {errors} errors");
        if errors > 0 {
            with_problems.push(name.as_str());
        }
    }
    // Their author put QueryLanguage between the states.
    let faulty = ["shared-fallback-state-jsonata-statemachine"];
    assert_eq!(
        with_problems, faulty,
        "what the service accepts has no errors"
    );
    println!(
        "{} definitions open, {} of them with faults of their authors: {with_problems:?}",
        corpus.len(),
        with_problems.len()
    );
}

#[test]
fn every_definition_draws() {
    let Some(corpus) = corpus() else { return };
    for (name, text) in &corpus {
        let machine = asl::lower(&json::parse(text).root).machine;
        let graph = state_graph(&machine);
        for direction in [Direction::TopToBottom, Direction::LeftToRight] {
            let options = LayoutOptions {
                direction,
                ..LayoutOptions::default()
            };
            let drawing = draw(&graph, &BTreeSet::new(), &estimate, &options);
            check_drawing(&machine, &drawing, &format!("{name}, {direction:?}"));
            assert_eq!(drawing.edges.len(), graph.edges().count(), "{name}");
        }
    }
    println!("{} definitions draw", corpus.len());
}

/// Every state and edge is there, no two nodes overlap, and no edge, corners rounded as
/// they are drawn, runs through a node. (`tests/layout.rs` asks more of the same graphs.)
fn check_drawing(machine: &StateMachine, drawing: &Drawing, what: &str) {
    for state in machine.walk() {
        let drawn = drawing.find(&state.pointer);
        let is_drawn = drawn.is_some_and(|drawn| drawn.rect.width > 0.0);
        assert!(is_drawn, "{what}: {} is not drawn", state.name);
    }
    let nodes = &drawing.nodes;
    for (index, one) in nodes.iter().enumerate() {
        for other in nodes.iter().skip(index + 1) {
            let are_nested = one.rect.contains(&other.rect) || other.rect.contains(&one.rect);
            let is_overlap = one.rect.overlaps(&other.rect) && !(one.is_open || other.is_open);
            assert!(
                !is_overlap && (!one.rect.overlaps(&other.rect) || are_nested),
                "{what}: {} and {} overlap",
                one.pointer,
                other.pointer
            );
        }
    }
    for edge in &drawing.edges {
        assert!(edge.route.points.len() >= 2, "{what}: an edge is not drawn");
        let points = flatten(&edge.path());
        let find = |index| nodes.iter().find(|node| node.node == index).unwrap();
        let target = find(edge.target);
        for node in nodes {
            // An edge inside a container runs over it.
            if node.rect.contains(&target.rect) && node.node != edge.target {
                continue;
            }
            let inside = Rect {
                x: node.rect.x + 0.5,
                y: node.rect.y + 0.5,
                width: node.rect.width - 1.0,
                height: node.rect.height - 1.0,
            };
            let is_through = points.iter().any(|point| {
                let within = inside.x < point.x && point.x < inside.right();
                within && inside.y < point.y && point.y < inside.bottom()
            });
            assert!(
                !is_through,
                "{what}: {} runs through {}",
                edge.pointer, node.pointer
            );
        }
    }
}

/// Points along an SVG path of lines and quadratic curves, half a unit apart or less.
fn flatten(path: &str) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let starts = path
        .char_indices()
        .filter(|(_, char)| char.is_ascii_alphabetic());
    let starts: Vec<usize> = starts.map(|(at, _)| at).chain([path.len()]).collect();
    for pair in starts.windows(2) {
        let &[from, to] = pair else {
            panic!("windows of two")
        };
        let (command, numbers) = path[from..to].split_at(1);
        let numbers: Vec<f64> = numbers
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        let last = points.last().copied();
        let (control, end) = match (command, numbers.as_slice()) {
            ("M", &[x, y]) => {
                points.push(Point::new(x, y));
                continue;
            }
            ("L", &[x, y]) => (Point::new(x, y), Point::new(x, y)),
            ("Q", &[cx, cy, x, y]) => (Point::new(cx, cy), Point::new(x, y)),
            other => panic!("{other:?} is no part of a path"),
        };
        let start = last.unwrap();
        let control = match command {
            "L" => Point::new((start.x + end.x) / 2.0, (start.y + end.y) / 2.0),
            _ => control,
        };
        let length = (control.x - start.x).hypot(control.y - start.y)
            + (end.x - control.x).hypot(end.y - control.y);
        let steps = (length * 2.0).ceil().max(1.0);
        let mut step = 1.0;
        while step <= steps {
            let (t, u) = (step / steps, 1.0 - step / steps);
            let at = |start: f64, control: f64, end: f64| {
                u * u * start + 2.0 * u * t * control + t * t * end
            };
            points.push(Point::new(
                at(start.x, control.x, end.x),
                at(start.y, control.y, end.y),
            ));
            step += 1.0;
        }
    }
    points
}

#[test]
fn definitions_come_to_a_good_end_with_generated_mocks() {
    let Some(corpus) = corpus() else { return };
    let known = include_str!("data/corpus/unfinished.txt");
    let known: BTreeMap<&str, &str> = known
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            line.split_once(": ")
                .expect("a line is a name, a colon and a sentence")
        })
        .collect();
    let mut counts: BTreeMap<End, usize> = BTreeMap::new();
    let mut unfinished = BTreeSet::new();
    for (name, text) in &corpus {
        let machine = asl::lower(&json::parse(text).root).machine;
        let end = end(&machine);
        *counts.entry(end).or_default() += 1;
        if end == End::Succeeded {
            continue;
        }
        unfinished.insert(name.as_str());
        let sentence = known.get(name.as_str()).copied().unwrap_or_default();
        assert!(
            sentence.ends_with('.'),
            "{name}: {sentence:?} is no sentence"
        );
    }
    println!("{} definitions: {counts:?}", corpus.len());
    assert_eq!(
        unfinished,
        known.keys().copied().collect(),
        "tests/data/corpus/unfinished.txt may only lose lines"
    );
}

#[test]
fn every_definition_as_yaml_is_laid_out_already() {
    let Some(corpus) = corpus() else { return };
    for (name, text) in &corpus {
        let written = yaml::write_yaml(&json::parse(text).root.to_value());
        let formatted = yaml::format(&written);
        assert!(
            formatted.is_none_or(|formatted| formatted == written),
            "{name}"
        );
    }
}
