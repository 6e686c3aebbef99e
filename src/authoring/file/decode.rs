//! The text in the bytes of a file.

use std::fmt;

/// The largest file that is opened. The service takes a definition of 1 MB; what is
/// somewhat larger can still be looked at and cut down.
pub const MAX_BYTES: usize = 5_000_000;

/// Why a file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing is in it but white space.
    Empty,
    /// It has so many bytes, which is more than [`MAX_BYTES`].
    TooLarge(u64),
    /// It is no text.
    Binary,
    /// It is text in an encoding other than UTF-8 and UTF-16.
    Encoding,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => f.write_str("it is empty"),
            Unreadable::TooLarge(bytes) => write!(
                f,
                "it has {:.1} MB; at most {} MB are opened, and the service takes 1 MB",
                *bytes as f64 / 1e6,
                MAX_BYTES / 1_000_000
            ),
            Unreadable::Binary => f.write_str("it is not a text"),
            Unreadable::Encoding => {
                f.write_str("its text is neither UTF-8 nor UTF-16; save it as UTF-8 first")
            }
        }
    }
}

/// Reads UTF-8 or UTF-16, with or without a byte order mark, which is not part of the
/// text. Line ends stay as they are.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge(bytes.len() as u64));
    }
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        // JSON starts with an ASCII character, so a zero beside it tells UTF-16.
        [1..=0x7F, 0, ..] => utf16(bytes, u16::from_le_bytes)?,
        [0, 1..=0x7F, ..] => utf16(bytes, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    if text.contains(is_never_in_text) {
        return Err(Unreadable::Binary);
    }
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<String, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let is_binary = bytes
            .iter()
            .any(|byte| is_never_in_text(char::from(*byte)) && *byte < 0x20);
        if is_binary {
            Unreadable::Binary
        } else {
            Unreadable::Encoding
        }
    })?;
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Unreadable::Binary);
    }
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).map_err(|_| Unreadable::Binary)
}

/// Control characters but for tab, line ends and form feed.
fn is_never_in_text(char: char) -> bool {
    char < ' ' && !matches!(char, '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_of_a_text_gives_the_text() {
        let text = "{\r\n  \"Comment\": \"Grüße \u{1F600}\"\r\n}";
        let marked = format!("\u{FEFF}{text}");
        let files = [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16_bytes(text, u16::to_le_bytes),
            utf16_bytes(text, u16::to_be_bytes),
            utf16_bytes(&marked, u16::to_le_bytes),
            utf16_bytes(&marked, u16::to_be_bytes),
        ];
        for bytes in files {
            assert_eq!(decode(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_reason() {
        let cases: [(&[u8], Unreadable); 8] = [
            (b"", Unreadable::Empty),
            (b" \r\n\t", Unreadable::Empty),
            (b"\xEF\xBB\xBF", Unreadable::Empty),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable::Binary),
            (b"{\"a\": \"\x01\"}", Unreadable::Binary),
            (b"\xFF\xFE{\0x", Unreadable::Binary),
            (b"{\"a\": \"Gr\xFC\xDFe\"}", Unreadable::Encoding),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", Unreadable::Binary),
        ];
        for (bytes, reason) in cases {
            assert_eq!(decode(bytes), Err(reason), "{bytes:?}");
        }
        let large = vec![b' '; MAX_BYTES + 1];
        assert_eq!(decode(&large), Err(Unreadable::TooLarge(5_000_001)));
        assert!(decode(&[b"{}".as_slice(), &large[..MAX_BYTES - 2]].concat()).is_ok());
    }
}
