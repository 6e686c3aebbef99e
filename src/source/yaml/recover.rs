//! A broken text, entry by entry.
//!
//! People indent YAML rightly even where it is wrong. So a block that cannot be read is cut
//! at the lines that stand furthest left, each entry is read alone, and what is inside a
//! broken one is cut again.

use super::{Yaml, YamlError, YamlErrorKind, build, missing};
use crate::source::json::{Key, Member, Node, NodeKind};
use crate::source::text::Span;

/// Levels that are cut; what is deeper is read as it is.
const MAX_CUTS: usize = 64;
/// Errors that are told: what is no YAML at all has one in every line.
const MAX_ERRORS: usize = 20;

/// Reads what can be read of a text whose tree as a `whole` ends at an error.
pub(super) fn recover(text: &str, whole: Yaml) -> Yaml {
    let mut errors = Vec::new();
    let root = block(text, 0, 0, &mut errors);
    if errors.is_empty() || root.kind == NodeKind::Missing {
        // Nothing to cut, or every entry is right and only the whole is not.
        let root = match root.kind {
            NodeKind::Missing => whole.root,
            _ => root,
        };
        let errors = whole.errors;
        return Yaml { root, errors };
    }
    Yaml { root, errors }
}

/// The tree of a part of the text that begins at `base`.
fn block(text: &str, base: usize, depth: usize, errors: &mut Vec<YamlError>) -> Node {
    let Yaml { root, errors: own } = build::build(text, base);
    let Some(fault) = own.iter().find(|error| !error.kind.is_readable()).cloned() else {
        errors.extend(own);
        return root;
    };
    let entries = if depth < MAX_CUTS {
        cut(text)
    } else {
        Vec::new()
    };
    let mut node = match entries.first() {
        None => {
            record(fault, errors);
            return missing(base);
        }
        Some(Entry { is_item: true, .. }) => sequence(text, base, depth, entries, errors),
        Some(Entry { is_item: false, .. }) => mapping(text, base, depth, entries, errors),
    };
    let first = text.len() - text.trim_start().len();
    node.span = Span::new(base + first, base + text.trim_end().len());
    node
}

fn record(error: YamlError, errors: &mut Vec<YamlError>) {
    let is_new = errors.iter().all(|other| other.span != error.span);
    if is_new
        && errors.len() < MAX_ERRORS
        && !error.kind.is_anchor()
        && error.kind != YamlErrorKind::Empty
    {
        errors.push(error);
    }
}

/// A line at the left border of a block and those below it.
struct Entry {
    start: usize,
    end: usize,
    indent: usize,
    /// Whether it begins with the dash of a sequence.
    is_item: bool,
}

fn cut(text: &str) -> Vec<Entry> {
    let mut border = usize::MAX;
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start_matches(' ');
        let trimmed = content.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') || trimmed == "---" {
            continue;
        }
        let indent = line.len() - content.len();
        border = border.min(indent);
        let is_item = trimmed == "-" || trimmed.starts_with("- ");
        lines.push((start, indent, is_item, is_item || colon(trimmed).is_some()));
    }
    let mut entries: Vec<Entry> = Vec::new();
    let is_sequence = lines
        .iter()
        .find(|(_, indent, _, begins)| *indent == border && *begins)
        .is_some_and(|(_, _, is_item, _)| *is_item);
    for (start, indent, is_item, begins) in lines {
        // What continues a value may stand at the border too.
        if indent != border || !begins || is_item != is_sequence {
            continue;
        }
        if let Some(last) = entries.last_mut() {
            last.end = start;
        }
        entries.push(Entry {
            start,
            end: text.len(),
            indent,
            is_item,
        });
    }
    entries
}

fn sequence(
    text: &str,
    base: usize,
    depth: usize,
    entries: Vec<Entry>,
    errors: &mut Vec<YamlError>,
) -> Node {
    let items = entries.into_iter().map(|entry| {
        // A space in the dash's place leaves everything else where it is.
        let own = text.get(entry.start..entry.end).unwrap_or("");
        let inner = own.replacen('-', " ", 1);
        let at = base + entry.start;
        let alone = build::build(own, at);
        if alone.errors.iter().all(|error| error.kind.is_readable())
            && let NodeKind::Array(items) = alone.root.kind
            && let Some(item) = items.into_iter().next()
        {
            errors.extend(alone.errors);
            return item;
        }
        block(&inner, at, depth + 1, errors)
    });
    let items = items.collect();
    Node {
        span: Span::at(base),
        kind: NodeKind::Array(items),
    }
}

fn mapping(
    text: &str,
    base: usize,
    depth: usize,
    entries: Vec<Entry>,
    errors: &mut Vec<YamlError>,
) -> Node {
    let mut members: Vec<Member> = Vec::new();
    for entry in entries {
        let own = text.get(entry.start..entry.end).unwrap_or("");
        let at = base + entry.start;
        let alone = build::build(own, at);
        let fault = alone.errors.iter().find(|error| !error.kind.is_readable());
        let Some(fault) = fault.cloned() else {
            errors.extend(alone.errors);
            if let NodeKind::Object(inner) = alone.root.kind {
                members.extend(inner);
            }
            continue;
        };
        let line = own.lines().next().unwrap_or("");
        let Some(colon) = colon(line) else { continue };
        let name = line.get(entry.indent..colon).unwrap_or("").trim_end();
        let start = at + entry.indent;
        let key = Key {
            span: Span::new(start, start + name.len()),
            name: unquoted(name).into(),
        };
        let rest = line.get(colon + 1..).unwrap_or("").trim();
        let below = own.get(line.len()..).unwrap_or("");
        let is_nested = (rest.is_empty() || rest.starts_with('#')) && !below.trim().is_empty();
        let value = if is_nested {
            block(below, at + line.len(), depth + 1, errors)
        } else {
            record(fault, errors);
            missing(at + colon + 1)
        };
        members.push(Member { key, value });
    }
    Node {
        span: Span::at(base),
        kind: NodeKind::Object(members),
    }
}

/// Where the colon after a member's name stands in its line.
fn colon(line: &str) -> Option<usize> {
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let quote = content
        .chars()
        .next()
        .filter(|char| matches!(char, '"' | '\''));
    let from = match quote {
        None => 0,
        Some(quote) => content.get(1..)?.find(quote)? + 2,
    };
    let rest = content.get(from..)?;
    let is_end = |at: usize| {
        let after = rest.as_bytes().get(at + 1);
        after.is_none_or(|byte| byte.is_ascii_whitespace())
    };
    let mut colons = rest.match_indices(':').map(|(at, _)| at);
    let at = colons.find(|at| is_end(*at))?;
    // A comment holds no name.
    (!rest.get(..at)?.contains(" #")).then_some(indent + from + at)
}

fn unquoted(name: &str) -> &str {
    let inner = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(name)
}
