//! Decimal digits of any family, in groups.

use super::picture::{Digits, Grouping};
use crate::source::json::parse_f64;

/// The zeros of Unicode's decimal digits of sixteen bits, which are all that JSONata takes.
const ZEROS: [char; 37] = [
    '0', '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}',
    '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}', '\u{F20}',
    '\u{1040}', '\u{1090}', '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}', '\u{1A90}',
    '\u{1B50}', '\u{1BB0}', '\u{1C40}', '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}', '\u{A9D0}',
    '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}',
];

/// The zero of the family that a digit belongs to.
pub(in crate::expr::jsonata) fn family(c: char) -> Option<char> {
    ZEROS
        .into_iter()
        .find(|zero| (u32::from(*zero)..u32::from(*zero) + 10).contains(&u32::from(c)))
}

/// Digits padded with zeros, grouped, and in the picture's family.
pub(super) fn grouped(digits: &str, format: &Digits) -> String {
    let zeros = "0".repeat(format.mandatory.saturating_sub(digits.len()));
    let mut text: Vec<char> = zeros
        .chars()
        .chain(digits.chars())
        .map(|c| translate(c, format.zero))
        .collect();
    match &format.grouping {
        Grouping::Every(size, separator) => {
            let count = text.len().saturating_sub(1) / size;
            // From the left: those already there do not change the distance to the end.
            for group in (1..=count).rev() {
                text.insert(text.len() - group * size, *separator);
            }
        }
        Grouping::At(separators) => {
            for separator in separators {
                insert(&mut text, separator.position, separator.character);
            }
        }
    }
    text.into_iter().collect()
}

/// A separator that many characters from the end. Where the text is shorter than that,
/// JSONata keeps only as many characters as are missing.
fn insert(text: &mut Vec<char>, position: usize, separator: char) {
    match text.len().checked_sub(position) {
        Some(at) => text.insert(at, separator),
        None => {
            let missing = position - text.len();
            let cut = text.len().saturating_sub(missing);
            text.drain(..cut);
            text.insert(0, separator);
        }
    }
}

/// A digit in another family; the reference moves letters and signs of a number as far.
fn translate(c: char, zero: char) -> char {
    (u32::from(c) + u32::from(zero))
        .checked_sub(u32::from('0'))
        .and_then(char::from_u32)
        .unwrap_or(c)
}

/// The number that a text shows, read as JavaScript's `parseInt` reads it: as far as there
/// are digits.
pub(super) fn parse_digits(text: &str, format: &Digits, is_ordinal: bool) -> f64 {
    let mut text: String = text.to_owned();
    if is_ordinal {
        text.pop();
        text.pop();
    }
    match &format.grouping {
        Grouping::Every(..) => text.retain(|c| c != ','),
        Grouping::At(separators) => {
            text.retain(|c| separators.iter().all(|separator| separator.character != c));
        }
    }
    if format.zero != '0' {
        text = text
            .chars()
            .map(|c| match family(c) {
                Some(zero) if zero == format.zero => {
                    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
                }
                _ => 'x',
            })
            .collect();
    }
    parse_int(&text)
}

/// JavaScript's `parseInt`.
pub(in crate::expr::jsonata) fn parse_int(text: &str) -> f64 {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let digits: Vec<u32> = digits.chars().map_while(|c| c.to_digit(16)).collect();
        if digits.is_empty() {
            return f64::NAN;
        }
        let value = digits
            .iter()
            .fold(0.0, |sum, digit| sum * 16.0 + f64::from(*digit));
        return sign * value;
    }
    let len = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let value = text.get(..len).and_then(parse_f64);
    value.map_or(f64::NAN, |value| sign * value)
}
