//! Cases as their files hold them.

use std::path::Path;

use serde_json::Value;
use statelab::execution::item::Objects;

use super::spaced::spaced;

/// One recording of an execution.
pub struct Case {
    pub group: String,
    pub id: String,
    pub body: Value,
}

/// All cases of kind `execution`; `None` without the folder.
pub fn load(folder: &str) -> Option<Vec<Case>> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new(folder))
        .ok()?
        .flatten()
        .collect();
    files.sort_by_key(|file| file.file_name());
    let mut cases = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let group: Value = serde_json::from_str(&text).unwrap();
        for body in group["cases"].as_array().unwrap() {
            if body["kind"] == "execution" {
                cases.push(Case {
                    group: group["group"].as_str().unwrap().to_owned(),
                    id: body["id"]
                        .as_str()
                        .unwrap()
                        .rsplit("::")
                        .next()
                        .unwrap()
                        .to_owned(),
                    body: body.clone(),
                });
            }
        }
    }
    // Some tests of different groups share a name.
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for case in &mut cases {
        case.id = format!("{}/{}", case.group, case.id);
        let count = seen.entry(case.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            case.id = format!("{}#{count}", case.id);
        }
    }
    Some(cases)
}

impl Case {
    /// The definition's text.
    pub fn definition(&self) -> String {
        match (&self.body["definition_text"], &self.body["definition"]) {
            (Value::String(text), _) | (_, Value::String(text)) => text.clone(),
            (_, value) => spaced(value),
        }
    }

    /// The input's text.
    pub fn input(&self) -> String {
        match (self.body.get("input_text"), self.body.get("input")) {
            (Some(Value::String(text)), _) => text.clone(),
            (_, Some(value)) if !value.is_null() => spaced(value),
            _ => "{}".to_owned(),
        }
    }

    /// The objects that item readers find.
    pub fn objects(&self) -> Objects {
        let mut objects = Objects::default();
        for (bucket, keys) in self.body["s3"].as_object().into_iter().flatten() {
            for (key, text) in keys.as_object().unwrap() {
                objects.insert(bucket.as_str(), key.as_str(), text.as_str().unwrap());
            }
        }
        objects
    }

    /// The mocks in the form of a mock configuration file, with our additions.
    pub fn mock_config(&self) -> Option<String> {
        let mocks = self.body.get("mocks")?;
        let mut config = mocks.clone();
        let responses = config["MockedResponses"].as_object_mut()?;
        for (name, attempts) in responses {
            for (number, attempt) in attempts.as_object_mut()? {
                let index: usize = number.split('-').next()?.parse().ok()?;
                for (from, to) in [("events", "Event"), ("submitted", "Submitted")] {
                    let value = &mocks[from][name][index];
                    if !value.is_null() {
                        attempt[to] = value.clone();
                    }
                }
            }
        }
        Some(config.to_string())
    }
}
