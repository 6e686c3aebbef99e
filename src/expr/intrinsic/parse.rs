//! Reads the text of a call.

use super::{Argument, Call, Intrinsic, IntrinsicSyntaxError, IntrinsicSyntaxErrorKind};
use crate::expr::jsonpath::Path;
use crate::source::json::{Number, Value};
use crate::source::text::Span;

/// How many calls may stand in one another.
pub const MAX_NESTING: usize = 10;

type Parsed<T> = Result<T, IntrinsicSyntaxError>;

/// Reads a call that fills the text.
pub(super) fn parse(text: &str) -> Parsed<Call> {
    let mut parser = Parser { text, at: 0 };
    let call = parser.call(1)?;
    if parser.at < text.len() {
        return Err(parser.error(IntrinsicSyntaxErrorKind::TrailingText, parser.at));
    }
    Ok(call)
}

/// Resolves the escapes of a string: a backslash stands for the character after it.
pub(super) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            char => out.push(char),
        }
    }
    out
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// An error from `start` to the end of the text.
    fn error(&self, kind: IntrinsicSyntaxErrorKind, start: usize) -> IntrinsicSyntaxError {
        self.error_within(kind, start, self.text.len())
    }

    fn error_within(
        &self,
        kind: IntrinsicSyntaxErrorKind,
        start: usize,
        end: usize,
    ) -> IntrinsicSyntaxError {
        IntrinsicSyntaxError {
            kind,
            span: Span::new(start, end),
        }
    }

    fn call(&mut self, depth: usize) -> Parsed<Call> {
        let start = self.at;
        if depth > MAX_NESTING {
            return Err(self.error(IntrinsicSyntaxErrorKind::TooDeep, start));
        }
        let function = self.name()?;
        if !self.eat(b'(') {
            return Err(self.error(IntrinsicSyntaxErrorKind::ExpectedArguments, self.at));
        }
        let arguments = self.arguments(depth)?;
        let given = arguments.len();
        if !function.arity().contains(&given) {
            let kind = IntrinsicSyntaxErrorKind::WrongArgumentCount { function, given };
            return Err(self.error_within(kind, start, self.at));
        }
        Ok(Call {
            text: Span::new(start, self.at).of(self.text).into(),
            function,
            arguments,
        })
    }

    fn name(&mut self) -> Parsed<Intrinsic> {
        let start = self.at;
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '.' || char == '_';
        let rest = self.rest();
        let len = rest.find(|char| !is_name(char)).unwrap_or(rest.len());
        let name = rest.get(..len).unwrap_or("");
        self.at += len;
        Intrinsic::named(name).ok_or_else(|| {
            let kind = IntrinsicSyntaxErrorKind::UnknownFunction(name.to_owned());
            self.error_within(kind, start, self.at)
        })
    }

    /// The arguments up to and with the closing parenthesis.
    fn arguments(&mut self, depth: usize) -> Parsed<Vec<Argument>> {
        let mut arguments = Vec::new();
        self.skip_space();
        if self.eat(b')') {
            return Ok(arguments);
        }
        loop {
            self.skip_space();
            arguments.push(self.argument(depth)?);
            self.skip_space();
            if self.eat(b')') {
                return Ok(arguments);
            }
            if !self.eat(b',') {
                return Err(self.error(IntrinsicSyntaxErrorKind::ExpectedComma, self.at));
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Parsed<Argument> {
        match self.peek() {
            Some(b'\'') => self.string(),
            Some(b'$') => self.path(),
            Some(b'S') => Ok(Argument::Call(self.call(depth + 1)?)),
            Some(b',' | b')') | None => {
                Err(self.error(IntrinsicSyntaxErrorKind::ExpectedArgument, self.at))
            }
            Some(_) => self.word(),
        }
    }

    fn string(&mut self) -> Parsed<Argument> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek() {
                Some(b'\'') => break,
                Some(b'\\') => {
                    let escaped = self.text.as_bytes().get(self.at + 1);
                    if !matches!(escaped, Some(b'\'' | b'{' | b'}' | b'\\')) {
                        let kind = IntrinsicSyntaxErrorKind::BadEscape;
                        return Err(self.error_within(kind, self.at, self.at + 1));
                    }
                    self.at += 2;
                }
                Some(_) => self.at += 1,
                None => {
                    return Err(self.error(IntrinsicSyntaxErrorKind::UnterminatedString, open));
                }
            }
        }
        let raw = Span::new(start, self.at).of(self.text);
        self.at += 1;
        Ok(Argument::Text(raw.into()))
    }

    /// A path up to a comma or parenthesis that stands outside brackets and quotes.
    fn path(&mut self) -> Parsed<Argument> {
        let start = self.at;
        let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
        for byte in self.rest().bytes() {
            match (quote, byte) {
                _ if is_escaped => is_escaped = false,
                (_, b'\\') => is_escaped = true,
                (Some(open), byte) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'\'' | b'"') if depth > 0 => quote = Some(byte),
                (None, b'[' | b'(') => depth += 1,
                (None, b']' | b')') if depth > 0 => depth -= 1,
                (None, b',' | b')') if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        let text = Span::new(start, self.at).of(self.text).trim_end();
        match Path::parse(text) {
            Ok(path) => Ok(Argument::Path(path)),
            Err(error) => {
                let span = error.span;
                Err(self.error_within(
                    IntrinsicSyntaxErrorKind::Path(error.kind),
                    start + span.start as usize,
                    start + span.end as usize,
                ))
            }
        }
    }

    fn word(&mut self) -> Parsed<Argument> {
        let start = self.at;
        let rest = self.rest();
        let len = rest.find([',', ')']).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or("").trim_end();
        self.at += word.len();
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            word => match Number::parse(word) {
                Some(number) => number.into(),
                None => {
                    let kind = IntrinsicSyntaxErrorKind::UnknownWord(word.to_owned());
                    return Err(self.error_within(kind, start, self.at));
                }
            },
        };
        Ok(Argument::Value(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (IntrinsicSyntaxErrorKind, &str) {
        let error = parse(text).unwrap_err();
        (error.kind, error.span.of(text))
    }

    #[test]
    fn reads_arguments_of_every_kind() {
        let text = r"States.Array( 'it\'s, {}' , $.a['b,c)'][?(@.d == ')')], -1.5e3,null,$v.w,$$.x, States.UUID() )";
        let call = parse(text).unwrap();
        assert_eq!(call.arguments.len(), 7);
        assert_eq!(call.arguments[0], Argument::Text(r"it\'s, {}".into()));
        assert_eq!(
            call.paths()
                .iter()
                .map(|path| path.text())
                .collect::<Vec<_>>(),
            ["$.a['b,c)'][?(@.d == ')')]", "$v.w", "$$.x"]
        );
        assert_eq!(
            call.arguments[6],
            Argument::Call(parse("States.UUID()").unwrap())
        );
        assert_eq!(call.text(), text);
    }

    #[test]
    fn places_errors() {
        use IntrinsicSyntaxErrorKind as Kind;
        for (text, kind, place) in [
            (
                "States.Nope()",
                Kind::UnknownFunction("States.Nope".into()),
                "States.Nope",
            ),
            ("States.UUID", Kind::ExpectedArguments, ""),
            ("States.Array(1,)", Kind::ExpectedArgument, ")"),
            ("States.Array('a' 'b')", Kind::ExpectedComma, "'b')"),
            ("States.Array('a)", Kind::UnterminatedString, "'a)"),
            (r#"States.Array('a\"')"#, Kind::BadEscape, r"\"),
            ("States.Array([1])", Kind::UnknownWord("[1]".into()), "[1]"),
            ("States.Array(1.)", Kind::UnknownWord("1.".into()), "1."),
            (
                "States.Array($.a b)",
                Kind::Path(crate::expr::jsonpath::PathSyntaxErrorKind::BlankInName),
                "a b",
            ),
            ("States.UUID()[0]", Kind::TrailingText, "[0]"),
        ] {
            assert_eq!(error(text), (kind, place), "{text}");
        }
        let (kind, place) = error("States.Array(States.MathAdd(1))");
        assert_eq!(place, "States.MathAdd(1)");
        assert_eq!(kind.to_string(), "States.MathAdd takes 2 arguments, not 1");
    }

    #[test]
    fn nesting_is_bounded() {
        let nested =
            |depth: usize| format!("{}{}", "States.Array(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(MAX_NESTING)).is_ok());
        assert_eq!(
            error(&nested(MAX_NESTING + 1)).0,
            IntrinsicSyntaxErrorKind::TooDeep
        );
        assert!(parse(&nested(100_000)).is_err());
    }
}
