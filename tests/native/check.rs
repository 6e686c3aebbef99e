//! `statelab check`

use crate::{call, call_with, example, file};

const GOOD: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
const BAD: &str = "{\n  \"StartAt\": \"Ü\",\n  \"States\": {\"A\": {\"Type\": \"Succeed\"}}\n}\n";
const WARNED: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Fail", "Cause": "$.cause"}}}"#;

#[test]
fn the_exit_code_tells_errors_from_warnings() {
    for (text, code) in [(GOOD, 0), (WARNED, 0), (BAD, 1), ("", 1), ("garbage", 1)] {
        let called = call_with(&["check", "-"], text);
        assert_eq!((called.code, called.err.as_str()), (code, ""), "{called:?}");
    }
    assert_eq!(
        call(&["check", &example("ask-a-human/definition.asl.json")]).code,
        0
    );
}

#[test]
fn express_workflows_may_have_less() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}}}}"#;
    for (arguments, code) in [
        (&["check", "-"][..], 0),
        (&["check", "-", "--type", "STANDARD"], 0),
        (&["check", "-", "--type", "EXPRESS"], 1),
        (&["check", "-", "--type", "express"], 1),
        (&["check", "-", "--type", "FAST"], 2),
    ] {
        let called = call_with(arguments, text);
        assert_eq!(called.code, code, "{arguments:?}: {called:?}");
    }
    let called = call_with(&["check", "-", "--type", "EXPRESS"], text);
    assert!(called.out.contains("EXPRESS_UNSUPPORTED"), "{called:?}");
}

#[test]
fn sentences_show_the_line() {
    let path = file("shown.asl.json", BAD);
    let called = call(&["check", &path]);
    let expected = format!(
        "{path}:2:14: error[UNKNOWN_TARGET]: No state is named Ü\n  \
           2 |   \"StartAt\": \"Ü\",\n    \
             |              ^^^\n"
    );
    assert!(called.out.starts_with(&expected), "{}", called.out);
    assert!(called.out.ends_with("in 1 file\n"), "{}", called.out);
    let good = call_with(&["check", "-"], GOOD);
    assert_eq!(good.out, "No problems in 1 file\n");
}

#[test]
fn one_unreadable_file_does_not_hide_the_others() {
    let path = file("beside.asl.json", BAD);
    let called = call(&["check", "none.json", &path]);
    assert_eq!(called.code, 2);
    assert!(called.out.contains("UNKNOWN_TARGET"), "{called:?}");
    assert!(called.err.contains("none.json"), "{called:?}");
}

#[test]
fn json_has_every_fact() {
    let called = call_with(&["check", "-", "--format", "json"], BAD);
    let problem = &called.json()[0];
    assert_eq!(called.code, 1);
    assert_eq!(problem["file"], "<stdin>");
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&2.into(), &14.into())
    );
    assert_eq!(problem["endColumn"], 17);
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["code"], "UNKNOWN_TARGET");
    assert_eq!(problem["message"], "No state is named Ü");
    let good = call_with(&["check", "-", "--format", "json"], GOOD);
    assert_eq!(good.out, "[]\n");
}

#[test]
fn github_gets_one_command_per_problem() {
    let text = BAD.replace('Ü', "a\\n::error::b");
    let called = call_with(&["check", "-", "--format", "github"], &text);
    for line in called.out.lines() {
        assert!(line.starts_with("::"), "{line}");
    }
    assert!(
        called.out.contains(",line=2,endLine=2,col=14,"),
        "{}",
        called.out
    );
    assert!(called.out.contains("a%0A::error::b"), "{}", called.out);
}

#[test]
fn sarif_names_rules_and_places() {
    let path = file("with blank.asl.json", BAD);
    let log = call(&["check", &path, "--format", "sarif"]).json();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let result = &run["results"][0];
    assert_eq!(log["version"], "2.1.0");
    assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startColumn"], 14);
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("with%20blank.asl.json"), "{uri}");
}

#[test]
fn no_text_reaches_a_terminal_as_a_command() {
    let called = call_with(&["check", "-"], &BAD.replace('Ü', "\\u001b[2J\u{202E}"));
    assert!(
        !called.out.contains(['\u{1b}', '\u{202E}']),
        "{:?}",
        called.out
    );
    let called = call_with(&["check", "-"], "\u{1b}[2J");
    assert!(!called.out.contains('\u{1b}'), "{:?}", called.out);
}

/// Two state machines: one in order, one with a task that Express does not have.
const TEMPLATE: &str = "Resources:\n  Good:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition: {StartAt: A, States: {A: {Type: Succeed}}}\n  Quick:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      StateMachineType: EXPRESS\n      Definition:\n        StartAt: Wait\n        States:\n          Wait:\n            Type: Task\n            Resource: arn:aws:states:::states:startExecution.sync\n            Parameters: {StateMachineArn: \"arn:aws:states:us-east-1:123456789012:stateMachine:m\"}\n            End: true\n";

#[test]
fn all_state_machines_of_a_template_are_checked() {
    let called = call_with(&["check", "-", "--format", "json"], TEMPLATE);
    assert_eq!(called.code, 1, "{called:?}");
    let problems = called.json();
    let lines: Vec<_> = problems
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["line"])
        .collect();
    assert_eq!(lines, [15], "{problems}");
    let as_standard = call_with(&["check", "-", "--type", "standard"], TEMPLATE);
    assert_eq!(as_standard.code, 0, "{as_standard:?}");
}
