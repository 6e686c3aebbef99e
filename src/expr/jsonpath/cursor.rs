//! A place in the text of a path and the smallest things read from it.

use super::step::Steps;
use super::{PathSyntaxError, PathSyntaxErrorKind};
use crate::source::text::Span;

/// How deep filters, parentheses and function arguments nest in one another.
pub const MAX_NESTING: usize = 32;

/// A position in the text of a path, or in a part of one.
pub(super) struct Parser<'a> {
    /// The text to read.
    pub text: &'a str,
    /// The next byte; always between two characters.
    pub at: usize,
    /// Where `text` starts in the text of the whole path.
    base: usize,
    depth: usize,
}

pub(super) type Parsed<T> = Result<T, PathSyntaxError>;

impl<'a> Parser<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            base: 0,
            depth: 0,
        }
    }

    /// The steps of a path within this text, from `start` to `end`, after its `$` or `@`.
    pub fn steps_within(&mut self, start: usize, end: usize) -> Parsed<Steps> {
        self.nested(|parser| {
            Parser {
                text: Span::new(start, end).of(parser.text),
                at: 1,
                base: parser.base + start,
                depth: parser.depth,
            }
            .steps()
        })
    }

    /// Runs `read` one level deeper.
    pub fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.error(PathSyntaxErrorKind::TooDeep, self.at));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches(' ').len();
    }

    /// Goes past `byte` if it is next.
    pub fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// An error from `start` to the end of the text.
    pub fn error(&self, kind: PathSyntaxErrorKind, start: usize) -> PathSyntaxError {
        self.error_within(kind, start, self.text.len())
    }

    /// An error from `start` to the end of the character that `end` is in.
    pub fn error_within(
        &self,
        kind: PathSyntaxErrorKind,
        start: usize,
        end: usize,
    ) -> PathSyntaxError {
        let end = self.text.ceil_char_boundary(end);
        PathSyntaxError {
            kind,
            span: Span::new(self.base + start, self.base + end),
        }
    }

    /// The text up to the closing `quote`, escapes and all; goes past the quote.
    pub fn quoted(&mut self, quote: u8) -> Option<&'a str> {
        let start = self.at;
        let mut at = start;
        loop {
            match self.byte(at)? {
                b'\\' => at += 2,
                byte if byte == quote => break,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        self.text.get(start..at)
    }
}

/// Resolves the escapes of a quoted name or string: those of Java, and any other
/// character for itself.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let code = chars
                    .as_str()
                    .get(..4)
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match code.and_then(char::from_u32) {
                    Some(char) => {
                        out.push(char);
                        chars = chars.as_str().get(4..).unwrap_or("").chars();
                    }
                    None => out.push('u'),
                }
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}
