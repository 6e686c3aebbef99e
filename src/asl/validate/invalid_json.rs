//! A text is not JSON, as the service puts it.
//!
//! People are told by the parser, with exact places and all errors; the service stops at the
//! first, in the words of its JSON library.

use super::service::ServiceDiagnostic;
use crate::source::json::{Parse, SyntaxError, SyntaxErrorKind};
use crate::source::{Code, Severity};

/// The service's complaint about a text that it cannot read.
pub(super) fn service(text: &str, parse: &Parse) -> Option<ServiceDiagnostic> {
    let message = json_complaint(text, parse)?;
    Some(ServiceDiagnostic {
        severity: Severity::Error,
        code: Code("INVALID_JSON_DESCRIPTION"),
        message,
        location: None,
    })
}

/// What the service's JSON library says of a text that is not JSON.
fn json_complaint(text: &str, parse: &Parse) -> Option<String> {
    let unreadable = parse
        .errors
        .iter()
        .filter(|error| !error.kind.is_readable());
    let error = unreadable.min_by_key(|error| found_at(text, error))?;
    let at = error.span.start as usize;
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at..).unwrap_or_default();
    Some(say(&error.kind, before, rest))
}

/// Where a reader that goes from the start to the end notices an error.
fn found_at(text: &str, error: &SyntaxError) -> usize {
    match error.kind {
        SyntaxErrorKind::Unclosed(_) | SyntaxErrorKind::UnterminatedString => text.len(),
        _ => error.span.start as usize,
    }
}

fn say(kind: &SyntaxErrorKind, before: &str, rest: &str) -> String {
    const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    let char = rest
        .trim_start_matches([' ', '\t', '\r', '\n'])
        .chars()
        .next();
    let unexpected = |expected: &str| match char {
        Some(char) => format!(
            "Unexpected character ('{char}' (code {})): {expected}",
            char as u32
        ),
        None => end_of_input(before),
    };
    let key = "was expecting double-quote to start field name";
    match kind {
        SyntaxErrorKind::Empty => "No content to map due to end-of-input".into(),
        SyntaxErrorKind::UnknownWord(_) if expects_key(before) => unexpected(key),
        SyntaxErrorKind::UnknownWord(_) => {
            let word: String = rest
                .chars()
                .take_while(|char| char.is_alphanumeric() || "_$".contains(*char))
                .collect();
            format!("Unrecognized token '{word}': was expecting {VALUES}")
        }
        SyntaxErrorKind::ExpectedKey => unexpected(key),
        SyntaxErrorKind::ExpectedColon => {
            unexpected("was expecting a colon to separate field name and value")
        }
        SyntaxErrorKind::ExpectedComma => unexpected(&format!(
            "was expecting comma to separate {} entries",
            around(before)
        )),
        SyntaxErrorKind::TrailingComma if around(before) == "Object" => unexpected(key),
        SyntaxErrorKind::UnexpectedCharacter(_) if expects_key(before) => unexpected(key),
        SyntaxErrorKind::ExpectedValue
        | SyntaxErrorKind::TrailingComma
        | SyntaxErrorKind::Unopened(_)
        | SyntaxErrorKind::Comment
        | SyntaxErrorKind::UnexpectedCharacter(_) => {
            unexpected(&format!("expected a valid value {VALUES}"))
        }
        SyntaxErrorKind::Unclosed(_) => end_of_input(&format!("{before}{rest}")),
        SyntaxErrorKind::UnterminatedString => {
            "Unexpected end-of-input: was expecting closing quote for a string value".into()
        }
        SyntaxErrorKind::BadEscape => match rest.chars().nth(1) {
            Some(char) => format!(
                "Unrecognized character escape '{char}' (code {})",
                char as u32
            ),
            None => end_of_input(before),
        },
        SyntaxErrorKind::ControlCharacter => format!(
            "Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using backslash to be included in string value",
            rest.chars().next().map_or(0, |char| char as u32)
        ),
        SyntaxErrorKind::BadNumber => match rest.trim_start_matches('-').starts_with('0') {
            true => "Invalid numeric value: Leading zeroes not allowed".into(),
            false => unexpected("was expecting a valid numeric value"),
        },
        SyntaxErrorKind::TrailingText => unexpected("Trailing token found after value"),
        SyntaxErrorKind::TooDeep => "Document nesting depth exceeds the maximum allowed".into(),
        SyntaxErrorKind::LoneSurrogate => "Invalid surrogate pair in string value".into(),
        SyntaxErrorKind::DuplicateKey(key) => format!("Duplicate field '{key}'"),
    }
}

fn end_of_input(before: &str) -> String {
    format!(
        "Unexpected end-of-input: expected close marker for {}",
        around(before)
    )
}

/// What is open at the end of a text.
fn around(before: &str) -> &'static str {
    let mut open = Vec::new();
    let mut is_in_string = false;
    let mut is_escaped = false;
    for char in before.chars() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if is_in_string => is_escaped = true,
            '"' => is_in_string = !is_in_string,
            _ if is_in_string => {}
            '{' => open.push("Object"),
            '[' => open.push("Array"),
            '}' | ']' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.last().copied().unwrap_or("Root")
}

/// Whether a member name is due at the end of a text.
fn expects_key(before: &str) -> bool {
    around(before) == "Object" && before.trim_end().ends_with(['{', ','])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    #[test]
    fn says_what_the_library_says() {
        let values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
        for (text, message) in [
            (
                "not some json",
                format!("Unrecognized token 'not': was expecting {values}"),
            ),
            (
                "{'not': 'json'",
                "Unexpected character (''' (code 39)): was expecting double-quote to start field name".into(),
            ),
            (
                r#"{"a" 1}"#,
                "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value".into(),
            ),
            (
                r#"{"a": 1 "b": 2}"#,
                "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries".into(),
            ),
            (
                r#"{"a": 1"#,
                "Unexpected end-of-input: expected close marker for Object".into(),
            ),
        ] {
            assert_eq!(json_complaint(text, &parse(text)), Some(message), "{text}");
        }
        let text = r#"{"a": [1, "x"], "a": 2}"#;
        assert_eq!(json_complaint(text, &parse(text)), None);
    }
}
