//! Reads the arguments of a function: `($.numbers, 10)`.

use super::PathSyntaxErrorKind;
use super::cursor::{Parsed, Parser};
use super::filter::literal;
use super::function::Argument;
use crate::source::text::Span;

impl Parser<'_> {
    /// The arguments of a function. Without any, the closing parenthesis is left to be
    /// read, so that what follows it is no valid step: Jayway allows none there.
    pub fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let open = self.at;
        self.at += 1;
        let Some(close) = closing_parenthesis(self.text, open) else {
            return Err(self.error(PathSyntaxErrorKind::UnclosedArguments, open));
        };
        if close == self.at {
            return Ok(Vec::new());
        }
        let mut arguments = Vec::new();
        for (start, end) in split_arguments(self.text, self.at, close) {
            if let Some(argument) = self.argument(start, end)? {
                arguments.push(argument);
            }
        }
        self.at = close + 1;
        Ok(arguments)
    }

    /// One argument; `None` for what Jayway passes over, such as a string in single
    /// quotes.
    fn argument(&mut self, start: usize, end: usize) -> Parsed<Option<Argument>> {
        let text = Span::new(start, end).of(self.text);
        let start = start + text.len() - text.trim_start().len();
        let text = text.trim();
        match text.bytes().next() {
            Some(b'$' | b'@') => {
                let steps = self.steps_within(start, start + text.len())?;
                Ok(Some(Argument::Path(steps)))
            }
            Some(b'{' | b'"' | b'-' | b'0'..=b'9') => match literal::read(text) {
                Some(value) => Ok(Some(Argument::Value(value))),
                None => Err(self.error_within(PathSyntaxErrorKind::BadArgument, start, end)),
            },
            _ => Ok(None),
        }
    }
}

fn closing_parenthesis(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The ranges between commas that stand outside quotes and brackets.
fn split_arguments(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let (mut depth, mut is_quoted, mut is_escaped, mut from) = (0_i32, false, false, start);
    for (at, byte) in text.bytes().enumerate().take(end).skip(start) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                ranges.push((from, at));
                from = at + 1;
            }
            _ => {}
        }
    }
    ranges.push((from, end));
    ranges
}
