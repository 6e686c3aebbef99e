//! Definitions with random damage: they may fail in any way but one.

use serde_json::{Value, json};
use statelab::asl::lower;
use statelab::execution::history::{parse_history, write_history};
use statelab::execution::interpreter::{Fuel, Generator, Options, Simulation, Status};
use statelab::execution::projection::{data_flow, table, trace};
use statelab::source::json::parse;
use statelab::time::Timestamp;

/// Numbers that are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the node with number `at` in the order of the text.
fn replace(value: &mut Value, at: &mut usize, new: &Value) {
    if *at == 0 {
        *value = new.clone();
        *at = usize::MAX;
        return;
    }
    *at = at.saturating_sub(1);
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => return,
    };
    for child in children {
        if *at == usize::MAX {
            return;
        }
        replace(child, at, new);
    }
}

#[test]
fn damage_never_panics() {
    let junk = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(""),
        json!("$"),
        json!("$$"),
        json!("$.x[0]"),
        json!("$..*"),
        json!("$undefined"),
        json!("States.Array($, $$)"),
        json!("States.Format("),
        json!("A"),
        json!("Pass"),
        json!("Map"),
        json!([]),
        json!([1, "$"]),
        json!({}),
        json!({"x.$": "$[5]"}),
        json!("2024-01-01T00:00:00Z"),
        json!("arn:aws:states:::sqs:sendMessage.waitForTaskToken"),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/interpreter");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut random = Random(1);
    for path in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let definition = &case["definition"];
        for _ in 0..60 {
            let mut broken = definition.clone();
            for _ in 0..=random.below(3) {
                let mut at = random.below(count(&broken));
                replace(&mut broken, &mut at, &junk[random.below(junk.len())]);
            }
            let machine = lower(&parse(&broken.to_string()).root).machine;
            let input = parse(&case.get("input").map_or("{}".to_owned(), Value::to_string)).root;
            let at = Timestamp::from_millis(0);
            let mut simulation = Simulation::start(
                machine.clone(),
                input.to_value().into(),
                Options::default(),
                at,
                Generator::default(),
            );
            for _ in 0..30 {
                if simulation.advance(Fuel(50)) != Status::Running {
                    break;
                }
            }
            let history = simulation.history();
            let text = write_history(history).to_string();
            assert_eq!(parse_history(&text).unwrap(), history);
            let trace = trace(&machine, history);
            table(&trace, history);
            for visit in trace.visits().iter().take(50) {
                data_flow(&machine, &Options::default(), history, &trace, visit);
            }
        }
    }
}
