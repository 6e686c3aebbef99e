//! Texts in other notations that hold no definition to read: Terraform that builds one, prose.

use super::{Finding, first};
use crate::source::{Diagnostic, Span};

/// Terraform whose definition does not stand in it as JSON.
pub(in crate::authoring::document) fn terraform(text: &str) -> Option<Diagnostic> {
    const RESOURCE: &str = "resource \"aws_sfn_state_machine\"";
    let is_resource = |line: &str| line.trim_start().starts_with(RESOURCE);
    let (start, line) = lines(text).find(|(_, line)| is_resource(line))?;
    let template = text.split_once("templatefile(").map(|(_, rest)| rest);
    let file = template.and_then(|rest| rest.split('"').nth(1));
    let (message, hint) = match file {
        Some(file) => (
            format!("This is Terraform; the definition stands in the file {file}"),
            "Open that file; its ${…} placeholders are listed beside the input",
        ),
        None => (
            "This is Terraform; the definition stands in “definition” of this resource".into(),
            "Paste the JSON alone, as “terraform show -json” says it of jsonencode",
        ),
    };
    let finding = Finding {
        span: line_span(start, line),
        message,
        hint,
        fixes: Vec::new(),
    };
    Some(finding.diagnostic(text))
}

/// A text for people.
pub(in crate::authoring::document) fn prose(text: &str) -> Option<Diagnostic> {
    let first_word = text.split_whitespace().next()?;
    let is_value = matches!(first_word, "true" | "false" | "null");
    if is_value || first_word.starts_with(|char: char| char.is_ascii_digit() || char == '-') {
        return None;
    }
    let word: String = first_word.chars().take(40).collect();
    let start = first(text).start as usize;
    let finding = Finding {
        span: Span::new(start, start + word.len()),
        message: format!("This is not a definition: it begins with {word}"),
        hint: "A definition is an object with StartAt and States, in JSON or YAML",
        fixes: Vec::new(),
    };
    Some(finding.diagnostic(text))
}

/// Lines with the byte they begin at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// The bytes of a line's text without its indentation.
fn line_span(start: usize, line: &str) -> Span {
    let indent = line.len() - line.trim_start().len();
    Span::new(start + indent, start + line.trim_end().len())
}
