//! Structural edits: members put in, taken out, named and set, elements added and taken out, in
//! the text's own style.
//!
//! An object between braces is edited as JSON is, which YAML has as well; one without them is
//! a block of YAML, a line for each member. What cannot be edited where it stands, such as
//! what an alias of YAML repeats, gives no edit.

mod list;

pub use list::{append, take_out};

use crate::source::json::{Member, Node, Value, indent_of, lay_out, on_one_line};
use crate::source::text::{Span, TextEdit};
use crate::source::yaml::{is_plain, write_yaml};

/// Puts a member before the one at `index`; behind all others where there are not so many.
pub fn insert(
    text: &str,
    object: &Node,
    index: usize,
    name: &str,
    value: &Value,
) -> Option<TextEdit> {
    let members = object.members()?;
    if !is_between_braces(text, object) {
        return Block::of(text, object)?.insert(index, name, value);
    }
    let key = Value::from(name).to_string();
    let start = object.span.start as usize + 1;
    let Some(neighbour) = members.get(index).or(members.last()) else {
        let member = format!("{key}: {}", on_one_line(value));
        return Some(TextEdit::insert(start, member));
    };
    let key_start = neighbour.key.span.start as usize;
    let blank = blank_before(text, start, key_start);
    let value = laid_out(text, blank, value);
    Some(match index < members.len() {
        true => TextEdit::insert(key_start, format!("{key}: {value},{}", or_space(blank))),
        false => {
            let end = neighbour.value.span.end as usize;
            TextEdit::insert(end, format!(",{}{key}: {value}", or_space(blank)))
        }
    })
}

/// Puts a member behind another; behind all where that is not there.
pub fn insert_behind(
    text: &str,
    object: &Node,
    other: &str,
    name: &str,
    value: &Value,
) -> Option<TextEdit> {
    let mut members = object.members()?.iter();
    let at = members.position(|member| &*member.key.name == other);
    insert(
        text,
        object,
        at.map_or(usize::MAX, |at| at + 1),
        name,
        value,
    )
}

/// Puts another value in the place of a member's.
pub fn replace(text: &str, object: &Node, member: &Member, value: &Value) -> Option<TextEdit> {
    let own = member.value.span;
    if !is_between_braces(text, object) {
        return Block::of(text, object)?.replace(member, value);
    }
    let start = object.span.start as usize + 1;
    let blank = blank_before(text, start, member.key.span.start as usize);
    let value = laid_out(text, blank, value);
    Some(TextEdit::replace(own, value))
}

/// Takes a member out.
pub fn remove(text: &str, object: &Node, member: &Member) -> Option<TextEdit> {
    let members = object.members()?;
    let is_it = |other: &Member| other.key.span == member.key.span;
    let at = members.iter().position(is_it)?;
    if !is_between_braces(text, object) {
        return Block::of(text, object)?.remove(at);
    }
    let next = members.get(at + 1);
    let before = at.checked_sub(1).and_then(|before| members.get(before));
    let span = cut(
        member.span(),
        before.map(|before| before.value.span),
        next.map(|next| next.key.span),
    );
    Some(TextEdit::replace(span, ""))
}

/// What to cut so that what stands between braces or brackets loses one and the comma of it.
fn cut(own: Span, before: Option<Span>, next: Option<Span>) -> Span {
    match (before, next) {
        (_, Some(next)) => Span::new(own.start as usize, next.start as usize),
        (Some(before), None) => Span::new(before.end as usize, own.end as usize),
        (None, None) => own,
    }
}

/// Gives a member another name.
pub fn rename(text: &str, member: &Member, name: &str) -> TextEdit {
    TextEdit::replace(member.key.span, scalar(text, member.key.span, name))
}

/// Puts a scalar in the place of a value.
pub fn set(text: &str, node: &Node, word: &str) -> TextEdit {
    TextEdit::replace(node.span, scalar(text, node.span, word))
}

/// A word as it is written where a scalar stands: without quotes where that one has none.
fn scalar(text: &str, place: Span, word: &str) -> String {
    let is_bare =
        matches!(place.of(text).as_bytes().first(), Some(first) if first.is_ascii_alphabetic());
    match is_bare && is_plain(word) {
        true => word.to_owned(),
        false => Value::from(word).to_string(),
    }
}

fn is_between_braces(text: &str, object: &Node) -> bool {
    object.span.of(text).starts_with('{')
}

/// The white space before a position, as far as `from`.
fn blank_before(text: &str, from: usize, to: usize) -> &str {
    let before = text.get(from..to).unwrap_or_default();
    let kept = before.trim_end_matches([' ', '\t', '\n', '\r']).len();
    before.get(kept..).unwrap_or_default()
}

/// A value as it is written behind such white space: on lines of its own where its neighbours are.
fn laid_out(text: &str, blank: &str, value: &Value) -> String {
    match blank.rsplit_once('\n') {
        Some((_, base)) => lay_out(value, indent_of(text), base),
        None => on_one_line(value),
    }
}

fn or_space(blank: &str) -> &str {
    if blank.is_empty() { " " } else { blank }
}

/// A block of YAML: an object whose members stand on lines of their own.
struct Block<'a> {
    text: &'a str,
    span: Span,
    members: &'a [Member],
    /// What stands before each name but the first, which may stand behind a dash.
    indent: String,
}

impl<'a> Block<'a> {
    /// Nothing of an object that stands elsewhere, or has members that do.
    fn of(text: &'a str, object: &'a Node) -> Option<Self> {
        let members = object.members()?;
        let first = members.first()?;
        let start = first.key.span.start as usize;
        let line = text.get(line_start(text, start)..start)?;
        let is_own = |member: &Member| object.span.contains(member.key.span);
        let mut pairs = members.iter().zip(members.iter().skip(1));
        let is_in_order = pairs.all(|(a, b)| a.span().end < b.key.span.start);
        if is_elsewhere(text, object)
            || !line.chars().all(|char| matches!(char, ' ' | '-'))
            || !members.iter().all(is_own)
            || !is_in_order
        {
            return None;
        }
        Some(Self {
            text,
            span: object.span,
            members,
            indent: " ".repeat(line.len()),
        })
    }

    /// A member, without the indentation of its first line.
    fn written(&self, name: &str, value: &Value) -> String {
        let written = write_yaml(&Value::from([(name, value.clone())]));
        let lines: Vec<&str> = written.trim_end_matches('\n').lines().collect();
        lines.join(&self.next_line())
    }

    fn next_line(&self) -> String {
        format!("{}{}", line_break(self.text), self.indent)
    }

    fn replace(&self, member: &Member, value: &Value) -> Option<TextEdit> {
        let written = self.written(&member.key.name, value);
        let span = member.span();
        // A remark behind the value stays, unless it would become a part of several lines.
        let end = match written.contains('\n') {
            true => line_end(self.text, member.span()),
            false => (span.end as usize).max(member.key.span.end as usize),
        };
        let rest = self.text.get(end..)?;
        let colon = match rest.trim_start_matches(' ').strip_prefix(':') {
            // Nothing stood behind the name but this.
            Some(after) if member.value.span.is_empty() => rest.len() - after.len(),
            _ => 0,
        };
        let span = Span::new(span.start as usize, end + colon);
        Some(TextEdit::replace(span, written))
    }

    fn insert(&self, index: usize, name: &str, value: &Value) -> Option<TextEdit> {
        let broken = self.next_line();
        let member = self.written(name, value);
        Some(match self.members.get(index) {
            Some(next) => {
                TextEdit::insert(next.key.span.start as usize, format!("{member}{broken}"))
            }
            None => {
                let at = line_end(self.text, self.members.last()?.span());
                TextEdit::insert(at, format!("{broken}{member}"))
            }
        })
    }

    fn remove(&self, at: usize) -> Option<TextEdit> {
        let member = self.members.get(at)?;
        let start = member.key.span.start as usize;
        let end = line_end(self.text, member.span());
        let next = self.members.get(at + 1);
        Some(match (at, next) {
            (0, None) => {
                let end = (self.span.end as usize).min(end).max(start);
                TextEdit::replace(Span::new(start, end), "{}")
            }
            // What stands before the first name stays, and the second takes its place.
            (0, Some(next)) => {
                TextEdit::replace(Span::new(start, next.key.span.start as usize), "")
            }
            _ => {
                let start = line_start(self.text, start);
                let end = next_line_start(self.text, end);
                TextEdit::replace(Span::new(start, end), "")
            }
        })
    }
}

/// Whether a value of YAML is repeated from elsewhere, or begins with what is no value.
fn is_elsewhere(text: &str, node: &Node) -> bool {
    node.span.of(text).starts_with(['*', '!', '&'])
}

/// Where the line ends that a member or an element ends in, comments included.
fn line_end(text: &str, span: Span) -> usize {
    let last = span.end as usize;
    let rest = text.get(last..).unwrap_or_default();
    let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
    last + line.strip_suffix('\r').unwrap_or(line).len()
}

fn line_break(text: &str) -> &'static str {
    match text.contains("\r\n") {
        true => "\r\n",
        false => "\n",
    }
}

/// Where the line behind a place begins.
fn next_line_start(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::{self, Object};
    use crate::source::yaml;

    fn root(text: &str) -> Node {
        match text.starts_with('{') {
            true => json::parse(text).root,
            false => yaml::parse(text).root,
        }
    }

    #[test]
    fn a_member_is_laid_out_as_its_neighbours() {
        let three = Value::from(3i64);
        let deep = Value::parse(r#"{"x":[1,{"k":{"z":2}}]}"#).unwrap();
        for (text, index, value, expected) in [
            ("{}", 0, &three, "{\"m\": 3}"),
            ("{\"a\": 1}", 0, &three, "{\"m\": 3, \"a\": 1}"),
            (
                "{\"a\":1,\"b\":2}",
                1,
                &three,
                "{\"a\":1,\"m\": 3, \"b\":2}",
            ),
            ("{ \"a\": 1 }", 9, &three, "{ \"a\": 1, \"m\": 3 }"),
            (
                "{\n\t\"a\": 1\n}",
                0,
                &three,
                "{\n\t\"m\": 3,\n\t\"a\": 1\n}",
            ),
            (
                "{\n  \"a\": 1\n}",
                1,
                &three,
                "{\n  \"a\": 1,\n  \"m\": 3\n}",
            ),
            (
                "{\n   \"a\": 1\n}",
                1,
                &deep,
                "{\n   \"a\": 1,\n   \"m\": {\n      \"x\": [\n         1,\n         {\n            \"k\": { \"z\": 2 }\n         }\n      ]\n   }\n}",
            ),
            ("a: 1\n", 0, &three, "m: 3\na: 1\n"),
            (
                "a: 1 # one\n# end\n",
                1,
                &three,
                "a: 1 # one\nm: 3\n# end\n",
            ),
            (
                "a: 1",
                1,
                &deep,
                "a: 1\nm:\n  x:\n    - 1\n    - k:\n        z: 2",
            ),
            ("a:\n", 1, &three, "a:\nm: 3\n"),
            ("a: |\n  text\n\n", 1, &three, "a: |\n  text\nm: 3\n\n"),
            (
                "a: 1\r\nb: 2\r\n",
                1,
                &deep,
                "a: 1\r\nm:\r\n  x:\r\n    - 1\r\n    - k:\r\n        z: 2\r\nb: 2\r\n",
            ),
        ] {
            let edit = insert(text, &root(text), index, "m", value).unwrap();
            assert_eq!(edit.apply(text).unwrap(), expected);
        }
    }

    #[test]
    fn members_are_taken_out_with_what_parts_them() {
        for (text, name, expected) in [
            (
                "{\"a\": 1, \"b\": 2, \"c\": 3}",
                "a",
                "{\"b\": 2, \"c\": 3}",
            ),
            (
                "{\"a\": 1, \"b\": 2, \"c\": 3}",
                "b",
                "{\"a\": 1, \"c\": 3}",
            ),
            (
                "{\"a\": 1, \"b\": 2, \"c\": 3}",
                "c",
                "{\"a\": 1, \"b\": 2}",
            ),
            ("{\"a\": 1}", "a", "{}"),
            (
                "a: 1\nb:\n  x: 1\n  y: 2 # two\nc: 3\n",
                "b",
                "a: 1\nc: 3\n",
            ),
            ("a: 1\nb: 2\n", "b", "a: 1\n"),
            ("a: 1\nb: 2", "b", "a: 1\n"),
            ("a: 1\nb: 2\n", "a", "b: 2\n"),
            ("a: 1\n", "a", "{}\n"),
        ] {
            let root = root(text);
            let edit = remove(text, &root, root.member(name).unwrap()).unwrap();
            assert_eq!(edit.apply(text).unwrap(), expected);
        }
    }

    #[test]
    fn words_keep_their_quotes_or_have_none() {
        for (text, expected) in [
            ("{\"a\": \"b\"}", "{\"new name\": \"A: b\"}"),
            ("a: b\n", "new name: \"A: b\"\n"),
            ("'a': \"b\"\n", "\"new name\": \"A: b\"\n"),
        ] {
            let root = root(text);
            let member = root.member("a").unwrap();
            let named = rename(text, member, "new name");
            let all = [named, set(text, &member.value, "A: b")];
            let all = all.iter().flat_map(|edit| edit.replacements().to_vec());
            let edit = TextEdit::new(all.collect()).unwrap();
            assert_eq!(edit.apply(text).unwrap(), expected);
        }
    }

    /// Every object of some texts, at every place: what is read afterwards is what is meant.
    #[test]
    fn what_is_edited_is_read_as_meant() {
        let texts = [
            "{\"a\": {\"b\": [1, {\"c\": {}}, {\"d\": 1, \"e\": [ ]}]}, \"f\": \"g\"}",
            "{\n  \"a\": {\n    \"b\": [\n      { \"c\": 1 }\n    ]\n  },\n  \"d\": null\n}\n",
            "a:\n  b:\n    - c: 1\n      d: two words\n    - - e: {f: 1, g: [h]}\n        i:\n  j: |\n    text\n\n    more\nk:\n- l: >-\n    folded\n    text\n  m: 'quoted'\n\n# at the end\n",
            "# first\n  a: 1\n  b:\n      c: 2\n      d:\n        - e\n        - f\n",
        ];
        let mut edits = 0;
        for text in texts {
            let tree = root(text);
            let mut pointers = vec![json::Pointer::root()];
            while let Some(pointer) = pointers.pop() {
                let node = tree.find(&pointer).unwrap();
                let items = node.items().unwrap_or_default().len();
                pointers.extend((0..items).map(|index| pointer.index(index)));
                let Some(members) = node.members() else {
                    continue;
                };
                pointers.extend(members.iter().map(|member| pointer.child(&member.key.name)));
                let old = node.to_value();
                let check = |edit: TextEdit, expected: Object| {
                    let edited = edit.apply(text).unwrap();
                    let found = root(&edited);
                    let found = found.find(&pointer).map(Node::to_value);
                    assert_eq!(found, Some(Value::from(expected)), "{edited}");
                };
                for value in ["1", "\"a: b\"", "{\"x\":[{\"y\":1}],\"z\":{}}"] {
                    let value = Value::parse(value).unwrap();
                    for index in 0..=members.len() {
                        let mut expected = old.as_object().unwrap().clone();
                        expected.insert("new name", value.clone());
                        check(
                            insert(text, node, index, "new name", &value).unwrap(),
                            expected,
                        );
                        edits += 1;
                    }
                }
                for member in members {
                    let mut expected = old.as_object().unwrap().clone();
                    expected.remove(&member.key.name);
                    check(remove(text, node, member).unwrap(), expected);
                    edits += 1;
                }
            }
        }
        assert!(edits > 100, "{edits}");
    }

    #[test]
    fn what_stands_elsewhere_is_left_alone() {
        let text = "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\nf: !Ref g\n";
        let root = root(text);
        let one = Value::from(1i64);
        for name in ["c", "f"] {
            assert_eq!(
                insert(text, root.get(name).unwrap(), 0, "n", &one),
                None,
                "{name}"
            );
        }
        let merged = root.get("d").unwrap();
        assert_eq!(remove(text, merged, merged.member("b").unwrap()), None);
    }
}
