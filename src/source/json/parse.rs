//! Text to tree, never failing.
//!
//! Recovery rules: a bracket that does not fit closes the nearest container it
//! does fit; a name followed by a colon where a value was due starts the next
//! member; everything else that does not belong is skipped with an error.

use std::collections::HashSet;

use super::lexer::{Bracket, Token, TokenKind, tokenize};
use super::{Key, Member, Node, NodeKind, SyntaxError, SyntaxErrorKind};
use crate::source::sort::sort_by_number;
use crate::source::text::Span;

/// How deeply arrays and objects may nest. Below it, recursion over a tree or a
/// value is safe even on a browser's stack.
pub const MAX_DEPTH: usize = 256;

/// A garbage text has an error at every token; a person reads the first few.
const MAX_ERRORS: usize = 500;

/// What [`parse`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Parse {
    /// The tree of all that could be read.
    pub root: Node,
    /// What could not, in the order of the text; the first 500.
    pub errors: Vec<SyntaxError>,
}

/// Reads a text into a tree. Never fails.
pub fn parse(text: &str) -> Parse {
    let mut errors = Vec::new();
    let tokens = tokenize(text, &mut errors);
    let mut parser = Parser {
        tokens,
        at: 0,
        errors,
        open: Vec::new(),
    };
    let root = parser.document();
    let mut errors = parser.errors;
    sort_by_number(&mut errors, |error| error.span.order());
    Parse { root, errors }
}

pub(super) fn record(errors: &mut Vec<SyntaxError>, kind: SyntaxErrorKind, span: Span) {
    if errors.len() < MAX_ERRORS {
        errors.push(SyntaxError { kind, span });
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    errors: Vec<SyntaxError>,
    open: Vec<Bracket>,
}

impl Parser {
    fn document(&mut self) -> Node {
        if *self.peek() == TokenKind::End {
            self.error(SyntaxErrorKind::Empty, self.span());
            return Node {
                span: self.span(),
                kind: NodeKind::Missing,
            };
        }
        while let TokenKind::Close(bracket) = *self.peek() {
            self.error(SyntaxErrorKind::Unopened(bracket.close()), self.span());
            self.at += 1;
        }
        let root = self.value();
        if *self.peek() != TokenKind::End {
            self.error(SyntaxErrorKind::TrailingText, self.span());
        }
        root
    }

    fn value(&mut self) -> Node {
        let span = self.span();
        let kind = match self.peek().clone() {
            TokenKind::Open(bracket) if self.open.len() >= MAX_DEPTH => {
                return self.too_deep(bracket);
            }
            TokenKind::Open(Bracket::Brace) => return self.object(),
            TokenKind::Open(Bracket::Square) => return self.array(),
            TokenKind::String(string) => NodeKind::String(string),
            TokenKind::Number(number) => NodeKind::Number(number),
            TokenKind::True => NodeKind::Bool(true),
            TokenKind::False => NodeKind::Bool(false),
            TokenKind::Null => NodeKind::Null,
            TokenKind::Substitution(text) => NodeKind::Substitution(text),
            TokenKind::Word(_) => NodeKind::Missing,
            TokenKind::Close(_) | TokenKind::Colon | TokenKind::Comma | TokenKind::End => {
                return self.missing_value();
            }
        };
        self.at += 1;
        Node { span, kind }
    }

    fn object(&mut self) -> Node {
        let open = self.span();
        self.at += 1;
        self.open.push(Bracket::Brace);
        let mut members: Vec<Member> = Vec::new();
        let mut names = HashSet::new();
        while !self.closes(Bracket::Brace, open) {
            let Some(key) = self.key() else { continue };
            if *self.peek() == TokenKind::Colon {
                self.at += 1;
            } else {
                self.error(
                    SyntaxErrorKind::ExpectedColon,
                    Span::at(key.span.end as usize),
                );
            }
            let starts_next_member = matches!(self.peek(), TokenKind::String(_))
                && *self.peek_second() == TokenKind::Colon;
            let value = if starts_next_member {
                self.missing_value()
            } else {
                self.value()
            };
            if !names.insert(key.name.clone()) {
                self.error(
                    SyntaxErrorKind::DuplicateKey(key.name.to_string()),
                    key.span,
                );
            }
            members.push(Member { key, value });
            if !starts_next_member {
                self.separator(Bracket::Brace);
            }
        }
        self.open.pop();
        Node {
            span: open.cover(self.previous()),
            kind: NodeKind::Object(members),
        }
    }

    fn array(&mut self) -> Node {
        let open = self.span();
        self.at += 1;
        self.open.push(Bracket::Square);
        let mut items = Vec::new();
        while !self.closes(Bracket::Square, open) {
            let before = self.at;
            items.push(self.value());
            self.separator(Bracket::Square);
            if self.at == before {
                // A colon: nothing in an array can use it.
                self.error(SyntaxErrorKind::UnexpectedCharacter(':'), self.span());
                self.at += 1;
            }
        }
        self.open.pop();
        Node {
            span: open.cover(self.previous()),
            kind: NodeKind::Array(items),
        }
    }

    /// Whether the container ends here, by its bracket, an outer one's or the end of the text.
    fn closes(&mut self, bracket: Bracket, open: Span) -> bool {
        loop {
            match *self.peek() {
                TokenKind::Close(close) if close == bracket => {
                    self.at += 1;
                    return true;
                }
                TokenKind::Close(close) => {
                    if self.open.contains(&close) {
                        self.error(SyntaxErrorKind::Unclosed(bracket.open()), open);
                        return true;
                    }
                    self.error(SyntaxErrorKind::Unopened(close.close()), self.span());
                    self.at += 1;
                }
                TokenKind::End => {
                    self.error(SyntaxErrorKind::Unclosed(bracket.open()), open);
                    return true;
                }
                _ => return false,
            }
        }
    }

    /// A member's name; `None` after skipping something that is none.
    fn key(&mut self) -> Option<Key> {
        let span = self.span();
        match self.peek().clone() {
            TokenKind::String(name) => {
                self.at += 1;
                Some(Key { span, name })
            }
            TokenKind::Word(name) if *self.peek_second() == TokenKind::Colon => {
                self.at += 1;
                Some(Key { span, name })
            }
            TokenKind::Comma | TokenKind::Colon => {
                self.error(SyntaxErrorKind::ExpectedKey, span);
                self.at += 1;
                None
            }
            _ => {
                self.error(SyntaxErrorKind::ExpectedKey, span);
                self.value();
                if *self.peek() == TokenKind::Colon {
                    self.at += 1;
                    self.value();
                }
                self.separator(Bracket::Brace);
                None
            }
        }
    }

    /// The comma between two entries, with its faults.
    fn separator(&mut self, bracket: Bracket) {
        let span = self.span();
        match self.peek() {
            TokenKind::Comma => {
                self.at += 1;
                if *self.peek() == TokenKind::Close(bracket) {
                    self.error(SyntaxErrorKind::TrailingComma, span);
                }
            }
            TokenKind::Close(_) | TokenKind::End | TokenKind::Colon => {}
            _ => self.error(
                SyntaxErrorKind::ExpectedComma,
                Span::at(self.previous().end as usize),
            ),
        }
    }

    fn missing_value(&mut self) -> Node {
        let span = Span::at(self.previous().end as usize);
        self.error(SyntaxErrorKind::ExpectedValue, span);
        Node {
            span,
            kind: NodeKind::Missing,
        }
    }

    /// Skips a container that is nested too deeply.
    fn too_deep(&mut self, bracket: Bracket) -> Node {
        let start = self.span();
        self.error(SyntaxErrorKind::TooDeep, start);
        let mut open = vec![bracket];
        self.at += 1;
        while let Some(innermost) = open.last().copied() {
            match *self.peek() {
                TokenKind::Open(bracket) => open.push(bracket),
                TokenKind::Close(bracket) if bracket == innermost => {
                    open.pop();
                }
                TokenKind::End => break,
                _ => {}
            }
            self.at += 1;
        }
        Node {
            span: start.cover(self.previous()),
            kind: NodeKind::Missing,
        }
    }

    fn peek(&self) -> &TokenKind {
        self.tokens
            .get(self.at)
            .map_or(&TokenKind::End, |token| &token.kind)
    }

    fn peek_second(&self) -> &TokenKind {
        self.tokens
            .get(self.at + 1)
            .map_or(&TokenKind::End, |token| &token.kind)
    }

    fn span(&self) -> Span {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(Span::at(0), |token| token.span)
    }

    fn previous(&self) -> Span {
        let before = self.at.min(self.tokens.len()).checked_sub(1);
        before
            .and_then(|at| self.tokens.get(at))
            .map_or(Span::at(0), |token| token.span)
    }

    fn error(&mut self, kind: SyntaxErrorKind, span: Span) {
        record(&mut self.errors, kind, span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Value;

    fn kinds(text: &str) -> Vec<SyntaxErrorKind> {
        parse(text)
            .errors
            .into_iter()
            .map(|error| error.kind)
            .collect()
    }

    #[test]
    fn recovers_and_says_why() {
        use SyntaxErrorKind::*;
        for (text, value, errors) in [
            (r#"{"a":1 "b":2}"#, r#"{"a":1,"b":2}"#, vec![ExpectedComma]),
            (r#"{"a":1,}"#, r#"{"a":1}"#, vec![TrailingComma]),
            (
                r#"[1,,2,]"#,
                "[1,null,2]",
                vec![ExpectedValue, TrailingComma],
            ),
            (
                r#"{"a": "b": 1}"#,
                r#"{"a":null,"b":1}"#,
                vec![ExpectedValue],
            ),
            (r#"{"a" 1}"#, r#"{"a":1}"#, vec![ExpectedColon]),
            (r#"{"a": [1, 2}"#, r#"{"a":[1,2]}"#, vec![Unclosed('[')]),
            (
                r#"{"a": {"b": 1"#,
                r#"{"a":{"b":1}}"#,
                vec![Unclosed('{'), Unclosed('{')],
            ),
            (
                "{\"a\": \"x\n, \"b\": 2}",
                r#"{"a":"x","b":2}"#,
                vec![UnterminatedString],
            ),
            (
                "{a: yes, b: 01}",
                r#"{"a":null,"b":null}"#,
                vec![
                    UnknownWord("a".into()),
                    UnknownWord("yes".into()),
                    UnknownWord("b".into()),
                    BadNumber,
                ],
            ),
            ("[1] 2", "[1]", vec![TrailingText]),
            ("[1]]", "[1]", vec![TrailingText]),
            ("]1", "1", vec![Unopened(']')]),
            ("{1:2}", "{}", vec![ExpectedKey]),
            (
                "[1:2]",
                "[1,null,2]",
                vec![ExpectedValue, UnexpectedCharacter(':')],
            ),
            ("// x\n1 /* y */", "1", vec![Comment, Comment]),
            (
                r#"{"a":1,"a":2}"#,
                r#"{"a":2}"#,
                vec![DuplicateKey("a".into())],
            ),
            (
                r#"["\x","\ud800","\ud834\udd1e"]"#,
                "[\"\\\\x\",\"\u{fffd}\",\"𝄞\"]",
                vec![BadEscape, LoneSurrogate],
            ),
            ("  ", "null", vec![Empty]),
            (r#"{"a":${A_b}}"#, r#"{"a":"${A_b}"}"#, vec![]),
        ] {
            assert_eq!(parse(text).root.to_value().to_string(), value, "{text}");
            assert_eq!(kinds(text), errors, "{text}");
        }
    }

    #[test]
    fn spans_are_exact() {
        let text = r#" {"ä": [1, "x"]} "#;
        let root = parse(text).root;
        assert_eq!(root.span.of(text), r#"{"ä": [1, "x"]}"#);
        let member = root.member("ä").unwrap();
        assert_eq!(member.key.span.of(text), r#""ä""#);
        assert_eq!(member.value.items().unwrap()[1].span.of(text), r#""x""#);
        assert_eq!(root.pointer_at(text.find('x').unwrap()).as_str(), "/ä/1");
        assert_eq!(root.find(&root.pointer_at(9)).unwrap().span.of(text), "1");
    }

    #[test]
    fn deep_nesting_is_an_error_not_a_crash() {
        for text in [
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            "[".repeat(10_000) + &"]".repeat(10_000),
        ] {
            assert!(kinds(&text).contains(&SyntaxErrorKind::TooDeep));
        }
        let deepest = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
        assert_eq!(Value::parse(&deepest).unwrap().to_string(), deepest);
    }

    #[test]
    fn any_mixture_of_tokens_is_read() {
        let pieces = [
            "{", "}", "[", "]", ":", ",", "\"k\"", "\"", "1", "-", "tru", "${", "\n", "\\u12", "é",
            "/*",
        ];
        let mut seed = 7_u64;
        for _ in 0..4_000 {
            let mut text = String::new();
            for _ in 0..24 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let parse = parse(&text);
            assert!(
                parse
                    .errors
                    .iter()
                    .all(|error| text.get(error.span.range()).is_some()),
                "{text}"
            );
            assert!(Span::new(0, text.len()).contains(parse.root.span), "{text}");
        }
    }
}
