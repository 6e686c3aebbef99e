//! Between bytes, characters, lines and UTF-16 units: the one place that converts.

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

/// Line starts of a text, and places in bytes, characters and UTF-16 units to count on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// The first place and one in every [`STRIDE`] bytes; only the first of an ASCII text.
    marks: Vec<Mark>,
    is_ascii: bool,
    bytes: usize,
}

/// Bytes between two marks: a line may be the whole text, and nobody counts from its start.
const STRIDE: usize = 512;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    byte: usize,
    char: usize,
    utf16: usize,
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let is_ascii = text.is_ascii();
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        let mut marks = vec![Mark::default()];
        if !is_ascii {
            let (mut utf16, mut next) = (0, STRIDE);
            for (count, (byte, char)) in text.char_indices().enumerate() {
                if byte >= next {
                    marks.push(Mark {
                        byte,
                        char: count,
                        utf16,
                    });
                    next = byte + STRIDE;
                }
                utf16 += char.len_utf16();
            }
        }
        Self {
            starts: starts.collect(),
            marks,
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
        let line = self.starts.partition_point(|start| *start <= byte);
        let line = line.saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let column = self.utf16(text, byte) - self.utf16(text, start);
        Position {
            line: line as u32 + 1,
            column: column as u32 + 1,
        }
    }

    /// The offset in UTF-16 units of a byte offset in the indexed text; inside a character
    /// it is that of its start.
    pub fn utf16(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(self.bytes);
        if self.is_ascii {
            return byte;
        }
        let mark = self.mark_before(|mark| mark.byte <= byte);
        let end = (mark.byte..=byte)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(mark.byte);
        let between = text.get(mark.byte..end).unwrap_or("").chars();
        mark.utf16 + between.map(char::len_utf16).sum::<usize>()
    }

    /// The byte offset of an offset in UTF-16 units; inside a pair it is the pair's start.
    pub fn byte(&self, text: &str, utf16: usize) -> usize {
        if self.is_ascii {
            return utf16.min(self.bytes);
        }
        let mark = self.mark_before(|mark| mark.utf16 <= utf16);
        let mut left = utf16 - mark.utf16;
        let mut byte = mark.byte;
        for char in text.get(mark.byte..).unwrap_or("").chars() {
            if left < char.len_utf16() {
                break;
            }
            left -= char.len_utf16();
            byte += char.len_utf8();
        }
        byte
    }

    /// The byte offset of an offset in characters.
    pub fn byte_of_char(&self, text: &str, char: usize) -> usize {
        if self.is_ascii {
            return char.min(self.bytes);
        }
        let mark = self.mark_before(|mark| mark.char <= char);
        let rest = text.get(mark.byte..).unwrap_or("");
        let between = rest.char_indices().nth(char - mark.char);
        between.map_or(self.bytes, |(at, _)| mark.byte + at)
    }

    fn mark_before(&self, is_before: impl Fn(&Mark) -> bool) -> Mark {
        let after = self.marks.partition_point(is_before);
        let mark = after.checked_sub(1).and_then(|at| self.marks.get(at));
        mark.copied().unwrap_or_default()
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

    #[test]
    fn counts_characters_across_marks() {
        let text = "aü𝄞".repeat(400);
        let index = LineIndex::new(&text);
        for (char, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.byte_of_char(&text, char), byte);
        }
        assert_eq!(index.byte_of_char(&text, 9_999), text.len());
        assert_eq!(LineIndex::new("abc").byte_of_char("abc", 2), 2);
    }
}
