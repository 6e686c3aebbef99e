//! Redrive: what is run again, and what is not.

use statelab::asl::lower;
use statelab::execution::history::HistoryEventType as Type;
use statelab::execution::interpreter::{
    MockHandler, Mocks, NotRedrivable, Options, Outcome, Simulation, Status, TaskResult, Unmocked,
    WorkflowType, run_to_end,
};
use statelab::execution::projection::trace;
use statelab::source::json::{Value, parse};
use statelab::time::Timestamp;

fn start(definition: &str, mocks: &str, workflow_type: WorkflowType) -> Simulation<MockHandler> {
    let machine = lower(&parse(definition).root).machine;
    let mocks = Mocks::parse_states(&parse(mocks).root).unwrap();
    let handler = mocks.handler(None, "Inline", Unmocked::Pending).unwrap();
    let options = Options {
        workflow_type,
        ..Options::default()
    };
    let at = Timestamp::from_millis(0);
    Simulation::start(machine, Value::empty_object().into(), options, at, handler)
}

fn types(simulation: &Simulation<MockHandler>) -> Vec<String> {
    let after = |event: &&statelab::execution::history::HistoryEvent| {
        event.event_type != Type::ExecutionRedriven
    };
    let events = simulation.history().iter();
    let events = events.skip_while(after);
    events
        .map(|event| {
            let name = event
                .details
                .as_ref()
                .and_then(|details| details.state_name());
            match name {
                Some(name) => format!("{} {name}", event.event_type),
                None => event.event_type.to_string(),
            }
        })
        .collect()
}

const FAILS: &str = r#"{"0": {"Throw": {"Error": "E"}}, "1": {"Return": 7}}"#;
const TASK: &str = r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}"#;

#[test]
fn a_task_is_scheduled_again() {
    let definition = format!(
        r#"{{"StartAt": "P", "States": {{"P": {{"Type": "Pass", "Next": "T"}}, "T": {TASK}}}}}"#
    );
    let mocks = format!(r#"{{"T": {FAILS}}}"#);
    let mut simulation = start(&definition, &mocks, WorkflowType::Standard);
    assert!(matches!(
        run_to_end(&mut simulation),
        Status::Ended(Outcome::Failed(_))
    ));
    simulation.redrive().unwrap();
    let end = run_to_end(&mut simulation);
    assert_eq!(end, Status::Ended(Outcome::Succeeded(Value::from(7))));
    assert_eq!(
        types(&simulation),
        [
            "ExecutionRedriven",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited T",
            "ExecutionSucceeded"
        ]
    );
    let trace = trace(simulation.execution().machine(), simulation.history());
    let visits: Vec<_> = trace.visits().iter().map(|visit| visit.status).collect();
    use statelab::execution::projection::Status as Stands;
    assert_eq!(visits, [Stands::Succeeded, Stands::Retried]);
    assert_eq!(simulation.redrive(), Err(NotRedrivable::Succeeded));
}

#[test]
fn branches_that_ended_well_are_not_run_again() {
    let definition = format!(
        r#"{{"StartAt": "B", "States": {{"B": {{"Type": "Parallel", "End": true, "Branches": [
            {{"StartAt": "G", "States": {{"G": {{"Type": "Pass", "Result": 1, "End": true}}}}}},
            {{"StartAt": "T", "States": {{"T": {TASK}}}}},
            {{"StartAt": "W", "States": {{"W": {{"Type": "Wait", "Seconds": 5, "End": true}}}}}}]}}}}}}"#
    );
    let mocks = format!(r#"{{"T": {FAILS}}}"#);
    let mut simulation = start(&definition, &mocks, WorkflowType::Standard);
    run_to_end(&mut simulation);
    simulation.redrive().unwrap();
    let output = Value::parse("[1,7,{}]").unwrap();
    assert_eq!(
        run_to_end(&mut simulation),
        Status::Ended(Outcome::Succeeded(output))
    );
    let types = types(&simulation);
    assert!(!types.iter().any(|name| name.ends_with(" G")), "{types:?}");
    assert_eq!(types.last().unwrap(), "ExecutionSucceeded");
}

#[test]
fn the_context_tells_the_redrive() {
    let definition = format!(
        r#"{{"StartAt": "T", "States": {{"T": {}, "P": {{"Type": "Pass", "End": true,
            "Parameters": {{"n.$": "$$.Execution.RedriveCount", "at.$": "$$.Execution.RedriveTime"}}}}}}}}"#,
        TASK.replace("\"End\": true", "\"Next\": \"P\"")
    );
    let mocks = format!(r#"{{"T": {FAILS}}}"#);
    let mut simulation = start(&definition, &mocks, WorkflowType::Standard);
    run_to_end(&mut simulation);
    simulation.redrive().unwrap();
    let Status::Ended(Outcome::Succeeded(output)) = run_to_end(&mut simulation) else {
        panic!("it fails again");
    };
    let expected = r#"{"at":"1970-01-01T00:00:00.000Z","n":1}"#;
    assert_eq!(output, Value::parse(expected).unwrap());
}

#[test]
fn what_cannot_be_redriven_says_why() {
    let pass = r#"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#;
    let mut simulation = start(pass, "{}", WorkflowType::Standard);
    assert_eq!(simulation.redrive(), Err(NotRedrivable::Running));
    let fail = r#"{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E"}}}"#;
    let mut simulation = start(fail, "{}", WorkflowType::Express);
    run_to_end(&mut simulation);
    assert_eq!(simulation.redrive(), Err(NotRedrivable::Express));
    let mut simulation = start(fail, "{}", WorkflowType::Standard);
    let first = run_to_end(&mut simulation);
    simulation.redrive().unwrap();
    assert_eq!(run_to_end(&mut simulation), first);
    let stopped = start(pass, "{}", WorkflowType::Standard);
    let mut stopped = stopped;
    stopped.stop(None);
    stopped.redrive().unwrap();
    assert!(matches!(
        run_to_end(&mut stopped),
        Status::Ended(Outcome::Succeeded(_))
    ));
}

/// A distributed Map over 1, 2 and 3, one child at a time.
fn distributed(execution_type: &str) -> String {
    format!(
        r#"{{"StartAt": "P", "States": {{
            "P": {{"Type": "Pass", "Result": [1, 2, 3], "Next": "M"}},
            "M": {{"Type": "Map", "End": true, "MaxConcurrency": 1, "ItemProcessor": {{
                "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "{execution_type}"}},
                "StartAt": "A", "States": {{
                    "A": {{"Type": "Pass", "Next": "T"}}, "T": {TASK}}}}}}}}}}}"#
    )
}

/// The second child fails; all that is called afterwards succeeds.
const SECOND_FAILS: &str = r#"{"T": {
    "0": {"Return": 10}, "1": {"Throw": {"Error": "E"}}, "2": {"Return": 20}, "3": {"Return": 30}}}"#;

fn child_types(simulation: &Simulation<MockHandler>, index: usize) -> Vec<String> {
    let map_run = &simulation.execution().map_runs()[0];
    let history = map_run.children[index].history.iter();
    history.map(|event| event.event_type.to_string()).collect()
}

#[test]
fn a_map_run_goes_on_with_its_unsuccessful_children_and_those_not_started() {
    for execution_type in ["STANDARD", "EXPRESS"] {
        let definition = distributed(execution_type);
        let mut simulation = start(&definition, SECOND_FAILS, WorkflowType::Standard);
        assert!(matches!(
            run_to_end(&mut simulation),
            Status::Ended(Outcome::Failed(_))
        ));
        let map_run = &simulation.execution().map_runs()[0];
        assert_eq!((map_run.executions.failed, map_run.items.pending), (1, 1));
        simulation.redrive().unwrap();
        let end = run_to_end(&mut simulation);
        let expected: Value = [10, 20, 30].into_iter().map(Value::from).collect();
        assert_eq!(end, Status::Ended(Outcome::Succeeded(expected)));
        assert_eq!(
            types(&simulation),
            [
                "ExecutionRedriven",
                "MapRunRedriven",
                "MapRunSucceeded",
                "MapStateSucceeded",
                "MapStateExited M",
                "ExecutionSucceeded"
            ]
        );
        let [map_run] = simulation.execution().map_runs() else {
            panic!("the Map Run is the same one")
        };
        assert_eq!(map_run.redrive_count, 1);
        let counts = map_run.executions;
        assert_eq!((counts.total, counts.succeeded, counts.failed), (3, 3, 0));
        assert_eq!((map_run.items.succeeded, map_run.items.pending), (3, 0));
        let trace = trace(simulation.execution().machine(), simulation.history());
        let map = trace.visits().last().expect("the Map was visited");
        let is_retried = map.status == statelab::execution::projection::Status::Retried;
        assert!(&*map.name == "M" && is_retried, "{map:?}");
        // A standard child goes on where it failed, an express one from its start.
        let second = child_types(&simulation, 1);
        let is_redriven = second.iter().any(|name| name == "ExecutionRedriven");
        assert_eq!(is_redriven, execution_type == "STANDARD", "{second:?}");
        let entered = second.iter().filter(|name| *name == "PassStateEntered");
        assert_eq!(entered.count(), 1, "{second:?}");
        assert_eq!(
            second.last().map(String::as_str),
            Some("ExecutionSucceeded")
        );
    }
}

#[test]
fn a_map_run_that_was_stopped_goes_on_with_the_child_that_ran() {
    let definition = distributed("STANDARD");
    let mocks = r#"{"T": {"0": {"Return": 10}}}"#;
    let mut simulation = start(&definition, mocks, WorkflowType::Standard);
    assert!(matches!(run_to_end(&mut simulation), Status::Pending(tasks) if tasks.len() == 1));
    simulation.stop(None);
    assert!(matches!(
        run_to_end(&mut simulation),
        Status::Ended(Outcome::Aborted(_))
    ));
    let aborted = simulation.execution().map_runs()[0].executions;
    assert_eq!((aborted.succeeded, aborted.aborted), (1, 1));
    simulation.redrive().unwrap();
    for output in [20, 30] {
        let Status::Pending(tasks) = run_to_end(&mut simulation) else {
            panic!("a task is pending")
        };
        let result = TaskResult::Success(Value::from(output));
        simulation.answer(tasks[0].id, result).unwrap();
    }
    let expected: Value = [10, 20, 30].into_iter().map(Value::from).collect();
    let end = run_to_end(&mut simulation);
    assert_eq!(end, Status::Ended(Outcome::Succeeded(expected)));
    let counts = simulation.execution().map_runs()[0].executions;
    assert_eq!(
        (counts.succeeded, counts.aborted, counts.running),
        (3, 0, 0)
    );
}

#[test]
fn a_map_run_is_redriven_as_often_as_it_fails() {
    let definition = distributed("STANDARD");
    let mocks =
        r#"{"T": {"0-4": {"Throw": {"Error": "E"}}, "5": {"Return": 1}, "6-9": {"Return": 2}}}"#;
    let mut simulation = start(&definition, mocks, WorkflowType::Standard);
    for redrives in 0..5 {
        assert!(matches!(
            run_to_end(&mut simulation),
            Status::Ended(Outcome::Failed(_))
        ));
        let map_run = &simulation.execution().map_runs()[0];
        assert_eq!(
            (map_run.redrive_count, map_run.executions.failed),
            (redrives, 1)
        );
        assert_eq!(map_run.items.pending, 2);
        simulation.redrive().unwrap();
    }
    let end = run_to_end(&mut simulation);
    let expected: Value = [1, 2, 2].into_iter().map(Value::from).collect();
    assert_eq!(end, Status::Ended(Outcome::Succeeded(expected)));
}
