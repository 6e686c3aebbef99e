//! Runs a case and says how near its history comes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use statelab::asl::lower;
use statelab::execution::history::{Log, LogLevel, Payload};
use statelab::execution::interpreter::{
    Execution, MockHandler, Mocks, Options, Simulation, Unmocked, WorkflowType, run_to_end,
};
use statelab::source::json::{Wire, parse};
use statelab::time::Timestamp;

use crate::case::Case;
use crate::wild::Wild;

/// From strict to lenient, as the README of the recordings has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    Exact,
    Causal,
    NoCause,
    Final,
    Fail,
    Skipped,
}

impl Grade {
    pub fn parse(text: &str) -> Option<Self> {
        let all = [
            Self::Exact,
            Self::Causal,
            Self::NoCause,
            Self::Final,
            Self::Fail,
        ];
        all.into_iter().find(|grade| format!("{grade:?}") == text)
    }
}

/// Whether an answer of StartSyncExecution, of which no history is recorded, says of the end
/// what the last event does.
fn answers(answer: &Value, history: &[Value], wild: &Wild, difference: &mut Vec<String>) -> bool {
    let last = history.last().cloned().unwrap_or_default();
    let status = match last["type"].as_str() {
        Some("ExecutionSucceeded") => "SUCCEEDED",
        Some("ExecutionTimedOut") => "TIMED_OUT",
        _ => "FAILED",
    };
    let details = [
        "executionSucceededEventDetails",
        "executionFailedEventDetails",
        "executionTimedOutEventDetails",
    ];
    let details = details.iter().find_map(|name| last.get(name));
    let details = details.cloned().unwrap_or_default();
    answer["status"] == status
        && ["output", "error", "cause"].iter().all(|name| {
            let (expected, actual) = (answer.get(name), details.get(name));
            match (expected, actual) {
                (Some(expected), Some(actual)) => {
                    wild.same(expected, actual, &[], name, difference)
                }
                (expected, actual) => expected.is_none() && actual.is_none(),
            }
        })
}

/// The grade and the first difference; `None` for what is not in scope,
/// and recordings without a history, an output or log records.
pub fn grade(case: &Case) -> Option<(Grade, String)> {
    let expected = &case.body["expected"];
    let members = [
        "get_execution_history",
        "output",
        "end_event",
        "logged_execution_events",
        "start_sync_execution",
    ];
    if members.iter().all(|member| expected.get(member).is_none()) {
        return None;
    }
    let simulation = simulate(case)?;
    let actual = history(&simulation);
    let wild = Wild::new(&case.body["wildcards"]);
    let mut difference = Vec::new();
    if let Some(output) = expected.get("output") {
        let last = actual.last().cloned().unwrap_or_default();
        let actual = &last["executionSucceededEventDetails"]["output"];
        let same = wild.same(output, actual, &[], "$", &mut difference);
        return Some((
            if same { Grade::Exact } else { Grade::Fail },
            difference.join("\n"),
        ));
    }
    if let Some(answer) = expected.get("start_sync_execution") {
        // Without a history nobody knows what its tasks gave.
        simulation.execution().outcome()?;
        let same = answers(answer, &actual, &wild, &mut difference);
        let grade = if same { Grade::Exact } else { Grade::Fail };
        return Some((grade, difference.join("\n")));
    }
    if expected.get("get_execution_history").is_none() {
        let records = log(case, simulation.execution());
        let last = records.last().cloned().unwrap_or_default();
        let pairs = [
            ("end_event", last),
            ("logged_execution_events", Value::Array(records)),
        ];
        let same = pairs.iter().all(|(member, actual)| {
            let expected = expected.get(member);
            expected.is_none_or(|expected| wild.same(expected, actual, &[], "$", &mut difference))
        });
        let grade = if same { Grade::Exact } else { Grade::Fail };
        return Some((grade, difference.join("\n")));
    }
    let events = expected["get_execution_history"]["events"]
        .as_array()?
        .clone();
    let is_unordered = case
        .body
        .get("unordered_sections")
        .is_some_and(|value| !value.is_null() && value != false);
    let grade = compare(events, actual, &wild, is_unordered, &mut difference);
    Some((
        grade,
        difference
            .into_iter()
            .take(3)
            .collect::<Vec<_>>()
            .join("\n"),
    ))
}

/// The history as text, for a person.
pub fn show(case: &Case) -> String {
    let events = simulate(case).map(|simulation| history(&simulation));
    let events = events.unwrap_or_default();
    events.iter().map(|event| format!("{event}\n")).collect()
}

fn compare(
    expected: Vec<Value>,
    actual: Vec<Value>,
    wild: &Wild,
    is_unordered: bool,
    difference: &mut Vec<String>,
) -> Grade {
    let strip = |events: &[Value]| -> Vec<Value> {
        let strip = |event: &Value| {
            let mut event = event.clone();
            event.as_object_mut().map(|event| event.remove("timestamp"));
            event
        };
        events.iter().map(strip).collect()
    };
    let (expected, actual) = (strip(&expected), strip(&actual));
    if is_unordered {
        let actual = zero_parallel(&actual);
        let split = |events: &[Value]| -> (Vec<Value>, Vec<Value>) {
            events
                .iter()
                .cloned()
                .partition(|event| event["id"].is_number())
        };
        let (ordered, loose) = split(&expected);
        let (actual_ordered, actual_loose) = split(&actual);
        let same = wild.same(
            &json!(ordered),
            &json!(actual_ordered),
            &[],
            "$",
            difference,
        );
        if same && multiset(&loose, &actual_loose, wild) {
            return Grade::Exact;
        }
    }
    difference.clear();
    let (all, all_actual) = (json!(expected), json!(actual));
    if wild.same(&all, &all_actual, &[], "$", difference) {
        return Grade::Exact;
    }
    if expected.len() != actual.len() {
        let types = |events: &[Value]| {
            let types: Vec<&str> = events
                .iter()
                .filter_map(|event| event["type"].as_str())
                .collect();
            types.join(" ")
        };
        difference.push(format!(
            "expected {}\n     got {}",
            types(&expected),
            types(&actual)
        ));
    } else {
        if !is_unordered && multiset(&chains(&expected), &chains(&actual), wild) {
            return Grade::Causal;
        }
        if wild.same(&all, &all_actual, &["cause", "Cause"], "$", &mut Vec::new()) {
            return Grade::NoCause;
        }
    }
    let last = (expected.last(), actual.last());
    if let (Some(expected), Some(actual)) = last
        && wild.same(
            expected,
            actual,
            &["id", "previousEventId"],
            "$",
            difference,
        )
    {
        return Grade::Final;
    }
    Grade::Fail
}

/// What the recorder did to the events of Parallel states in cases with unordered sections.
fn zero_parallel(events: &[Value]) -> Vec<Value> {
    let mut out = Vec::new();
    let mut section: Option<Vec<Value>> = None;
    for event in events {
        let mut event = event.clone();
        let event_type = event["type"].as_str().unwrap_or_default().to_owned();
        let ends = ["Succeeded", "Aborted", "Exited", "Failed"];
        if let Some(rest) = event_type.strip_prefix("ParallelState")
            && ends.contains(&rest)
        {
            out.extend(section.take().unwrap_or_default());
            out.push(event);
        } else if event_type == "ParallelStateStarted" {
            out.push(event);
            section = Some(Vec::new());
        } else if let Some(section) = &mut section {
            event["id"] = json!([0]);
            event["previousEventId"] = json!(0);
            section.push(event);
        } else {
            out.push(event);
        }
    }
    out.extend(section.unwrap_or_default());
    out
}

/// For every event the way back to the start, as pairs of type and details.
fn chains(events: &[Value]) -> Vec<Value> {
    let by_id: BTreeMap<u64, &Value> = events
        .iter()
        .filter_map(|event| Some((event["id"].as_u64()?, event)))
        .collect();
    let essence = |event: &Value| {
        let mut event = event.as_object().cloned().unwrap_or_default();
        event.remove("id");
        event.remove("previousEventId");
        Value::Object(event)
    };
    let chain = |event: &Value| {
        let mut chain = vec![essence(event)];
        let mut previous = event["previousEventId"].as_u64();
        while let Some(event) = previous.and_then(|id| by_id.get(&id)) {
            chain.push(essence(event));
            previous = event["previousEventId"].as_u64();
        }
        Value::Array(chain)
    };
    events.iter().map(chain).collect()
}

fn multiset(expected: &[Value], actual: &[Value], wild: &Wild) -> bool {
    let mut rest: Vec<&Value> = actual.iter().collect();
    expected.len() == actual.len()
        && expected.iter().all(|expected| {
            let same = |actual: &&Value| wild.same(expected, actual, &[], "$", &mut Vec::new());
            let found = rest.iter().position(same);
            found.map(|index| rest.remove(index)).is_some()
        })
}

fn simulate(case: &Case) -> Option<Simulation<MockHandler>> {
    let machine = lower(&parse(&case.definition()).root).machine;
    let request = &case.body["request"];
    let text = |name: &str| request[name].as_str().unwrap_or_default().into();
    let options = Options {
        name: text("executionName"),
        machine_name: text("stateMachineName"),
        role_arn: text("roleArn"),
        account: "111111111111".into(),
        express_id: Some("0".into()),
        workflow_type: match request["type"] == "EXPRESS" {
            true => WorkflowType::Express,
            false => WorkflowType::Standard,
        },
        objects: Arc::new(case.objects()),
        ..Options::default()
    };
    let handler = match case.mock_config() {
        Some(config) => {
            let mocks =
                Mocks::parse(&config).unwrap_or_else(|errors| panic!("{}: {errors:?}", case.id));
            mocks.handler(None, "recorded", Unmocked::Pending)?
        }
        None => MockHandler::new(Default::default(), Unmocked::Pending),
    };
    let input = Payload::from_text(&case.input());
    let at = Timestamp::from_millis(1_700_000_000_000);
    let mut simulation = Simulation::start(machine, input, options, at, handler);
    run_to_end(&mut simulation);
    Some(simulation)
}

fn history(simulation: &Simulation<MockHandler>) -> Vec<Value> {
    let events = simulation.history().iter();
    let mut events: Vec<Value> = events.map(|event| recorded(&event.to_value())).collect();
    if simulation.execution().outcome().is_none() {
        events.push(json!({"type": "Pending"}));
    }
    events
}

/// The records of the log, at the level that was configured.
fn log(case: &Case, execution: &Execution) -> Vec<Value> {
    let configuration = &case.body["request"]["loggingConfiguration"];
    let request = &case.body["request"];
    let level = LogLevel::parse(configuration["level"].as_str().unwrap_or("OFF")).unwrap();
    // What the service made up itself is a wildcard in recordings.
    let id = match request["type"] == "EXPRESS" {
        true => "express",
        false => "execution",
    };
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let (machine, name) = (text("stateMachineName"), text("executionName"));
    let own = if id == "express" { ":0" } else { "" };
    let arn = format!("arn:aws:states:us-east-1:111111111111:{id}:{machine}:{name}{own}");
    let log = Log {
        level,
        includes_data: configuration["includeExecutionData"] == true,
        execution_arn: &arn,
        redrive_count: execution.redrive_count(),
    };
    let records = execution.history().iter();
    records
        .filter_map(|event| Some(recorded(&log.record(event)?)))
        .collect()
}

fn recorded(value: &statelab::source::json::Value) -> Value {
    clean(&serde_json::from_str(&value.to_string()).unwrap())
}

/// Replaces strings that hold an object by the object, as the recorder did.
fn clean(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let clean = |(key, value): (&String, &Value)| {
                let parsed = value.as_str().filter(|text| text.starts_with('{'));
                let parsed = parsed.and_then(|text| serde_json::from_str(text).ok());
                (key.clone(), parsed.unwrap_or_else(|| clean(value)))
            };
            Value::Object(members.iter().map(clean).collect::<Map<String, Value>>())
        }
        Value::Array(items) => items.iter().map(clean).collect(),
        _ => value.clone(),
    }
}
