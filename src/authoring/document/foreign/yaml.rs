//! Texts in other notations: YAML, templates in YAML, Terraform, prose.

use super::template::{TYPES, line_span};
use super::{Finding, as_object, first};
use crate::source::{Diagnostic, Span};

/// What a text is that is no JSON from its first character on.
pub(super) fn recognize(text: &str) -> Option<Diagnostic> {
    let trimmed = text.trim_start().trim_start_matches('\u{feff}');
    let starts_json = trimmed.starts_with(['{', '[', '"', '}', ']', ',', ':', '/', '$', '\'']);
    let begins = trimmed.chars().next()?;
    if starts_json || !(begins.is_alphabetic() || begins == '-' || begins == '#') {
        return None;
    }
    let finding = terraform(text)
        .or_else(|| template(text))
        .or_else(|| definition(text))
        .or_else(|| prose(text))?;
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

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn terraform(text: &str) -> Option<Finding> {
    let (start, line) = lines(text).find(|(_, line)| {
        line.trim_start()
            .starts_with("resource \"aws_sfn_state_machine\"")
    })?;
    Some(Finding {
        span: line_span(start, line),
        message: "This is Terraform; the definition stands in “definition” of this resource".into(),
        hint: "Paste the JSON alone: the text of the heredoc, or what “terraform show -json” says of jsonencode",
        fixes: Vec::new(),
    })
}

fn template(text: &str) -> Option<Finding> {
    let mut name = "the state machine";
    let mut seen = false;
    let mut place = None;
    let mut before = "";
    let mut rest = lines(text).peekable();
    while let Some((start, line)) = rest.next() {
        let trimmed = line.trim();
        let value = trimmed
            .strip_prefix("Type:")
            .map(|value| value.trim().trim_matches(['"', '\'']));
        if value.is_some_and(|value| TYPES.contains(&value)) {
            seen = true;
            name = before.trim().trim_end_matches(':');
        }
        if !trimmed.starts_with("Type:") && trimmed.ends_with(':') {
            before = line;
        }
        if seen && trimmed.starts_with("Definition") && trimmed.contains(':') {
            let block: Vec<&str> = rest
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|inner| inner.trim().is_empty() || indent(inner) > indent(line))
                .collect();
            place = Some((line_span(start, line), trimmed, block));
            break;
        }
    }
    if !seen {
        return None;
    }
    let what = match text.contains("AWS::Serverless-") {
        true => "a SAM template in YAML",
        false => "a CloudFormation template in YAML",
    };
    let (span, field, block) = place.unwrap_or((first(text), "", Vec::new()));
    let (field, value) = field.split_once(':').unwrap_or((field, ""));
    let place = match (field, value.trim()) {
        ("", _) => format!("{name} has no definition"),
        ("DefinitionUri" | "DefinitionS3Location", file) if !file.is_empty() => {
            format!("the definition of {name} is in the file {file}")
        }
        ("DefinitionUri" | "DefinitionS3Location", _) => {
            format!("the definition of {name} is in another file")
        }
        (field, _) => format!("the definition of {name} stands in its {field}"),
    };
    let left = block
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(line))
        .min();
    let left = left.unwrap_or(0);
    let block: String = block
        .into_iter()
        .map(|line| line.get(left..).unwrap_or("\n"))
        .collect();
    let open = as_object(&block).map(|inner| (format!("Open the definition of {name}"), inner));
    Some(Finding {
        span,
        message: format!("This is {what}; {place}"),
        hint: "Paste the definition itself, as JSON",
        fixes: open.into_iter().collect(),
    })
}

fn definition(text: &str) -> Option<Finding> {
    let is_field = |line: &str| line.starts_with("StartAt:") || line.starts_with("States:");
    lines(text).find(|(_, line)| is_field(line))?;
    Some(Finding {
        span: first_line(text),
        message: "This is YAML, which cannot be read yet".into(),
        hint: "Convert it to JSON and paste that",
        fixes: Vec::new(),
    })
}

fn prose(text: &str) -> Option<Finding> {
    let first_word = text.split_whitespace().next()?;
    let is_value = matches!(first_word, "true" | "false" | "null");
    if is_value || first_word.starts_with(|char: char| char.is_ascii_digit() || char == '-') {
        return None;
    }
    let word: String = first_word.chars().take(40).collect();
    let start = first(text).start as usize;
    Some(Finding {
        span: Span::new(start, start + word.len()),
        message: format!("This is not a definition: it begins with {word}"),
        hint: "A definition is a JSON object with StartAt and States, and begins with {",
        fixes: Vec::new(),
    })
}

fn first_line(text: &str) -> Span {
    let filled = lines(text).find(|(_, line)| !line.trim().is_empty());
    filled.map_or(Span::at(0), |(start, line)| line_span(start, line))
}
