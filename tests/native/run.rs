//! `statelab run`

use crate::{call, call_with, example, file};

const PASS: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
const FAIL: &str = r#"{"StartAt": "A", "States": {"A":
    {"Type": "Fail", "Error": "Broken", "Cause": "line one\nline two"}}}"#;
const TASK: &str = r#"{"StartAt": "Call", "States": {"Call": {"Type": "Task", "End": true,
    "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"}}}"#;
const RANDOM: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": true}}}"#;
const LOOP: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
    "B": {"Type": "Choice", "Default": "A", "Choices": [
        {"Variable": "$", "IsNull": true, "Next": "C"}]}, "C": {"Type": "Succeed"}}}"#;
const MOCKS: &str = r#"{"StateMachines": {"M": {"TestCases": {
        "Good": {"Call": "good"}, "Bad": {"Call": "bad"}, "Late": {"Call": "late"}}}},
    "MockedResponses": {
        "good": {"0": {"Return": {"n": 1}}},
        "bad": {"0": {"Throw": {"Error": "E", "Cause": "why"}}},
        "late": {"0": {"Throw": {"Error": "States.Timeout"}, "Event": "TaskTimedOut"}}}}"#;

#[test]
fn the_output_is_printed() {
    let called = call_with(&["run", "-", "--input", r#"{"b": 1.0, "a": "ü"}"#], PASS);
    assert_eq!(called.code, 0, "{called:?}");
    assert_eq!(called.json(), serde_json::json!({"b": 1.0, "a": "ü"}));
    assert_eq!(called.err, "");
    assert_eq!(call_with(&["run", "-"], PASS).out, "{}\n");
}

#[test]
fn an_error_goes_to_standard_error() {
    let called = call_with(&["run", "-"], FAIL);
    assert_eq!((called.code, called.out.as_str()), (1, ""));
    assert_eq!(called.err, "Failed: Broken: line one\nline two\n");
}

#[test]
fn a_machine_runs_out_of_time() {
    let text = r#"{"StartAt": "A", "TimeoutSeconds": 5, "States": {
        "A": {"Type": "Wait", "Seconds": 60, "End": true}}}"#;
    let called = call_with(&["run", "-", "--summary"], text);
    assert_eq!(called.code, 1);
    assert!(
        called.out.contains("5 s on the virtual clock"),
        "{called:?}"
    );
    assert!(called.err.starts_with("Timed out"), "{called:?}");
}

#[test]
fn a_task_without_a_mock_is_pending() {
    let called = call_with(&["run", "-", "--input", r#"{"x":1}"#, "--summary"], TASK);
    assert_eq!(called.code, 3);
    assert!(
        called
            .err
            .starts_with("Pending: Call (/States/Call), attempt 0, "),
        "{called:?}"
    );
    assert!(called.err.contains(r#"{"x":1}"#), "{called:?}");
    assert!(
        called.out.contains("Call   Task  Pending       1"),
        "{}",
        called.out
    );
    let answered = call_with(&["run", "-", "--default-result", "[1]"], TASK);
    assert_eq!((answered.code, answered.out.as_str()), (0, "[1]\n"));
}

#[test]
fn input_and_results_are_generated() {
    let text = r#"{"StartAt": "Look", "States": {
        "Look": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "look", "Payload": {"id.$": "$.order.id"}},
            "ResultSelector": {"paid.$": "$.Payload.paid"}, "Next": "Paid?"},
        "Paid?": {"Type": "Choice", "Default": "Refuse", "Choices": [
            {"Variable": "$.paid", "BooleanEquals": true, "Next": "Ship"}]},
        "Ship": {"Type": "Succeed"}, "Refuse": {"Type": "Fail"}}}"#;
    let called = call_with(&["run", "-", "--generate"], text);
    assert_eq!(
        (called.code, called.out.as_str()),
        (0, "{\"paid\":true}\n"),
        "{called:?}"
    );
    assert_eq!(called, call_with(&["run", "-", "--generate"], text));
    let own = call_with(&["run", "-", "--generate", "--input", "{}"], text);
    assert_eq!(own.code, 1, "{own:?}");
    let both = call_with(&["run", "-", "--generate", "--default-result", "{}"], text);
    assert_eq!(both.code, 2);
}

#[test]
fn placeholders_get_values() {
    let text = r#"{"StartAt": "Wait", "States": {
        "Wait": {"Type": "Wait", "Seconds": "${Pause}", "Next": "Say"},
        "Say": {"Type": "Pass", "Parameters": {"to": "a ${Name}", "from": ${From}}, "End": true}}}"#;
    let open = call_with(&["run", "-"], text);
    assert_eq!((open.code, open.out.as_str()), (2, ""), "{open:?}");
    assert!(
        open.err.contains(":2:45: Seconds must be a whole number"),
        "{open:?}"
    );
    assert!(open.err.contains("so ${Pause} needs a value"), "{open:?}");

    let values = file(
        "values.json",
        r#"{"Pause": 5, "Name": "file", "More": true}"#,
    );
    let arguments = ["run", "-", "--substitutions", &values];
    let from_file = call_with(&arguments, text);
    assert_eq!(
        from_file.out, "{\"to\":\"a file\",\"from\":\"${From}\"}\n",
        "{from_file:?}"
    );
    let with_pairs = [
        &arguments[..],
        &[
            "--substitution",
            "Name=\"x\"",
            "--substitution",
            "${From}=[1]",
        ],
    ]
    .concat();
    let called = call_with(&with_pairs, text);
    assert_eq!(
        called.out, "{\"to\":\"a \\\"x\\\"\",\"from\":[1]}\n",
        "{called:?}"
    );

    for (arguments, said) in [
        (
            &["--substitution", "Typo=1"] as &[&str],
            "no placeholder ${Typo}",
        ),
        (
            &["--substitution", "Pause"],
            "expected a name, = and a value",
        ),
        (
            &["--substitution", "Pause=soon"],
            "Seconds must be a whole number",
        ),
        (&["--substitutions", "none.json"], "there is no such file"),
    ] {
        let called = call_with(&[&["run", "-"], arguments].concat(), text);
        assert_eq!(called.code, 2, "{called:?}");
        assert!(called.err.contains(said), "{called:?}");
    }
    let list = file("list.json", "[1]");
    let called = call_with(&["run", "-", "--substitutions", &list], text);
    assert!(called.err.contains("not of type array"), "{called:?}");
}

#[test]
fn mocks_answer_by_test_case() {
    let mocks = file("mocks.json", MOCKS);
    for (case, code, out) in [
        ("Good", 0, "{\"n\":1}\n"),
        ("M#Good", 0, "{\"n\":1}\n"),
        ("Bad", 1, ""),
        ("Late", 1, ""),
        ("None", 2, ""),
    ] {
        let called = call_with(&["run", "-", "--mocks", &mocks, "--test-case", case], TASK);
        assert_eq!(
            (called.code, called.out.as_str()),
            (code, out),
            "{called:?}"
        );
    }
    let first = call_with(&["run", "-", "--mocks", &mocks], TASK);
    assert_eq!(first.out, "{\"n\":1}\n");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let called = call_with(&["run", "-"], "{\"StartAt\": \"B\", \"States\": {}}");
    assert_eq!(called.code, 2);
    assert!(
        called.err.contains("<stdin>:1:13: error[UNKNOWN_TARGET]"),
        "{called:?}"
    );
    let called = call_with(&["run", "-", "--input", "{a"], PASS);
    assert_eq!(called.code, 2);
    assert!(called.err.contains("The input is not JSON: "), "{called:?}");
    let mocks = file("wrong-mocks.json", "{\n  \"StateMachines\": []}");
    let called = call_with(&["run", "-", "--mocks", &mocks], PASS);
    assert_eq!(called.code, 2);
    assert!(
        called.err.contains(&format!("{mocks}:2:20: ")),
        "{called:?}"
    );
    let called = call_with(&["run", "-", "--input", "@-"], PASS);
    assert_eq!(called.code, 2);
    assert!(called.err.contains("only once"), "{called:?}");
    let jsonata = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": {"Type": "Pass", "Output": "{% 1 + 1 %}", "End": true}}}"#;
    let called = call_with(&["run", "-"], jsonata);
    if called.code == 2 {
        assert!(called.err.contains("JSONata"), "{called:?}");
    } else {
        assert_eq!((called.code, called.out.as_str()), (0, "2\n"));
    }
}

#[test]
fn two_runs_are_equal_to_the_byte() {
    let definition = example("order-processing/definition.asl.json");
    let input = format!("@{}", example("order-processing/input.json"));
    let mocks = example("order-processing/mocks.json");
    for format in ["--events", "--summary"] {
        let arguments = [
            "run",
            &definition,
            "--input",
            &input,
            "--mocks",
            &mocks,
            format,
        ];
        let called = call(&arguments);
        assert_eq!(called.code, 0, "{called:?}");
        assert_eq!(called, call(&arguments));
    }
    let with = |seed| call_with(&["run", "-", "--seed", seed], RANDOM).out;
    assert_eq!(with("0"), call_with(&["run", "-"], RANDOM).out);
    assert_ne!(with("1"), with("2"));
}

#[test]
fn events_are_a_history() {
    let start = ["--start", "2024-02-29T12:00:00+01:00"];
    let called = call_with(&[&["run", "-", "--events"], &start[..]].concat(), PASS);
    let history = statelab::execution::history::parse_history(&called.out).unwrap();
    assert_eq!(history.len(), 4);
    assert_eq!(called.json()["events"][0]["timestamp"], 1_709_204_400.0);
    let failed = call_with(&["run", "-", "--events"], FAIL);
    assert_eq!(failed.code, 1);
    assert_eq!(failed.json()["events"][2]["type"], "ExecutionFailed");
    let now = call_with(&["run", "-", "--events", "--start", "now"], PASS).json();
    assert!(now["events"][0]["timestamp"].as_f64().unwrap() > 1_767_225_600.0);
}

#[test]
fn quotas_end_an_endless_loop() {
    let called = call_with(&["run", "-", "--events"], LOOP);
    assert_eq!(called.code, 1);
    assert_eq!(called.json()["events"].as_array().unwrap().len(), 25_000);
    let large = format!(
        "@{}",
        file("large.json", format!("\"{}\"", "a".repeat(300_000)))
    );
    let copy = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
        "Parameters": {"copy.$": "$"}}}}"#;
    assert_eq!(call_with(&["run", "-", "--input", &large], copy).code, 1);
    let off = ["run", "-", "--input", &large, "--quotas", "off"];
    assert_eq!(call_with(&off, copy).code, 0);
}

const DISTRIBUTED: &str = r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "End": true,
    "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
        "Parameters": {"Bucket": "in", "Key": "a/b.csv"}},
    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}},
    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": "out", "Prefix": "KEY"}}}}}"#;

#[test]
fn objects_are_read_and_written() {
    let folder = std::env::temp_dir().join(format!("statelab-s3-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("in/a")).unwrap();
    std::fs::write(folder.join("in/a/b.csv"), "n\n1\n2\n").unwrap();
    let arguments = ["run", "-", "--s3", folder.to_str().unwrap()];
    let called = call_with(&arguments, &DISTRIBUTED.replace("KEY", "runs"));
    assert_eq!(called.code, 0, "{called:?}");
    let key = called.json()["ResultWriterDetails"]["Key"].clone();
    let manifest = std::fs::read_to_string(folder.join("out").join(key.as_str().unwrap()));
    let manifest: serde_json::Value = serde_json::from_str(&manifest.unwrap()).unwrap();
    let result = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str();
    let result = std::fs::read_to_string(folder.join("out").join(result.unwrap())).unwrap();
    let result: serde_json::Value = serde_json::from_str(&result).unwrap();
    assert_eq!(result[1]["Output"], r#"{"n":"2"}"#);
    // Nothing is written beside the folder, whatever a definition says.
    let called = call_with(&arguments, &DISTRIBUTED.replace("KEY", "../../x"));
    assert_eq!(called.code, 2, "{called:?}");
    assert!(called.err.contains("cannot be a file"), "{called:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn cases_of_a_file_pass_or_fail() {
    let folder = std::env::temp_dir().join(format!("statelab-cases-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("m.asl.json", TASK);
    write("mocks.json", MOCKS);
    let cases = |expect: &str| {
        format!(
            r#"{{"definition": "m.asl.json", "cases": [
                {{"name": "good", "mockConfig": "mocks.json", "testCase": "M#Good", "expect": {expect}}},
                {{"name": "bad", "mocks": {{"Call": {{"0": {{"Throw": {{"Error": "E"}}}}}}}},
                  "expect": {{"status": "FAILED", "error": "E", "path": ["Call"]}}}}]}}"#
        )
    };
    write("good.asl.test.json", &cases(r#"{"output": {"n": 1}}"#));
    write("bad.asl.test.json", &cases(r#"{"outputSubset": {"n": 2}}"#));
    write(
        "broken.asl.test.json",
        r#"{"definition": "m.asl.json", "cases": [{"name": "x", "expects": {}}]}"#,
    );
    let called = call(&["run", "--tests", &path("good.asl.test.json")]);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.ends_with("2 cases, 0 failed\n"), "{called:?}");
    let xml = path("results.xml");
    let files = [path("good.asl.test.json"), path("bad.asl.test.json")];
    let called = call(&["run", "--tests", &files[0], &files[1], "--junit", &xml]);
    assert_eq!(called.code, 1, "{called:?}");
    assert!(
        called.out.contains("output/n: expected 2, got 1"),
        "{called:?}"
    );
    let xml = std::fs::read_to_string(xml).unwrap();
    assert!(xml.contains(r#"tests="4" failures="1""#), "{xml}");
    let called = call(&["run", "--tests", &path("broken.asl.test.json")]);
    assert_eq!(called.code, 2, "{called:?}");
    assert!(
        called.err.contains("A case has no member expects"),
        "{called:?}"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_state_machine_of_a_template_is_chosen() {
    let template = "Resources:\n  One:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition: {StartAt: A, States: {A: {Type: Pass, Result: 1, End: true}}}\n  Two:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      StateMachineType: EXPRESS\n      Definition: {StartAt: B, States: {B: {Type: Pass, Parameters: {id.$: $$.Execution.Id}, End: true}}}\n";
    assert_eq!(call_with(&["run", "-"], template).out, "1\n");
    let two = call_with(&["run", "-", "--machine", "Two"], template);
    assert!(two.out.contains(":express:"), "{two:?}");
    let none = call_with(&["run", "-", "--machine", "Three"], template);
    assert_eq!(none.code, 2);
    assert!(
        none.err
            .contains("There is no state machine Three: the file has One, Two"),
        "{none:?}"
    );
    let plain = call_with(&["run", "-", "--machine", "Three"], PASS);
    assert!(
        plain.err.contains("--machine is for templates"),
        "{plain:?}"
    );
    let drawn = call_with(&["render", "-", "--machine", "Two", "-o", "-"], template);
    assert!(drawn.out.contains(">B<"), "{drawn:?}");
}
