//! The expression languages against the truths beside the repository and own cases.
//!
//! Cases are data: `tests/data/expr`.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // a test may fail

use std::fs;
use std::path::PathBuf;

use serde_json::Value as Json;
use statelab::expr::Roots;
use statelab::expr::intrinsic::{Call, Intrinsic, is_intrinsic};
use statelab::expr::jsonpath::{Path, ReferencePath};
use statelab::source::json::Value;

/// A file of the repository's tests.
fn data(name: &str) -> Json {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/expr");
    let text = fs::read_to_string(path.join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A file of the truths, where they lie beside the repository.
fn truth(name: &str) -> Option<Json> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    match fs::read_to_string(path.join(name)) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            eprintln!("skipped: no ../shared/conformance/{name}");
            None
        }
    }
}

fn value(json: &Json) -> Value {
    Value::parse(&json.to_string()).unwrap()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// The answer to a path, as the truths write it.
fn answer(path: &str, input: &Value) -> Json {
    let path = match Path::parse_jayway(path) {
        Ok(path) => path,
        Err(_) => return serde_json::json!({"error": "parse"}),
    };
    match path.evaluate(&Roots::of(input)) {
        Ok(result) => {
            let result: Json = serde_json::from_str(&result.to_string()).unwrap();
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
        if !is_equal {
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

/// What the library makes of a root that no definition has.
#[test]
fn the_library_reads_other_roots() {
    let input = value(&serde_json::json!({"a": {"b": [1, 2]}}));
    for (path, same) in [
        ("@", "$"),
        ("@.a", "$.a"),
        ("a", "$.a"),
        ("a.b[-1]", "$.a.b[-1]"),
        ("['a']", "$.a"),
        ("*", "$.*"),
        (".b", "$..b"),
        ("a  ", "$.a"),
    ] {
        assert_eq!(answer(path, &input), answer(same, &input), "{path}");
        assert!(Path::parse(path).is_err(), "{path}");
    }
    for path in ["$a", "$$.a", " $.a", " ", "a.", "..b"] {
        assert_eq!(answer(path, &input)["error"], "parse", "{path}");
    }
    let error = Path::parse_jayway("a.b c").unwrap_err();
    assert_eq!((error.span.start, error.span.end), (2, 5));
}

#[test]
fn own_calls() {
    let cases = data("intrinsic.json");
    for case in list(&cases) {
        let text = case["call"].as_str().unwrap();
        let call = Call::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (input, context) = (value(&case["input"]), value(&case["context"]));
        let roots = Roots {
            input: &input,
            context: &context,
            variables: &|name| case["variables"].get(name).map(value),
        };
        let result = call.evaluate(&roots, &mut || 0);
        if let Some(kind) = case.get("kind") {
            let error = result.expect_err(text);
            assert_eq!(error.kind.to_string(), kind.as_str().unwrap(), "{text}");
            continue;
        }
        if let Some(message) = case.get("error") {
            let error = result.expect_err(text);
            assert_eq!(error.to_string(), message.as_str().unwrap(), "{text}");
            continue;
        }
        let result = result.unwrap_or_else(|error| panic!("{text}: {error}"));
        match case.get("text") {
            Some(spelling) => assert_eq!(result.to_string(), spelling.as_str().unwrap(), "{text}"),
            None => assert_eq!(result, value(&case["result"]), "{text}"),
        }
    }
    for function in Intrinsic::ALL {
        let is_called = |case: &Json| {
            let text = case["call"].as_str().unwrap_or_default();
            text.starts_with(&format!("{}(", function.name()))
        };
        assert!(list(&cases).iter().any(is_called), "{}", function.name());
    }
}

/// Recordings of one Pass state whose `Parameters` hold expressions: their values are
/// the members of the output.
#[test]
fn calls_answer_as_recorded() {
    let mut checked = 0;
    for name in ["intrinsic_functions", "scenarios", "context_object", "base"] {
        let Some(group) = truth(&format!("cases/{name}.json")) else {
            return;
        };
        for case in list(&group["cases"]) {
            checked += check_recording(case);
        }
    }
    eprintln!("{checked} recorded values");
    assert!(checked > 60);
}

fn check_recording(case: &Json) -> usize {
    let states = case["definition"]["States"].as_object();
    let Some(state) = states
        .filter(|states| states.len() == 1)
        .and_then(|states| states.values().next())
    else {
        return 0;
    };
    let events = list(&case["expected"]["get_execution_history"]["events"]);
    let output = events
        .last()
        .map(|event| &event["executionSucceededEventDetails"]["output"]);
    let (Some(parameters), Some(Json::Object(output)), "Pass") = (
        state["Parameters"].as_object(),
        output,
        state["Type"].as_str().unwrap_or_default(),
    ) else {
        return 0;
    };
    let input = value(&case["input"]);
    let context =
        serde_json::json!({"StateMachine": {"Name": case["request"]["stateMachineName"]}});
    let context = value(&context);
    let roots = Roots {
        context: &context,
        ..Roots::of(&input)
    };
    let mut checked = 0;
    for (key, expression) in parameters {
        let (Some(key), Some(expression)) = (key.strip_suffix(".$"), expression.as_str()) else {
            continue;
        };
        if !is_intrinsic(expression) {
            continue;
        }
        let result = Call::parse(expression).unwrap().evaluate(&roots, &mut || 7);
        let result = result.unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
        checked += 1;
        let is_wildcard = list(&case["wildcards"]["words"]).contains(&output[key])
            || list(&case["wildcards"]["tokens"]).contains(&output[key])
            || output[key] == "RandomNumberGenerated";
        if !is_wildcard {
            assert_eq!(result, value(&output[key]), "{}: {expression}", case["id"]);
        }
    }
    checked
}

/// What the service accepted can be read, and what it refused cannot.
#[test]
fn recorded_expressions_are_read_or_refused_alike() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance/cases");
    let Ok(files) = fs::read_dir(directory) else {
        eprintln!("skipped: no ../shared/conformance/cases");
        return;
    };
    let (mut read, mut refused) = (0, 0);
    for file in files {
        let name = file.unwrap().file_name();
        let group = truth(&format!("cases/{}", name.to_string_lossy())).unwrap();
        for case in list(&group["cases"]) {
            let refusal = case["expected"]["exception_value"]
                .as_str()
                .unwrap_or_default();
            let must_fail = refusal.contains("must be a valid JSONPath or a valid intrinsic");
            if case["kind"] != "execution" && !must_fail {
                continue;
            }
            let mut errors = Vec::new();
            read += read_expressions(&case["definition"], &mut errors);
            refused += errors.len();
            assert_eq!(errors.is_empty(), !must_fail, "{}: {errors:?}", case["id"]);
        }
    }
    eprintln!("{read} expressions read, {refused} refused");
}

fn read_expressions(json: &Json, errors: &mut Vec<String>) -> usize {
    match json {
        Json::Array(items) => items
            .iter()
            .map(|item| read_expressions(item, errors))
            .sum(),
        Json::Object(members) => members
            .iter()
            .filter(|(key, _)| *key != "Result") // what stands there is taken as it is
            .map(|(key, member)| match member.as_str() {
                Some(text) if key.ends_with(".$") || text.starts_with("$.") => {
                    errors.extend(read_expression(text).err());
                    1
                }
                _ => read_expressions(member, errors),
            })
            .sum(),
        _ => 0,
    }
}

fn read_expression(text: &str) -> Result<(), String> {
    if is_intrinsic(text) {
        return Call::parse(text)
            .map(drop)
            .map_err(|error| format!("{text}: {error}"));
    }
    Path::parse(text)
        .map(drop)
        .map_err(|error| format!("{text}: {error}"))
}

/// Texts put together from the pieces of both languages, well-formed or not.
#[test]
fn no_text_panics() {
    const PIECES: [&str; 44] = [
        "$",
        "$$",
        "@",
        ".",
        "..",
        "*",
        "[",
        "]",
        "(",
        ")",
        "?(",
        "'",
        "\"",
        "\\",
        ",",
        ":",
        "-1",
        "0",
        "7",
        "a",
        "b c",
        "é😀",
        " ",
        "==",
        "!=",
        "=~",
        "/a/i",
        "in",
        "size",
        "empty",
        "&&",
        "||",
        "!",
        "length()",
        "sum(",
        "States.",
        "Array(",
        "Format('{}'",
        "null",
        "{",
        "}",
        "1.5",
        "\u{0}",
        "\n",
    ];
    let document = Value::parse(r#"{"a":[1,{"b c":"é","a":null}],"b c":{"a":"x"}}"#).unwrap();
    let roots = Roots::of(&document);
    let mut state = 1_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for round in 0..200_000 {
        let mut text = String::from(["$", "$.a[", "States.Array(", "$[?(@."][round % 4]);
        for _ in 0..next() % 12 {
            text.push_str(PIECES[next() as usize % PIECES.len()]);
        }
        if let Ok(path) = Path::parse(&text) {
            let _ = path.evaluate(&roots);
        }
        if let Ok(path) = ReferencePath::parse(&text) {
            let _ = path.set(document.clone(), Value::Null);
        }
        if let Ok(call) = Call::parse(&text) {
            let _ = call.evaluate(&roots, &mut || 1);
        }
        if let Err(error) = Path::parse(&text) {
            assert!(error.span.end as usize <= text.len(), "{text}: {error:?}");
        }
        if let Err(error) = Call::parse(&text) {
            assert!(error.span.end as usize <= text.len(), "{text}: {error:?}");
        }
    }
}
