//! Problems as a JSON list, for programs.

use serde_json::{Value, json};

use super::Checked;
use crate::authoring::document::Document;
use crate::source::{Diagnostic, Fix, Span};

/// One object per problem, in the order of files and text.
pub fn write(checked: &[Checked]) -> String {
    let problems = checked.iter().flat_map(|checked| {
        let problems = checked.document.diagnostics().iter();
        problems.map(|found| problem(checked, found))
    });
    let list = Value::Array(problems.collect());
    format!("{list:#}\n")
}

fn problem(checked: &Checked, problem: &Diagnostic) -> Value {
    let mut value = json!({ "file": checked.name });
    merge(&mut value, range(&checked.document, problem.span));
    let hints = problem.hints.iter().map(|hint| hint.0.as_str());
    let fixes = problem
        .fixes
        .iter()
        .map(|found| fix(&checked.document, found));
    merge(
        &mut value,
        json!({
            "severity": problem.severity.as_str(),
            "code": problem.code.0,
            "message": problem.message,
            "hints": hints.collect::<Vec<_>>(),
            "fixes": fixes.collect::<Vec<_>>(),
        }),
    );
    value
}

fn fix(document: &Document, fix: &Fix) -> Value {
    let edits = fix.edit.replacements().iter().map(|replacement| {
        let mut value = range(document, replacement.span);
        merge(&mut value, json!({ "text": replacement.text }));
        value
    });
    json!({ "title": fix.title, "edits": edits.collect::<Vec<_>>() })
}

fn range(document: &Document, span: Span) -> Value {
    let start = document.position(span.start as usize);
    let end = document.position(span.end as usize);
    json!({
        "line": start.line, "column": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

fn merge(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}
