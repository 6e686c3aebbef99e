//! Redrive: what is run again, and what is not.

use statelab::asl::lower;
use statelab::execution::history::HistoryEventType as Type;
use statelab::execution::interpreter::{
    MockHandler, Mocks, NotRedrivable, Options, Outcome, Simulation, Status, Unmocked,
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
