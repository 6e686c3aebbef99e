//! Values as YAML text.

use std::fmt::Write;

use super::scalar;
use crate::source::json::{NodeKind, Value, write_string};

/// A value as block-style YAML that the core schema reads back as the same value.
pub fn write_yaml(value: &Value) -> String {
    let mut out = String::new();
    node(&mut out, value, 0, Place::Line);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Where a value is written.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// At the start of a line, indented already.
    Line,
    /// Behind a name and its colon.
    Member,
}

/// Values nest no deeper than [`MAX_DEPTH`](crate::source::json::MAX_DEPTH).
fn node(out: &mut String, value: &Value, indent: usize, place: Place) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            let mut is_first = place == Place::Line;
            for (name, value) in object.iter() {
                line(out, indent, is_first);
                is_first = false;
                write_scalar(out, name);
                out.push(':');
                // A sequence may stand as far left as its name.
                node(out, value, indent + 2, Place::Member);
            }
        }
        Value::Array(items) if !items.items().is_empty() => {
            let mut is_first = place == Place::Line;
            for item in items.items() {
                line(out, indent, is_first);
                is_first = false;
                out.push_str("- ");
                node(out, item, indent + 2, Place::Line);
            }
        }
        Value::String(text) if is_block(text) => {
            space(out, place);
            let chomp = if text.ends_with('\n') { "" } else { "-" };
            let _ = write!(out, "|{chomp}");
            for text in text.lines() {
                out.push('\n');
                if !text.is_empty() {
                    out.extend(std::iter::repeat_n(' ', indent.max(2)));
                    out.push_str(text);
                }
            }
        }
        Value::String(text) => {
            space(out, place);
            write_scalar(out, text);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            space(out, place);
            let _ = write!(out, "{value}");
        }
    }
}

fn line(out: &mut String, indent: usize, is_first: bool) {
    if is_first {
        return;
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn space(out: &mut String, place: Place) {
    if place == Place::Member {
        out.push(' ');
    }
}

/// Whether a text is best written as lines of a block.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && !text.contains(|char: char| {
            char == '\r' || char == '\u{feff}' || (char.is_control() && char != '\n')
        })
        && !text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

/// Writes a text as a scalar of one line: without quotes where that is the same text.
pub fn write_scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    // JSON's strings are YAML's double-quoted scalars; writing to a string cannot fail.
    let _ = write_string(out, text);
}

/// Whether a text without quotes is that text, as value, as name and inside brackets.
pub fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let is_word = |char: char| char.is_alphanumeric() || "_-./$(=+ @:\u{2026}".contains(char);
    (first.is_alphanumeric() || matches!(first, '_' | '/' | '$' | '.'))
        && text
            .chars()
            .all(|char| is_word(char) || ")*<>~^;?'".contains(char))
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && matches!(scalar::plain(text), NodeKind::String(_))
        && !is_old_boolean(text)
        && scalar::number(text).is_none()
        && !text.starts_with("...")
}

/// What readers of YAML 1.1 take for true or false.
fn is_old_boolean(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml::parse;

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Result":{"n":1.50,"e":[],"o":{},"l":["a",["b",{"c":null}]]}}}}"#,
            r##"["yes","no","true","12","0x1","~","","- a","a: b","a #b","#a","x:","{% $states.input %}","$.a[0]","States.Format('{}', $.a)","a\nb","a\n","\n","  a\nb","é 𝄞","\u2028","*","&a","!b","%c","@d","`e","\"q\"","'s'","a\tb","2020-01-01","arn:aws:states:::lambda:invoke","null","...","---"]"##,
            r#"{"on":1,"a b":"x","":2,"a: b":3,"1":4}"#,
            r#""text""#,
            r#"[{"a":{"b":"l1\nl2\n"}}]"#,
        ] {
            let value = Value::parse(text).unwrap();
            let yaml = write_yaml(&value);
            let read = parse(&yaml);
            assert_eq!(read.errors, [], "{yaml}");
            assert_eq!(read.root.to_value(), value, "{yaml}");
        }
    }

    #[test]
    fn is_written_as_people_do() {
        let text = r#"{"Comment":"Two\nlines\n","States":{"A b":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":2}],"End":true}}}"#;
        let expected = "Comment: |\n  Two\n  lines\nStates:\n  A b:\n    Type: Task\n    Resource: arn:aws:states:::lambda:invoke\n    Retry:\n      - ErrorEquals:\n          - States.ALL\n        MaxAttempts: 2\n    End: true\n";
        assert_eq!(write_yaml(&Value::parse(text).unwrap()), expected);
    }
}
