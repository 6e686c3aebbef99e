//! Text edits that fixes are made of.

use crate::source::json::{Member, Node};
use crate::source::{Span, TextEdit};

/// Takes a member out of an object, with the comma that parts it from its neighbour.
pub(super) fn remove(object: &Node, member: &Member) -> TextEdit {
    let members = object.members().unwrap_or_default();
    let is_it = |other: &Member| other.key.span == member.key.span;
    let at = members.iter().position(is_it).unwrap_or_default();
    let next = members.get(at + 1);
    let before = at.checked_sub(1).and_then(|before| members.get(before));
    let own = member.span();
    let span = match (before, next) {
        (_, Some(next)) => Span {
            end: next.key.span.start,
            ..own
        },
        (Some(before), None) => Span {
            start: before.value.span.end,
            ..own
        },
        (None, None) => own,
    };
    TextEdit::replace(span, "")
}

/// Puts a member before all others of an object, laid out as the first of them is.
pub(super) fn prepend(text: &str, object: &Node, member: &str) -> TextEdit {
    let start = object.span.start as usize + 1;
    match object.members().and_then(<[Member]>::first) {
        None => TextEdit::insert(start, member),
        Some(first) => {
            let first = first.key.span.start as usize;
            let blank = text.get(start..first).unwrap_or(" ");
            TextEdit::insert(first, format!("{member},{blank}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    #[test]
    fn members_are_taken_out_with_their_comma() {
        let text = r#"{"a": 1, "b": 2, "c": 3}"#;
        let root = parse(text).root;
        let without = |index: usize| {
            let members = root.members().unwrap();
            remove(&root, &members[index]).apply(text).unwrap()
        };
        assert_eq!(without(0), r#"{"b": 2, "c": 3}"#);
        assert_eq!(without(1), r#"{"a": 1, "c": 3}"#);
        assert_eq!(without(2), r#"{"a": 1, "b": 2}"#);
        let only = r#"{"a": 1}"#;
        let root = parse(only).root;
        let edit = remove(&root, &root.members().unwrap()[0]);
        assert_eq!(edit.apply(only).unwrap(), "{}");
    }

    #[test]
    fn a_new_member_is_laid_out_as_the_first() {
        for (text, expected) in [
            ("{}", "{\"b\": 2}"),
            ("{\"a\": 1}", "{\"b\": 2,\"a\": 1}"),
            ("{\n  \"a\": 1\n}", "{\n  \"b\": 2,\n  \"a\": 1\n}"),
        ] {
            let root = parse(text).root;
            let edit = prepend(text, &root, "\"b\": 2");
            assert_eq!(edit.apply(text).unwrap(), expected);
        }
    }
}
