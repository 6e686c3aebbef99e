use super::*;
use crate::asl::lower;
use crate::execution::interpreter::{Options, Outcome, Setup, Status, run_to_end};
use crate::source::json::parse;
use crate::time::Timestamp;

fn machine(text: &str) -> Arc<StateMachine> {
    let parse = parse(text);
    assert_eq!(parse.errors, [], "{text}");
    lower(&parse.root).machine
}

fn run(machine: &Arc<StateMachine>, generated: &Generated) -> Status {
    let (input, mocks) = (generated.input_text(), generated.mocks_text());
    let setup = Setup {
        input: &input,
        mocks: &mocks,
        ..Setup::default()
    };
    let at = Timestamp::from_millis(0);
    let mut simulation = setup
        .start(machine.clone(), Options::default(), at)
        .expect("what is generated can be read");
    run_to_end(&mut simulation)
}

/// A Task state's result as the mocks have it.
fn result(generated: &Generated, state: &str) -> Value {
    let text = Value::parse(&generated.mocks_text()).unwrap();
    let mocks = text.get("MockedResponses").and_then(|all| all.get(state));
    let mocks = mocks.and_then(Value::as_object).unwrap();
    mocks
        .values()
        .next()
        .unwrap()
        .get("Return")
        .unwrap()
        .clone()
}

#[test]
fn input_has_what_is_read() {
    for (fields, input) in [
        (
            r#""Parameters": {"a.$": "$.order.id", "b": {"c.$": "$.order.total"}}"#,
            r#"{"order": {"id": "id", "total": 1}}"#,
        ),
        (
            r#""InputPath": "$.detail", "Parameters": {"a.$": "$.name"}"#,
            r#"{"detail": {"name": "name"}}"#,
        ),
        (
            r#""Parameters": {"a.$": "$.items[2].sku"}"#,
            r#"{"items": [{"sku": "sku"}, {"sku": "sku"}, {"sku": "sku"}]}"#,
        ),
        (
            r#""Parameters": {"a.$": "$.tags[?(@.Key == 'Name')].Value"}"#,
            r#"{"tags": [{"Key": "Name", "Value": "Value"}]}"#,
        ),
        (
            r#""Parameters": {"a.$": "States.StringToJson($.body)", "b.$": "States.MathAdd($.n, 1)"}"#,
            r#"{"body": "{}", "n": 1}"#,
        ),
        (
            r#""Parameters": {"a.$": "States.ArrayGetItem(States.StringSplit($.path, '/'), 2)"}"#,
            r#"{"path": "path/part/part"}"#,
        ),
        (
            r#""Parameters": {"a.$": "States.Base64Decode($.secret)"}"#,
            r#"{"secret": "dGV4dA=="}"#,
        ),
        (
            r#""Parameters": {"a.$": "$$.Execution.Input.deep.er"}"#,
            r#"{"deep": {"er": "er"}}"#,
        ),
        (r#""Parameters": {"a": 1}"#, "{}"),
    ] {
        let text = format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", {fields}, "End": true}}}}}}"#
        );
        let machine = machine(&text);
        let generated = generate(&machine, "m");
        assert_eq!(generated.input, Value::parse(input).unwrap(), "{fields}");
        let status = run(&machine, &generated);
        assert!(
            matches!(status, Status::Ended(Outcome::Succeeded(_))),
            "{fields}: {status:?}"
        );
    }
}

#[test]
fn choices_lead_to_the_good_end() {
    for (rules, input) in [
        (
            r#"{"Variable": "$.kind", "StringEquals": "bad", "Next": "Bad"}, {"Variable": "$.kind", "StringEquals": "good", "Next": "Good"}"#,
            r#"{"kind": "good"}"#,
        ),
        (
            r#"{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Good"}"#,
            r#"{"n": 6}"#,
        ),
        (
            r#"{"Variable": "$.n", "NumericLessThanEquals": -2, "Next": "Good"}"#,
            r#"{"n": -2}"#,
        ),
        (
            r#"{"Variable": "$.at", "TimestampGreaterThan": "2030-05-01T00:00:00Z", "Next": "Good"}"#,
            r#"{"at": "2030-05-01T01:00:00.000Z"}"#,
        ),
        (
            r#"{"Variable": "$.file", "StringMatches": "in/*.csv", "Next": "Good"}"#,
            r#"{"file": "in/.csv"}"#,
        ),
        (
            r#"{"Not": {"Variable": "$.x", "IsPresent": true}, "Next": "Good"}"#,
            "{}",
        ),
        (
            r#"{"And": [{"Variable": "$.x", "IsPresent": true}, {"Not": {"Variable": "$.x", "IsString": true}}], "Next": "Good"}"#,
            r#"{"x": null}"#,
        ),
        (
            r#"{"Or": [{"Variable": "$.x", "BooleanEquals": true}, {"Variable": "$.y", "IsNull": true}], "Next": "Bad"}, {"Variable": "$.y", "IsNumeric": true, "Next": "Good"}"#,
            r#"{"x": false, "y": 1}"#,
        ),
        (
            r#"{"Variable": "$.a", "NumericEqualsPath": "$.b", "Next": "Good"}"#,
            r#"{"a": 1, "b": 1}"#,
        ),
    ] {
        let text = format!(
            r#"{{"StartAt": "C", "States": {{"C": {{"Type": "Choice", "Choices": [{rules}], "Default": "Bad"}},
                "Good": {{"Type": "Succeed"}}, "Bad": {{"Type": "Fail"}}}}}}"#
        );
        let machine = machine(&text);
        let generated = generate(&machine, "m");
        assert_eq!(generated.input, Value::parse(input).unwrap(), "{rules}");
        let status = run(&machine, &generated);
        assert!(
            matches!(status, Status::Ended(Outcome::Succeeded(_))),
            "{rules}: {status:?}"
        );
    }
}

#[test]
fn results_have_what_comes_after_asks() {
    let text = r#"{"StartAt": "Poll", "States": {
        "Poll": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                 "ResultSelector": {"status.$": "$.Payload.state"}, "ResultPath": "$.poll", "Next": "Done?"},
        "Done?": {"Type": "Choice", "Choices": [
                {"Variable": "$.poll.status", "StringEquals": "FAILED", "Next": "Failed"},
                {"Variable": "$.poll.status", "StringEquals": "READY", "Next": "All"}], "Default": "Later"},
        "Later": {"Type": "Wait", "SecondsPath": "$.pause", "Next": "Poll"},
        "Failed": {"Type": "Fail", "ErrorPath": "$.name"},
        "All": {"Type": "Map", "ItemsPath": "$.rows", "ItemProcessor": {"StartAt": "One", "States": {
            "One": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "End": true,
                "Parameters": {"TableName": "t", "Key": {"id": {"S.$": "$.id"}}},
                "ResultSelector": {"n.$": "$.Item.count.N"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.why", "Next": "Tell"}]},
            "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"Message.$": "$.why.Cause", "Subject.$": "$.title"}, "End": true}}},
            "End": true}}}"#;
    let machine = machine(text);
    let generated = generate(&machine, "m");
    let input = r#"{"rows": [{"id": "id", "title": "title"}], "pause": 1, "name": "name"}"#;
    assert_eq!(generated.input, Value::parse(input).unwrap());
    assert_eq!(
        result(&generated, "Poll").to_string(),
        r#"{"ExecutedVersion":"$LATEST","Payload":{"state":"READY"},"StatusCode":200}"#
    );
    assert_eq!(
        result(&generated, "One").to_string(),
        r#"{"Item":{"count":{"N":"1"}}}"#
    );
    assert!(result(&generated, "Tell").get("MessageId").is_some());
    assert!(matches!(
        run(&machine, &generated),
        Status::Ended(Outcome::Succeeded(_))
    ));
    assert!(
        generated.mocks_text().contains("\"0-999\""),
        "states in a loop or a Map come again"
    );
}

#[test]
fn a_known_count_is_counted_through() {
    let text = r#"{"StartAt": "Zero", "States": {
        "Zero": {"Type": "Pass", "Assign": {"n": 0}, "Next": "Add"},
        "Add": {"Type": "Pass", "Assign": {"n.$": "States.MathAdd($n, 1)"}, "Next": "Enough?"},
        "Enough?": {"Type": "Choice", "Choices": [{"Variable": "$n", "NumericLessThan": 3, "Next": "Add"}], "Default": "Last"},
        "Last": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "ResultSelector": {"x.$": "$.Payload.x"}, "End": true}}}"#;
    let machine = machine(text);
    let generated = generate(&machine, "m");
    assert_eq!(
        result(&generated, "Last")
            .get("Payload")
            .unwrap()
            .to_string(),
        r#"{"x":"x"}"#
    );
    assert!(matches!(
        run(&machine, &generated),
        Status::Ended(Outcome::Succeeded(_))
    ));
}

/// Machines that make their data, or what is tried, grow without end come to an end.
#[test]
fn growth_is_bounded() {
    let chain = |fields: &str, count: usize| {
        let states: Vec<String> = (0..count)
            .map(|at| {
                format!(
                    r#""{at}": {{"Type": "Pass", {fields}, "Next": "{}"}}"#,
                    at + 1
                )
            })
            .collect();
        format!(
            r#"{{"StartAt": "0", "States": {{{}, "{count}": {{"Type": "Succeed"}}}}}}"#,
            states.join(",")
        )
    };
    let mut condition = r#"{"Variable": "$.x", "IsNull": true}"#.to_owned();
    for _ in 0..30 {
        condition = format!(
            r#"{{"Or": [{condition}, {condition_2}]}}"#,
            condition_2 = r#"{"Variable": "$.y", "IsNull": true}"#
        );
        condition = format!(
            r#"{{"Not": {{"And": [{condition}, {{"Variable": "$.z", "IsNull": true}}]}}}}"#
        );
    }
    let nested = condition.trim_end_matches('}').to_owned();
    let closing = &condition[nested.len()..condition.len() - 1];
    for text in [
        chain(r#""Parameters": {"a.$": "$", "b.$": "$"}"#, 2_000),
        chain(r#""Parameters": {"a.$": "$", "b.$": "States.JsonMerge($, $, false)"}"#, 2_000),
        chain(r#""OutputPath": "$.a""#, 2_000),
        chain(r#""OutputPath": "$[7]""#, 2_000),
        chain(r#""Parameters": {"a.$": "States.StringToJson($.a)"}, "OutputPath": "$.a""#, 2_000),
        r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$.x"}, "Next": "A"}}}"#.to_owned(),
        format!(r#"{{"StartAt": "C", "States": {{"C": {{"Type": "Choice", "Choices": [{nested}{closing}, "Next": "D"}}], "Default": "D"}}, "D": {{"Type": "Succeed"}}}}}}"#),
    ] {
        let generated = generate(&machine(&text), "m");
        assert!(generated.input_text().len() < 1_000_000);
    }
}

#[test]
fn anything_generates_the_same_twice() {
    for text in [
        "{}",
        "[]",
        "null",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Next": "B"}, "B": {"Type": "Map", "ItemsPath": "$["}}}"#,
    ] {
        let machine = lower(&parse(text).root).machine;
        assert_eq!(generate(&machine, "m"), generate(&machine, "m"));
    }
}
