//! What stands at a place of a text, one thing at a time: a large text takes many small
//! steps, and none of it is kept.

use std::sync::Arc;

use super::read::Reader;
use super::{Pointer, Value};

/// Of what is not asked for, so many bytes are passed over in a step: some 10 µs where they are
/// many small things.
const STRIDE: usize = 512;

/// The elements of an array, or the members of an object, one at a time.
#[derive(Clone, Debug)]
pub struct Elements {
    /// The names on the way to it.
    path: Vec<String>,
    takes_members: bool,
    /// Where reading goes on, and what comes there.
    at: usize,
    next: Next,
    open: Vec<Open>,
    is_found: bool,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// An element of the array.
    Element(Value),
    /// A member of the object.
    Member(Arc<str>, Value),
    /// A part of the text was passed over.
    Passed,
}

/// Why there are no elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoElements {
    /// The text is no JSON.
    Broken,
    /// Nothing that has elements stands there.
    Elsewhere,
}

/// An array or an object around the place.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The bracket that ends it.
    close: u8,
    /// The elements before the place.
    index: usize,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// What is in it is not asked for.
    Beside,
    /// The path leads through it.
    Leading,
    /// It is what the path leads to.
    Wanted,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    /// A value, which the path leads to or not.
    Value { leads: bool },
    /// A member or an element of what is open, which may yet be empty.
    Inner { is_first: bool },
    /// A comma or the end of what is open.
    Behind,
    /// Nothing more.
    Over,
}

impl Elements {
    /// Those of the array that a text is.
    pub fn of_array() -> Self {
        Self {
            path: Vec::new(),
            takes_members: false,
            at: 0,
            next: Next::Value { leads: true },
            open: Vec::new(),
            is_found: false,
        }
    }

    /// Those of the array or the object at a place. Where a name stands twice, the first that
    /// has elements counts.
    pub fn at(place: &Pointer) -> Self {
        Self {
            path: place.tokens().map(String::from).collect(),
            takes_members: true,
            ..Self::of_array()
        }
    }

    /// The next step in the same text. What is wrong with the text shows when it is reached.
    pub fn next(&mut self, text: &str) -> Option<Result<Piece, NoElements>> {
        let start = self.at;
        let piece = Reader::at(text, start, |reader| {
            let mut piece = Ok(None);
            while matches!(piece, Ok(None)) && !matches!(self.next, Next::Over) {
                if reader.at - start > STRIDE {
                    piece = Ok(Some(Piece::Passed));
                    break;
                }
                piece = self.step(reader);
            }
            self.at = reader.at;
            piece
        });
        if piece.is_err() {
            self.next = Next::Over;
        }
        piece.transpose()
    }

    fn step(&mut self, reader: &mut Reader) -> Result<Option<Piece>, NoElements> {
        reader.skip_blanks();
        match self.next {
            Next::Value { leads } => self.value(reader, leads).map(|()| None),
            Next::Inner { is_first } => self.inner(reader, is_first),
            Next::Behind => self.behind(reader).map(|()| None),
            Next::Over => Ok(None),
        }
    }

    /// A value on the way.
    fn value(&mut self, reader: &mut Reader, leads: bool) -> Result<(), NoElements> {
        let close = match reader.peek() {
            Some(b'[') => Some(b']'),
            Some(b'{') => Some(b'}'),
            _ => None,
        };
        let has_elements = close == Some(b']') || (close == Some(b'}') && self.takes_members);
        let is_found =
            leads && has_elements && !self.is_found && self.open.len() == self.path.len();
        let Some(close) = close else {
            reader.value().ok_or(NoElements::Broken)?;
            self.next = Next::Behind;
            return Ok(());
        };
        if self.open.len() == super::MAX_DEPTH {
            return Err(NoElements::Broken);
        }
        reader.at += 1;
        self.is_found |= is_found;
        let role = match (is_found, leads) {
            (true, _) => Role::Wanted,
            (false, true) => Role::Leading,
            (false, false) => Role::Beside,
        };
        self.open.push(Open {
            close,
            index: 0,
            role,
        });
        self.next = Next::Inner { is_first: true };
        Ok(())
    }

    /// A member or an element: a piece if it is asked for.
    fn inner(&mut self, reader: &mut Reader, is_first: bool) -> Result<Option<Piece>, NoElements> {
        let depth = self.open.len();
        let Some(open) = self.open.last().copied() else {
            return Err(NoElements::Broken);
        };
        if is_first && reader.eat(open.close) {
            self.open.pop();
            self.next = Next::Behind;
            return Ok(None);
        }
        let name = match open.close {
            b'}' => {
                let name = reader.name().ok_or(NoElements::Broken)?;
                reader.skip_blanks();
                if !reader.eat(b':') {
                    return Err(NoElements::Broken);
                }
                Some(name)
            }
            _ => None,
        };
        if open.role == Role::Wanted {
            reader.depth = depth;
            let value = reader.value().ok_or(NoElements::Broken)?;
            self.next = Next::Behind;
            return Ok(Some(match name {
                Some(name) => Piece::Member(name, value),
                None => Piece::Element(value),
            }));
        }
        let is_next = |next: &String| match &name {
            Some(name) => **name == **next,
            None => open.index.to_string() == *next,
        };
        let leads = open.role == Role::Leading && self.path.get(depth - 1).is_some_and(is_next);
        self.next = Next::Value { leads };
        Ok(None)
    }

    /// A comma, the end of what is open, or the end of the text.
    fn behind(&mut self, reader: &mut Reader) -> Result<(), NoElements> {
        let Some(open) = self.open.last_mut() else {
            self.next = Next::Over;
            return match reader.peek() {
                Some(_) => Err(NoElements::Broken),
                None if self.is_found => Ok(()),
                None => Err(NoElements::Elsewhere),
            };
        };
        if reader.ends(open.close).ok_or(NoElements::Broken)? {
            self.open.pop();
            return Ok(());
        }
        open.index += 1;
        self.next = Next::Inner { is_first: false };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::MAX_DEPTH;
    use super::*;

    /// All pieces but those that were passed over, as text; the last one may be an error.
    fn all(mut elements: Elements, text: &str) -> String {
        let mut found = Vec::new();
        while let Some(piece) = elements.next(text) {
            found.push(match piece {
                Ok(Piece::Element(value)) => value.to_string(),
                Ok(Piece::Member(name, value)) => format!("{name}={value}"),
                Ok(Piece::Passed) => continue,
                Err(error) => format!("{error:?}"),
            });
        }
        found.join(" ")
    }

    #[test]
    fn elements_of_an_array_come_one_by_one() {
        for (text, expected) in [
            ("[]", ""),
            (" [ ] ", ""),
            ("{\"a\": [1]}", "Elsewhere"),
            ("{\"a\": [1}", "Broken"),
            ("[1]", "1"),
            ("[1, [2, {\"a\": 3}] ,\n\"x\"] \n", "1 [2,{\"a\":3}] \"x\""),
            ("[\"\\ud800\"]", "\"\u{fffd}\""),
            ("", "Broken"),
            ("[", "Broken"),
            ("[1", "1 Broken"),
            ("[1,", "1 Broken"),
            ("[1,]", "1 Broken"),
            ("[,]", "Broken"),
            ("[1] 2", "1 Broken"),
            ("[1 2]", "1 Broken"),
            ("[1,x]", "1 Broken"),
            ("{}", "Elsewhere"),
            ("1", "Elsewhere"),
            ("{", "Broken"),
        ] {
            assert_eq!(all(Elements::of_array(), text), expected, "{text}");
        }
    }

    #[test]
    fn a_path_leads_to_an_array_or_an_object() {
        let text = r#"{"no": {"items": [0]}, "a/b": [true, {"items": [1, "x"], "m": {"k": [2]}}],
            "empty": [], "number": 7, "a/b": [1], "tail": [[{}]],
            "twice": "x", "twice": [1], "twice": [2]}"#;
        for (place, expected) in [
            ("/no/items", "0"),
            ("/a~1b/1/items", "1 \"x\""),
            ("/a~1b/1/m", "k=[2]"),
            ("/a~1b", "true {\"items\":[1,\"x\"],\"m\":{\"k\":[2]}}"),
            ("/empty", ""),
            ("/number", "Elsewhere"),
            ("/twice", "1"),
            ("/a~1b/01/items", "Elsewhere"),
            ("/a~1b/2", "Elsewhere"),
            ("/items", "Elsewhere"),
        ] {
            let elements = Elements::at(&Pointer::parse(place));
            assert_eq!(all(elements, text), expected, "{place}");
        }
    }

    #[test]
    fn what_lies_around_has_to_be_json_too() {
        let all = |text: &str| all(Elements::at(&Pointer::parse("/x")), text);
        for (text, expected) in [
            ("{\"a\": tru, \"x\": [1]}", "Broken"),
            ("{\"a\" 1, \"x\": [1]}", "Broken"),
            ("{\"x\": [1]", "1 Broken"),
            ("{\"x\": [1], \"a\"}", "1 Broken"),
            ("{\"x\": [1], \"a\": [}}", "1 Broken"),
            ("{\"x\": [1]}}", "1 Broken"),
            ("{\"x\": [1]} ", "1"),
            ("{\"a\": 1", "Broken"),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let around = |depth: usize| format!("{{\"a\": {}, \"x\": [1]}}", nested(depth));
        assert_eq!(all(&around(MAX_DEPTH - 1)), "1");
        assert_eq!(all(&around(MAX_DEPTH)), "Broken");
        let inside = |depth: usize| format!("{{\"x\": {}}}", nested(depth));
        assert_ne!(all(&inside(MAX_DEPTH - 1)), "Broken");
        assert_eq!(all(&inside(MAX_DEPTH)), "Broken");
    }

    #[test]
    fn a_long_text_is_passed_over_in_parts() {
        let text = format!("{{\"a\": [{}0], \"x\": [1]}}", "0,".repeat(STRIDE));
        let mut elements = Elements::at(&Pointer::parse("/x"));
        let steps = std::iter::from_fn(|| elements.next(&text));
        let passed = steps.filter(|piece| *piece == Ok(Piece::Passed)).count();
        assert_eq!(passed, 2);
    }
}
