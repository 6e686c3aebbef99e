//! The workloads that peers are measured with: outputs must be right. With
//! `cargo test --release --test workloads -- --nocapture` it says how fast they run.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Instant;

use statelab::asl::lower;
use statelab::execution::history::Payload;
use statelab::execution::interpreter::{
    Options, Outcome, Quotas, Reply, Simulation, Status, TaskHandler, TaskRequest, TaskResult,
    run_to_end,
};
use statelab::source::json::{Value, parse};
use statelab::time::Timestamp;

/// Fails every fourth call, as the workload's manifest wants it.
struct Flaky;

impl TaskHandler for Flaky {
    fn invoke(&mut self, request: &TaskRequest) -> Reply {
        let number = request
            .input
            .get("Payload")
            .and_then(|payload| payload.get("n")?.as_i64());
        Reply::now(match number {
            Some(number) if number % 4 == 3 => TaskResult::failure("Flaky", "by turns"),
            _ => TaskResult::Success(Value::parse(r#"{"Payload":{"v":1}}"#).unwrap()),
        })
    }
}

#[test]
fn outputs_are_right() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/workloads");
    for (name, transitions) in [
        ("1-loop", 10_001),
        ("2-map", 10_001),
        ("3-parallel", 401),
        ("5-task", 6_001),
        ("6-payload", 200),
    ] {
        let read = |kind: &str| std::fs::read_to_string(format!("{folder}/{name}.{kind}.json"));
        let Ok(definition) = read("asl") else {
            eprintln!("skipped: no workloads at {folder}");
            return;
        };
        let machine = lower(&parse(&definition).root).machine;
        let input = Payload::from_text(&read("input").unwrap());
        let begin = Instant::now();
        let at = Timestamp::from_millis(0);
        // One of them has more events than the service allows.
        let options = Options {
            quotas: Quotas {
                events: 1_000_000,
                ..Quotas::SERVICE
            },
            ..Options::default()
        };
        let mut simulation = Simulation::start(machine, input, options, at, Flaky);
        let status = run_to_end(&mut simulation);
        let seconds = begin.elapsed().as_secs_f64();
        let Status::Ended(Outcome::Succeeded(output)) = status else {
            panic!("{name}: {status:?}")
        };
        assert_eq!(
            output,
            Value::parse(&read("expected").unwrap()).unwrap(),
            "{name}"
        );
        println!(
            "{name:12} {:10.0} transitions per second",
            f64::from(transitions) / seconds
        );
    }
}
