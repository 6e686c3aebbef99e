//! The examples of the page: each opens without a problem and each of its test cases comes
//! to the end that stands in its `example.json`. `UPDATE_EXPECT=1` writes the ends anew.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // A test may fail loudly.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use statelab::authoring::document::Document;
use statelab::execution::history::{Failure, write_history};
use statelab::execution::interpreter::{
    Mocks, Options, Outcome, Setup, Simulation, Status, run_to_end,
};
use statelab::execution::item::Objects;
use statelab::source::json::Value;
use statelab::time::Timestamp;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/examples")
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An example as it lies in its folder.
struct Example {
    name: String,
    facts: Json,
    definition: String,
    input: String,
    /// Empty where there are none.
    mocks: String,
}

impl Example {
    fn read(name: &str) -> Self {
        let folder = folder().join(name);
        let mocks = folder.join("mocks.json");
        Self {
            name: name.to_owned(),
            facts: serde_json::from_str(&read(folder.join("example.json"))).unwrap(),
            definition: read(folder.join("definition.asl.json")),
            input: read(folder.join("input.json")),
            mocks: if mocks.exists() {
                read(mocks)
            } else {
                String::new()
            },
        }
    }

    /// The files of `s3`: the first folder is the bucket.
    fn objects(&self) -> Objects {
        let mut objects = Objects::default();
        let root = folder().join(&self.name).join("s3");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                objects.insert_at(&name, read(path)).unwrap();
            }
        }
        objects
    }

    /// The test cases of the mocks; one without a name where there are no mocks.
    fn cases(&self) -> Vec<Option<String>> {
        if self.mocks.is_empty() {
            return vec![None];
        }
        let mocks = Mocks::parse(&self.mocks).unwrap_or_else(|errors| panic!("{errors:?}"));
        let names = mocks.test_cases().map(|(machine, case)| {
            assert_eq!(**machine, self.name);
            Some(case.to_string())
        });
        names.collect()
    }

    /// How a test case ends, and the bytes of its history.
    fn run(&self, case: Option<&str>) -> (Json, String) {
        let document = Document::open(self.definition.as_str());
        let setup = Setup {
            input: &self.input,
            mocks: &self.mocks,
            test_case: case,
            default_result: None,
        };
        let options = Options {
            machine_name: self.name.as_str().into(),
            objects: Arc::new(self.objects()),
            seed: 1,
            ..Options::default()
        };
        // The first instant of 2026.
        let at = Timestamp::from_millis(1_767_225_600_000);
        let mut simulation = setup
            .start(document.machine().clone(), options, at)
            .unwrap();
        let end = end(&mut simulation);
        (end, write_history(simulation.history()).to_string())
    }
}

fn end<H: statelab::execution::interpreter::TaskHandler>(simulation: &mut Simulation<H>) -> Json {
    let failed = |failure: &Failure| json!({"status": "FAILED", "error": failure.error.as_deref(), "cause": failure.cause.as_deref()});
    match run_to_end(simulation) {
        Status::Ended(Outcome::Succeeded(output)) => {
            let output: Json = serde_json::from_str(&output.to_string()).unwrap();
            json!({"status": "SUCCEEDED", "output": output})
        }
        Status::Ended(Outcome::Failed(failure)) => failed(&failure),
        Status::Pending(tasks) => {
            let states: Vec<&str> = tasks.iter().map(|task| &*task.state).collect();
            json!({"status": "PENDING", "states": states})
        }
        status => panic!("{status:?}"),
    }
}

/// Every example in the order of the index, with its group.
fn index() -> Vec<(String, Example)> {
    let index: Json = serde_json::from_str(&read(folder().join("index.json"))).unwrap();
    let mut examples = Vec::new();
    for group in index.as_array().unwrap() {
        let title = group["group"].as_str().unwrap();
        for name in group["examples"].as_array().unwrap() {
            let example = Example::read(name.as_str().unwrap());
            examples.push((title.to_owned(), example));
        }
    }
    examples
}

#[test]
fn the_index_names_every_folder_once() {
    let listed: Vec<String> = index()
        .into_iter()
        .map(|(_, example)| example.name)
        .collect();
    let distinct: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(distinct.len(), listed.len(), "{listed:?}");
    let folders = std::fs::read_dir(folder()).unwrap().map(Result::unwrap);
    let folders: BTreeSet<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders.iter().collect::<BTreeSet<_>>(), distinct);
}

#[test]
fn every_example_is_flawless_and_says_what_it_teaches() {
    for (_, example) in index() {
        let document = Document::open(example.definition.as_str());
        assert_eq!(document.diagnostics(), [], "{}", example.name);
        assert!(Value::parse(&example.input).is_ok(), "{}", example.name);
        let teaches = example.facts["teaches"].as_str().unwrap();
        assert!(
            (30..=110).contains(&teaches.len()) && !teaches.ends_with('.'),
            "{}: {teaches}",
            example.name
        );
        let features = example.facts["features"].as_array().unwrap();
        assert!((2..=5).contains(&features.len()), "{}", example.name);
    }
}

#[test]
fn every_test_case_comes_to_its_end() {
    let is_update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (_, mut example) in index() {
        let mut cases = Vec::new();
        for case in example.cases() {
            let (end, history) = example.run(case.as_deref());
            assert_eq!(
                example.run(case.as_deref()).1,
                history,
                "{}, {case:?}: two runs differ",
                example.name
            );
            cases.push(match case {
                Some(name) => json!({"name": name, "expect": end}),
                None => json!({"expect": end}),
            });
        }
        if is_update {
            example.facts["cases"] = cases.into();
            let text = serde_json::to_string_pretty(&example.facts).unwrap();
            let path = folder().join(&example.name).join("example.json");
            std::fs::write(path, text + "\n").unwrap();
            continue;
        }
        assert_eq!(
            example.facts["cases"],
            Json::from(cases),
            "{}",
            example.name
        );
    }
}

#[test]
fn every_example_that_calls_something_has_two_test_cases() {
    for (_, example) in index() {
        let calls = example.definition.contains("\"Task\"");
        let count = example.cases().len();
        assert!(!calls || count >= 2, "{}: {count}", example.name);
    }
}

#[test]
fn the_examples_show_the_whole_language() {
    let all: String = index()
        .into_iter()
        .map(|(_, example)| example.definition)
        .collect();
    let words = [
        "Task",
        "Pass",
        "Choice",
        "Wait",
        "Succeed",
        "Fail",
        "Parallel",
        "Map",
        "InputPath",
        "Parameters",
        "ResultSelector",
        "ResultPath",
        "OutputPath",
        "Assign",
        "Retry",
        "Catch",
        "MaxDelaySeconds",
        "JitterStrategy",
        "BackoffRate",
        "TimeoutSeconds",
        "TimeoutSecondsPath",
        "HeartbeatSeconds",
        "ItemsPath",
        "ItemSelector",
        "MaxConcurrency",
        "SecondsPath",
        "TimestampPath",
        "ErrorPath",
        "CausePath",
        "And",
        "Or",
        "Not",
        "IsPresent",
        "IsNull",
        "IsNumeric",
        "IsTimestamp",
        "IsBoolean",
        "StringMatches",
        "StringEquals",
        "BooleanEquals",
        "TimestampLessThanPath",
        "NumericLessThanEqualsPath",
    ];
    for word in words {
        assert!(
            all.contains(&format!("\"{word}\"")),
            "no example shows {word}"
        );
    }
    for function in [
        "Array",
        "ArrayPartition",
        "ArrayContains",
        "ArrayRange",
        "ArrayGetItem",
        "ArrayLength",
        "ArrayUnique",
        "Base64Encode",
        "Base64Decode",
        "Hash",
        "JsonMerge",
        "StringToJson",
        "JsonToString",
        "MathRandom",
        "MathAdd",
        "StringSplit",
        "UUID",
        "Format",
    ] {
        assert!(
            all.contains(&format!("States.{function}(")),
            "no example shows {function}"
        );
    }
    for pattern in [
        ".waitForTaskToken",
        ".sync\"",
        ".sync:2",
        "http:invoke",
        ":activity:",
    ] {
        assert!(all.contains(pattern), "no example shows {pattern}");
    }
}
