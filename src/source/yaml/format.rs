//! Laying YAML out: blocks are indented by two spaces, blanks at the ends of lines go. Nothing
//! else moves, so that comments, quotes, flow collections and the shape of scalars stay.

use super::parse;
use crate::source::json::{Node, NodeKind};
use crate::source::text::Span;

/// How far a block stands in from the one around it.
const STEP: usize = 2;

/// The text, laid out; nothing if it is broken, or cannot be laid out without a change of what
/// it says.
pub fn format(text: &str) -> Option<String> {
    let read = parse(text);
    if read.errors.iter().any(|error| !error.kind.is_readable()) {
        return None;
    }
    let mut layout = Layout {
        text,
        lines: lines(text),
    };
    layout.node(&read.root, 0);
    let formatted = layout.write()?;
    let again = parse(&formatted);
    let is_same =
        again.errors.len() == read.errors.len() && again.root.to_value() == read.root.to_value();
    is_same.then_some(formatted)
}

/// A line and where it is to begin.
struct Line {
    start: usize,
    /// Blanks before it.
    indent: usize,
    /// How many there are to be, where something begins on this line.
    wanted: Option<usize>,
    /// Whether it is a further line of a scalar.
    is_inside: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let line = |line: &str| {
        let found = Line {
            start,
            indent: line.len() - line.trim_start_matches(' ').len(),
            wanted: None,
            is_inside: false,
        };
        start += line.len();
        found
    };
    text.split_inclusive('\n').map(line).collect()
}

struct Layout<'a> {
    text: &'a str,
    lines: Vec<Line>,
}

impl Layout<'_> {
    /// A node whose block, if it is one, is to stand at a column.
    fn node(&mut self, node: &Node, column: usize) {
        match &node.kind {
            NodeKind::Object(members) if self.is_block(node) => {
                let mut before = None;
                for member in members {
                    let start = member.key.span.start as usize;
                    if !node.span.contains(member.key.span) || !self.begins_line(start) {
                        continue; // merged in from elsewhere, or what a tag stands for
                    }
                    self.want(start, column);
                    self.node(&member.value, self.below(&member.value, start, column));
                    before = Some(self.column(start));
                }
                if let Some(before) = before {
                    self.settle(node.span, before, column);
                }
            }
            NodeKind::Array(items) if self.is_block(node) => {
                for item in items {
                    let start = item.span.start as usize;
                    let Some(dash) = self.dash(start) else {
                        continue;
                    };
                    self.want(dash, column);
                    self.node(
                        item,
                        column + self.column(start).saturating_sub(self.column(dash)),
                    );
                }
            }
            _ => {
                let (first, last) = (node.span.start as usize, node.span.end as usize);
                let (first, last) = (self.line_at(first), self.line_at(last));
                for line in self.lines.get_mut(first + 1..=last).unwrap_or_default() {
                    line.is_inside = true;
                }
            }
        }
    }

    /// Where the block below a name stands: the items of a list may stand right below it.
    fn below(&self, value: &Node, key: usize, column: usize) -> usize {
        let is_flush = value.items().is_some_and(|items| {
            let first = items.first().map(|item| item.span.start as usize);
            let dash = first.and_then(|start| self.dash(start));
            dash.is_some_and(|dash| self.column(dash) == self.column(key))
        });
        column + if is_flush { 0 } else { STEP }
    }

    fn is_block(&self, node: &Node) -> bool {
        let begins = node.span.of(self.text);
        !begins.starts_with(['{', '[', '&', '*', '!'])
    }

    /// Whether nothing but dashes stands before it on its line.
    fn begins_line(&self, at: usize) -> bool {
        let start = self
            .lines
            .get(self.line_at(at))
            .map_or(0, |line| line.start);
        let before = self.text.get(start..at).unwrap_or_default();
        before.chars().all(|char| matches!(char, ' ' | '-'))
    }

    /// The dash before an item.
    fn dash(&self, item: usize) -> Option<usize> {
        let before = self.text.get(..item)?.trim_end();
        before.ends_with('-').then(|| before.len() - 1)
    }

    fn line_at(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|line| line.start <= at);
        next.saturating_sub(1)
    }

    fn column(&self, at: usize) -> usize {
        let start = self
            .lines
            .get(self.line_at(at))
            .map_or(0, |line| line.start);
        at - start
    }

    /// What begins at a place is to stand at a column: its line moves, if it is the first there.
    fn want(&mut self, at: usize, column: usize) {
        let is_first = self.column(at);
        let line = self.line_at(at);
        if let Some(line) = self.lines.get_mut(line)
            && line.indent == is_first
        {
            line.wanted = Some(column);
        }
    }

    /// The text with all lines moved; nothing if one would have to move further than it can.
    fn write(&self) -> Option<String> {
        let mut out = String::with_capacity(self.text.len());
        let mut moved: isize = 0;
        let following = self.following();
        for (index, line) in self.lines.iter().enumerate() {
            let end = self
                .lines
                .get(index + 1)
                .map_or(self.text.len(), |next| next.start);
            let all = self.text.get(line.start..end)?;
            let content = all.trim_end_matches(['\n', '\r']);
            let ending = all.get(content.len()..)?;
            let trimmed = content.trim();
            if let Some(wanted) = line.wanted {
                moved = wanted as isize - line.indent as isize;
            } else if trimmed.starts_with('#') && !line.is_inside {
                // A remark belongs to what follows, if it stands as that does.
                let next = following.get(index).copied().flatten();
                moved = match next.filter(|(indent, _)| *indent == line.indent) {
                    Some((indent, wanted)) => wanted as isize - indent as isize,
                    None => moved.max(-(line.indent as isize)),
                };
            }
            if trimmed.is_empty() {
                out.push_str(if line.is_inside { content } else { "" });
            } else {
                let indent = line.indent.checked_add_signed(moved)?;
                out.extend(std::iter::repeat_n(' ', indent));
                let rest = content.get(line.indent..)?;
                out.push_str(if line.is_inside {
                    rest
                } else {
                    rest.trim_end()
                });
            }
            out.push_str(ending);
        }
        Some(out)
    }

    /// Other lines of a block that begin where its members do, such as `<<: *all`.
    fn settle(&mut self, span: Span, before: usize, column: usize) {
        let (first, last) = (span.start as usize, span.end as usize);
        let (first, last) = (self.line_at(first), self.line_at(last));
        for index in first..=last {
            let is_merge = self.lines.get(index).is_some_and(|line| {
                let begins = self.text.get(line.start + line.indent..);
                line.indent == before && begins.is_some_and(|begins| begins.starts_with("<<:"))
            });
            if let Some(line) = self.lines.get_mut(index).filter(|_| is_merge) {
                line.wanted = Some(column);
            }
        }
    }

    /// For each line how the next one that begins something stands, and is to stand.
    fn following(&self) -> Vec<Option<(usize, usize)>> {
        let mut next = None;
        let lines = self.lines.iter().rev();
        let mut following: Vec<_> = lines
            .map(|line| {
                let after = next;
                if let Some(wanted) = line.wanted {
                    next = Some((line.indent, wanted));
                }
                after
            })
            .collect();
        following.reverse();
        following
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_by_two() {
        for (text, expected) in [
            (
                "# top\nStartAt: A   \nStates:\n    # first\n    A:\n        Type: Pass # why\n        Result:\n            - 1\n            -   x: 2\n                y: [3,\n                    4]\n        End: true\n",
                "# top\nStartAt: A\nStates:\n  # first\n  A:\n    Type: Pass # why\n    Result:\n      - 1\n      -   x: 2\n          y: [3,\n              4]\n    End: true\n",
            ),
            (
                "a:\n- x: 1\n  y: 2\n-\n    z: 3\nb:\n     c: |\n          one\n            two\n\n          three  \n     d: plain\n       goes on\n",
                "a:\n- x: 1\n  y: 2\n-\n    z: 3\nb:\n  c: |\n       one\n         two\n\n       three  \n  d: plain\n    goes on\n",
            ),
            (
                "M:\n   Fn: !Sub |\n      {\"a\": 1}\n   G: &x\n      b: 1\n   H:\n      <<: *x\n      c: 2\n",
                "M:\n  Fn: !Sub |\n     {\"a\": 1}\n  G: &x\n     b: 1\n  H:\n    <<: *x\n    c: 2\n",
            ),
            ("a:\r\n    b: 1  \r\n", "a:\r\n  b: 1\r\n"),
            ("a: {b: 1}\n", "a: {b: 1}\n"),
        ] {
            let formatted = format(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(formatted, expected);
            assert_eq!(format(&formatted).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_broken_stays_as_it_is() {
        for text in ["", "a: [1\nb: 2\n", "a:\n\tb: 1\n"] {
            assert_eq!(format(text), None, "{text}");
        }
    }
}
