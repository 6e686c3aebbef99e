//! A text as the sixteen-bit units of JavaScript, by places in bytes: a character of two
//! units has a place in its middle, two bytes from either end.

/// The unit at a place and the place behind it.
pub(super) fn ahead(text: &str, at: usize) -> Option<(u16, usize)> {
    match *text.as_bytes().get(at)? {
        byte @ 0..=0x7F => Some((u16::from(byte), at + 1)),
        0x80..=0xBF => low_half(text, at),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            let mut units = [0; 2];
            match *c.encode_utf16(&mut units) {
                [unit] => Some((unit, at + c.len_utf8())),
                [high, _] => Some((high, at + 2)),
                _ => None,
            }
        }
    }
}

fn low_half(text: &str, middle: usize) -> Option<(u16, usize)> {
    let c = text.get(middle.checked_sub(2)?..)?.chars().next()?;
    let mut units = [0; 2];
    let low = c.encode_utf16(&mut units).last().copied()?;
    Some((low, middle + 2))
}

/// The unit before a place and where it begins.
pub(super) fn behind(text: &str, at: usize) -> Option<(u16, usize)> {
    if !text.is_char_boundary(at) {
        let start = at.checked_sub(2)?;
        return ahead(text, start).map(|(unit, _)| (unit, start));
    }
    let c = text.get(..at)?.chars().next_back()?;
    let start = at - c.len_utf8();
    if c.len_utf8() == 4 {
        return ahead(text, start + 2).map(|(unit, _)| (unit, start + 2));
    }
    ahead(text, start).map(|(unit, _)| (unit, start))
}

/// The borders of characters around two places; nothing stays nothing.
pub(super) fn whole(text: &str, start: usize, end: usize) -> (usize, usize) {
    let is_empty = start == end;
    let start = if text.is_char_boundary(start) {
        start
    } else {
        start.saturating_sub(2)
    };
    let end = if text.is_char_boundary(end) {
        end
    } else {
        end + 2
    };
    (start, if is_empty { start } else { end })
}
