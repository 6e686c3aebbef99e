//! Tokens: names, literals, operators.

use std::borrow::Cow;

use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::{Error, Spot};
use crate::expr::jsonata::value::Val;
use crate::source::json::parse_f64;

/// A token and where it stands, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Most are as they are written, so they are a part of the expression's text.
#[derive(Clone, Debug)]
pub(super) enum TokenKind<'a> {
    Name(&'a str),
    Variable(&'a str),
    String(Cow<'a, str>),
    Number(f64),
    Bool(bool),
    Null,
    /// A pattern, a slash, flags.
    Regex(&'a str),
    Operator(Operator),
    End,
}

/// Declares the operators with their spelling.
macro_rules! operators {
    ($($name:ident $text:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operator {
            $($name,)*
        }

        impl Operator {
            const ALL: &[Operator] = &[$(Operator::$name,)*];

            /// As it is written.
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Operator::$name => $text,)*
                }
            }

            fn of(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Operator::$name),)*
                    _ => None,
                }
            }
        }
    };
}

operators! {
    Dot "." OpenBracket "[" CloseBracket "]" OpenBrace "{" CloseBrace "}"
    OpenParen "(" CloseParen ")" Comma "," At "@" Hash "#" Semicolon ";" Colon ":"
    Question "?" Plus "+" Minus "-" Star "*" Slash "/" Percent "%" Bar "|"
    Equal "=" Less "<" Greater ">" Caret "^" Power "**" Range ".." Assign ":="
    NotEqual "!=" LessOrEqual "<=" GreaterOrEqual ">=" Chain "~>"
    And "and" Or "or" In "in" Ampersand "&" Bang "!" Tilde "~"
}

/// Whether a slash begins a regular expression or divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slash {
    Regex,
    Divide,
}

/// Reads tokens one after the other.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn next(&mut self, slash: Slash) -> Result<Token<'a>, Error> {
        self.skip_blanks()?;
        let start = self.at;
        let kind = self.kind(slash)?;
        Ok(Token {
            kind,
            start: start as u32,
            end: self.at as u32,
        })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, code: Code) -> Error {
        Error::at(code, self.at as u32)
    }

    fn skip_blanks(&mut self) -> Result<(), Error> {
        loop {
            let bytes = self.text.as_bytes().iter().skip(self.at);
            self.at += bytes.take_while(|byte| is_blank(**byte)).count();
            let rest = self.rest();
            if !rest.starts_with("/*") {
                return Ok(());
            }
            let Some(end) = rest.get(2..).and_then(|inner| inner.find("*/")) else {
                return Err(self.error(Code::S0106));
            };
            self.at += end + 4;
        }
    }

    fn kind(&mut self, slash: Slash) -> Result<TokenKind<'a>, Error> {
        let rest = self.rest();
        let Some(&first) = rest.as_bytes().first() else {
            return Ok(TokenKind::End);
        };
        if first == b'/' && slash == Slash::Regex {
            return self.regex();
        }
        if let Some(single) = single(first) {
            let operator = double(rest).unwrap_or(single);
            self.at += operator.as_str().len();
            return match operator {
                // They look like operators, and are none.
                Operator::Bang | Operator::Tilde => {
                    Err(self.error(Code::S0204).token(operator.as_str()))
                }
                _ => Ok(TokenKind::Operator(operator)),
            };
        }
        match first {
            b'"' | b'\'' => self.string(first),
            b'0'..=b'9' => self.number(),
            b'`' => self.quoted_name(),
            _ => Ok(self.word()),
        }
    }

    fn string(&mut self, quote: u8) -> Result<TokenKind<'a>, Error> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let end = rest.bytes().position(|byte| byte == quote || byte == b'\\');
            let Some((plain, after)) = end.and_then(|end| rest.split_at_checked(end)) else {
                self.at = self.text.len();
                return Err(self.error(Code::S0101));
            };
            text += plain;
            self.at += plain.len() + 1;
            if !after.starts_with('\\') {
                return Ok(TokenKind::String(text));
            }
            self.escape(text.to_mut())?;
        }
    }

    /// What follows a backslash.
    fn escape(&mut self, text: &mut String) -> Result<(), Error> {
        let escaped = self.rest().chars().next();
        let plain = match escaped {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode_escape(text),
            other => {
                let token = other.map(String::from).unwrap_or_default();
                return Err(self.error(Code::S0103).token(token));
            }
        };
        text.push(plain);
        self.at += 1;
        Ok(())
    }

    /// `u` and four digits; two of them where they are the halves of one character. A half
    /// without the other cannot be held and becomes the replacement character.
    fn unicode_escape(&mut self, text: &mut String) -> Result<(), Error> {
        let Some(first) = self.code_unit() else {
            let digits = self.rest().as_bytes().get(1..).unwrap_or_default();
            let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
            // Where the expression ends within the digits, the reference takes those there are
            // for four, and misses the quote behind them.
            if is_hex && (1..4).contains(&digits.len()) {
                let before = self.text.get(..self.at).unwrap_or_default();
                let behind = before.encode_utf16().count() + 5;
                let error = Error::new(Code::S0101).move_to(Spot::MadeUp(behind as u32));
                return Err(error.or_at(self.text.len() as u32));
            }
            return Err(self.error(Code::S0104));
        };
        self.at += 5;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            self.at += 1;
            match self.code_unit() {
                Some(second) if (0xDC00..0xE000).contains(&second) => {
                    units.push(second);
                    self.at += 5;
                }
                _ => self.at -= 1,
            }
        }
        text.push_str(&String::from_utf16_lossy(&units));
        Ok(())
    }

    /// The code unit of the `uXXXX` here.
    fn code_unit(&self) -> Option<u16> {
        let digits = self.rest().get(1..5)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u16::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Result<TokenKind<'a>, Error> {
        let spelling = number_prefix(self.rest());
        let number = parse_f64(spelling).unwrap_or(f64::NAN);
        if !number.is_finite() {
            return Err(self.error(Code::S0102).token(spelling));
        }
        self.at += spelling.len();
        Ok(TokenKind::Number(number))
    }

    fn quoted_name(&mut self) -> Result<TokenKind<'a>, Error> {
        self.at += 1;
        let rest = self.rest();
        let Some((name, _)) = rest.split_once('`') else {
            self.at = self.text.len();
            return Err(self.error(Code::S0105));
        };
        self.at += name.len() + 1;
        Ok(TokenKind::Name(name))
    }

    /// A name, a variable, or a word with a meaning of its own.
    fn word(&mut self) -> TokenKind<'a> {
        let rest = self.rest();
        // All that ends a word is ASCII, so this is between characters.
        let end = rest
            .bytes()
            .position(|byte| is_blank(byte) || single(byte).is_some())
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or(rest);
        self.at += word.len();
        if let Some(name) = word.strip_prefix('$') {
            return TokenKind::Variable(name);
        }
        match word {
            "and" => TokenKind::Operator(Operator::And),
            "or" => TokenKind::Operator(Operator::Or),
            "in" => TokenKind::Operator(Operator::In),
            "true" => TokenKind::Bool(true),
            "false" => TokenKind::Bool(false),
            "null" => TokenKind::Null,
            _ => TokenKind::Name(word),
        }
    }

    /// A slash within brackets does not end the expression.
    fn regex(&mut self) -> Result<TokenKind<'a>, Error> {
        self.at += 1;
        let rest = self.rest();
        let mut depth = 0_i32;
        let mut backslashes = 0;
        for (at, char) in rest.char_indices() {
            if char == '/' && backslashes % 2 == 0 && depth == 0 {
                if at == 0 {
                    return Err(self.error(Code::S0301));
                }
                let flags = rest.bytes().skip(at + 1);
                let flags = flags.take_while(|flag| matches!(flag, b'i' | b'm')).count();
                let end = at + 1 + flags;
                self.at += end;
                return Ok(TokenKind::Regex(rest.get(..end).unwrap_or_default()));
            }
            if backslashes == 0 {
                depth += match char {
                    '(' | '[' | '{' => 1,
                    ')' | ']' | '}' => -1,
                    _ => 0,
                };
            }
            backslashes = if char == '\\' { backslashes + 1 } else { 0 };
        }
        self.at = self.text.len();
        Err(self.error(Code::S0302))
    }
}

impl TokenKind<'_> {
    /// Adds the token to an error as the reference does: its value.
    pub(super) fn describe(&self, error: Error, name: &'static str) -> Error {
        match self {
            TokenKind::Name(text) | TokenKind::Variable(text) => error.text(name, *text),
            TokenKind::String(text) => error.text(name, &**text),
            TokenKind::Number(number) => error.number(name, *number),
            TokenKind::Bool(bool) => error.value(name, Some(&(*bool).into())),
            TokenKind::Null => error.value(name, Some(&Val::Null)),
            TokenKind::Regex(_) => error.value(name, Some(&Val::empty_object())),
            TokenKind::Operator(operator) => error.text(name, operator.as_str()),
            TokenKind::End => error.text(name, "(end)"),
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b)
}

/// The operators of one character, by that.
#[expect(clippy::indexing_slicing)] // a constant that went beyond its end would not compile
static SINGLE: [Option<Operator>; 256] = {
    let mut single = [None; 256];
    let mut rest = Operator::ALL;
    while let [operator, others @ ..] = rest {
        if let [byte] = operator.as_str().as_bytes() {
            single[*byte as usize] = Some(*operator);
        }
        rest = others;
    }
    single
};

fn single(byte: u8) -> Option<Operator> {
    SINGLE.get(usize::from(byte)).copied().flatten()
}

/// The operator of two characters at the start of a text.
fn double(text: &str) -> Option<Operator> {
    match text.as_bytes().get(1) {
        Some(b'.' | b'=' | b'*' | b'>') => Operator::of(text.get(..2)?),
        _ => None,
    }
}

/// The number at the start of a text.
fn number_prefix(text: &str) -> &str {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
    };
    let mut end = if text.starts_with('0') { 1 } else { digits(0) };
    if text.get(end..).is_some_and(|rest| rest.starts_with('.')) {
        let fraction = digits(end + 1);
        end += if fraction > 0 { fraction + 1 } else { 0 };
    }
    if text
        .get(end..)
        .is_some_and(|rest| rest.starts_with(['e', 'E']))
    {
        let sign = usize::from(
            text.get(end + 1..)
                .is_some_and(|rest| rest.starts_with(['+', '-'])),
        );
        let exponent = digits(end + 1 + sign);
        end += if exponent > 0 { exponent + 1 + sign } else { 0 };
    }
    text.get(..end).unwrap_or(text)
}
