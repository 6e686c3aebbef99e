//! Between bytes, lines and UTF-16 units: the one place that converts.

use std::fmt;

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in UTF-16 units, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    /// `line 3, column 14`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Line starts of a text in bytes and in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<LineStart>,
    is_ascii: bool,
    bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LineStart {
    byte: usize,
    utf16: usize,
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![LineStart { byte: 0, utf16: 0 }];
        let is_ascii = text.is_ascii();
        let mut utf16 = 0;
        for (byte, char) in text.char_indices() {
            utf16 += char.len_utf16();
            if char == '\n' {
                starts.push(LineStart {
                    byte: byte + 1,
                    utf16,
                });
            }
        }
        Self {
            starts,
            is_ascii,
            bytes: text.len(),
        }
    }

    /// Number of lines; an empty text has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset in the indexed text.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let (line, start) = self.line_before(|start| start.byte <= byte);
        let column = self.utf16_between(text, start.byte, byte);
        Position {
            line: line as u32 + 1,
            column: column as u32 + 1,
        }
    }

    /// The offset in UTF-16 units of a byte offset in the indexed text.
    pub fn utf16(&self, text: &str, byte: usize) -> usize {
        let (_, start) = self.line_before(|start| start.byte <= byte);
        start.utf16 + self.utf16_between(text, start.byte, byte)
    }

    /// The byte offset of an offset in UTF-16 units; inside a pair it is the pair's start.
    pub fn byte(&self, text: &str, utf16: usize) -> usize {
        if self.is_ascii {
            return utf16.min(self.bytes);
        }
        let (_, start) = self.line_before(|start| start.utf16 <= utf16);
        let mut left = utf16 - start.utf16;
        let mut byte = start.byte;
        for char in text.get(start.byte..).unwrap_or("").chars() {
            if left < char.len_utf16() {
                break;
            }
            left -= char.len_utf16();
            byte += char.len_utf8();
        }
        byte
    }

    fn line_before(&self, is_before: impl Fn(&LineStart) -> bool) -> (usize, LineStart) {
        let line = self.starts.partition_point(is_before).saturating_sub(1);
        (
            line,
            self.starts
                .get(line)
                .copied()
                .unwrap_or(LineStart { byte: 0, utf16: 0 }),
        )
    }

    fn utf16_between(&self, text: &str, start: usize, end: usize) -> usize {
        let end = end.min(self.bytes).max(start);
        if self.is_ascii {
            return end - start;
        }
        let end = (start..=end)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(start);
        text.get(start..end)
            .unwrap_or("")
            .chars()
            .map(char::len_utf16)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_utf16_columns() {
        let text = "a\n𝄞b\r\nü";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 3);
        for (byte, line, column, utf16) in [
            (0, 1, 1, 0),
            (2, 2, 1, 2),
            (6, 2, 3, 4),
            (9, 3, 1, 7),
            (11, 3, 2, 8),
        ] {
            assert_eq!(
                index.position(text, byte),
                Position { line, column },
                "byte {byte}"
            );
            assert_eq!(index.utf16(text, byte), utf16, "byte {byte}");
            assert_eq!(index.byte(text, utf16), byte, "unit {utf16}");
        }
    }

    #[test]
    fn stays_in_the_text() {
        for text in ["", "abc", "ü\n"] {
            let index = LineIndex::new(text);
            assert_eq!(index.byte(text, 99), text.len());
            assert_eq!(index.utf16(text, 99), text.encode_utf16().count());
        }
        assert_eq!(LineIndex::new("ü").utf16("ü", 1), 0);
    }
}
