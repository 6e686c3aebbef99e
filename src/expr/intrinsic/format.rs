//! `States.Format` and `States.StringSplit`.

use super::evaluate::{Arguments, Outcome};
use super::{Argument, IntrinsicErrorKind};
use crate::expr::java;
use crate::source::json::Value;

/// Puts each argument after the template in the place of a `{}`.
///
/// Objects and arrays appear as Java prints them. A template that comes from a path has
/// `\{` and `\}` as its only escapes.
pub(super) fn format(template: Option<&Argument>, arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    let pieces = match template {
        Some(Argument::Text(raw)) => pieces(raw, r"'\{}"),
        _ => pieces(text, "{}"),
    };
    let pieces = pieces.ok_or(IntrinsicErrorKind::BadTemplate)?;
    let values = arguments.0.get(1..).unwrap_or(&[]);
    if pieces.len() != values.len() + 1 {
        return Err(IntrinsicErrorKind::PlaceholderCount {
            placeholders: pieces.len() - 1,
            arguments: values.len(),
        });
    }
    let mut text = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        text.push_str(piece);
        if let Some(value) = values.get(place) {
            text.push_str(&java::text(value));
        }
    }
    Ok(text.into())
}

/// The texts around each `{}`; `None` if a brace has no partner. A backslash before one
/// of `escapable` stands for that character.
fn pieces(template: &str, escapable: &str) -> Option<Vec<String>> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut chars = template.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => piece.push(
                chars
                    .next_if(|next| escapable.contains(*next))
                    .unwrap_or('\\'),
            ),
            '{' => {
                chars.next_if_eq(&'}')?;
                pieces.push(std::mem::take(&mut piece));
            }
            '}' => return None,
            char => piece.push(char),
        }
    }
    pieces.push(piece);
    Some(pieces)
}

/// Splits at every character of the delimiter; empty pieces are dropped.
pub(super) fn split(arguments: &Arguments) -> Outcome {
    let (text, delimiters) = (arguments.text(0)?, arguments.text(1)?);
    Ok(text
        .split(|char| delimiters.contains(char))
        .filter(|piece| !piece.is_empty())
        .map(Value::from)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_pair_up() {
        let split = |template| pieces(template, r"'\{}");
        assert_eq!(split("a{}b{}").unwrap(), ["a", "b", ""]);
        assert_eq!(split(r"\{\}\\\'{}").unwrap(), [r"{}\'", ""]);
        assert_eq!(split("{{}}"), None);
        assert_eq!(split("}"), None);
        assert_eq!(split("{ }"), None);
    }

    #[test]
    fn data_keeps_its_backslashes() {
        assert_eq!(pieces(r"C:\dir\{{}", "{}").unwrap(), [r"C:\dir{", ""]);
    }
}
