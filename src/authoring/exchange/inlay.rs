//! A text inside another one: its bytes, and where each of them stands in the host.

use crate::source::json::write_string;
use crate::source::text::{Replacement, Span, TextEdit};

/// A text that another one holds, escaped, indented, or in several parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inlay {
    text: String,
    /// Beside each other, in the order of the text, without gaps.
    pieces: Vec<Piece>,
}

/// A part of the text that lies in the host in one way.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    /// The first byte in the text.
    at: usize,
    /// How many bytes there.
    len: usize,
    /// The bytes in the host.
    host: Span,
    form: Form,
    spelling: Spelling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Byte for byte.
    Same,
    /// In another spelling.
    Escaped,
    /// As something that no text can take the place of.
    Fixed,
}

/// How the host spells what is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Spelling {
    /// As it is, every line indented by so many spaces.
    Lines(usize),
    /// Escaped as in a JSON string.
    Double,
    /// With doubled quotes.
    Single,
}

impl Inlay {
    /// The string that stands at `span` of `host`, a scalar of JSON or YAML, and is `text`.
    pub fn of_scalar(host: &str, span: Span, text: &str) -> Self {
        let mut inlay = Self::default();
        let read = match host.as_bytes().get(span.start as usize) {
            Some(b'"') => inlay.read_double(host, span, text),
            Some(b'\'') => inlay.read_single(host, span, text),
            Some(b'|') => inlay.read_block(host, span, text),
            _ if span.of(host) == text && !text.contains('\n') => {
                inlay.push(text, span, Form::Same, Spelling::Lines(0));
                Some(())
            }
            _ => None,
        };
        match read.filter(|()| inlay.text == text) {
            Some(()) => inlay,
            None => Self::fixed(span, text),
        }
    }

    /// Lines of the host from `start` to `end`, without the first `indent` bytes of each.
    pub fn of_lines(host: &str, start: usize, end: usize, indent: usize) -> Self {
        let mut inlay = Self::default();
        let mut at = start;
        for line in host.get(start..end).unwrap_or("").split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches(' ').len();
            let skip = blank.min(indent);
            inlay.push_line(line.get(skip..).unwrap_or(""), at + skip, indent);
            at += line.len();
        }
        inlay
    }

    /// A text that stands for what is at `span`.
    pub fn fixed(span: Span, text: &str) -> Self {
        let mut inlay = Self::default();
        inlay.push(text, span, Form::Fixed, Spelling::Lines(0));
        inlay
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts another one behind it.
    pub fn append(&mut self, other: Inlay) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        let moved = other.pieces.into_iter().map(|piece| Piece {
            at: piece.at + by,
            ..piece
        });
        self.pieces.extend(moved);
    }

    /// The bytes of the host that hold the text; empty for an empty one.
    pub fn region(&self) -> Span {
        let spans = self.pieces.iter().map(|piece| piece.host);
        spans.reduce(Span::cover).unwrap_or_default()
    }

    /// Where a range of the text stands in the host.
    pub fn to_host(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, span.end as usize);
        if start == end {
            return Span::at(self.end_in_host(end));
        }
        let from = self.start_in_host(start);
        Span::new(from, self.end_in_host(end).max(from))
    }

    /// Which place of the text stands at a place of the host; nothing outside of it.
    pub fn from_host(&self, offset: usize) -> Option<usize> {
        let piece = self
            .pieces
            .iter()
            .find(|piece| piece.host.touches(offset))?;
        let within = offset - piece.host.start as usize;
        Some(match piece.form {
            Form::Same => piece.at + within,
            Form::Escaped | Form::Fixed if within == 0 => piece.at,
            Form::Escaped | Form::Fixed => piece.at + piece.len,
        })
    }

    /// The edit of the host that an edit of the text comes to; nothing where it would change
    /// what no text can take the place of.
    pub fn edit(&self, edit: &TextEdit) -> Option<TextEdit> {
        let replacements = edit.replacements().iter().map(|replacement| {
            let span = replacement.span;
            let (start, end) = (span.start as usize, span.end as usize);
            let touched = |piece: &&Piece| match start == end {
                true => piece.at <= start && start <= piece.at + piece.len,
                false => piece.at < end && start < piece.at + piece.len,
            };
            let mut pieces = self.pieces.iter().filter(touched);
            let is_fixed = |piece: &&Piece| piece.form == Form::Fixed;
            // Beside what is fixed there may be something that is not.
            let spelling = match start == end {
                true => pieces.find(|piece| !is_fixed(piece)),
                false if pieces.clone().any(|piece| is_fixed(&piece)) => None,
                false => pieces.next(),
            };
            let spelling = &spelling?.spelling;
            Some(Replacement {
                span: self.to_host(span),
                text: spelling.write(&replacement.text),
            })
        });
        TextEdit::new(replacements.collect::<Option<Vec<_>>>()?).ok()
    }

    fn start_in_host(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        else {
            return self.region().start as usize;
        };
        match piece.form {
            Form::Same => piece.host.start as usize + (at - piece.at).min(piece.len),
            Form::Escaped | Form::Fixed if at < piece.at + piece.len => piece.host.start as usize,
            Form::Escaped | Form::Fixed => piece.host.end as usize,
        }
    }

    fn end_in_host(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.at < at);
        let Some(piece) = after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        else {
            return self
                .pieces
                .first()
                .map_or(0, |piece| piece.host.start as usize);
        };
        match piece.form {
            Form::Same => piece.host.start as usize + (at - piece.at).min(piece.len),
            Form::Escaped | Form::Fixed => piece.host.end as usize,
        }
    }

    fn push(&mut self, text: &str, host: Span, form: Form, spelling: Spelling) {
        let at = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && last.form == Form::Same
            && form == Form::Same
            && last.host.end == host.start
        {
            last.len += text.len();
            last.host.end = host.end;
            return;
        }
        self.pieces.push(Piece {
            at,
            len: text.len(),
            host,
            form,
            spelling,
        });
    }

    /// A line and its end; both line ends are one in the text.
    fn push_line(&mut self, line: &str, at: usize, indent: usize) {
        let spelling = || Spelling::Lines(indent);
        let body = line.strip_suffix("\r\n").unwrap_or(line);
        self.push(body, Span::new(at, at + body.len()), Form::Same, spelling());
        if body.len() < line.len() {
            let end = Span::new(at + body.len(), at + line.len());
            self.push("\n", end, Form::Escaped, spelling());
        }
    }

    fn read_double(&mut self, host: &str, span: Span, text: &str) -> Option<()> {
        let raw = span.of(host).strip_prefix('"')?.strip_suffix('"')?;
        let first = span.start as usize + 1;
        let mut decoded = text.chars();
        let mut rest = raw;
        while let Some(char) = rest.chars().next() {
            let at = first + raw.len() - rest.len();
            let len = match char {
                '\\' => escape_len(rest)?,
                char => char.len_utf8(),
            };
            let value = decoded.next()?;
            let form = if char == '\\' {
                Form::Escaped
            } else {
                Form::Same
            };
            if form == Form::Same && value != char {
                return None;
            }
            let mut buffer = [0; 4];
            let host = Span::new(at, at + len);
            self.push(value.encode_utf8(&mut buffer), host, form, Spelling::Double);
            rest = rest.get(len..)?;
        }
        Some(())
    }

    fn read_single(&mut self, host: &str, span: Span, text: &str) -> Option<()> {
        let raw = span.of(host).strip_prefix('\'')?.strip_suffix('\'')?;
        let mut at = span.start as usize + 1;
        for (index, part) in raw.split("''").enumerate() {
            if index > 0 {
                let host = Span::new(at, at + 2);
                self.push("'", host, Form::Escaped, Spelling::Single);
                at += 2;
            }
            let host = Span::new(at, at + part.len());
            self.push(part, host, Form::Same, Spelling::Single);
            at += part.len();
        }
        (self.text == text).then_some(())
    }

    /// A block whose line breaks are kept.
    fn read_block(&mut self, host: &str, span: Span, text: &str) -> Option<()> {
        let start = span.start as usize;
        let rest = host.get(start..)?;
        let header = rest.find('\n')? + 1;
        let mut at = start + header;
        let body = rest.get(header..)?;
        let filled = body.lines().find(|line| !line.trim().is_empty())?;
        let indent = filled.len() - filled.trim_start_matches(' ').len();
        let mut lines = body.split_inclusive('\n');
        for decoded in text.split_inclusive('\n') {
            let line = lines.next()?;
            let blank = line.len() - line.trim_start_matches(' ').len();
            let skip = blank.min(indent);
            let content = line.get(skip..)?;
            let content = match decoded.ends_with('\n') {
                true => content,
                false => content.trim_end_matches(['\n', '\r']),
            };
            self.push_line(content, at + skip, indent);
            at += line.len();
            // The last line has an end in the text, whether it has one in the host or not.
            if decoded.ends_with('\n') && !line.ends_with('\n') {
                let spelling = Spelling::Lines(indent);
                self.push("\n", Span::at(at), Form::Escaped, spelling);
            }
        }
        Some(())
    }
}

impl Spelling {
    fn write(&self, text: &str) -> String {
        match self {
            Spelling::Lines(0) => text.to_owned(),
            Spelling::Lines(indent) => text.replace('\n', &format!("\n{}", " ".repeat(*indent))),
            Spelling::Single => text.replace('\'', "''"),
            Spelling::Double => {
                let mut quoted = String::new();
                // Writing to a string cannot fail.
                let _ = write_string(&mut quoted, text);
                let inner = quoted.get(1..quoted.len().saturating_sub(1));
                inner.unwrap_or_default().to_owned()
            }
        }
    }
}

/// The bytes of the escape that a text begins with; a pair of surrogates is one.
fn escape_len(text: &str) -> Option<usize> {
    let len = match text.as_bytes().get(1)? {
        b'u' => 6,
        b'x' => 4,
        b'U' => 10,
        b'\n' | b'\r' => return None,
        _ => 2,
    };
    let unit = |text: &str| u16::from_str_radix(text.get(2..6)?, 16).ok();
    let is_high = len == 6 && unit(text).is_some_and(|unit| (0xD800..0xDC00).contains(&unit));
    let low = text
        .get(6..)
        .filter(|rest| is_high && rest.starts_with("\\u"));
    let is_pair = low
        .and_then(unit)
        .is_some_and(|unit| (0xDC00..0xE000).contains(&unit));
    Some(if is_pair { 12 } else { len })
}

impl std::fmt::Display for Inlay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json;
    use crate::source::yaml;

    fn inlay(host: &str, is_yaml: bool) -> Inlay {
        let root = match is_yaml {
            true => yaml::parse(host).root,
            false => json::parse(host).root,
        };
        let node = root.get("d").unwrap();
        Inlay::of_scalar(host, node.span, node.as_str().unwrap())
    }

    #[test]
    fn an_edit_of_the_text_is_an_edit_of_the_host() {
        let text = "{\n  \"a\": \"it's\"\n}";
        let hosts = [
            (false, r#"{"d": "{\n  \"a\": \"it's\"\n}"}"#),
            (false, r#"{"d": "{\u000a  \u0022a\": \"it's\"\n}"}"#),
            (true, "d: \"{\\n  \\\"a\\\": \\\"it's\\\"\\n}\"\n"),
            (true, "d: |-\n   {\n     \"a\": \"it's\"\n   }\ne: f\n"),
            (
                true,
                "x:\r\n  d: 1\r\nd: |-\r\n  {\r\n    \"a\": \"it's\"\r\n  }\r\n",
            ),
        ];
        for (is_yaml, host) in hosts {
            let inlay = inlay(host, is_yaml);
            assert_eq!(inlay.text(), text, "{host}");
            for (part, new) in [
                ("it's", "a\nb"),
                ("\"a\"", "\"'q'\""),
                ("\n}", ",\n  \"b\": 1\n}"),
            ] {
                let at = text.find(part).unwrap();
                let edit = TextEdit::replace(Span::new(at, at + part.len()), new);
                let edited = inlay.edit(&edit).unwrap().apply(host).unwrap();
                let expected = edit.apply(text).unwrap();
                let again = super::tests::inlay(&edited, is_yaml);
                assert_eq!(again.text(), expected, "{edited}");
            }
        }
    }

    #[test]
    fn single_quotes_are_doubled() {
        let host = "d: '{\"a\": \"it''s\"}'\n";
        let inlay = inlay(host, true);
        let at = inlay.text().find("it's").unwrap();
        let edit = TextEdit::insert(at + 4, "'s");
        let edited = inlay.edit(&edit).unwrap().apply(host).unwrap();
        assert_eq!(edited, "d: '{\"a\": \"it''s''s\"}'\n");
    }

    #[test]
    fn places_go_both_ways() {
        let host = "d: |\n  [1,\n   \"x\"]\n";
        let inlay = inlay(host, true);
        for (part, in_host) in [("1", "1"), ("\"x\"", "\"x\"")] {
            let at = inlay.text().find(part).unwrap();
            let span = inlay.to_host(Span::new(at, at + part.len()));
            assert_eq!(span.of(host), in_host);
            assert_eq!(inlay.from_host(span.start as usize), Some(at));
        }
        assert_eq!(inlay.from_host(0), None);
    }

    #[test]
    fn what_is_fixed_is_not_edited() {
        let mut inlay = Inlay::fixed(Span::new(0, 5), "${A}");
        assert_eq!(inlay.edit(&TextEdit::replace(Span::new(1, 2), "x")), None);
        inlay.append(Inlay::of_lines("....: rest", 6, 10, 0));
        let edit = inlay.edit(&TextEdit::insert(4, "x")).unwrap();
        assert_eq!(edit.replacements()[0].text, "x");
    }
}
