//! Problems as SARIF 2.1.0, which code scanning services read.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Checked;
use crate::asl::validate::RULES;
use crate::authoring::document::{Document, SYNTAX};
use crate::source::{Diagnostic, Fix, Severity, Span};

/// One run with all problems.
pub fn write(checked: &[Checked]) -> String {
    let syntax = json!({
        "id": SYNTAX.0,
        "shortDescription": { "text": "A definition is JSON." },
    });
    let rules = RULES
        .iter()
        .map(|rule| json!({ "id": rule.code.0, "shortDescription": { "text": rule.demand } }));
    let results = checked.iter().flat_map(|checked| {
        let problems = checked.document.diagnostics().iter();
        problems.map(|problem| result(checked, problem))
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "statelab",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": std::iter::once(syntax).chain(rules).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn result(checked: &Checked, problem: &Diagnostic) -> Value {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut text = problem.message.clone();
    for hint in &problem.hints {
        text.push_str(". ");
        text.push_str(&hint.0);
    }
    let mut result = json!({
        "ruleId": problem.code.0,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&checked.name) },
            "region": region(&checked.document, problem.span),
        } }],
    });
    if let (false, Some(object)) = (problem.fixes.is_empty(), result.as_object_mut()) {
        let fixes = problem.fixes.iter().map(|found| fix(checked, found));
        object.insert("fixes".into(), fixes.collect());
    }
    result
}

fn fix(checked: &Checked, fix: &Fix) -> Value {
    let replacements = fix.edit.replacements().iter().map(|replacement| {
        json!({
            "deletedRegion": region(&checked.document, replacement.span),
            "insertedContent": { "text": replacement.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&checked.name) },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

fn region(document: &Document, span: Span) -> Value {
    let start = document.position(span.start as usize);
    let end = document.position(span.end as usize);
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uris() {
        assert_eq!(super::uri("a b/ü.json"), "a%20b/%C3%BC.json");
    }
}
