//! One data-driven case.

use std::sync::Arc;

use serde_json::Value as Json;
use statelab::asl::lower;
use statelab::execution::history::{
    EventDetails, HistoryEvent, Payload, parse_history, write_history,
};
use statelab::execution::interpreter::{
    Fuel, Generator, MapRun, MockHandler, Mocks, Options, Simulation, Status, Unmocked, run_to_end,
};
use statelab::execution::item::Objects;
use statelab::execution::projection::trace;
use statelab::source::json::{Value, parse};
use statelab::time::Timestamp;

/// The events of a case in one slice.
pub fn events(case: &Json) -> Vec<String> {
    run(case, Fuel(10_000))
}

/// The events of a case in slices of one step.
pub fn events_in_slices(case: &Json) -> Vec<String> {
    run(case, Fuel(1))
}

fn run(case: &Json, fuel: Fuel) -> Vec<String> {
    let mut simulation = start(case);
    let status = loop {
        let status = simulation.advance(fuel);
        if status != Status::Running {
            break status;
        }
    };
    // Every event survives the wire.
    let text = write_history(simulation.history()).to_string();
    assert_eq!(parse_history(&text).unwrap(), simulation.history());
    // Whatever happens in a state can be told of that state.
    let trace = trace(simulation.execution().machine(), simulation.history());
    for event in simulation.history() {
        let is_of_execution = event.event_type.as_str().starts_with("Execution");
        assert_eq!(
            trace.owner(event.id).is_none(),
            is_of_execution,
            "{event:?}"
        );
    }
    let mut events: Vec<String> = simulation.history().iter().map(compact).collect();
    let execution = simulation.execution();
    events.extend(execution.map_runs().iter().flat_map(map_run));
    let written = execution.written();
    events
        .extend(written.map(|(bucket, key, text)| format!("written: {bucket}/{key} {}", &**text)));
    match status {
        Status::Pending(tasks) => {
            let names: Vec<&str> = tasks.iter().map(|task| &*task.state).collect();
            events.push(format!("pending: {}", names.join(", ")));
        }
        Status::Ended(_) | Status::Running => {}
    }
    events
}

/// A Map Run in a line, and one for each child.
fn map_run(map_run: &MapRun) -> Vec<String> {
    let counts = map_run.items;
    let mut lines = vec![format!(
        "map run: {} {} {} items, {} succeeded, {} failed, {} aborted",
        map_run.state,
        map_run.status.as_str(),
        counts.total,
        counts.succeeded,
        counts.bad(),
        counts.aborted
    )];
    lines.extend(map_run.children.iter().map(|child| {
        let outcome = child.outcome.as_ref().map(ToString::to_string);
        let (input, events) = (&child.input, child.history.len());
        format!(
            "map run: {input} {} in {events} events",
            outcome.unwrap_or_default()
        )
    }));
    lines
}

/// The events when every task is answered as it was in the case's own history.
pub fn events_on_recorded_mocks(case: &Json) -> Vec<String> {
    let mut simulation = start(case);
    let status = run_to_end(&mut simulation);
    let mocks = Mocks::record("M", "C", simulation.history());
    assert_eq!(Mocks::parse(&mocks.to_text()).unwrap(), mocks);
    let handler = mocks.handler(None, "C", Unmocked::Pending).unwrap();
    let execution = simulation.execution();
    let machine = execution.machine().clone();
    let options = execution.options().clone();
    let Some(EventDetails::ExecutionStarted(started)) = &simulation.history()[0].details else {
        panic!()
    };
    let input = started.input.clone().unwrap();
    let mut again = Simulation::start(machine, input, options, execution.started(), handler);
    assert_eq!(run_to_end(&mut again), status);
    again.history().iter().map(compact).collect()
}

fn start(case: &Json) -> Simulation<MockHandler> {
    let machine = lower(&parse(&case["definition"].to_string()).root).machine;
    let mocks = serde_json::json!({
        "StateMachines": {"M": {"TestCases": {"C":
            case["mocks"].as_object().into_iter().flatten().map(|(state, _)| (state.clone(), state.clone().into()))
                .collect::<serde_json::Map<_, _>>()}}},
        "MockedResponses": case["mocks"].as_object().cloned().unwrap_or_default(),
    });
    let unmocked = match case.get("generate") {
        Some(value) => Unmocked::Generate(Generator::with_fallback(
            Value::parse(&value.to_string()).unwrap(),
        )),
        None => Unmocked::Pending,
    };
    let mocks = Mocks::parse(&mocks.to_string()).unwrap();
    let handler = mocks.handler(Some("M"), "C", unmocked).unwrap();
    let input = case.get("input").map_or("{}".to_owned(), Json::to_string);
    let mut objects = Objects::default();
    for (path, text) in case["s3"].as_object().into_iter().flatten() {
        objects.insert_at(path, text.as_str().unwrap()).unwrap();
    }
    let machines = case["machines"].as_object().into_iter().flatten();
    let machines = machines.map(|(name, definition)| {
        let machine = lower(&parse(&definition.to_string()).root).machine;
        (name.as_str().into(), machine)
    });
    let options = Options {
        objects: Arc::new(objects),
        machines: Arc::new(machines.collect()),
        seed: case["seed"].as_u64().unwrap_or(0),
        ..Options::default()
    };
    let at = Timestamp::from_millis(1_700_000_000_000);
    Simulation::start(machine, Payload::from_text(&input), options, at, handler)
}

/// `7<-4 +3.5s TaskFailed …`: number, previous, seconds since the start, type, what counts.
fn compact(event: &HistoryEvent) -> String {
    let mut text = format!("{}<-{}", event.id, event.previous_event_id);
    let elapsed = event
        .timestamp
        .since(Timestamp::from_millis(1_700_000_000_000));
    if !elapsed.is_zero() {
        text += &format!(" +{}s", elapsed.as_secs_f64());
    }
    text += &format!(" {}", event.event_type);
    let Some(details) = &event.details else {
        return text;
    };
    if let Some(name) = details.state_name() {
        text += &format!(" {name}");
    }
    match details {
        EventDetails::MapStateStarted(details) => text += &format!(" ×{}", details.length.unwrap()),
        EventDetails::MapIterationStarted(details)
        | EventDetails::MapIterationSucceeded(details)
        | EventDetails::MapIterationFailed(details)
        | EventDetails::MapIterationAborted(details) => {
            text += &format!(" #{}", details.index.unwrap())
        }
        EventDetails::TaskScheduled(details) => {
            text += &format!(
                " {}:{}",
                details.resource_type.as_ref().unwrap(),
                details.resource.as_ref().unwrap()
            );
            for limit in [details.timeout_in_seconds, details.heartbeat_in_seconds] {
                text += &limit.map_or(String::new(), |limit| format!(" {limit}s"));
            }
        }
        _ => {}
    }
    if let Some(data) = details.input().or(details.output()) {
        text += &format!(" {data}");
    }
    if let Some(failure) = details.failure() {
        text += &format!(" {failure}");
    }
    if let EventDetails::StateExited(details) = details {
        for (name, value) in details.assigned_variables.iter().flatten() {
            text += &format!(" ${name}={value}");
        }
    }
    text
}
