//! Integers as letters: a, b, … z, aa, ab, …

/// The small letters for a number; nothing for zero.
pub(super) fn to_letters(value: f64) -> String {
    let mut letters = Vec::new();
    let mut rest = value;
    while rest > 0.0 && rest.is_finite() {
        let letter = (rest - 1.0) % 26.0;
        letters.push(char::from(b'a' + letter as u8));
        rest = ((rest - 1.0) / 26.0).floor();
    }
    letters.into_iter().rev().collect()
}

/// The number for letters that count from `first`.
pub(super) fn from_letters(text: &str, first: char) -> f64 {
    let mut value = 0.0;
    let mut weight = 1.0;
    let units: Vec<u16> = text.encode_utf16().collect();
    for unit in units.iter().rev() {
        value += letter_value(*unit, first) * weight;
        weight *= 26.0;
    }
    value
}

/// 1 for the first letter; what is none counts on in both directions.
fn letter_value(unit: u16, first: char) -> f64 {
    f64::from(unit) - f64::from(u32::from(first)) + 1.0
}
