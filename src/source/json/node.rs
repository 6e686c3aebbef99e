//! The lossless tree: every node knows its bytes.

use std::ops::Range;
use std::sync::Arc;

use super::{Number, Object, Pointer, Value};
use crate::source::text::Span;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The bytes of the node, brackets and quotes included.
    pub span: Span,
    /// What stands there.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Nothing that could be read as a value; an error says why.
    Missing,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, unescaped.
    String(Arc<str>),
    /// A bare `${Name}` in the place of a value, with its marks: deployment tools
    /// put text there before the service sees the definition.
    Substitution(Arc<str>),
    /// An array.
    Array(Vec<Node>),
    /// An object, duplicates and all.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub key: Key,
    /// Its value.
    pub value: Node,
}

/// The name of a member and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The bytes of the name, quotes included.
    pub span: Span,
    /// The name, unescaped.
    pub name: Arc<str>,
}

impl Member {
    /// The bytes from the name to the end of the value.
    pub fn span(&self) -> Span {
        self.key.span.cover(self.value.span)
    }
}

impl Node {
    /// The members of an object.
    pub fn members(&self) -> Option<&[Member]> {
        match &self.kind {
            NodeKind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The string.
    pub fn as_str(&self) -> Option<&Arc<str>> {
        match &self.kind {
            NodeKind::String(string) => Some(string),
            _ => None,
        }
    }

    /// The member `name`; the last one where several bear the name, as JSON readers have it.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members()?
            .iter()
            .rev()
            .find(|member| &*member.key.name == name)
    }

    /// The value of member `name`.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.member(name).map(|member| &member.value)
    }

    /// The node at `pointer`.
    pub fn find(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .tokens()
            .try_fold(self, |node, token| match &node.kind {
                NodeKind::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => node.get(&token),
            })
    }

    /// The pointer of the innermost node at a byte offset; a member's name belongs to its value.
    ///
    /// Of members with one name only the last has a pointer; inside the others it is
    /// that of the object around.
    pub fn pointer_at(&self, offset: usize) -> Pointer {
        let mut pointer = Pointer::root();
        let mut node = self;
        loop {
            let inner = match &node.kind {
                NodeKind::Object(members) => members
                    .iter()
                    .find(|member| member.span().touches(offset))
                    .filter(|member| {
                        let known = node.member(&member.key.name);
                        known.is_some_and(|known| std::ptr::eq(known, *member))
                    })
                    .map(|member| (pointer.child(&member.key.name), &member.value)),
                NodeKind::Array(items) => items
                    .iter()
                    .enumerate()
                    .find(|(_, item)| item.span.touches(offset))
                    .map(|(index, item)| (pointer.index(index), item)),
                _ => None,
            };
            let Some((inner_pointer, inner_node)) = inner else {
                return pointer;
            };
            (pointer, node) = (inner_pointer, inner_node);
        }
    }

    /// The value, with `null` where something is missing and substitutions as strings.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            NodeKind::Missing | NodeKind::Null => Value::Null,
            NodeKind::Bool(bool) => Value::Bool(*bool),
            NodeKind::Number(number) => Value::Number(number.clone()),
            NodeKind::String(string) | NodeKind::Substitution(string) => {
                Value::String(string.clone())
            }
            NodeKind::Array(items) => items.iter().map(Node::to_value).collect(),
            NodeKind::Object(members) => members
                .iter()
                .map(|member| (member.key.name.clone(), member.value.to_value()))
                .collect::<Object>()
                .into(),
        }
    }

    /// The place in the text of a part of the string, given by bytes of what the string says.
    ///
    /// The whole string where the text has it in a way in which parts cannot be told.
    pub fn span_within(&self, text: &str, part: Range<usize>) -> Span {
        let Some(string) = self.as_str() else {
            return self.span;
        };
        let raw = text.get(self.span.range()).unwrap_or_default();
        let start = self.span.start as usize;
        if let Some(at) = raw.find(&**string) {
            return Span::new(start + at + part.start, start + at + part.end);
        }
        match raw.starts_with('"') {
            true => {
                let place = |said: usize| start + written(raw, said);
                Span::new(place(part.start), place(part.end))
            }
            false => self.span,
        }
    }

    /// What the node is, in a word with its article, for messages.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Missing => "nothing",
            NodeKind::Null => "null",
            NodeKind::Bool(_) => "a boolean",
            NodeKind::Number(_) => "a number",
            NodeKind::String(_) => "a string",
            NodeKind::Substitution(_) => "a substitution",
            NodeKind::Array(_) => "an array",
            NodeKind::Object(_) => "an object",
        }
    }
}

/// The byte of a quoted string at which a byte of what it says is written.
fn written(raw: &str, said: usize) -> usize {
    let (mut at, mut count) = (1, 0);
    while count < said {
        let rest = raw.get(at..).unwrap_or_default();
        let Some(char) = rest.chars().next() else {
            break;
        };
        if char != '\\' {
            (at, count) = (at + char.len_utf8(), count + char.len_utf8());
        } else if let Some(unit) = unit(rest) {
            // Two halves of a pair make one character of four bytes.
            let bytes = match unit {
                0..0x80 => 1,
                0x80..0x800 => 2,
                0xD800..0xE000 => 2,
                _ => 3,
            };
            (at, count) = (at + 6, count + bytes);
        } else {
            (at, count) = (at + 2, count + 1);
        }
    }
    at
}

/// The number of an escape such as `\u00e4` at the start of a text.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn parts_of_strings_are_found_behind_escapes() {
        for (text, part, expected) in [
            (r#""{% a + b %}""#, 7..8, "b"),
            (r#""\"a\" & b""#, 6..7, "b"),
            (r#""\u00e4 b""#, 3..4, "b"),
            (r#""\ud83d\ude00 b""#, 5..6, "b"),
            (r#""\u20ac\tb""#, 4..5, "b"),
            (r#""\"ä b""#, 1..3, "ä"),
        ] {
            let node = parse(text).root;
            let said = node.as_str().unwrap();
            assert_eq!(said.get(part.clone()), Some(expected));
            let span = node.span_within(text, part);
            assert_eq!(text.get(span.range()), Some(expected), "{text}");
        }
    }
}
