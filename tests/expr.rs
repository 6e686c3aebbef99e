//! The expression languages against the truths beside the repository and own cases.
//!
//! Cases are data: `tests/data/expr`. What is known to differ from the truths is listed
//! there with its reason; a listed case that passes fails the test as much as an
//! unlisted one that does not.

use std::fs;
use std::path::PathBuf;

use serde_json::Value as Json;
use statelab::expr::Roots;
use statelab::expr::jsonpath::Path;
use statelab::source::json::Value;

/// A file of the repository's tests.
fn data(name: &str) -> Json {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/expr");
    let text = fs::read_to_string(path.join(name)).expect("the file is in the repository");
    serde_json::from_str(&text).expect("the file holds JSON")
}

/// A file of the truths, where they lie beside the repository.
fn truth(name: &str) -> Option<Json> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    match fs::read_to_string(path.join(name)) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the file holds JSON")),
        Err(_) => {
            eprintln!("skipped: no ../shared/conformance/{name}");
            None
        }
    }
}

fn value(json: &Json) -> Value {
    Value::parse(&json.to_string()).expect("one JSON text reads another")
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// The answer to a path, as the truths write it.
fn answer(path: &str, input: &Value) -> Json {
    let path = match Path::parse(path) {
        Ok(path) => path,
        Err(_) => return serde_json::json!({"error": "parse"}),
    };
    match path.evaluate(&Roots::of(input)) {
        Ok(result) => {
            let result: Json =
                serde_json::from_str(&result.to_string()).expect("values print as JSON");
            serde_json::json!({"definite": path.is_definite(), "result": result})
        }
        Err(error) if error.is_not_found() => {
            serde_json::json!({"definite": path.is_definite(), "error": "notfound"})
        }
        Err(error) => serde_json::json!({"error": error.to_string()}),
    }
}

#[test]
fn paths_answer_as_jayway_does() {
    let Some(truths) = truth("jsonpath/cases.json") else {
        return;
    };
    let gaps = data("jsonpath_gaps.json");
    let is_gap = |case: &Json| list(&gaps).iter().any(|gap| gap["id"] == case["id"]);
    let mut wrong = Vec::new();
    let mut passed = 0;
    for case in list(&truths["cases"]) {
        let path = case["path"].as_str().unwrap();
        let input = value(&truths["documents"][case["data"].as_str().unwrap()]);
        let answer = answer(path, &input);
        let is_equal = ["definite", "error"].iter().all(|member| {
            case.get(member)
                .is_none_or(|it| it.is_null() || *it == answer[member])
        }) && case.get("result").is_some() == answer.get("result").is_some()
            && value(&case["result"]) == value(&answer["result"]);
        passed += usize::from(is_equal);
        if is_equal == is_gap(case) {
            wrong.push(format!("{} {path}: {answer}", case["id"]));
        }
    }
    eprintln!("{passed} of {} paths", list(&truths["cases"]).len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn own_paths() {
    for case in list(&data("jsonpath.json")) {
        let text = case["path"].as_str().unwrap();
        let path = Path::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let input = value(&case["input"]);
        let result = path.evaluate(&Roots::of(&input));
        if let Some(error) = case.get("error") {
            let message = result.map_err(|error| error.to_string());
            assert_eq!(message.unwrap_err(), error.as_str().unwrap(), "{text}");
            continue;
        }
        let result = result.unwrap_or_else(|error| panic!("{text}: {error}"));
        match case.get("text") {
            Some(spelling) => assert_eq!(result.to_string(), spelling.as_str().unwrap(), "{text}"),
            None => assert_eq!(result, value(&case["result"]), "{text}"),
        }
    }
}
