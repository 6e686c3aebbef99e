//! Where a bracket is missing, by the indentation of the lines.
//!
//! A parser finds out about a missing bracket at the end of the text, however early it is
//! missing. People lay their text out, so the first line that stands further left than the
//! container it is still in tells where the bracket was forgotten.

use crate::source::Span;

/// What the indentation says about the first bracket that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// `close` is missing at `at`; its partner stands at `open`.
    Missing {
        open: Span,
        close: char,
        at: usize,
        indent: usize,
    },
    /// The bracket at `found` should be `close`.
    Wrong { close: char, found: Span },
}

#[derive(Clone, Copy)]
struct Open {
    bracket: u8,
    at: usize,
    /// Of the line it stands on.
    indent: usize,
    line: usize,
}

impl Open {
    fn close(self) -> char {
        if self.bracket == b'{' { '}' } else { ']' }
    }
}

/// Finds the first slip; nothing if the lines are not laid out, or agree with the brackets.
pub(super) fn find_slip(text: &str) -> Option<Slip> {
    let mut stack: Vec<Open> = Vec::new();
    let mut at = 0;
    let mut end_of_last = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let closes = trimmed.starts_with(['}', ']']);
        if let Some(open) = stack.last().copied()
            && open.line < number
            && (indent < open.indent || (indent == open.indent && !closes))
        {
            return Some(missing(text, open, end_of_last));
        }
        let mut is_string = false;
        let mut bytes = line.bytes().enumerate();
        while let Some((offset, byte)) = bytes.next() {
            match byte {
                b'\\' if is_string => {
                    bytes.next();
                }
                b'"' => is_string = !is_string,
                _ if is_string => {}
                b'{' | b'[' => stack.push(Open {
                    bracket: byte,
                    at: start + offset,
                    indent,
                    line: number,
                }),
                b'}' | b']' => {
                    let open = stack.pop()?;
                    if open.close() != char::from(byte) {
                        let found = Span::new(start + offset, start + offset + 1);
                        let is_level = open.line == number || open.indent == indent;
                        return is_level.then_some(Slip::Wrong {
                            close: open.close(),
                            found,
                        });
                    }
                }
                _ => {}
            }
        }
        end_of_last = start + line.trim_end().len();
    }
    let open = stack.last()?;
    Some(missing(text, *open, end_of_last))
}

/// A bracket that is missing where the text before `end` ends, before a comma there.
fn missing(text: &str, open: Open, end: usize) -> Slip {
    let before = text.get(..end).unwrap_or("");
    let before = before.strip_suffix(',').unwrap_or(before);
    Slip::Missing {
        open: Span::new(open.at, open.at + 1),
        close: open.close(),
        at: before.trim_end().len(),
        indent: open.indent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trusts_the_layout() {
        let missing = |text: &str| match find_slip(text) {
            Some(Slip::Missing {
                open, close, at, ..
            }) => Some((open.start, close, at)),
            _ => None,
        };
        assert_eq!(
            missing("{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}"),
            Some((9, '}', 21))
        );
        assert_eq!(missing("{\n  \"a\": [\n    1\n  ,\n}"), Some((9, ']', 16)));
        assert_eq!(missing("{\n  \"a\": \"}\"\n"), Some((0, '}', 12)));
        assert_eq!(missing("{\n  \"a\": 1\n}"), None);
        let wrong = find_slip("{\n  \"a\": [\n    1\n  }\n}");
        assert!(
            matches!(wrong, Some(Slip::Wrong { close: ']', .. })),
            "{wrong:?}"
        );
    }
}
