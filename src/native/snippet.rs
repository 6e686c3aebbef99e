//! The line a problem stands on, with a mark below it, safe to print.

use crate::source::Span;

/// Characters of a line that are shown; a minified definition is one line of thousands.
const WIDTH: usize = 100;
/// Characters shown before the problem on a line that is longer.
const BEFORE: usize = 40;

/// The part of a line that holds a problem, and what marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The text.
    pub line: String,
    /// Blanks and carets, to stand below it.
    pub mark: String,
}

/// The line on which `span` begins.
pub fn snippet(text: &str, span: Span) -> Snippet {
    let start = text.floor_char_boundary(span.start as usize);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(start..).unwrap_or_default();
    let head = before.rsplit('\n').next().unwrap_or_default();
    let tail = after.split('\n').next().unwrap_or_default();
    let tail = tail.strip_suffix('\r').unwrap_or(tail);
    let end = text.floor_char_boundary(span.end as usize);
    let marked = text.get(start..end).unwrap_or_default();
    let marked = marked.split(['\n', '\r']).next().unwrap_or_default();

    let (head_len, tail_len) = (head.chars().count(), tail.chars().count());
    let is_long = head_len + tail_len > WIDTH;
    let skipped = if is_long {
        head_len.saturating_sub(BEFORE)
    } else {
        0
    };
    let shown = head.chars().skip(skipped).chain(tail.chars());
    let mut line: String = if skipped > 0 { "…" } else { "" }.to_owned();
    line.extend(shown.take(WIDTH).map(visible));
    if is_long && head_len - skipped + tail_len > WIDTH {
        line.push('…');
    }
    let blanks = head_len - skipped + usize::from(skipped > 0);
    let room = WIDTH.saturating_sub(head_len - skipped).max(1);
    let carets = marked.chars().count().clamp(1, room);
    Snippet {
        line,
        mark: " ".repeat(blanks) + &"^".repeat(carets),
    }
}

/// A sentence for a terminal: what could move the cursor or break the line is escaped.
pub fn printable(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for char in sentence.chars() {
        if is_harmful(char) {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out
}

fn visible(char: char) -> char {
    match char {
        '\t' => ' ',
        char if is_harmful(char) => '\u{FFFD}',
        char => char,
    }
}

/// Control characters, and marks that turn the direction of what follows.
fn is_harmful(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, start: usize, end: usize) -> (String, String) {
        let snippet = snippet(text, Span::new(start, end));
        (snippet.line, snippet.mark)
    }

    #[test]
    fn marks_the_place() {
        let text = "{\n\t\"ü\": x,\r\n}";
        let at = text.find('x').unwrap();
        assert_eq!(
            of(text, at, at + 1),
            (" \"ü\": x,".into(), "      ^".into())
        );
        assert_eq!(of(text, 0, text.len()), ("{".into(), "^".into()));
        assert_eq!(of("", 0, 0), (String::new(), "^".into()));
        assert_eq!(of("a", 7, 9), ("a".into(), " ^".into()));
    }

    #[test]
    fn cuts_long_lines_around_the_place() {
        let text = "a".repeat(500) + "!" + &"b".repeat(500);
        let (line, mark) = of(&text, 500, 501);
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert_eq!(line.chars().count(), WIDTH + 2);
        assert_eq!(line.chars().nth(mark.chars().count() - 1), Some('!'));
        let (line, mark) = of(&text, 0, 1001);
        assert_eq!((line.chars().count(), mark.len()), (WIDTH + 1, WIDTH));
    }

    #[test]
    fn keeps_terminals_safe() {
        assert_eq!(printable("a\u{1b}[2Jü\n"), "a\\u{1b}[2Jü\\u{a}");
        assert_eq!(of("a\u{1b}[2J", 0, 1).0, "a\u{FFFD}[2J");
    }
}
