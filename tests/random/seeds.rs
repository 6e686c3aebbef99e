//! Texts to start from: our own examples and test cases.

use std::path::Path;

use serde_json::Value;

/// Seeds by what they are.
#[derive(Default)]
pub struct Seeds {
    pub definitions: Vec<String>,
    /// Definitions in YAML and inside templates.
    pub notations: Vec<String>,
    /// A line with a path, then the input.
    pub paths: Vec<String>,
    /// A line with a call, then the input.
    pub calls: Vec<String>,
    /// A line with a JSONata expression, then the input.
    pub expressions: Vec<String>,
    /// A line with a regular expression, then a text.
    pub patterns: Vec<String>,
    /// A line with a picture, then a text.
    pub pictures: Vec<String>,
    pub mocks: Vec<String>,
    pub histories: Vec<String>,
    /// A line with the input, then the definition.
    pub simulations: Vec<String>,
}

impl Seeds {
    pub fn read() -> Self {
        let mut seeds = Self::default();
        for (name, text) in ["order-processing", "ask-a-human", "count-the-tills"]
            .iter()
            .flat_map(|name| texts(&format!("www/examples/{name}")))
        {
            if name.ends_with("mocks.json") {
                seeds.mocks.push(text);
            } else if name.ends_with(".asl.json") {
                seeds.simulations.push(format!("{{}}\n{text}"));
                seeds.definitions.push(text);
            }
        }
        for (_, text) in files("tests/data/read", "txt") {
            let (text, _) = text.split_once("==========").expect("a case has two parts");
            seeds.notations.push(text.to_owned());
        }
        for (_, text) in texts("tests/data/interpreter") {
            let case: Value = serde_json::from_str(&text).expect("cases are JSON");
            let definition = case["definition"].to_string();
            let input = case
                .get("input")
                .cloned()
                .unwrap_or_else(|| Value::Object(Default::default()));
            seeds.simulations.push(format!("{input}\n{definition}"));
            seeds.definitions.push(definition);
            if let Some(mocks) = case.get("mocks") {
                let responses: serde_json::Map<String, Value> =
                    mocks.as_object().cloned().unwrap_or_default();
                let states: serde_json::Map<String, Value> = responses
                    .keys()
                    .map(|state| (state.clone(), state.as_str().into()))
                    .collect();
                seeds.mocks.push(
                    serde_json::json!({
                        "StateMachines": {"M": {"TestCases": {"C": states}}},
                        "MockedResponses": responses,
                    })
                    .to_string(),
                );
            }
        }
        let read = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/expr/jsonata");
            let text = std::fs::read_to_string(folder.join(name)).expect("the cases are there");
            serde_json::from_str::<Value>(&text).expect("cases are JSON")
        };
        let input = read("input.json");
        for name in [
            "paths",
            "operators",
            "strings",
            "numbers",
            "collections",
            "errors",
            "states",
        ] {
            let cases = read(&format!("{name}.json"));
            for case in cases.as_array().into_iter().flatten() {
                let expression = case["expression"].as_str().unwrap_or_default();
                let expression = expression.replace('\n', " ");
                seeds.expressions.push(format!("{expression}\n{input}"));
            }
        }
        for (file, member, lines) in [
            ("tests/data/expr/jsonpath.json", "path", &mut seeds.paths),
            ("tests/data/expr/intrinsic.json", "call", &mut seeds.calls),
        ] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            let text = std::fs::read_to_string(path).expect("the cases are there");
            let cases: Vec<Value> = serde_json::from_str(&text).expect("cases are JSON");
            for case in &cases {
                if let Some(expression) = case[member].as_str() {
                    lines.push(format!(
                        "{}\n{}",
                        expression.replace('\n', " "),
                        case["input"]
                    ));
                }
            }
        }
        let lines = |name: &str, line: &dyn Fn(&Value) -> Option<String>| -> Vec<String> {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/expr");
            let text = std::fs::read_to_string(path.join(name)).expect("the cases are there");
            let cases: Vec<Value> = serde_json::from_str(&text).expect("cases are JSON");
            cases.iter().filter_map(line).collect()
        };
        seeds.patterns = lines("jsonata_regex.json", &|case| {
            let text = case["text"].as_str().unwrap_or("abc");
            Some(format!("{}\n{text}", case["pattern"].as_str()?))
        });
        seeds.pictures = lines("jsonata_functions.json", &|case| {
            let text = case["call"][1].as_str().or(case["result"].as_str());
            Some(format!(
                "{}\n{}",
                case["call"][2].as_str()?,
                text.unwrap_or("12")
            ))
        });
        let histories = seeds
            .simulations
            .iter()
            .filter_map(|text| super::promises::history_of(text));
        seeds.histories = histories.collect();
        seeds
    }
}

/// The JSON files of a folder, sorted.
fn texts(folder: &str) -> Vec<(String, String)> {
    files(folder, "json")
}

fn files(folder: &str, wanted: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut texts: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == wanted)
        })
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            (path.to_string_lossy().into_owned(), text)
        })
        .collect();
    texts.sort();
    texts
}
