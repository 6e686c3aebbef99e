//! Elements added to a list and taken out of it: between brackets as in JSON, or behind dashes.

use super::{
    blank_before, cut, is_elsewhere, laid_out, line_break, line_end, line_start, next_line_start,
    or_space,
};
use crate::source::json::{Node, Value, on_one_line};
use crate::source::text::{Span, TextEdit};
use crate::source::yaml::write_yaml;

/// Adds an element at the end.
pub fn append(text: &str, list: &Node, value: &Value) -> Option<TextEdit> {
    let items = list.items()?;
    if !is_between_brackets(text, list) {
        return Sequence::of(text, list)?.append(value);
    }
    let start = list.span.start as usize + 1;
    Some(match items.last() {
        None => TextEdit::insert(start, on_one_line(value)),
        Some(last) => {
            let blank = blank_before(text, start, last.span.start as usize);
            let value = laid_out(text, blank, value);
            TextEdit::insert(
                last.span.end as usize,
                format!(",{}{value}", or_space(blank)),
            )
        }
    })
}

/// Takes the element at `index` out; the only one of a list behind dashes stays.
pub fn take_out(text: &str, list: &Node, index: usize) -> Option<TextEdit> {
    let items = list.items()?;
    let own = items.get(index)?.span;
    let before = index.checked_sub(1).and_then(|before| items.get(before));
    let next = items.get(index + 1);
    if !is_between_brackets(text, list) {
        return Sequence::of(text, list)?.take_out(index);
    }
    let span = cut(
        own,
        before.map(|before| before.span),
        next.map(|next| next.span),
    );
    Some(TextEdit::replace(span, ""))
}

fn is_between_brackets(text: &str, list: &Node) -> bool {
    list.span.of(text).starts_with('[')
}

/// A list of YAML whose elements stand behind dashes, a line or several for each.
struct Sequence<'a> {
    text: &'a str,
    items: &'a [Node],
    /// Where the line of each dash begins.
    lines: Vec<usize>,
    /// What stands before each dash.
    indent: &'a str,
}

impl<'a> Sequence<'a> {
    /// Nothing of a list that stands elsewhere, or has elements that do.
    fn of(text: &'a str, list: &'a Node) -> Option<Self> {
        let items = list.items()?;
        if is_elsewhere(text, list) {
            return None;
        }
        let mut lines = Vec::with_capacity(items.len());
        let mut indent = None;
        for item in items {
            let start = item.span.start as usize;
            let line = line_start(text, start);
            let before = text
                .get(line..start)?
                .trim_end_matches(' ')
                .strip_suffix('-')?;
            let is_first = *indent.get_or_insert(before) == before;
            let is_blank = before.chars().all(|char| char == ' ');
            if !is_first || !is_blank || !list.span.contains(item.span) {
                return None;
            }
            if lines.last().is_some_and(|last| *last >= line) {
                return None;
            }
            lines.push(line);
        }
        Some(Self {
            text,
            items,
            lines,
            indent: indent?,
        })
    }

    fn append(&self, value: &Value) -> Option<TextEdit> {
        let line = format!("{}{}", line_break(self.text), self.indent);
        let written = write_yaml(value);
        let written: Vec<&str> = written.trim_end_matches('\n').lines().collect();
        let written = written.join(&format!("{line}  "));
        let at = line_end(self.text, self.items.last()?.span);
        Some(TextEdit::insert(at, format!("{line}- {written}")))
    }

    fn take_out(&self, index: usize) -> Option<TextEdit> {
        if self.items.len() < 2 {
            return None;
        }
        let start = *self.lines.get(index)?;
        let end = match self.lines.get(index + 1) {
            Some(next) => *next,
            None => next_line_start(self.text, line_end(self.text, self.items.get(index)?.span)),
        };
        Some(TextEdit::replace(Span::new(start, end), ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{json, yaml};

    fn list(text: &str) -> Node {
        match text.starts_with('[') {
            true => json::parse(text).root,
            false => yaml::parse(text).root,
        }
    }

    fn done(text: &str, edit: Option<TextEdit>) -> Option<String> {
        edit.map(|edit| edit.apply(text).unwrap())
    }

    #[test]
    fn an_element_is_written_as_its_neighbours() {
        let deep = Value::parse(r#"{"a":["b"],"c":{"d":1}}"#).unwrap();
        for (text, expected) in [
            ("[]", r#"[{ "a": ["b"], "c": { "d": 1 } }]"#),
            ("[1]", r#"[1, { "a": ["b"], "c": { "d": 1 } }]"#),
            (
                "[\n  1\n]",
                "[\n  1,\n  {\n    \"a\": [\"b\"],\n    \"c\": { \"d\": 1 }\n  }\n]",
            ),
            (
                "- 1 # one\n# end\n",
                "- 1 # one\n- a:\n    - b\n  c:\n    d: 1\n# end\n",
            ),
            (
                "  - x: 1\n    y: 2\n  - z: |\n      text\n",
                "  - x: 1\n    y: 2\n  - z: |\n      text\n  - a:\n      - b\n    c:\n      d: 1\n",
            ),
            (
                "- 1\r\n- 2\r\n",
                "- 1\r\n- 2\r\n- a:\r\n    - b\r\n  c:\r\n    d: 1\r\n",
            ),
        ] {
            let edited = done(text, append(text, &list(text), &deep));
            assert_eq!(edited.as_deref(), Some(expected), "{text:?}");
            let before = list(text).to_value();
            let mut before = before.as_array().unwrap().to_vec();
            before.push(deep.clone());
            assert_eq!(list(expected).to_value(), Value::from(before));
        }
    }

    #[test]
    fn an_element_goes_with_its_comma_or_its_lines() {
        for (text, index, expected) in [
            ("[1]", 0, Some("[]")),
            ("[1, 2, 3]", 0, Some("[2, 3]")),
            ("[1, 2, 3]", 2, Some("[1, 2]")),
            ("[\n  1,\n  2\n]", 1, Some("[\n  1\n]")),
            (
                "- 1 # one\n- a: 2\n  b: 3\n- 4\n",
                0,
                Some("- a: 2\n  b: 3\n- 4\n"),
            ),
            (
                "- 1 # one\n- a: 2\n  b: 3\n- 4\n",
                1,
                Some("- 1 # one\n- 4\n"),
            ),
            (
                "- 1 # one\n- a: 2\n  b: 3 # three\n",
                1,
                Some("- 1 # one\n"),
            ),
            ("- 1\n- 2", 1, Some("- 1\n")),
            ("- 1\n", 0, None),
            ("- 1\n", 1, None),
            ("- - 1\n  - 2\n- 3\n", 0, Some("- 3\n")),
        ] {
            let edited = done(text, take_out(text, &list(text), index));
            assert_eq!(edited.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn what_stands_elsewhere_is_left_alone() {
        let text = "a: &x\n  - 1\n  - 2\nb: *x\nc:\n  - *x\n  - 3\nd:\n  -\n    e: 1\n  - 2\n";
        let root = yaml::parse(text).root;
        let one = Value::from(1i64);
        for name in ["b", "d"] {
            let list = root.get(name).unwrap();
            assert_eq!(append(text, list, &one), None, "{name}");
            assert_eq!(take_out(text, list, 0), None, "{name}");
        }
    }
}
