//! Stopping, answering, quotas: what happens to a run from outside.

use std::sync::Arc;
use std::time::Duration;

use statelab::asl::{StateMachine, lower};
use statelab::execution::history::{Failure, HistoryEventType, Payload};
use statelab::execution::interpreter::{
    Effect, Execution, Fuel, MockHandler, Options, Outcome, Progress, Quotas, Setup, Simulation,
    Status, TaskId, TaskResult, UnknownTask, Unmocked, run_to_end,
};
use statelab::execution::item::Objects;
use statelab::source::json::{Value, parse};
use statelab::time::Timestamp;

const LOOP: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}}"#;
const TOKEN: &str = r#"{"StartAt":"Ask","States":{"Ask":{"Type":"Task","HeartbeatSeconds":10,
    "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters":{"Token.$":"$$.Task.Token"},"End":true}}}"#;

fn machine(text: &str) -> Arc<StateMachine> {
    lower(&parse(text).root).machine
}

fn simulation(text: &str, quotas: Quotas) -> Simulation<MockHandler> {
    let options = Options {
        quotas,
        ..Options::default()
    };
    let handler = MockHandler::new(Default::default(), Unmocked::Pending);
    let input = Value::empty_object().into();
    Simulation::start(
        machine(text),
        input,
        options,
        Timestamp::from_millis(0),
        handler,
    )
}

#[test]
fn an_endless_loop_stops_between_slices() {
    let mut simulation = simulation(LOOP, Quotas::SERVICE);
    assert_eq!(simulation.advance(Fuel(100)), Status::Running);
    let before = simulation.history().len();
    simulation.stop(Some(Failure::new("Enough", "of this")));
    let outcome = Outcome::Aborted(Failure::new("Enough", "of this"));
    assert_eq!(simulation.advance(Fuel(100)), Status::Ended(outcome));
    assert_eq!(simulation.history().len(), before + 1);
    assert_eq!(
        simulation.history()[before].event_type,
        HistoryEventType::ExecutionAborted
    );
}

#[test]
fn an_endless_loop_ends_with_the_quota_of_events() {
    let mut simulation = simulation(LOOP, Quotas::SERVICE);
    let Status::Ended(Outcome::Failed(failure)) = run_to_end(&mut simulation) else {
        panic!()
    };
    assert!(failure.cause.unwrap().contains("25000"));
    assert_eq!(simulation.history().len(), 25_000);
    let ids = simulation.history().iter().map(|event| event.id.0);
    assert!(ids.eq(1..=25_000));
}

#[test]
fn a_large_map_ends_with_the_quota_of_events() {
    let text = r#"{"StartAt":"M","States":{"M":{"Type":"Map","End":true,
        "ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}}}}"#;
    let items: Value = (0..10_000).map(Value::from).collect();
    let handler = MockHandler::new(Default::default(), Unmocked::Pending);
    let at = Timestamp::from_millis(0);
    let mut simulation =
        Simulation::start(machine(text), items.into(), Options::default(), at, handler);
    assert!(matches!(
        run_to_end(&mut simulation),
        Status::Ended(Outcome::Failed(_))
    ));
    assert_eq!(simulation.history().len(), 25_000);
}

#[test]
fn a_payload_beyond_the_quota_fails_the_execution() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{"x.$":"$","y.$":"$"}}}}"#;
    let input = Value::from("x".repeat(200_000));
    let handler = MockHandler::new(Default::default(), Unmocked::Pending);
    let at = Timestamp::from_millis(0);
    let mut simulation =
        Simulation::start(machine(text), input.into(), Options::default(), at, handler);
    let Status::Ended(Outcome::Failed(failure)) = run_to_end(&mut simulation) else {
        panic!()
    };
    assert_eq!(failure.error_name(), "States.DataLimitExceeded");
}

#[test]
fn a_loop_that_wraps_its_input_ends() {
    let text =
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x.$":"$"},"Next":"A"}}}"#;
    let mut simulation = simulation(text, Quotas::SERVICE);
    let Status::Ended(Outcome::Failed(failure)) = run_to_end(&mut simulation) else {
        panic!()
    };
    assert!(failure.cause.unwrap().contains("256 levels"));
}

#[test]
fn pending_tasks_hold_the_clock_and_take_answers() {
    let text = r#"{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}}},
        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}},
        {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}]}}}"#;
    let mut simulation = simulation(text, Quotas::SERVICE);
    let Status::Pending(tasks) = run_to_end(&mut simulation) else {
        panic!()
    };
    assert_eq!(tasks.len(), 1);
    assert_eq!(simulation.now(), Timestamp::from_millis(0));
    let is_done = |event_type| {
        simulation
            .history()
            .iter()
            .any(|event| event.event_type == event_type)
    };
    assert!(is_done(HistoryEventType::PassStateExited));
    assert!(!is_done(HistoryEventType::WaitStateExited));
    let id = tasks[0].id;
    simulation
        .answer(id, TaskResult::Success(Value::from(1)))
        .unwrap();
    assert_eq!(
        simulation.answer(id, TaskResult::timed_out()),
        Err(UnknownTask(id))
    );
    let Status::Ended(Outcome::Succeeded(output)) = run_to_end(&mut simulation) else {
        panic!()
    };
    assert_eq!(output.to_string(), "[1,{},{}]");
    assert_eq!(simulation.now(), Timestamp::from_millis(60_000));
}

#[test]
fn a_real_clock_drives_an_execution() {
    let at = Timestamp::from_millis;
    let input = Payload::from(Value::empty_object());
    let mut execution = Execution::start(machine(TOKEN), input, Options::default(), at(0));
    let Progress::Waiting { effects, deadline } = execution.advance(at(0), Fuel(10)) else {
        panic!()
    };
    let [Effect::Invoke(request)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        request.input.get("Token").unwrap().as_str(),
        request.token.as_deref()
    );
    assert_eq!(deadline, Some(at(10_000)));
    let id = request.id;
    assert_eq!(
        execution.complete(TaskId(9), TaskResult::timed_out(), at(1)),
        Err(UnknownTask(TaskId(9)))
    );
    execution.submit(id, Value::from(7), at(2_000)).unwrap();
    execution.advance(at(2_000), Fuel(10));
    execution.heartbeat(id, at(8_000)).unwrap();
    let Progress::Waiting { deadline, .. } = execution.advance(at(9_000), Fuel(10)) else {
        panic!()
    };
    assert_eq!(deadline, Some(at(18_000)));
    let Progress::Ended { effects } = execution.advance(at(20_000), Fuel(10)) else {
        panic!()
    };
    assert_eq!(effects, [Effect::Cancel(id)]);
    let Some(Outcome::Failed(failure)) = execution.outcome() else {
        panic!()
    };
    assert_eq!(
        (failure.error_name(), &failure.cause),
        ("States.Timeout", &None)
    );
    assert_eq!(
        execution.history().last().unwrap().timestamp.since(at(0)),
        Duration::from_secs(20)
    );
}

#[test]
fn a_machine_that_starts_itself_ends() {
    let text = r#"{"StartAt":"S","States":{"S":{"Type":"Task","End":true,
        "Resource":"arn:aws:states:::states:startExecution.sync:2",
        "Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:Self"}}}}"#;
    let machine = machine(text);
    let options = Options {
        machines: Arc::new([("Self".into(), machine.clone())].into_iter().collect()),
        ..Options::default()
    };
    let input = Payload::from_text("{}");
    let handler = MockHandler::new(Default::default(), Unmocked::Pending);
    let mut simulation =
        Simulation::start(machine, input, options, Timestamp::from_millis(0), handler);
    let Status::Ended(Outcome::Failed(failure)) = run_to_end(&mut simulation) else {
        panic!("it goes on");
    };
    assert!(failure.cause.unwrap().len() <= 32_768);
}

#[test]
fn broken_machines_fail_and_never_panic() {
    for text in [
        "{}",
        r#"{"StartAt":"A","States":{"A":{}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Task"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Map"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Wait"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Choice"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[{}]}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"nonsense","End":true}}}"#,
        r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x.$":"States.No()"},"End":true}}}"#,
    ] {
        let mut simulation = simulation(text, Quotas::SERVICE);
        let status = run_to_end(&mut simulation);
        assert!(
            matches!(status, Status::Ended(Outcome::Failed(_))),
            "{text}: {status:?}"
        );
    }
}

/// Items that are read, started, run and written are steps each, so that a slice of a large
/// Map Run takes no longer than one of anything else. So is what a pointer passes over.
#[test]
fn a_map_run_is_worked_on_in_slices() {
    const ITEMS: u64 = 5_000;
    const FUEL: u32 = 400;
    const BESIDE: u64 = 2_000_000;
    let list = |separator: &str| {
        let items: Vec<String> = (0..ITEMS).map(|item| item.to_string()).collect();
        items.join(separator)
    };
    let beside = "0,".repeat(usize::try_from(BESIDE / 2).unwrap());
    for (format, text, passed_over) in [
        (
            r#""InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW""#,
            format!("id\n{}", list("\n")),
            0,
        ),
        (r#""InputType": "JSON""#, format!("[{}]", list(",")), 0),
        (
            r#""InputType": "JSON", "ItemsPointer": "/a/1/items""#,
            format!(
                r#"{{"before": [{beside}0], "a": [null, {{"items": [{}]}}]}}"#,
                list(",")
            ),
            BESIDE,
        ),
    ] {
        let definition = format!(
            r#"{{"StartAt": "M", "States": {{"M": {{"Type": "Map", "End": true,
            "ItemReader": {{"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {{{format}}},
                "Parameters": {{"Bucket": "b", "Key": "k"}}}},
            "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}},
                "StartAt": "P", "States": {{"P": {{"Type": "Pass", "End": true}}}}}},
            "ResultWriter": {{"Resource": "arn:aws:states:::s3:putObject",
                "Parameters": {{"Bucket": "b", "Prefix": "p"}}}}}}}}}}"#
        );
        let mut objects = Objects::default();
        objects.insert("b", "k", text);
        let options = Options {
            objects: Arc::new(objects),
            ..Options::default()
        };
        let at = Timestamp::from_millis(0);
        let mut simulation = Setup::default()
            .start(machine(&definition), options, at)
            .unwrap();
        let mut slices = 0;
        while !matches!(simulation.advance(Fuel(FUEL)), Status::Ended(_)) {
            slices += 1;
        }
        let steps = 3 * ITEMS + passed_over / 1024;
        assert!(slices > steps / u64::from(FUEL), "{format}: {slices}");
        let map_runs = simulation.execution().map_runs();
        let visits = map_runs[0].visits["P"];
        assert_eq!((visits.entered, visits.exited), (ITEMS, ITEMS), "{format}");
        let keys: Vec<_> = simulation
            .execution()
            .written()
            .map(|(_, key, text)| (key.clone(), text.len()))
            .collect();
        assert_eq!(keys.len(), 2, "{format}: {keys:?}");
    }
}
