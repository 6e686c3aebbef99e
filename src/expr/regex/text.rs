//! A text as the units that a pattern speaks of: whole characters for Java, and for
//! JavaScript sixteen-bit units, by places in bytes. There a character of two units has a
//! place in its middle, two bytes from either end.

use super::Syntax;

/// A text to search.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub text: &'a str,
    pub syntax: Syntax,
}

impl Text<'_> {
    /// The unit at a place and the place behind it.
    pub fn ahead(self, at: usize) -> Option<(u32, usize)> {
        match *self.text.as_bytes().get(at)? {
            byte @ 0..=0x7F => Some((u32::from(byte), at + 1)),
            0x80..=0xBF => {
                let c = self.character(at.checked_sub(2)?)?;
                let low = c.encode_utf16(&mut [0; 2]).last().copied()?;
                Some((u32::from(low), at + 2))
            }
            _ => {
                let c = self.character(at)?;
                Some(match self.halves(c) {
                    Some(high) => (u32::from(high), at + 2),
                    None => (u32::from(c), at + c.len_utf8()),
                })
            }
        }
    }

    /// The unit before a place and where it begins.
    pub fn behind(self, at: usize) -> Option<(u32, usize)> {
        let start = if self.text.is_char_boundary(at) {
            let c = self.text.get(..at)?.chars().next_back()?;
            let len = match self.halves(c) {
                Some(_) => 2,
                None => c.len_utf8(),
            };
            at.checked_sub(len)?
        } else {
            at.checked_sub(2)?
        };
        self.ahead(start).map(|(unit, _)| (unit, start))
    }

    /// The borders of characters around two places; nothing stays nothing.
    pub fn whole(self, start: usize, end: usize) -> (usize, usize) {
        let is_empty = start == end;
        let is_border = |at| self.text.is_char_boundary(at);
        let start = if is_border(start) {
            start
        } else {
            start.saturating_sub(2)
        };
        let end = if is_border(end) { end } else { end + 2 };
        (start, if is_empty { start } else { end })
    }

    fn character(self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The first half of a character that is two units.
    fn halves(self, c: char) -> Option<u16> {
        if self.syntax == Syntax::Java || c.len_utf8() < 4 {
            return None;
        }
        c.encode_utf16(&mut [0; 2]).first().copied()
    }
}
