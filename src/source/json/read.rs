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

/// The elements of an array, one at a time: a large text takes many small steps.
#[derive(Clone, Debug)]
pub struct Elements {
    /// Where the next one is looked for.
    at: usize,
    is_first: bool,
    is_over: bool,
}

/// A text is no array, or not plainly; [`Value::parse`] says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoElements;

impl Elements {
    /// Those of a text; nothing if no array begins there.
    pub fn of(text: &str) -> Option<Self> {
        let blanks = text.len() - text.trim_start_matches([' ', '\n', '\r', '\t']).len();
        text.get(blanks..)?.starts_with('[').then_some(Self {
            at: blanks + 1,
            is_first: true,
            is_over: false,
        })
    }

    /// The next one of the same text. What is wrong with the text shows when it is reached.
    pub fn next(&mut self, text: &str) -> Option<Result<Value, NoElements>> {
        if self.is_over {
            return None;
        }
        let (found, at) = Reader::at(text, self.at, |reader| {
            reader.skip_blanks();
            // It stands inside the array already.
            reader.depth = 1;
            let is_empty = self.is_first && reader.eat(b']');
            let value = if is_empty { None } else { reader.value() };
            let is_last = match (&value, is_empty) {
                (_, true) => Some(true),
                (Some(_), false) => reader.ends(b']'),
                (None, false) => None,
            };
            reader.skip_blanks();
            let is_last = is_last.filter(|is_last| !is_last || reader.at == text.len());
            ((value, is_last), reader.at)
        });
        self.at = at;
        self.is_first = false;
        let (value, is_last) = found;
        self.is_over = is_last != Some(false);
        match (value, is_last) {
            (_, None) => Some(Err(NoElements)),
            (value, Some(_)) => value.map(Ok),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    names: Vec<Option<Arc<str>>>,
}

/// The small steps are written out where they are taken, as a worker built for size would not
/// do by itself: that is a sixth of the time.
impl<'a> Reader<'a> {
    /// Reads on from a place.
    fn at<T>(text: &'a str, at: usize, read: impl FnOnce(&mut Self) -> T) -> T {
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

    fn value(&mut self) -> Option<Value> {
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
    fn ends(&mut self, close: u8) -> Option<bool> {
        self.skip_blanks();
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Some(false),
            byte => (byte == close).then_some(true),
        }
    }

    /// The name of a member, shared with the objects before that have it too.
    fn name(&mut self) -> Option<Arc<str>> {
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
        if self.text.get(self.at..self.at + 2) != Some("\\u") {
            return None;
        }
        let low = hex4(self.text, self.at + 2)?;
        self.at += 6;
        char::decode_utf16([unit, low]).next()?.ok()
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
    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    #[inline(always)]
    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
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
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
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

    #[test]
    fn elements_come_one_by_one() {
        let all = |text: &str| {
            let mut elements = Elements::of(text)?;
            let next = || elements.next(text);
            Some(std::iter::from_fn(next).collect::<Vec<_>>())
        };
        for text in ["[]", " [ ] ", "[1]", "[1, [2, {\"a\": 3}] ,\n\"x\"] \n"] {
            let value = read(text).unwrap();
            let expected: Vec<_> = value.as_array().unwrap().iter().cloned().map(Ok).collect();
            assert_eq!(all(text), Some(expected), "{text}");
        }
        assert_eq!(all("{}"), None);
        assert_eq!(all(""), None);
        for (text, count) in [
            ("[", 0),
            ("[1", 0),
            ("[1,", 1),
            ("[1,]", 1),
            ("[1] 2", 0),
            ("[1 2]", 0),
            ("[1,x]", 1),
        ] {
            let found = all(text).unwrap();
            assert_eq!(found.len(), count + 1, "{text}");
            assert_eq!(found.last(), Some(&Err(NoElements)), "{text}");
        }
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(
            all(&nested(MAX_DEPTH)).map(|all| all[0].is_ok()),
            Some(true)
        );
        assert_eq!(
            all(&nested(MAX_DEPTH + 1)).map(|all| all[0].is_ok()),
            Some(false)
        );
    }

    #[test]
    fn shares_names_among_objects() {
        let value = read(r#"[{"name":1},{"name":2}]"#).unwrap();
        let name = |index| {
            let object = value.at(index).and_then(Value::as_object).unwrap();
            object.keys().next().cloned().unwrap()
        };
        assert!(Arc::ptr_eq(&name(0), &name(1)));
        // What is remembered of other texts, broken ones too, changes nothing.
        assert!(read(r#"{"name":1,"#).is_none());
        let long = "n".repeat(LONGEST + 1);
        let text = format!(r#"{{"{long}":{{"name":3,"eman":4}}}}"#);
        assert_eq!(read(&text).unwrap().to_string(), text);
    }
}
