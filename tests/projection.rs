//! What projections make of histories that the interpreter writes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use statelab::asl::{MapMode, Pointer, StateKind, StateMachine, lower};
use statelab::execution::history::{HistoryEvent, Payload};
use statelab::execution::interpreter::{Mocks, Options, Simulation, Unmocked, run_to_end};
use statelab::execution::projection::{Status, Trace, Visit, data_flow, table, trace, variables};
use statelab::source::json::parse;
use statelab::time::Timestamp;

/// Runs a case of `tests/data/interpreter`.
fn run(name: &str) -> (Arc<StateMachine>, Vec<HistoryEvent>) {
    let path = format!(
        "{}/tests/data/interpreter/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let case: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let machine = lower(&parse(&case["definition"].to_string()).root).machine;
    let responses = case["mocks"].as_object().cloned().unwrap_or_default();
    let states: serde_json::Map<_, _> = responses
        .keys()
        .map(|state| (state.clone(), state.clone().into()))
        .collect();
    let config = serde_json::json!({
        "StateMachines": {"M": {"TestCases": {"C": states}}}, "MockedResponses": responses,
    });
    let mocks = Mocks::parse(&config.to_string()).unwrap();
    let handler = mocks.handler(None, "C", Unmocked::Pending).unwrap();
    let input = Payload::from_text(
        &case
            .get("input")
            .map_or("{}".to_owned(), ToString::to_string),
    );
    let at = Timestamp::from_millis(0);
    let mut simulation = Simulation::start(machine.clone(), input, Options::default(), at, handler);
    run_to_end(&mut simulation);
    (machine, simulation.history().to_vec())
}

fn statuses(trace: &Trace) -> Vec<(String, Status)> {
    let status = |(pointer, status): (Pointer, statelab::execution::projection::StateStatus)| {
        let name = pointer.as_str().rsplit('/').next().unwrap().to_owned();
        (name, status.status)
    };
    trace.statuses().into_iter().map(status).collect()
}

fn status(trace: &Trace, name: &str) -> Status {
    statuses(trace)
        .iter()
        .find(|(state, _)| state == name)
        .map(|(_, status)| *status)
        .unwrap()
}

#[test]
fn a_failed_task_in_a_branch_has_failed() {
    let (machine, events) = run("parallel-task-failure");
    let trace = trace(&machine, &events);
    assert_eq!(status(&trace, "A"), Status::Failed);
    assert_eq!(status(&trace, "P"), Status::Failed);
    let parallel = trace
        .visits_of(&Pointer::parse("/States/P"))
        .next()
        .unwrap();
    assert_eq!(parallel.attempts.len(), 2);
    assert_eq!(
        parallel.attempts[0].failure.as_ref().unwrap().error_name(),
        "E"
    );
}

#[test]
fn a_retried_map_closes_what_its_first_attempt_left_open() {
    let (machine, events) = run("map-failure");
    let trace = trace(&machine, &events);
    assert_eq!(status(&trace, "M"), Status::Caught);
    assert!(trace.visits().iter().all(|visit| !visit.is_open()));
    let map = trace
        .visits_of(&Pointer::parse("/States/M"))
        .next()
        .unwrap();
    assert_eq!(map.attempts.len(), 2);
    assert!(map.attempts.iter().all(|attempt| attempt.failure.is_some()));
}

#[test]
fn branches_cut_short_are_aborted() {
    let (machine, events) = run("parallel-failure-aborts-the-rest");
    let trace = trace(&machine, &events);
    for name in ["B", "C", "D", "W"] {
        assert_eq!(status(&trace, name), Status::Aborted, "{name}");
    }
    assert_eq!(status(&trace, "F"), Status::Failed);
    assert_eq!(status(&trace, "P"), Status::Caught);
}

#[test]
fn retries_and_timeouts_show() {
    let (machine, events) = run("task-retry-backoff");
    assert_eq!(status(&trace(&machine, &events), "A"), Status::Retried);
    let (machine, events) = run("machine-timeout");
    assert_eq!(status(&trace(&machine, &events), "A"), Status::TimedOut);
    // At any event of the history the fold tells how it stood then.
    let (machine, events) = run("wait");
    assert_eq!(status(&trace(&machine, &events[..2]), "A"), Status::Running);
    assert_eq!(
        status(&trace(&machine, &events[..3]), "A"),
        Status::Succeeded
    );
}

/// Of a Map Run that failed two events tell: its own and that of the state.
#[test]
fn a_failed_map_run_is_one_attempt() {
    let (machine, events) = run("distributed-fails");
    let trace = trace(&machine, &events);
    let map = &trace.visits()[0];
    let [attempt] = map.attempts.as_slice() else {
        panic!("{:?}", map.attempts);
    };
    assert_eq!(map.status, Status::Caught);
    let failure = attempt.failure.as_ref().unwrap();
    assert_eq!(
        failure.error.as_deref(),
        Some("States.ExceedToleratedFailureThreshold")
    );
}

/// What the history knows of an output is what the stages come to on their own.
#[test]
fn stages_lead_from_input_to_output() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/interpreter");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file
            .unwrap()
            .file_name()
            .to_string_lossy()
            .replace(".json", "");
        let (machine, events) = run(&name);
        let trace = trace(&machine, &events);
        for visit in trace.visits() {
            // Random values differ, and what was caught after a task succeeded looks planned.
            let is_odd = ["intrinsic", "task-result-path-conflict"].contains(&name.as_str());
            if is_odd || !matches!(visit.status, Status::Succeeded | Status::Retried) {
                continue;
            }
            // What child executions gave stands in no history of this one.
            let state = machine.find(visit.pointer.as_ref().unwrap()).unwrap();
            if matches!(&state.kind, StateKind::Map(map) if map.mode == MapMode::Distributed) {
                continue;
            }
            let blind = Visit {
                output: None,
                ..visit.clone()
            };
            let options = Options::default();
            let stages = data_flow(&machine, &options, &events, &trace, &blind).unwrap();
            assert_eq!(stages.fault, None, "{name} {visit:?}");
            let output = visit.output.as_ref().map(|output| output.value().clone());
            assert_eq!(stages.output, output, "{name} {}", visit.name);
            count += 1;
        }
    }
    assert!(count > 50);
}

#[test]
fn variables_are_those_in_sight() {
    let (machine, events) = run("assign-scopes");
    let trace = trace(&machine, &events);
    let names = |state: &str| {
        let visit = trace
            .visits()
            .iter()
            .find(|visit| &*visit.name == state)
            .unwrap();
        let variables = variables(&trace, visit);
        let mut names: Vec<String> = variables
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(names("A"), "");
    assert_eq!(names("J"), "a=1 b=2 inner=1");
    assert_eq!(names("L"), "a=1 b=2");
    assert_eq!(names("Z"), "a=9 b=2");
}

#[test]
fn rows_name_states_and_what_counts() {
    let (machine, events) = run("map-concurrency");
    let trace = trace(&machine, &events);
    let rows = table(&trace, &events);
    assert_eq!(rows.len(), events.len());
    assert_eq!(rows[0].state, None);
    assert_eq!(rows[2].summary, "4 items");
    assert_eq!(rows[3].summary, "iteration 0");
    let wait = &rows[7];
    assert_eq!(
        (wait.state.as_deref(), wait.iteration),
        (Some("W"), Some(1))
    );
    assert_eq!(wait.elapsed.as_secs(), 1);
    assert!(wait.summary.starts_with("{\"all\":4"));
    let (machine, events) = run("task-uncaught");
    let rows = table(&self::trace(&machine, &events), &events);
    assert_eq!(rows.last().unwrap().summary, "Busy: always");
}

#[test]
fn a_history_read_in_slices_means_what_it_means_at_once() {
    for name in [
        "parallel-task-failure",
        "map-nested",
        "task-retry-exhausted",
    ] {
        let (machine, events) = run(name);
        let whole = trace(&machine, &events);
        assert_eq!(whole.events(), events.len());
        for size in [1, 2, 7] {
            let mut read = Trace::default();
            for slice in events.chunks(size) {
                read.read_on(&machine, slice);
            }
            assert_eq!(read, whole, "{name} in slices of {size}");
        }
    }
}
