//! A run on behalf of the page: what it reports, slice by slice, and what it refuses.

use statelab::execution::history::{HistoryEvent, HistoryEventType};
use statelab::execution::interpreter::{Answered, Mocks};
use statelab::execution::item::GivenObject;
use statelab::time::Timestamp;
use statelab::web::generate::generated;
use statelab::web::messages::{Answer, PendingTask, Report, Start};
use statelab::web::run::{Next, Rejection, Run, result_of};

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PASS: &str = r#"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#;
const TASK: &str = r#"{"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "End": true}}}"#;
const ENDLESS: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Next": "B"},
    "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "IsPresent": true, "Next": "C"}], "Default": "A"},
    "C": {"Type": "Succeed"}}}"#;
const TWO_TASKS: &str = r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "X", "States": {"X": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}}},
    {"StartAt": "Y", "States": {"Y": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}}}]}}}"#;

fn order(definition: &str) -> Start {
    Start {
        run: 7,
        name: "machine".into(),
        definition: definition.into(),
        input: String::new(),
        mocks: String::new(),
        test_case: None,
        workflow_type: "STANDARD".into(),
        default_result: None,
        objects: Vec::new(),
        seed: 1,
        at: Timestamp::from_millis(1_700_000_000_000),
    }
}

/// The refusal of a start.
fn refusal(start: &Start) -> Rejection {
    Run::start(start).err().expect("the start is refused")
}

/// Slices until there is nothing to do without an answer; all that was reported.
fn advance(run: &mut Run) -> (Vec<HistoryEvent>, Vec<PendingTask>, Next) {
    let (mut events, mut pending) = (Vec::new(), Vec::new());
    loop {
        let (reports, next) = run.slice();
        for report in reports {
            match report {
                Report::Progress {
                    run: 7,
                    events: more,
                } => events.extend(more),
                Report::Pending { run: 7, tasks } => pending = tasks,
                Report::Ended { run: 7, .. } => assert_eq!(next, Next::Over),
                other => panic!("an unexpected report: {other:?}"),
            }
        }
        if next != Next::Again {
            return (events, pending, next);
        }
    }
}

fn last(events: &[HistoryEvent]) -> HistoryEventType {
    events.last().expect("there are events").event_type
}

#[test]
fn a_run_reports_every_event_once_and_ends() {
    let mut run = Run::start(&order(PASS)).expect("it starts");
    assert_eq!(run.id(), 7);
    let (events, pending, next) = advance(&mut run);
    assert_eq!(next, Next::Over);
    assert!(pending.is_empty());
    let ids: Vec<u64> = events.iter().map(|event| event.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
    assert_eq!(last(&events), HistoryEventType::ExecutionSucceeded);
}

#[test]
fn a_long_run_is_cut_into_slices_without_gaps() {
    let mut run = Run::start(&order(ENDLESS)).expect("it starts");
    let mut reported = 0;
    for _ in 0..3 {
        let (reports, next) = run.slice();
        assert_eq!(next, Next::Again);
        let [Report::Progress { run: 7, events }] = &reports[..] else {
            panic!("progress alone: {reports:?}");
        };
        for event in events {
            reported += 1;
            assert_eq!(event.id.0, reported);
        }
    }
    run.stop();
    assert!(run.is_due());
    let (events, _, next) = advance(&mut run);
    assert_eq!(next, Next::Over);
    assert_eq!(events.first().map(|event| event.id.0), Some(reported + 1));
    assert_eq!(last(&events), HistoryEventType::ExecutionAborted);
}

#[test]
fn a_task_without_a_mock_is_pending_until_it_is_answered() {
    let mut run = Run::start(&Start {
        input: r#"{"id": 5}"#.into(),
        ..order(TASK)
    })
    .expect("it starts");
    let (before, pending, next) = advance(&mut run);
    assert_eq!(next, Next::Wait);
    assert!(!run.is_due());
    let [task] = &pending[..] else {
        panic!("one task: {pending:?}");
    };
    assert_eq!(
        (task.state.as_str(), task.pointer.as_str()),
        ("T", "/States/T")
    );
    assert_eq!(
        (task.input.as_str(), task.attempt),
        (r#"{"FunctionName":"f","Payload":{"id":5}}"#, 0)
    );
    assert_eq!(
        run.pending(),
        Report::Pending {
            run: 7,
            tasks: pending.clone()
        }
    );

    let wrong = Answer::Succeed { output: "{".into() };
    let refused = run.answer(task.task, wrong).expect_err("it is no JSON");
    assert!(
        refused.to_string().starts_with("The result is not JSON: "),
        "{refused}"
    );
    assert_eq!(
        run.answer(task.task + 1, Answer::TimeOut),
        Err(Rejection::UnknownTask)
    );
    assert!(!run.is_due());

    run.answer(
        task.task,
        Answer::Succeed {
            output: "[1]".into(),
        },
    )
    .expect("it is taken");
    assert_eq!(
        run.answer(task.task, Answer::TimeOut),
        Err(Rejection::UnknownTask)
    );
    let (after, _, next) = advance(&mut run);
    assert_eq!(next, Next::Over);
    assert_eq!(
        after.first().map(|event| event.id.0),
        Some(before.len() as u64 + 1)
    );
    assert_eq!(last(&after), HistoryEventType::ExecutionSucceeded);
}

#[test]
fn a_failure_and_a_time_out_are_answers() {
    let fail = Answer::Fail {
        error: "E".into(),
        cause: "why".into(),
    };
    for (answer, error) in [(fail, "E"), (Answer::TimeOut, "States.Timeout")] {
        let mut run = Run::start(&order(TASK)).expect("it starts");
        let (_, pending, _) = advance(&mut run);
        run.answer(pending[0].task, answer).expect("it is taken");
        let (events, _, _) = advance(&mut run);
        assert_eq!(last(&events), HistoryEventType::ExecutionFailed);
        let details = events
            .last()
            .and_then(|event| event.details.clone())
            .expect("it has details");
        let failure = details.failure().expect("it tells a failure").to_string();
        assert!(failure.contains(error), "{failure}");
    }
}

#[test]
fn several_tasks_wait_at_once_and_are_answered_in_any_order() {
    let mut run = Run::start(&order(TWO_TASKS)).expect("it starts");
    let (_, pending, _) = advance(&mut run);
    let states: Vec<&str> = pending.iter().map(|task| task.state.as_str()).collect();
    assert_eq!(states, ["X", "Y"]);
    run.answer(pending[1].task, Answer::Succeed { output: "2".into() })
        .expect("it is taken");
    let (_, rest, next) = advance(&mut run);
    assert_eq!(next, Next::Wait);
    assert_eq!(
        rest.iter()
            .map(|task| task.state.as_str())
            .collect::<Vec<_>>(),
        ["X"]
    );
    run.answer(rest[0].task, Answer::Succeed { output: "1".into() })
        .expect("it is taken");
    let (events, _, _) = advance(&mut run);
    let details = events
        .last()
        .and_then(|event| event.details.clone())
        .expect("it has details");
    assert_eq!(
        details
            .output()
            .expect("it has an output")
            .value()
            .to_string(),
        "[1,2]"
    );
}

#[test]
fn stopping_a_pending_run_keeps_its_history() {
    let mut run = Run::start(&order(TASK)).expect("it starts");
    let (before, _, _) = advance(&mut run);
    run.stop();
    let (after, pending, next) = advance(&mut run);
    assert_eq!(next, Next::Over);
    assert!(pending.is_empty());
    assert_eq!(
        after.first().map(|event| event.id.0),
        Some(before.len() as u64 + 1)
    );
    assert_eq!(last(&after), HistoryEventType::ExecutionAborted);
}

#[test]
fn a_default_result_and_mocks_answer_in_advance() {
    let generated = Start {
        default_result: Some(r#"{"a": 1}"#.into()),
        ..order(TASK)
    };
    let (events, pending, _) = advance(&mut Run::start(&generated).expect("it starts"));
    assert!(pending.is_empty());
    assert_eq!(last(&events), HistoryEventType::ExecutionSucceeded);

    let mocks = r#"{"StateMachines": {"machine": {"TestCases": {"bad": {"T": "no"}, "good": {"T": "yes"}}}},
        "MockedResponses": {"no": {"0": {"Throw": {"Error": "No", "Cause": ""}}}, "yes": {"0": {"Return": 1}}}}"#;
    for (test_case, end) in [
        (None, HistoryEventType::ExecutionFailed),
        (Some("good"), HistoryEventType::ExecutionSucceeded),
    ] {
        let test_case = test_case.map(str::to_owned);
        let start = Start {
            mocks: mocks.into(),
            test_case,
            ..order(TASK)
        };
        let (events, _, _) = advance(&mut Run::start(&start).expect("it starts"));
        assert_eq!(last(&events), end);
    }
    let unknown = Start {
        mocks: mocks.into(),
        test_case: Some("other".into()),
        ..order(TASK)
    };
    assert_eq!(
        refusal(&unknown).to_string(),
        "The mocks have no test case named other"
    );
}

#[test]
fn what_cannot_run_is_refused_with_its_reason() {
    for (start, says) in [
        (
            Start {
                input: "[1,\n 2,, 3]".into(),
                ..order(PASS)
            },
            ["The input is not JSON: ", "line 2", "column 4"],
        ),
        (
            Start {
                mocks: "[]".into(),
                ..order(PASS)
            },
            ["The mocks cannot be read: ", "line 1", "column 1"],
        ),
        (
            Start {
                default_result: Some("x".into()),
                ..order(TASK)
            },
            ["The default result is not JSON: ", "line 1", "column 1"],
        ),
    ] {
        let reason = refusal(&start).to_string();
        assert!(reason.starts_with(says[0]), "{reason}");
        assert!(says.iter().all(|part| reason.contains(part)), "{reason}");
    }
}

#[test]
fn equal_starts_give_equal_reports() {
    let start = Start {
        default_result: Some("{}".into()),
        ..order(TWO_TASKS)
    };
    let reports = || Run::start(&start).expect("it starts").slice().0;
    assert_eq!(reports(), reports());
}

/// A retry, a loop of iterations and branches, all of them asking.
const ASKING: &str = r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "X", "States": {"X": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true,
        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}]}}},
    {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "End": true,
        "ItemProcessor": {"StartAt": "Y", "States": {"Y": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"MessageBody.$": "$$.Task.Token", "QueueUrl": "q"}, "End": true}}}}}}]}}}"#;

#[test]
fn kept_answers_are_given_again() {
    let mut start = Start {
        input: r#"{"items": [1, 2, 3]}"#.into(),
        ..order(ASKING)
    };
    let mut run = Run::start(&start).unwrap();
    let mut mocks = Mocks::default();
    let mut history = Vec::new();
    for number in 0.. {
        let (events, pending, next) = advance(&mut run);
        history.extend(events);
        if next == Next::Over {
            break;
        }
        // The last one first: the order of the answers must not matter.
        let task = pending.last().expect("a waiting run waits for something");
        let answer = match number % 4 {
            0 => Answer::Fail {
                error: "Broken".into(),
                cause: String::new(),
            },
            1 if task.state == "X" => Answer::TimeOut,
            _ => Answer::Succeed {
                output: format!("{{\"n\": {number}}}"),
            },
        };
        let answered = Answered {
            state: task.state.as_str().into(),
            attempt: task.attempt,
            result: result_of(answer.clone()).unwrap(),
        };
        mocks.keep("machine", "Answers", &answered);
        run.answer(task.task, answer).unwrap();
    }
    start.mocks = mocks.to_text();
    let (again, _, next) = advance(&mut Run::start(&start).unwrap());
    assert_eq!(next, Next::Over);
    let ends = |history: &[HistoryEvent]| history.last().map(|event| event.details.clone());
    assert_eq!(ends(&again), ends(&history));
    assert_eq!(again.len(), history.len());
}

#[test]
fn generated_mocks_lead_to_an_end() {
    let definition = r#"{"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "ResultPath": "$.answer", "Next": "IsFine"},
        "IsFine": {"Type": "Choice", "Default": "Ask", "Choices": [
            {"Variable": "$.answer.Payload.isFine", "BooleanEquals": true, "Next": "Fine"}]},
        "Fine": {"Type": "Succeed"}}}"#;
    let Report::Generated {
        order: 4,
        input,
        mocks,
    } = generated(4, "machine", definition)
    else {
        panic!("something else was made");
    };
    let start = Start {
        input,
        mocks,
        ..order(definition)
    };
    let (events, pending, next) = advance(&mut Run::start(&start).unwrap());
    assert_eq!((pending.len(), next), (0, Next::Over));
    let last = events.last().map(|event| event.event_type);
    assert_eq!(last, Some(HistoryEventType::ExecutionSucceeded));
}

#[test]
fn a_distributed_map_reads_and_writes_objects_and_tells_how_far_it_is() {
    let definition = r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true,
        "ToleratedFailureCount": 1,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
            "Parameters": {"Bucket": "orders", "Key": "in/items.csv"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "C", "States": {
                "C": {"Type": "Choice", "Default": "P", "Choices": [{"Variable": "$.id", "StringEquals": "2", "Next": "F"}]},
                "F": {"Type": "Fail", "Error": "Two"}, "P": {"Type": "Pass", "End": true}}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "orders", "Prefix": "out"}}}}}"#;
    let given = GivenObject {
        path: "orders/in/items.csv".into(),
        text: "id\n1\n2\n3\n".into(),
    };
    let start = Start {
        objects: vec![given],
        ..order(definition)
    };
    let mut run = Run::start(&start).expect("it starts");
    let (mut written, mut map_runs) = (Vec::new(), Vec::new());
    loop {
        let (reports, next) = run.slice();
        for report in reports {
            match report {
                Report::Ended { written: all, .. } => written = all,
                Report::MapRuns { map_runs: all, .. } => map_runs = all,
                _ => {}
            }
        }
        if next == Next::Over {
            break;
        }
    }
    let [map_run] = map_runs.as_slice() else {
        panic!("{map_runs:?}")
    };
    assert_eq!(
        (map_run.pointer.as_str(), map_run.status.as_str()),
        ("/States/M", "SUCCEEDED")
    );
    let items = &map_run.items;
    assert_eq!(
        (
            items.total,
            items.succeeded,
            items.failed,
            map_run.executions
        ),
        (3, 2, 1, 3)
    );
    let names: Vec<&str> = written
        .iter()
        .filter_map(|object| object.path.rsplit('/').next())
        .collect();
    assert_eq!(
        names,
        ["FAILED_0.json", "SUCCEEDED_0.json", "manifest.json"]
    );

    let nowhere = Start {
        objects: vec![GivenObject {
            path: "nowhere".into(),
            text: "".into(),
        }],
        ..start
    };
    assert_eq!(refusal(&nowhere), Rejection::Object("nowhere".into()));
}
