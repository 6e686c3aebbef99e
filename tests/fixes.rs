//! What fixes do: of every rule's example, in JSON and in the same definition in YAML.
#![allow(clippy::unwrap_used, clippy::panic)]

use statelab::asl::WorkflowType;
use statelab::asl::validate::RULES;
use statelab::authoring::document::{Document, Notation};
use statelab::source::Fix;
use statelab::source::json::Value;
use statelab::source::yaml::write_yaml;

/// The fixes of a text by their titles, each with what the definition says afterwards.
fn fixed(document: &Document) -> Vec<(String, Value)> {
    let fixes = document.diagnostics().iter();
    let fixes = fixes.flat_map(|problem| problem.fixes.iter());
    fixes
        .map(|fix| (fix.title.clone(), after(document, fix)))
        .collect()
}

fn after(document: &Document, fix: &Fix) -> Value {
    let text = fix.edit.apply(document.text()).unwrap();
    let fixed = Document::of_type(text.as_str(), document.workflow_type());
    assert_eq!(fixed.notation(), document.notation(), "{text}");
    let broken = fixed
        .diagnostics()
        .iter()
        .find(|problem| problem.code.0 == "SYNTAX");
    assert_eq!(broken, None, "{}:\n{text}", fix.title);
    fixed.root().to_value()
}

/// What rules' own examples do not show.
const MORE: [&str; 4] = [
    r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}"#,
    r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV"}, "Parameters": {"Bucket": "b", "Key": "k"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}"#,
    r#"{"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": "x", "IsNull": true, "Next": "P"}]}, "P": {"Type": "Pas", "Ende": true}}}"#,
    r#"{"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {}, "Output": 1, "Retry": [{"ErrorEquals": ["States.Timeut", "A"]}, {"ErrorEquals": ["B", "States.ALL"]}], "End": true}}}"#,
];

#[test]
fn every_fix_does_in_yaml_what_it_does_in_json() {
    let (mut in_json, mut in_yaml) = (0, 0);
    let examples = RULES.iter().map(|rule| (rule.invalid, rule.workflow_type));
    let more = MORE.map(|text| (text, WorkflowType::Standard));
    for (text, workflow_type) in examples.chain(more) {
        let Ok(value) = Value::parse(text) else {
            continue;
        };
        let json = Document::of_type(text, workflow_type);
        let yaml = Document::of_type(write_yaml(&value).as_str(), workflow_type);
        assert_eq!(yaml.notation(), Notation::Yaml);
        let done = fixed(&json);
        for (title, definition) in fixed(&yaml) {
            let same = done.iter().find(|(known, _)| *known == title);
            let (_, expected) = same.unwrap_or_else(|| panic!("{title}: in YAML alone"));
            assert_eq!(definition, *expected, "{title}");
            in_yaml += 1;
        }
        in_json += done.len();
    }
    // Those that change something inside an expression are offered in JSON alone.
    println!("{in_json} fixes in JSON, {in_yaml} of them in YAML");
    assert!(
        in_json > 25 && in_yaml + 6 >= in_json,
        "{in_json} {in_yaml}"
    );
}

#[test]
fn a_fix_leaves_the_rest_as_it_was() {
    let text = "# Orders\nStartAt: Ship # first\nStates:\n  Ship:\n    Type: Task\n    Resource: arn:aws:states:::lambda:invoke\n    Argments: {}   # typo\n    End: true\n";
    let document = Document::open(text);
    let mut fixes = document
        .diagnostics()
        .iter()
        .flat_map(|problem| &problem.fixes);
    let removal = fixes.find(|fix| fix.title.starts_with("Remove")).unwrap();
    let fixed = removal.edit.apply(text).unwrap();
    assert_eq!(fixed, text.replace("    Argments: {}   # typo\n", ""));
}
