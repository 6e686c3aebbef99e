//! The order of strings.

use std::cmp::Ordering;

/// The order of UTF-16 code units, which is that of JavaScript.
pub(crate) fn order(a: &str, b: &str) -> Ordering {
    // Bytes of UTF-8 order as characters do; only the halves of those beyond 16 bits
    // come before U+E000.
    let common = a.bytes().zip(b.bytes()).position(|(a, b)| a != b);
    match common {
        None => a.len().cmp(&b.len()),
        Some(at) => {
            let lead = |text: &str| text.as_bytes().get(at).copied().unwrap_or(0);
            match (lead(a), lead(b)) {
                (0xF0.., 0xEE..0xF0) => Ordering::Less,
                (0xEE..0xF0, 0xF0..) => Ordering::Greater,
                (a, b) => a.cmp(&b),
            }
        }
    }
}
