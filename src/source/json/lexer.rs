//! Tokens of JSON text, with what is wrong inside each.

use std::sync::Arc;

use super::{Number, SyntaxError, SyntaxErrorKind};
use crate::source::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    String(Arc<str>),
    Number(Number),
    True,
    False,
    Null,
    Substitution(Arc<str>),
    /// A bare word or malformed number; its error is already recorded.
    Word(Arc<str>),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Brace,
    Square,
}

impl Bracket {
    pub fn open(self) -> char {
        match self {
            Bracket::Brace => '{',
            Bracket::Square => '[',
        }
    }

    pub fn close(self) -> char {
        match self {
            Bracket::Brace => '}',
            Bracket::Square => ']',
        }
    }
}

/// Reads every token; the last one is always [`TokenKind::End`].
pub(super) fn tokenize(text: &str, errors: &mut Vec<SyntaxError>) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        errors,
    };
    let mut tokens = Vec::with_capacity(text.len() / 6);
    loop {
        let token = lexer.next();
        let is_end = token.kind == TokenKind::End;
        tokens.push(token);
        if is_end {
            return tokens;
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    errors: &'a mut Vec<SyntaxError>,
}

impl Lexer<'_> {
    fn next(&mut self) -> Token {
        loop {
            self.skip_space();
            let start = self.at;
            let Some(char) = self.rest().chars().next() else {
                return Token {
                    kind: TokenKind::End,
                    span: Span::at(start),
                };
            };
            let kind = match char {
                '{' => self.punctuation(TokenKind::Open(Bracket::Brace)),
                '}' => self.punctuation(TokenKind::Close(Bracket::Brace)),
                '[' => self.punctuation(TokenKind::Open(Bracket::Square)),
                ']' => self.punctuation(TokenKind::Close(Bracket::Square)),
                ':' => self.punctuation(TokenKind::Colon),
                ',' => self.punctuation(TokenKind::Comma),
                '"' => self.string(),
                '$' if self.rest().starts_with("${") => self.substitution(),
                '/' if self.rest().starts_with("//") || self.rest().starts_with("/*") => {
                    self.comment();
                    continue;
                }
                char if is_word(char) => self.word(),
                char => {
                    self.at += char.len_utf8();
                    self.error(SyntaxErrorKind::UnexpectedCharacter(char), start);
                    continue;
                }
            };
            return Token {
                kind,
                span: Span::new(start, self.at),
            };
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn error(&mut self, kind: SyntaxErrorKind, start: usize) {
        super::parse::record(self.errors, kind, Span::new(start, self.at));
    }

    fn skip_space(&mut self) {
        if self.at == 0 && self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        while matches!(self.byte(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn punctuation(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    fn comment(&mut self) {
        let start = self.at;
        let is_block = self.rest().starts_with("/*");
        let len = if is_block {
            self.rest().find("*/").map(|at| at + 2)
        } else {
            self.rest().find('\n')
        };
        self.at += len.unwrap_or(self.rest().len());
        self.error(SyntaxErrorKind::Comment, start);
    }

    fn substitution(&mut self) -> TokenKind {
        let start = self.at;
        let line = self.rest().lines().next().unwrap_or("");
        match line.find('}') {
            Some(end) => self.at += end + 1,
            None => {
                self.at += line.len();
                self.error(SyntaxErrorKind::Unclosed('{'), start);
            }
        }
        TokenKind::Substitution(self.text.get(start..self.at).unwrap_or("").into())
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        let rest = self.rest();
        let word = rest
            .get(..rest.find(|char| !is_word(char)).unwrap_or(rest.len()))
            .unwrap_or("");
        let (word_len, shared): (usize, Arc<str>) = (word.len(), word.into());
        self.at += word_len;
        match &*shared {
            "true" => return TokenKind::True,
            "false" => return TokenKind::False,
            "null" => return TokenKind::Null,
            word => {
                if let Some(number) = Number::parse(word) {
                    return TokenKind::Number(number);
                }
            }
        }
        let is_number =
            shared.starts_with(|char: char| char.is_ascii_digit() || "+-.".contains(char));
        let kind = if is_number {
            SyntaxErrorKind::BadNumber
        } else {
            SyntaxErrorKind::UnknownWord(shorten(&shared))
        };
        self.error(kind, start);
        TokenKind::Word(shared)
    }

    /// A string ends at its quote or, unterminated, at the end of its line, so that
    /// an open quote does not swallow the rest of the document.
    fn string(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        let mut plain = self.at;
        let mut decoded = String::new();
        loop {
            match self.byte(self.at) {
                Some(b'"') => {
                    let tail = self.text.get(plain..self.at).unwrap_or("");
                    self.at += 1;
                    if decoded.is_empty() {
                        return TokenKind::String(tail.into());
                    }
                    decoded.push_str(tail);
                    return TokenKind::String(decoded.into());
                }
                Some(b'\\') => {
                    decoded.push_str(self.text.get(plain..self.at).unwrap_or(""));
                    self.escape(&mut decoded);
                    plain = self.at;
                }
                None | Some(b'\n' | b'\r') => {
                    decoded.push_str(self.text.get(plain..self.at).unwrap_or(""));
                    self.error(SyntaxErrorKind::UnterminatedString, start);
                    return TokenKind::String(decoded.into());
                }
                Some(0..0x20) => {
                    self.at += 1;
                    self.error(SyntaxErrorKind::ControlCharacter, self.at - 1);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self, decoded: &mut String) {
        let start = self.at;
        let escaped = self.byte(start + 1);
        self.at = start + 2;
        if escaped == Some(b'u') {
            return self.unicode_escape(start, decoded);
        }
        let char = escaped.and_then(simple_escape);
        if char.is_none() {
            self.at = start + 1;
            self.error(SyntaxErrorKind::BadEscape, start);
        }
        decoded.push(char.unwrap_or('\\'));
    }

    fn unicode_escape(&mut self, start: usize, decoded: &mut String) {
        let Some(unit) = hex4(self.text, start + 2) else {
            self.error(SyntaxErrorKind::BadEscape, start);
            return;
        };
        self.at = start + 6;
        let low = self
            .rest()
            .starts_with("\\u")
            .then(|| hex4(self.text, self.at + 2))
            .flatten();
        if let Some(low) = low
            && let Some(Ok(char)) = char::decode_utf16([unit, low]).next()
            && !char.is_ascii()
            && char.len_utf16() == 2
        {
            self.at += 6;
            decoded.push(char);
            return;
        }
        let char = char::from_u32(u32::from(unit));
        if char.is_none() {
            self.error(SyntaxErrorKind::LoneSurrogate, start);
        }
        decoded.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
}

/// The character that a backslash and `byte` stand for.
pub(super) fn simple_escape(byte: u8) -> Option<char> {
    Some(match byte {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}

/// The number that the four digits at `at` spell.
pub(super) fn hex4(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || "_$+-.'#@%".contains(char)
}

fn shorten(word: &str) -> String {
    match word.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", word.get(..end).unwrap_or("")),
        None => word.to_owned(),
    }
}
