//! The service's rules, one file of cases per resource in `tests/data/api`.
//!
//! A case is a list of calls. `<time>`, `<id>`, `<token>` and `<text>` stand for any value,
//! `${N.path}` for a value of the answer to call N. An `await` lets a day pass.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use statelab::api::OperationName;

use crate::client::Client;
use crate::recordings::steps;
use crate::wild::Wild;

fn cases() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/api");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    files.sort_by_key(|file| file.file_name());
    let read = |file: std::fs::DirEntry| {
        let text = std::fs::read_to_string(file.path()).unwrap();
        serde_json::from_str::<Vec<Value>>(&text).unwrap()
    };
    files.into_iter().flat_map(read).collect()
}

#[test]
fn answers_follow_the_rules() {
    let wild = Wild::new(&json!({"tokens": ["<time>", "<id>", "<token>", "<text>"]}));
    let differences: Vec<String> = cases()
        .iter()
        .filter_map(|case| {
            let mut client = Client::new("123456789012");
            let difference = steps(&mut client, case, &wild)?;
            Some(format!("{}: {difference}", case["name"]))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_operation_has_a_case() {
    let cases = cases();
    let steps = cases
        .iter()
        .flat_map(|case| case["steps"].as_array().unwrap());
    let called: BTreeSet<String> = steps
        .filter_map(|step| Some(step["op"].as_str()?.replace('_', "")))
        .collect();
    assert_eq!(OperationName::ALL.len(), 37);
    let missing: Vec<_> = OperationName::ALL
        .iter()
        .filter(|name| !called.contains(&name.as_str().to_lowercase()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What a person can send that is no request.
#[test]
fn nothing_that_is_sent_gets_no_answer() {
    let mut client = Client::new("123456789012");
    let texts = [
        "",
        "{",
        "[]",
        "null",
        "7",
        "\"x\"",
        "{\"name\":[[[[]]]]}",
        "{\"name\":null}",
        "\u{0}",
        "{\"stateMachineArn\":\"arn:aws:states:::::::\"}",
        "{\"taskToken\":\"\"}",
        "{\"definition\":\"\",\"name\":\"\",\"roleArn\":\"\"}",
        "{\"executionArn\":{\"a\":1},\"resourceArn\":1e999,\"maxResults\":-1}",
        "{\"maxResults\":1e300}",
        "{\"maxResults\":0.5}",
        "{\"nextToken\":\"\u{1F333}\"}",
    ];
    let deep = "[".repeat(100_000);
    for operation in OperationName::ALL {
        for text in texts.into_iter().chain([deep.as_str()]) {
            let response = client.call_text(operation.as_str(), text);
            assert!(
                [200, 400].contains(&response.status),
                "{operation:?} {text}"
            );
            assert!(serde_json::from_str::<Value>(&response.body).is_ok());
            assert_eq!(response.error.is_some(), response.status == 400);
        }
    }
    for operation in ["", "Nothing", "createActivity", "CreateActivity2", "\u{0}"] {
        let error = client.call_text(operation, "{}").error.unwrap();
        assert_eq!(error.as_str(), "UnknownOperationException");
    }
}

/// A service that is built again from what changed answers as the first one.
#[test]
fn what_has_changed_is_enough_to_go_on() {
    use statelab::api::{Service, Settings};
    use statelab::source::json::Wire;
    let wild = Wild::new(&json!({"tokens": ["<time>", "<id>", "<token>", "<text>"]}));
    for case in cases() {
        let mut client = Client::new("123456789012");
        steps(&mut client, &case, &wild);
        let wired = |changes: Vec<statelab::api::Change>| -> Vec<statelab::api::Change> {
            let values = changes.iter().map(Wire::to_value);
            values
                .map(|value| Wire::from_value(&value).unwrap())
                .collect()
        };
        let changes = wired(client.service.take_changes());
        let mut again = Service::restore(Settings::default(), changes);
        again.advance(client.now, statelab::execution::interpreter::Fuel(100_000));
        let snapshot = wired(again.snapshot());
        assert_eq!(snapshot, client.service.snapshot(), "{}", case["name"]);
    }
}
