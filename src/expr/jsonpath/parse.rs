//! Reads the text of a path.

use std::sync::Arc;

use super::filter::literal;
use super::function::{Argument, Function};
use super::step::{Step, Steps};
use super::{PathSyntaxError, PathSyntaxErrorKind, Root};
use crate::source::text::Span;

/// How deep filters, parentheses and function arguments nest in one another.
pub const MAX_NESTING: usize = 32;

/// Reads a whole path: `$`, `$$` or `$name`, then steps.
pub(super) fn parse(text: &str) -> Result<(Root, Steps), PathSyntaxError> {
    let mut parser = Parser::new(text.trim_end_matches(' '));
    if parser.text.is_empty() {
        return Err(parser.error(PathSyntaxErrorKind::Empty, 0));
    }
    if !parser.text.starts_with('$') {
        return Err(parser.error_within(PathSyntaxErrorKind::MissingRoot, 0, 1));
    }
    parser.at = 1;
    let root = if parser.peek() == Some(b'$') {
        parser.at = 2;
        Root::Context
    } else {
        match variable_len(parser.rest()) {
            0 => Root::Input,
            len => {
                let name = Span::new(1, 1 + len).of(parser.text).into();
                parser.at += len;
                Root::Variable(name)
            }
        }
    };
    Ok((root, parser.steps()?))
}

/// Length in bytes of the variable name that `text` starts with. A name is an
/// identifier as Unicode Standard Annex 31 has them.
fn variable_len(text: &str) -> usize {
    if !text.starts_with(|char: char| char.is_alphabetic() || char == '_') {
        return 0;
    }
    text.find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(text.len())
}

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

    pub fn error_within(
        &self,
        kind: PathSyntaxErrorKind,
        start: usize,
        end: usize,
    ) -> PathSyntaxError {
        PathSyntaxError {
            kind,
            span: Span::new(self.base + start, self.base + end),
        }
    }

    /// Steps up to the end of the text. As Jayway does, ignores one last character
    /// after a complete step.
    fn steps(&mut self) -> Parsed<Steps> {
        let len = self.text.len();
        let mut steps = Vec::new();
        if self.at >= len {
            return Ok(Steps(steps));
        }
        if !matches!(self.peek(), Some(b'.' | b'[')) {
            return Err(self.error(PathSyntaxErrorKind::BadRoot, self.at));
        }
        if self.text.ends_with('.') {
            return Err(self.error(PathSyntaxErrorKind::TrailingDot, len - 1));
        }
        while self.at < len {
            if self.eat(b'.') {
                if self.eat(b'.') {
                    steps.push(Step::Scan);
                }
                if self.peek() == Some(b'.') {
                    let at = self.at;
                    return Err(self.error_within(PathSyntaxErrorKind::DoubledDot, at, at + 1));
                }
            }
            steps.push(self.step()?);
            if self.rest().chars().nth(1).is_none() {
                break;
            }
        }
        Ok(hoist_scanned_function(steps))
    }

    fn step(&mut self) -> Parsed<Step> {
        match self.peek() {
            Some(b'[') => self.bracket(),
            Some(b'*') => {
                self.at += 1;
                Ok(Step::Wildcard)
            }
            _ => self.name_or_function(),
        }
    }

    fn name_or_function(&mut self) -> Parsed<Step> {
        let start = self.at;
        let len = self
            .rest()
            .find([' ', '.', '[', '('])
            .unwrap_or(self.rest().len());
        let name = self.rest().get(..len).unwrap_or("");
        self.at += len;
        match self.peek() {
            Some(b' ') => Err(self.error(PathSyntaxErrorKind::BlankInName, start)),
            Some(b'(') => {
                let arguments = self.arguments()?;
                Ok(Step::Function(Function::named(name), arguments))
            }
            _ => Ok(Step::Names(vec![name.into()])),
        }
    }

    /// The arguments of a function. Without any, the closing parenthesis is left to be
    /// read, so that what follows it is no valid step: Jayway allows none there.
    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
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

    fn bracket(&mut self) -> Parsed<Step> {
        let open = self.at;
        self.at += 1;
        self.skip_blanks();
        match self.peek() {
            Some(quote @ (b'\'' | b'"')) => self.names(quote),
            Some(b'0'..=b'9' | b'-' | b':') => self.indices_or_slice(open),
            Some(b'*') => {
                self.at += 1;
                self.skip_blanks();
                if !self.eat(b']') {
                    return Err(self.error(PathSyntaxErrorKind::BadBracket, open));
                }
                Ok(Step::Wildcard)
            }
            Some(b'?') => {
                self.at += 1;
                let filter = self.nested(Self::filter)?;
                Ok(Step::Filter(Arc::new(filter)))
            }
            _ => Err(self.error(PathSyntaxErrorKind::BadBracket, open)),
        }
    }

    fn names(&mut self, quote: u8) -> Parsed<Step> {
        let mut names = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.at;
            if !self.eat(quote) {
                return Err(self.error(PathSyntaxErrorKind::EmptyName, start));
            }
            let Some(name) = self.quoted(quote) else {
                return Err(self.error(PathSyntaxErrorKind::UnclosedName, start));
            };
            names.push(unescape(name).into());
            self.skip_blanks();
            if self.eat(b']') {
                return Ok(Step::Names(names));
            }
            if !self.eat(b',') {
                return Err(self.error(PathSyntaxErrorKind::UnclosedName, start));
            }
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

    fn indices_or_slice(&mut self, open: usize) -> Parsed<Step> {
        let Some(len) = self.rest().find(']') else {
            return Err(self.error(PathSyntaxErrorKind::BadBracket, open));
        };
        let text = self.rest().get(..len).unwrap_or("").trim();
        self.at += len + 1;
        if text.contains(':') {
            return slice(text)
                .ok_or_else(|| self.error_within(PathSyntaxErrorKind::BadSlice, open, self.at));
        }
        text.split(',')
            .map(|index| index.trim().parse().ok())
            .collect::<Option<_>>()
            .map(Step::Indices)
            .ok_or_else(|| self.error_within(PathSyntaxErrorKind::BadIndex, open, self.at))
    }
}

/// `[from:to]`, `[from:]` or `[:to]`; a third number is read and ignored.
fn slice(text: &str) -> Option<Step> {
    if !text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b':'))
    {
        return None;
    }
    let mut bounds = text.split(':').map(|bound| match bound {
        "" => Some(None),
        bound => bound.parse().ok().map(Some),
    });
    let from = bounds.next()??;
    let to = bounds.next()??;
    (from.is_some() || to.is_some()).then_some(Step::Slice { from, to })
}

/// `$..a.sum()` sums everything the scan finds: Jayway reads it as `$.sum($..a)`.
fn hoist_scanned_function(mut steps: Vec<Step>) -> Steps {
    if !matches!(
        (steps.first(), steps.last()),
        (Some(Step::Scan), Some(Step::Function(..)))
    ) {
        return Steps(steps);
    }
    let first = steps
        .iter()
        .position(|step| matches!(step, Step::Function(..)))
        .unwrap_or(0);
    let mut calls = steps.split_off(first);
    if let Some(Step::Function(_, arguments)) = calls.first_mut() {
        *arguments = vec![Argument::Path(Steps(steps))];
    }
    Steps(calls)
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

#[cfg(test)]
mod tests {
    use super::super::step::render;
    use super::*;

    fn read(text: &str) -> String {
        match parse(text) {
            Ok((root, steps)) => format!("{root:?} {}", render(&steps.0)),
            Err(error) => format!("{:?} {}..{}", error.kind, error.span.start, error.span.end),
        }
    }

    #[test]
    fn reads_roots() {
        assert_eq!(read("$"), "Input $");
        assert_eq!(read("$$.Task.Token"), "Context $['Task']['Token']");
        assert_eq!(read("$größe_1[0] "), "Variable(\"größe_1\") $[0]");
        assert_eq!(read("foo"), "MissingRoot 0..1");
        assert_eq!(read(" $.foo"), "MissingRoot 0..1");
        assert_eq!(read("$1"), "BadRoot 1..2");
    }

    #[test]
    fn reads_steps() {
        for (text, steps) in [
            ("$.a-b['c d'][\"e'\"]", r"$['a-b']['c d']['e\'']"),
            ("$.['a', 'b']", "$['a','b']"),
            ("$..*[ 0 ,-1][1:]", "$..[*][0,-1][1:]"),
            ("$[:2][0:4:2]", "$[:2][0:4]"),
            ("$..x.sum()", "$.sum"),
            ("$.a[", "$['a']"),
            ("$['\\u00e9\\'']", r"$['é\'']"),
        ] {
            assert_eq!(read(text), format!("Input {steps}"), "{text}");
        }
    }

    #[test]
    fn places_errors() {
        for (text, error) in [
            ("", "Empty 0..0"),
            ("$.a.", "TrailingDot 3..4"),
            ("$...a", "DoubledDot 3..4"),
            ("$.a b", "BlankInName 2..5"),
            ("$.a[b]", "BadBracket 3..6"),
            ("$['a',]", "EmptyName 6..7"),
            ("$['a", "UnclosedName 2..4"),
            ("$[1.5]", "BadIndex 1..6"),
            ("$[:]", "BadSlice 1..4"),
            ("$.sum(", "UnclosedArguments 5..6"),
            ("$[?(@.a == )]", "ExpectedOperand 11..13"),
        ] {
            assert_eq!(read(text), error, "{text}");
        }
    }

    #[test]
    fn refuses_deep_nesting() {
        let text = format!("$[?({}@.a)]", "(".repeat(100));
        assert!(read(&text).starts_with("TooDeep"));
        let text = format!("$.a{}{}", ".sum($.a".repeat(100), ")".repeat(100));
        assert!(read(&text).starts_with("TooDeep"));
    }
}
