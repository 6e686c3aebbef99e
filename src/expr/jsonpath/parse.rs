//! Reads the text of a path.

use std::sync::Arc;

use super::cursor::{Parsed, Parser, unescape};
use super::function::{Argument, Function};
use super::step::{Step, Steps};
use super::{PathSyntaxError, PathSyntaxErrorKind, Root};
use crate::source::text::Span;

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

/// Reads a whole path as the library alone does: `$`, `@` or neither, then steps.
pub(super) fn parse_jayway(text: &str) -> Result<Steps, PathSyntaxError> {
    const ROOT: &str = "$.";
    if text.trim_end_matches(' ').is_empty() {
        return Err(Parser::new("").error(PathSyntaxErrorKind::Empty, 0));
    }
    let read = |text: &str| {
        let mut parser = Parser::new(text.trim_end_matches(' '));
        parser.at = 1;
        parser.steps()
    };
    if text.starts_with(['$', '@']) {
        return read(text);
    }
    read(&format!("{ROOT}{text}")).map_err(|error| {
        let place = |at: u32| (at as usize).saturating_sub(ROOT.len());
        let span = Span::new(place(error.span.start), place(error.span.end));
        PathSyntaxError { span, ..error }
    })
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

impl Parser<'_> {
    /// Steps up to the end of the text. As Jayway does, ignores one last character
    /// after a complete step.
    pub fn steps(&mut self) -> Parsed<Steps> {
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
        assert_eq!(read("ü$"), "MissingRoot 0..2");
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
