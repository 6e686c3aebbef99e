//! What people are told of definitions, and what the service says.
//!
//! `data/validate/matrix.txt` has definitions with all that is said of them. Recordings of
//! the service are shared data beside the project; without them their test skips.
//! `data/validate/service-gaps.txt` lists the cases whose texts differ, each with a reason; whether a
//! definition is accepted must be right in all of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use statelab::asl::{
    ServiceDiagnostic, WorkflowType, invalid_definition, service_diagnostics,
    service_diagnostics_of_state,
};
use statelab::authoring::document::Document;

const MATRIX: &str = include_str!("data/validate/matrix.txt");

const GAPS: &str = include_str!("data/validate/service-gaps.txt");

/// A definition that the service was shown, and what it said.
struct Shown {
    id: String,
    text: String,
    is_state: bool,
    workflow_type: WorkflowType,
    answer: Answer,
}

enum Answer {
    /// It was created, or ran.
    Accepted,
    /// The text of `InvalidDefinition`.
    Refused(String),
    /// The list of `ValidateStateMachineDefinition`.
    Listed(Value),
}

fn cases() -> Option<Vec<Shown>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().collect();
    files.sort_by_key(|file| file.file_name());
    let mut shown = Vec::new();
    for file in files {
        let group: Value =
            serde_json::from_str(&std::fs::read_to_string(file.path()).unwrap()).unwrap();
        for case in group["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap().rsplit("::").next().unwrap();
            let id = format!("{}/{id}", group["group"].as_str().unwrap());
            match case["steps"].as_array() {
                None => shown.extend(shown_by(id, case)),
                Some(steps) => {
                    for (index, step) in steps.iter().enumerate() {
                        shown.extend(shown_by(format!("{id}/{index}"), step));
                    }
                }
            }
        }
    }
    Some(shown)
}

fn shown_by(id: String, case: &Value) -> Option<Shown> {
    let op = case["op"].as_str().unwrap_or("start_execution");
    let definition = match &case["definition"] {
        Value::Null => &case["request"]["definition"],
        definition => definition,
    };
    let text = match definition {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let workflow_type = case["request"]["type"].as_str();
    let workflow_type = workflow_type
        .and_then(WorkflowType::parse)
        .unwrap_or_default();
    let expected = &case["expected"];
    let error = [
        &expected["Error"]["Message"],
        &expected["message"],
        &expected["exception_value"],
    ]
    .into_iter()
    .find_map(Value::as_str);
    let answer = match error {
        _ if expected["diagnostics"].is_array() => Answer::Listed(expected["diagnostics"].clone()),
        Some(error) => match error.find("Invalid State Machine Definition") {
            Some(start) => Answer::Refused(error[start..].to_owned()),
            // Refused for another reason, or found out later.
            None if op == "create_state_machine" && error.contains("not valid JSON") => {
                return None;
            }
            None => Answer::Accepted,
        },
        None => Answer::Accepted,
    };
    Some(Shown {
        is_state: op == "test_state" && !definition["States"].is_object(),
        id,
        text,
        workflow_type,
        answer,
    })
}

/// Codes, texts and places, line by line.
fn lines(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| {
        let of = |name: &str| one[name].as_str().unwrap_or("null");
        format!(
            "{} {}: {} at {}",
            of("severity"),
            of("code"),
            of("message"),
            of("location")
        )
    })
    .collect()
}

fn own_lines(diagnostics: &[ServiceDiagnostic]) -> Vec<String> {
    let line = |one: &ServiceDiagnostic| {
        let severity = one.severity.as_str().to_uppercase();
        let place = one.location.as_deref().unwrap_or("null");
        format!("{severity} {}: {} at {place}", one.code, one.message)
    };
    diagnostics.iter().map(line).collect()
}

#[test]
fn diagnostics_are_those_of_the_service() {
    let Some(cases) = cases() else {
        eprintln!("skipped: no recordings");
        return;
    };
    let mut gaps: BTreeMap<&str, &str> = GAPS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut problems = Vec::new();
    let (mut accepted, mut refused, mut exact) = (0, 0, 0);
    for case in &cases {
        let diagnostics = match case.is_state {
            true => service_diagnostics_of_state(&case.text),
            false => service_diagnostics(&case.text, case.workflow_type),
        };
        let refusal = invalid_definition(&diagnostics);
        let (is_accepted, expected, found) = match &case.answer {
            Answer::Accepted => (true, vec![], vec![]),
            Answer::Refused(text) => (false, vec![text.clone()], refusal.iter().cloned().collect()),
            Answer::Listed(list) => {
                let expected = lines(list);
                let is_accepted = !expected.iter().any(|line| line.starts_with("ERROR"));
                (is_accepted, expected, own_lines(&diagnostics))
            }
        };
        match is_accepted {
            true => accepted += 1,
            false => refused += 1,
        }
        if is_accepted != refusal.is_none() {
            problems.push(format!("{}: accepted by the service: {is_accepted}, said here: {refusal:?}\n  {expected:?}", case.id));
        } else if expected == found {
            exact += usize::from(!expected.is_empty());
            if gaps.remove(case.id.as_str()).is_some() {
                problems.push(format!("{} is right now, take it off the list", case.id));
            }
        } else if gaps.remove(case.id.as_str()).is_none() {
            problems.push(format!(
                "{}:\n  service {expected:?}\n  here    {found:?}",
                case.id
            ));
        }
    }
    problems.extend(
        gaps.keys()
            .map(|id| format!("listed, but there is no such case: {id}")),
    );
    println!("{accepted} accepted, {refused} refused, {exact} told in the service's words");
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn the_matrix_says_what_it_says() {
    let mut written = String::new();
    for line in MATRIX.lines() {
        // Answers are worked out anew.
        if line.starts_with("  ") {
            continue;
        }
        written += &format!("{line}\n");
        let Some(text) = line.strip_prefix('>') else {
            continue;
        };
        let text = text.trim();
        let (workflow_type, text) = match text.strip_prefix("EXPRESS ") {
            Some(text) => (WorkflowType::Express, text),
            None => (WorkflowType::Standard, text),
        };
        let document = Document::of_type(text, workflow_type);
        for problem in document.diagnostics().iter().chain(document.unresolved()) {
            let spot = text.get(problem.span.range()).unwrap();
            let mut spot: String = spot.chars().take(40).collect();
            if spot.len() < problem.span.len() {
                spot.push('…');
            }
            let (severity, code) = (problem.severity.as_str(), problem.code);
            written += &format!("  {severity}[{code}] at {spot}: {}\n", problem.message);
            for hint in &problem.hints {
                written += &format!("    hint: {}\n", hint.0);
            }
            for fix in &problem.fixes {
                written += &format!("    fix: {}\n", fix.title);
            }
        }
        for line in own_lines(&service_diagnostics(text, workflow_type)) {
            written += &format!("  {line}\n");
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/validate/matrix.txt"
        );
        std::fs::write(path, &written).unwrap();
        return;
    }
    for (line, (expected, found)) in MATRIX.lines().zip(written.lines()).enumerate() {
        assert_eq!(expected, found, "matrix.txt, line {}", line + 1);
    }
    assert_eq!(MATRIX.lines().count(), written.lines().count());
}
