//! What a cursor is in: a name or a value, where in the tree, and what is typed of it. Texts
//! are mostly broken while somebody types, and this reads them all the same.

use std::sync::Arc;

use super::scene::{MARK, Scene};
use crate::source::json::{Node, NodeKind, Pointer};
use crate::source::text::Span;

/// The place of a cursor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cursor {
    /// The object or array around it, or, for a value, the value's own place.
    pub pointer: Pointer,
    /// Whether it is in a name, or where one is due.
    pub part: Part,
    /// What stands before it of the name or value.
    pub typed: String,
    /// What a choice replaces.
    pub replace: Span,
    /// Whether the replaced bytes stand between quotes.
    pub is_quoted: bool,
    /// Where a comma must be put before, and whether one must follow.
    pub commas: (Option<usize>, bool),
}

/// What a cursor is in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// The name of a member; whether its value is there, and the names beside it.
    Key {
        has_value: bool,
        siblings: Vec<Arc<str>>,
    },
    /// A value.
    Value,
}

/// Reads the place of the cursor; with the tree that its pointer belongs to.
pub(super) fn cursor(scene: &Scene) -> Option<(Cursor, Node)> {
    if scene.is_yaml {
        return in_yaml(scene);
    }
    let cursor = in_json(&scene.root, &scene.text, scene.at)?;
    Some((cursor, scene.root.clone()))
}

fn in_json(root: &Node, text: &str, at: usize) -> Option<Cursor> {
    let mut node = root;
    let mut pointer = Pointer::root();
    if !is_inside(node, text, at) {
        return None;
    }
    loop {
        let found = match &node.kind {
            NodeKind::Object(members) => {
                let of_key = members
                    .iter()
                    .find(|member| in_string(member.key.span, text, at));
                if let Some(member) = of_key {
                    return Some(in_key(node, member.key.span, pointer, text, at));
                }
                let before = members
                    .iter()
                    .rev()
                    .find(|member| member.key.span.end as usize <= at);
                before.map(|member| (pointer.child(&member.key.name), &member.value, true))
            }
            NodeKind::Array(items) => {
                let before = items.iter().enumerate().rev();
                let mut before = before.filter(|(_, item)| item.span.start as usize <= at);
                before
                    .next()
                    .map(|(index, item)| (pointer.index(index), item, false))
            }
            NodeKind::Missing
            | NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Substitution(_) => return None,
        };
        let Some((inner, value, is_member)) = found else {
            return Some(new_entry(node, pointer, text, at, None));
        };
        let is_container = matches!(value.kind, NodeKind::Object(_) | NodeKind::Array(_));
        if is_container && is_inside(value, text, at) {
            (node, pointer) = (value, inner);
            continue;
        }
        if !is_container && (in_string(value.span, text, at) || is_word(value, text, at)) {
            return Some(in_value(value, inner, text, at));
        }
        let between = text.get(value.span.end as usize..at).unwrap_or("");
        let is_due = value.kind == NodeKind::Missing && value.span.is_empty();
        if is_due && is_member && between.trim().is_empty() {
            let before = text.get(..at).unwrap_or("").trim_end();
            return before.ends_with(':').then(|| Cursor {
                pointer: inner,
                part: Part::Value,
                typed: String::new(),
                replace: Span::at(at),
                is_quoted: false,
                commas: (None, is_followed(text, at)),
            });
        }
        if at < value.span.end as usize {
            return None;
        }
        return Some(new_entry(node, pointer, text, at, Some(value)));
    }
}

/// Whether a place is between the brackets of a container, which may never be closed.
fn is_inside(node: &Node, text: &str, at: usize) -> bool {
    let close = match node.kind {
        NodeKind::Object(_) => "}",
        NodeKind::Array(_) => "]",
        _ => return false,
    };
    let own = node.span.of(text);
    let is_closed = own.len() > 1 && own.ends_with(close);
    let end = node.span.end as usize;
    (node.span.start as usize) < at && (!is_closed || at < end)
}

/// Whether a place is between the quotes of a string, which may never be closed.
fn in_string(span: Span, text: &str, at: usize) -> bool {
    let own = span.of(text);
    if !own.starts_with('"') {
        return false;
    }
    let is_closed = own.len() > 1 && own.ends_with('"') && !own.ends_with("\\\"");
    let end = span.end as usize;
    (span.start as usize) < at && (at < end || (at == end && !is_closed))
}

/// Whether a place touches a value without quotes.
fn is_word(node: &Node, text: &str, at: usize) -> bool {
    let own = node.span.of(text);
    !own.is_empty() && !own.starts_with('"') && node.span.touches(at)
}

/// What stands between the quotes of a string.
fn inside(span: Span, text: &str) -> Span {
    let own = span.of(text);
    if !own.starts_with('"') {
        return span;
    }
    let is_closed = own.len() > 1 && own.ends_with('"');
    let end = span.end as usize - usize::from(is_closed);
    Span::new(span.start as usize + 1, end)
}

/// What a choice replaces of a string: all of it, unless it has run into what follows because
/// its quote is missing.
fn replaced(span: Span, text: &str, at: usize) -> Span {
    let inside = inside(span, text);
    let rest = text.get(at..inside.end as usize).unwrap_or("");
    match rest.contains(['{', '}']) {
        true => Span::new(inside.start as usize, at),
        false => inside,
    }
}

fn in_key(object: &Node, span: Span, pointer: Pointer, text: &str, at: usize) -> Cursor {
    let replace = replaced(span, text, at);
    let after = text.get(span.end as usize..).unwrap_or("").trim_start();
    let has_value = after.starts_with(':');
    let members = object.members().unwrap_or_default().iter();
    let others = members.filter(|member| member.key.span != span);
    Cursor {
        pointer,
        part: Part::Key {
            has_value,
            siblings: others.map(|member| member.key.name.clone()).collect(),
        },
        typed: text
            .get(replace.start as usize..at)
            .unwrap_or("")
            .to_owned(),
        replace,
        is_quoted: true,
        commas: (None, !has_value && is_followed(text, span.end as usize)),
    }
}

fn in_value(value: &Node, pointer: Pointer, text: &str, at: usize) -> Cursor {
    let replace = replaced(value.span, text, at);
    Cursor {
        pointer,
        part: Part::Value,
        typed: text
            .get(replace.start as usize..at)
            .unwrap_or("")
            .to_owned(),
        replace,
        is_quoted: value.span.of(text).starts_with('"'),
        commas: (None, false),
    }
}

/// A member or element that is about to be written.
fn new_entry(node: &Node, pointer: Pointer, text: &str, at: usize, last: Option<&Node>) -> Cursor {
    let before = text.get(..at).unwrap_or("");
    let is_part = |char: &char| char.is_alphanumeric() || *char == '_';
    let word: usize = before
        .chars()
        .rev()
        .take_while(is_part)
        .map(char::len_utf8)
        .sum();
    let start = at - word;
    let missing = last.filter(|last| {
        let between = text.get(last.span.end as usize..start).unwrap_or(",");
        !between.contains(',')
    });
    let members = node.members().unwrap_or_default().iter();
    Cursor {
        part: match node.kind {
            NodeKind::Object(_) => Part::Key {
                has_value: false,
                siblings: members.map(|member| member.key.name.clone()).collect(),
            },
            _ => Part::Value,
        },
        pointer: match node.kind {
            NodeKind::Object(_) => pointer,
            _ => pointer.index(node.items().map_or(0, <[_]>::len)),
        },
        typed: text.get(start..at).unwrap_or("").to_owned(),
        replace: Span::new(start, at),
        is_quoted: false,
        commas: (
            missing.map(|last| last.span.end as usize),
            is_followed(text, at),
        ),
    }
}

/// Whether another entry comes next, with no comma before it.
fn is_followed(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("").trim_start();
    rest.starts_with(['"', '{', '['])
}

fn in_yaml(scene: &Scene) -> Option<(Cursor, Node)> {
    let before = scene.line_before();
    let after = scene.line_after();
    let content = before.trim_start_matches(' ');
    let mut content = content;
    while let Some(rest) = content.strip_prefix("- ") {
        content = rest.trim_start_matches(' ');
    }
    if content.starts_with('#') || content == "-" {
        return None;
    }
    let is_open = content.matches('"').count() % 2 == 1;
    let needs_quote = is_open && !after.contains('"');
    let is_key = !is_open && colon(content).is_none();
    let has_colon = is_key && colon(after).is_some();
    let inserted = match (is_key && !has_colon, needs_quote) {
        (true, _) => format!("{MARK}:"),
        (false, true) => format!("{MARK}\""),
        (false, false) => MARK.to_owned(),
    };
    let root = scene.with(&inserted)?;
    let (pointer, found) = find_mark(&root)?;
    let is_part = |char: &char| !char.is_whitespace() && !":,\"'[]{}#".contains(*char);
    let (typed, rest) = match found {
        Found::Key(_) => (
            content.trim_start_matches(['"', '\'']).to_owned(),
            after.chars().take_while(is_part).map(char::len_utf8).sum(),
        ),
        Found::Value(value) => {
            let typed = value.split(MARK).next().unwrap_or("").to_owned();
            // What is spelled in another way than it reads is not completed.
            if !before.ends_with(&typed) {
                return None;
            }
            let rest = value.split(MARK).nth(1).unwrap_or("");
            let rest = if after.starts_with(rest) {
                rest.len()
            } else {
                0
            };
            (typed, rest)
        }
    };
    let start = scene.at - typed.len();
    let quote = scene.text.get(..start).unwrap_or("").chars().next_back();
    let mut cursor = Cursor {
        pointer,
        part: Part::Value,
        replace: Span::new(start, scene.at + rest),
        is_quoted: matches!(quote, Some('"' | '\'')),
        typed,
        commas: (None, false),
    };
    if let Found::Key(siblings) = found {
        cursor.part = Part::Key {
            has_value: has_colon,
            siblings,
        };
    }
    Some((cursor, root))
}

/// Where the colon after a name stands.
fn colon(text: &str) -> Option<usize> {
    if text.ends_with(':') {
        return Some(text.len() - 1);
    }
    text.find(": ")
}

enum Found<'a> {
    Key(Vec<Arc<str>>),
    Value(&'a str),
}

/// The name or text with the mark in it. Trees nest no deeper than
/// [`MAX_DEPTH`](crate::source::json::MAX_DEPTH).
fn find_mark(root: &Node) -> Option<(Pointer, Found<'_>)> {
    fn walk<'a>(node: &'a Node, pointer: &Pointer) -> Option<(Pointer, Found<'a>)> {
        match &node.kind {
            NodeKind::String(text) | NodeKind::Substitution(text) => text
                .contains(MARK)
                .then(|| (pointer.clone(), Found::Value(text))),
            NodeKind::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| walk(item, &pointer.index(index))),
            NodeKind::Object(members) => {
                let is_mark = |name: &Arc<str>| name.contains(MARK);
                if members.iter().any(|member| is_mark(&member.key.name)) {
                    let names = members.iter().map(|member| member.key.name.clone());
                    let siblings = names.filter(|name| !is_mark(name)).collect();
                    return Some((pointer.clone(), Found::Key(siblings)));
                }
                members
                    .iter()
                    .find_map(|member| walk(&member.value, &pointer.child(&member.key.name)))
            }
            NodeKind::Missing | NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) => None,
        }
    }
    walk(root, &Pointer::root())
}
