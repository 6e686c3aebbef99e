//! Replays recordings of the real service, call by call.
//!
//! The recordings are shared data beside the project; without them the test skips.
//! `known-gaps.txt` lists the cases that differ, each with a reason. The list may only
//! shrink: a listed case that passes fails the test as an unlisted one that does not.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use statelab::api::Response;

use crate::case::{Case, load, text};
use crate::client::Client;
use crate::wild::Wild;

const KNOWN_GAPS: &str = include_str!("known-gaps.txt");

#[test]
fn answers_are_those_of_the_service() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/cases");
    let Some(cases) = load(folder) else {
        eprintln!("skipped: no recordings at {folder}");
        return;
    };
    let lines = KNOWN_GAPS.lines();
    let mut gaps: BTreeMap<&str, &str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for case in &cases {
        let difference = replay(case);
        let outcome = if difference.is_none() {
            "equal"
        } else {
            "differs"
        };
        *counts.entry((case.kind.clone(), outcome)).or_default() += 1;
        match (difference, gaps.remove(case.id.as_str())) {
            (Some(difference), None) => problems.push(format!("{}\n{difference}", case.id)),
            (None, Some(_)) => {
                problems.push(format!("passes now, take it off the list: {}", case.id));
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    for id in gaps.keys() {
        problems.push(format!("listed, but there is no such case: {id}"));
    }
    eprintln!("{counts:?}");
    let count = problems.len();
    assert!(
        problems.is_empty(),
        "{count} problems:\n{}",
        problems.join("\n")
    );
}

/// The first difference of a case.
fn replay(case: &Case) -> Option<String> {
    let mut client = Client::new("111111111111");
    let wild = Wild::new(&case.body["wildcards"]);
    match case.kind.as_str() {
        "api" => steps(&mut client, &case.body, &wild),
        _ => single(&mut client, case, &wild),
    }
}

fn single(client: &mut Client, case: &Case, wild: &Wild) -> Option<String> {
    let body = &case.body;
    let notes = body["notes"].to_string();
    if notes.contains("never reaches the service") {
        return None;
    }
    let operation = body["op"].as_str().unwrap_or("test_state");
    let mut request = body["request"].clone();
    request["definition"] = text(body, "definition").unwrap().into();
    if let Some(input) = text(body, "input") {
        request["input"] = input.into();
    }
    let response = client.call(operation, &request);
    verdict(operation, &body["expected"], &response, wild)
}

pub fn steps(client: &mut Client, body: &Value, wild: &Wild) -> Option<String> {
    let mut answers: Vec<Value> = Vec::new();
    for (number, step) in body["steps"].as_array().unwrap().iter().enumerate() {
        if step.get("await").is_some() {
            client.settle();
            answers.push(Value::Null);
            continue;
        }
        if step["client_side_error"] == true {
            answers.push(Value::Null);
            continue;
        }
        let operation = step["op"].as_str().unwrap();
        let request = fill(&step["request"], &answers);
        let response = client.call(operation, &request);
        answers.push(serde_json::from_str(&response.body).unwrap());
        if step["raises"] == true && response.error.is_none() {
            return Some(format!("step {number} {operation}: no error"));
        }
        if let Some(expected) = step.get("expected")
            && let Some(difference) = verdict(operation, expected, &response, wild)
        {
            return Some(format!("step {number} {operation}: {difference}"));
        }
    }
    None
}

/// Puts values of earlier answers in the place of `${N.path}`.
fn fill(value: &Value, answers: &[Value]) -> Value {
    match value {
        Value::String(text) => {
            let mut filled = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once("${") {
                let (place, after) = after.split_once('}').unwrap();
                let (number, path) = place.split_once('.').unwrap();
                let mut found = &answers[number.parse::<usize>().unwrap()];
                for part in path.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
                    found = match part.parse::<usize>() {
                        Ok(index) => &found[index],
                        Err(_) => &found[part],
                    };
                }
                filled.push_str(before);
                filled.push_str(found.as_str().unwrap_or("null"));
                rest = after;
            }
            filled.push_str(rest);
            filled.into()
        }
        Value::Array(items) => items.iter().map(|item| fill(item, answers)).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let filled = members.map(|(key, value)| (key.clone(), fill(value, answers)));
            filled.collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// The first difference between an answer and what was recorded.
fn verdict(operation: &str, expected: &Value, response: &Response, wild: &Wild) -> Option<String> {
    let body: Value = serde_json::from_str(&response.body).unwrap();
    let code = response.error.map(|code| code.as_str());
    let message = body["message"].as_str().unwrap_or_default();
    let printed = code.map(|code| {
        let name: String = operation.split('_').map(capital).collect();
        format!("An error occurred ({code}) when calling the {name} operation: {message}")
    });
    let mut difference = Vec::new();
    let text = expected.as_str().or(expected["exception_value"].as_str());
    let same = if let Some(text) = text {
        let printed = Value::from(printed.unwrap_or("no error".into()));
        wild.same(&Value::from(text), &printed, &[], "$.", &mut difference)
    } else if let Some(error) = expected.get("Error") {
        let expected = json!({"Code": error["Code"], "Message": error["Message"]});
        let actual = json!({"Code": code, "Message": message});
        wild.same(&expected, &actual, &[], "$.", &mut difference)
    } else if let Some(part) = expected.as_array() {
        let body = clean(&body);
        let lists = body
            .as_object()
            .unwrap()
            .values()
            .filter_map(Value::as_array);
        lists.into_iter().any(|list| {
            let mut rest = list.iter();
            part.iter()
                .all(|wanted| rest.any(|item| wild.same(wanted, item, &[], "$", &mut Vec::new())))
        })
    } else {
        wild.same(expected, &clean(&body), &[], "$.", &mut difference)
    };
    (!same).then(|| format!("{}\n   answer: {body}", difference.join("\n   ")))
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// Reads the JSON objects that stand in members as text, as the recorder did.
fn clean(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let read = |value: &Value| match value {
                Value::String(text) if text.starts_with('{') => {
                    serde_json::from_str(text).unwrap_or_else(|_| clean(value))
                }
                value => clean(value),
            };
            let members = members
                .iter()
                .map(|(key, value)| (key.clone(), read(value)));
            members.collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(clean).collect(),
        other => other.clone(),
    }
}
