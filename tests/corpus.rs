//! Real definitions: all open, all draw, and those the simulator can run reach an end.
//!
//! The figures are printed, so that `cargo test --test corpus -- --nocapture` says how
//! far the simulator is. What keeps a file from its end stands in
//! `tests/data/corpus/unfinished.txt`, a list that may only shrink.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use statelab::asl::{self, StateMachine};
use statelab::diagram::sizing::estimate;
use statelab::diagram::{LayoutOptions, draw, state_graph};
use statelab::execution::history::Payload;
use statelab::execution::interpreter::{
    Fuel, Generator, MockHandler, Options, Outcome, Simulation, Status, Unmocked, unsupported,
};
use statelab::source::Severity;
use statelab::source::json;
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
    let handler = MockHandler::new(Default::default(), Unmocked::Generate(Generator::default()));
    let at = Timestamp::from_millis(1_750_000_000_000);
    let input = Payload::from_text("{}");
    let mut simulation = Simulation::start(machine, input, Options::default(), at, handler);
    loop {
        let status = simulation.advance(Fuel(1_000));
        if status != Status::Running || simulation.history().len() > MOST_EVENTS {
            return status;
        }
    }
}

/// What keeps a definition from its end, in a word that stands in the list.
fn end(machine: &Arc<StateMachine>) -> Result<&'static str, String> {
    if let Some(missing) = unsupported(machine).first() {
        let text = missing.to_string();
        return Err(if text.contains("JSONata") {
            "JSONata"
        } else {
            "distributed Map"
        }
        .to_owned());
    }
    match run(machine.clone()) {
        Status::Ended(Outcome::Succeeded(_)) => Ok("succeeded"),
        Status::Ended(Outcome::Failed(_)) => Ok("failed"),
        Status::Ended(outcome) => Err(outcome.to_string()),
        Status::Running => Err("goes round for ever on generated mocks".to_owned()),
        Status::Pending(_) => Err("waits for an answer".to_owned()),
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
        let errors = lowered
            .diagnostics
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let errors = errors.count();
        assert!(errors <= 2, "{name}: a cascade of {errors} errors");
        if errors > 0 {
            with_problems.push(name.as_str());
        }
    }
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
        let drawing = draw(
            &graph,
            &BTreeSet::new(),
            &estimate,
            &LayoutOptions::default(),
        );
        for state in machine.walk() {
            let drawn = drawing.find(&state.pointer);
            assert!(
                drawn.is_some_and(|drawn| drawn.rect.width > 0.0),
                "{name}: {} is not drawn",
                state.name
            );
        }
        let edges = graph.edges().count();
        let drawn = drawing
            .edges
            .iter()
            .filter(|edge| edge.route.points.len() >= 2)
            .count();
        assert_eq!(drawn, edges, "{name}: an edge is not drawn");
    }
    println!("{} definitions draw", corpus.len());
}

#[test]
fn definitions_reach_an_end_with_generated_mocks() {
    let Some(corpus) = corpus() else { return };
    let known = include_str!("data/corpus/unfinished.txt");
    let known: BTreeMap<&str, &str> = known
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            line.split_once(": ")
                .expect("a line is a name, a colon and a reason")
        })
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unfinished: BTreeMap<&str, String> = BTreeMap::new();
    for (name, text) in &corpus {
        let machine = asl::lower(&json::parse(text).root).machine;
        match end(&machine) {
            Ok(end) => *counts.entry(end).or_default() += 1,
            Err(reason) => {
                unfinished.insert(name, reason);
            }
        }
    }
    println!(
        "{} definitions: {counts:?}, {} do not reach an end",
        corpus.len(),
        unfinished.len()
    );
    let unfinished: BTreeMap<&str, &str> = unfinished
        .iter()
        .map(|(name, reason)| (*name, reason.as_str()))
        .collect();
    assert_eq!(
        unfinished, known,
        "tests/data/corpus/unfinished.txt may only lose lines"
    );
}
