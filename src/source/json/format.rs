//! JSON text laid out for people, without touching what it says.

use super::{Node, NodeKind, Value, parse};

/// Containers on one line stay there up to this width.
const WIDTH: usize = 80;

/// The text of a tree, every member on a line of its own but for short containers that stood
/// on one line before. Names, strings and numbers keep their spelling; the text must be
/// readable, as what could not be read is not in the tree.
pub fn format(text: &str, root: &Node) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let indent = indent_of(text);
    node(&mut out, text, root, indent, 0);
    out.push('\n');
    out
}

/// A value laid out in a text that is indented by `indent`, where lines begin with `base`.
pub fn lay_out(value: &Value, indent: &str, base: &str) -> String {
    let text = value.to_string();
    let mut out = String::new();
    node(&mut out, &text, &parse(&text).root, indent, 0);
    out.replace('\n', &format!("\n{base}"))
}

/// A value on one line, with spaces where people put them.
pub fn on_one_line(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::new();
    flat(&mut out, &text, &parse(&text).root);
    out
}

/// The indentation that a text uses; two spaces where it has none.
pub fn indent_of(text: &str) -> &str {
    let lines = text.lines().skip(1);
    let indents = lines.map(|line| {
        let content = line.trim_start_matches([' ', '\t']);
        (
            content,
            line.get(..line.len() - content.len()).unwrap_or(""),
        )
    });
    let mut found =
        indents.filter(|(content, indent)| content.starts_with('"') && !indent.is_empty());
    let first = found.next().map_or("  ", |(_, indent)| indent);
    match first.len() {
        _ if first.starts_with('\t') => "\t",
        1..=8 => first,
        _ => "  ",
    }
}

/// Trees nest no deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
fn node(out: &mut String, text: &str, root: &Node, indent: &str, level: usize) {
    match &root.kind {
        NodeKind::Array(items) if items.is_empty() => out.push_str("[]"),
        NodeKind::Object(members) if members.is_empty() => out.push_str("{}"),
        NodeKind::Array(_) | NodeKind::Object(_) if is_short(text, root) => flat(out, text, root),
        NodeKind::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                line(out, index, indent, level + 1);
                node(out, text, item, indent, level + 1);
            }
            end(out, ']', indent, level);
        }
        NodeKind::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                line(out, index, indent, level + 1);
                out.push_str(member.key.span.of(text));
                out.push_str(": ");
                node(out, text, &member.value, indent, level + 1);
            }
            end(out, '}', indent, level);
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => out.push_str(root.span.of(text)),
    }
}

fn line(out: &mut String, index: usize, indent: &str, level: usize) {
    if index > 0 {
        out.push(',');
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(indent, level));
}

fn end(out: &mut String, close: char, indent: &str, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(indent, level));
    out.push(close);
}

/// Whether a container stands on one line and holds nothing deep.
fn is_short(text: &str, root: &Node) -> bool {
    let own = root.span.of(text);
    let is_scalar = |node: &Node| {
        let items = node.items().is_none_or(<[_]>::is_empty);
        items && node.members().is_none_or(<[_]>::is_empty)
    };
    let members = root.members().unwrap_or_default().iter();
    let mut inner = root
        .items()
        .unwrap_or_default()
        .iter()
        .chain(members.map(|member| &member.value));
    own.len() <= WIDTH && !own.contains('\n') && inner.all(is_scalar)
}

fn flat(out: &mut String, text: &str, root: &Node) {
    match &root.kind {
        NodeKind::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                flat(out, text, item);
            }
            out.push(']');
        }
        NodeKind::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { " " });
                out.push_str(member.key.span.of(text));
                out.push_str(": ");
                flat(out, text, &member.value);
            }
            out.push_str(if members.is_empty() { "}" } else { " }" });
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => out.push_str(root.span.of(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_and_keeps_spelling() {
        let text = "{\"a\" :1.50,\"\\u0062\":[1,2 , {\"x\":1}],\n \"c\":{ \"d\":[ ] , \"e\": ${F}},\"g\": [\n1]}";
        let laid = "{\n \"a\": 1.50,\n \"\\u0062\": [\n  1,\n  2,\n  { \"x\": 1 }\n ],\n \"c\": { \"d\": [], \"e\": ${F} },\n \"g\": [\n  1\n ]\n}\n";
        assert_eq!(format(text, &parse(text).root), laid);
        assert_eq!(format(laid, &parse(laid).root), laid);
    }

    #[test]
    fn says_the_same_afterwards() {
        for text in [
            "1",
            "[]",
            "{}",
            "[[[{\"a\":[]}]]]",
            "{\"a\":1,\"a\":2}",
            "\t{\n\t\t\"a\":\t{\"b\":[1,\n2]}}",
        ] {
            let laid = format(text, &parse(text).root);
            assert_eq!(Value::parse(&laid).ok(), Value::parse(text).ok(), "{laid}");
            assert_eq!(format(&laid, &parse(&laid).root), laid);
        }
    }
}
