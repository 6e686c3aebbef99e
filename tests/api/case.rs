//! Recordings as their files hold them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::spaced::spaced;

/// One recording.
pub struct Case {
    pub id: String,
    pub kind: String,
    pub body: Value,
}

/// All recordings but those of executions; `None` without the folder.
pub fn load(folder: &str) -> Option<Vec<Case>> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new(folder))
        .ok()?
        .flatten()
        .collect();
    files.sort_by_key(|file| file.file_name());
    let mut cases = Vec::new();
    let mut seen = BTreeMap::<String, usize>::new();
    for file in files {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let group: Value = serde_json::from_str(&text).unwrap();
        for body in group["cases"].as_array().unwrap() {
            let kind = body["kind"].as_str().unwrap();
            if kind == "execution" {
                continue;
            }
            let id = body["id"].as_str().unwrap().rsplit("::").next().unwrap();
            let mut id = format!("{}/{id}", group["group"].as_str().unwrap());
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id = format!("{id}#{count}");
            }
            cases.push(Case {
                id,
                kind: kind.to_owned(),
                body: body.clone(),
            });
        }
    }
    Some(cases)
}

/// The text of a member, which may stand beside it word by word.
pub fn text(body: &Value, key: &str) -> Option<String> {
    if let Some(text) = body[format!("{key}_text")].as_str() {
        return Some(text.to_owned());
    }
    match body.get(key)? {
        Value::String(text) if key == "definition" => Some(text.clone()),
        value => Some(spaced(value)),
    }
}
