//! Text to value in one pass.
//!
//! What an execution reads is nearly always right, so nothing is kept of where things
//! stand. Where anything is wrong, the tolerant [`parse`](super::parse) finds out what.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use super::lexer::{hex4, simple_escape};
use super::members::Members;
use super::parse::MAX_DEPTH;
use super::{Number, Object, Value};

/// How many names of members are remembered, to be shared by the objects that have them.
const NAMES: usize = 64;

/// Longer names are not remembered.
const LONGEST: usize = 48;

/// Room for so many members or elements is made at once.
const FEW: usize = 4;

thread_local! {
    /// The names that were read last. Texts of one run have much the same members, and half of
    /// what reading a small one costs is room for their names.
    static KNOWN: Cell<Vec<Option<Arc<str>>>> = const { Cell::new(Vec::new()) };
}

/// The value of a JSON text; `None` if it is not one, or not plainly.
pub(super) fn read(text: &str) -> Option<Value> {
    Reader::at(text, 0, |reader| {
        let value = reader.value();
        reader.skip_blanks();
        value.filter(|_| reader.at == text.len())
    })
}

pub(super) struct Reader<'a> {
    text: &'a str,
    /// Where it reads on.
    pub at: usize,
    /// How many brackets are open there.
    pub depth: usize,
    names: Vec<Option<Arc<str>>>,
}

/// The small steps are written out where they are taken, as a worker built for size would not
/// do by itself: that is a sixth of the time.
impl<'a> Reader<'a> {
    /// Reads on from a place.
    pub fn at<T>(text: &'a str, at: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut reader = Reader {
            text,
            at,
            depth: 0,
            names: KNOWN.take(),
        };
        reader.names.resize(NAMES, None);
        let found = read(&mut reader);
        KNOWN.set(reader.names);
        found
    }

    pub fn value(&mut self) -> Option<Value> {
        self.skip_blanks();
        match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => Some(Value::String(self.string()?.into())),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    /// What stands between two brackets.
    #[inline(always)]
    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Some(value)
    }

    fn object(&mut self) -> Option<Value> {
        self.skip_blanks();
        if self.eat(b'}') {
            return Some(Value::empty_object());
        }
        let mut members = Members::with_capacity(FEW);
        loop {
            self.skip_blanks();
            let name = self.name()?;
            self.skip_blanks();
            if !self.eat(b':') {
                return None;
            }
            let value = self.value()?;
            members.insert(name, value);
            if self.ends(b'}')? {
                return Some(Object::from(members).into());
            }
        }
    }

    fn array(&mut self) -> Option<Value> {
        self.skip_blanks();
        if self.eat(b']') {
            return Some(Vec::new().into());
        }
        let mut items = Vec::with_capacity(FEW);
        loop {
            items.push(self.value()?);
            if self.ends(b']')? {
                return Some(items.into());
            }
        }
    }

    /// Whether the closing bracket follows; otherwise it has to be a comma.
    #[inline(always)]
    pub fn ends(&mut self, close: u8) -> Option<bool> {
        self.skip_blanks();
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Some(false),
            byte => (byte == close).then_some(true),
        }
    }

    /// The name of a member, shared with the objects before that have it too.
    pub fn name(&mut self) -> Option<Arc<str>> {
        let name = self.string()?;
        if name.len() > LONGEST {
            return Some(name.into());
        }
        let bytes = name.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mixed = bytes.len() + usize::from(byte(0)) * 5 + usize::from(byte(bytes.len() / 2));
        let Some(known) = self.names.get_mut(mixed % NAMES) else {
            return Some(name.into());
        };
        match known {
            Some(known) if **known == *name => Some(known.clone()),
            _ => Some(known.insert(name.into()).clone()),
        }
    }

    #[inline(always)]
    fn string(&mut self) -> Option<Cow<'a, str>> {
        if !self.eat(b'"') {
            return None;
        }
        let plain = self.plain()?;
        if self.eat(b'"') {
            return Some(Cow::Borrowed(plain));
        }
        let mut decoded = plain.to_owned();
        while !self.eat(b'"') {
            decoded.push(self.escape()?);
            decoded.push_str(self.plain()?);
        }
        Some(Cow::Owned(decoded))
    }

    /// The text up to the next quote or backslash.
    #[inline(always)]
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let len = rest.iter().position(is_special)?;
        let plain = self.text.get(self.at..self.at + len)?;
        self.at += len;
        Some(plain)
    }

    fn escape(&mut self) -> Option<char> {
        let escaped = *self.text.as_bytes().get(self.at + 1)?;
        if self.peek() != Some(b'\\') {
            return None; // a control character
        }
        if escaped != b'u' {
            self.at += 2;
            return simple_escape(escaped);
        }
        let unit = hex4(self.text, self.at + 2)?;
        self.at += 6;
        if let Some(char) = char::from_u32(u32::from(unit)) {
            return Some(char);
        }
        // Half of a character stands for an unknown one.
        let low = match self.text.get(self.at..self.at + 2) {
            Some("\\u") => hex4(self.text, self.at + 2)?,
            _ => 0,
        };
        let char = char::decode_utf16([unit, low]).next()?.ok();
        self.at += if char.is_some() { 6 } else { 0 };
        Some(char.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let is_negative = self.eat(b'-');
        let (mut digits, mut places) = (0, 0);
        let mut len = 1;
        if !self.eat(b'0') {
            len = self.digits(&mut digits)?;
        }
        if self.eat(b'.') {
            places = self.digits(&mut digits)?;
        }
        let mut is_plain = len + places <= Number::SHORT;
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits(&mut digits)?;
            is_plain = false;
        }
        let number = match is_plain {
            true => Number::short(is_negative, digits, places),
            false => None,
        };
        Some(Value::Number(match number {
            Some(number) => number,
            None => Number::spelled(self.text.get(start..self.at)?),
        }))
    }

    /// One digit or more: how many, behind those before. Too many of them make no sense.
    #[inline(always)]
    fn digits(&mut self, value: &mut u64) -> Option<usize> {
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            *value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        (self.at > start).then_some(self.at - start)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let end = self.at + word.len();
        let is_there = self.text.get(self.at..end) == Some(word);
        self.at = end;
        is_there.then_some(value)
    }

    #[inline(always)]
    pub fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    #[inline(always)]
    pub fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    #[inline(always)]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    #[test]
    fn reads_as_the_tolerant_way_does() {
        for text in [
            "{}",
            " [ ] ",
            r#"{"a":1,"b":[true,false,null,-1.50,2e3,0,-0],"a":{"":"x"}}"#,
            r#""a\"\\\/\b\f\n\r\t\u00e9\ud834\udd1eü""#,
            r#"{"ab":1,"ba":2,"aab":3,"é":4}"#,
            "\t12345678901234567890\r\n",
            r#"["\ud800", "\ud800\u0041", "\ud800\ud800\udc00", "\udc00", "\ud83d\ude00"]"#,
        ] {
            let value = read(text).unwrap();
            assert_eq!(value.to_string(), parse(text).root.to_value().to_string());
        }
    }

    #[test]
    fn leaves_alone_what_is_not_json() {
        for text in [
            "",
            "tru",
            "truth",
            "[1,]",
            "[1 2]",
            "[,]",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\ud800\\u12\"",
            "\"\\u12\"",
            "\"\n\"",
            "[1] 2",
            "[1]]",
            "${a}",
            "\u{a0}1",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(MAX_DEPTH)).is_some());
        assert!(read(&nested(MAX_DEPTH + 1)).is_none());
    }
}
