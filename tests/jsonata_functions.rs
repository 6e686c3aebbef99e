//! JSONata's functions with rules of their own against the official suite, where it lies
//! beside the repository, and against own cases whose answers JSONata 2.0.6 gave.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test may fail

#[path = "jsonata_functions/call.rs"]
mod call;

use std::fs;
use std::path::PathBuf;

use call::{Answer, arguments, ask};
use serde_json::Value as Json;

fn read(path: &str) -> Option<Json> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    // Half of a surrogate pair is no text in Rust; the suite has one in a call not asked here.
    let text = fs::read_to_string(path).ok()?.replace("\\ud800", "\\ufffd");
    Some(serde_json::from_str(&text).unwrap())
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_official_suite_is_answered() {
    let Some(suite) = read("../shared/conformance/jsonata/suite.json") else {
        eprintln!("skipped: no ../shared/conformance/jsonata/suite.json");
        return;
    };
    let (mut asked, mut wrong) = (0, Vec::new());
    for group in suite["groups"].as_object().unwrap().values() {
        for case in list(group) {
            let expr = case["expr"].as_str().unwrap_or_default();
            let Some(call) = arguments(expr) else {
                continue;
            };
            let Some(answer) = ask(&call) else {
                continue;
            };
            asked += 1;
            let is_right = match &answer {
                Answer::Value(value) => call::is_equal(value, &case["result"]),
                Answer::Nothing => case["undefinedResult"] == true,
                Answer::Error(code, _) => case["code"] == *code || case["error"]["code"] == *code,
            };
            if !is_right {
                wrong.push(format!("{} {expr}: {answer:?}", case["id"]));
            }
        }
    }
    eprintln!("{asked} calls of the suite");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 300);
}

#[test]
fn own_cases_are_answered_as_jsonata_does() {
    let cases = read("tests/data/expr/jsonata_functions.json").unwrap();
    let mut wrong = Vec::new();
    for case in list(&cases) {
        let call = list(&case["call"]);
        let answer = ask(call).unwrap_or_else(|| panic!("{case}"));
        let is_right = match &answer {
            Answer::Value(value) => {
                case.get("result").is_some() && call::is_equal(value, &case["result"])
            }
            Answer::Nothing => case.get("result").is_none() && case.get("code").is_none(),
            Answer::Error(code, message) => {
                case["code"] == *code && case["message"] == message.as_str()
            }
        };
        if !is_right {
            wrong.push(format!("{case}: {answer:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
