//! Numbers that keep their spelling.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::decimal::{EXACT, to_f64};

/// A JSON number: its value, and its spelling where that is not the usual one.
///
/// `1.0`, `1e3` and integers beyond 64 bits keep the digits they were written with.
#[derive(Clone, Debug)]
pub struct Number(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Int(i64),
    Float(f64),
    Spelled(Arc<str>),
}

impl Number {
    /// Reads a JSON number; `None` if `spelling` is not one.
    pub fn parse(spelling: &str) -> Option<Self> {
        if !is_json_number(spelling) {
            return None;
        }
        Some(Self::spelled(spelling))
    }

    /// So many digits tell floating-point numbers apart.
    pub(super) const SHORT: usize = 15;

    /// A number of up to [`SHORT`](Self::SHORT) digits, so many of them places behind the
    /// point; `None` if its value does not tell how it was spelled.
    pub(super) fn short(is_negative: bool, digits: u64, places: usize) -> Option<Self> {
        let signed = digits as i64 * if is_negative { -1 } else { 1 };
        if places == 0 {
            return (digits != 0 || !is_negative).then_some(Self(Repr::Int(signed)));
        }
        if digits.is_multiple_of(10) {
            return None;
        }
        let float = signed as f64 / EXACT.get(places)?;
        (float.abs() >= 1e-6).then_some(Self(Repr::Float(float)))
    }

    /// Writes what [`Display`](fmt::Display) shows, without its detours.
    pub(super) fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        match &self.0 {
            Repr::Int(int) => write_places(out, *int, 0),
            Repr::Spelled(spelling) => out.write_str(spelling),
            Repr::Float(float) => write_float(out, *float),
        }
    }

    /// A number whose spelling is known to be one of JSON.
    pub(super) fn spelled(spelling: &str) -> Self {
        if let Ok(int) = spelling.parse::<i64>()
            && spelling != "-0"
        {
            return Self(Repr::Int(int));
        }
        Self(match usual_fraction(spelling) {
            Some(float) => Repr::Float(float),
            None => Repr::Spelled(spelling.into()),
        })
    }

    /// Length in bytes of the spelling.
    pub(super) fn text_len(&self) -> usize {
        match &self.0 {
            Repr::Int(int) => {
                let digits = int.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
                digits + usize::from(*int < 0)
            }
            Repr::Spelled(spelling) => spelling.len(),
            Repr::Float(_) => self.to_string().len(),
        }
    }

    /// A floating-point number; `None` for infinities and NaN, which JSON lacks.
    /// Whole numbers below 2⁵³ become integers.
    pub fn from_f64(float: f64) -> Option<Self> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if !float.is_finite() {
            return None;
        }
        if float.fract() == 0.0 && float.abs() <= EXACT {
            return Some(Self(Repr::Int(float as i64)));
        }
        Some(Self(Repr::Float(float)))
    }

    /// The nearest floating-point number; infinite if it is out of range.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Int(int) => *int as f64,
            Repr::Float(float) => *float,
            Repr::Spelled(spelling) => to_f64(spelling),
        }
    }

    /// The integer, if the value is one (`2.0` and `2e0` are) and fits 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        if let Repr::Int(int) = self.0 {
            return Some(int);
        }
        let float = self.as_f64();
        (float.fract() == 0.0 && (-LIMIT..LIMIT).contains(&float)).then_some(float as i64)
    }

    /// The same for integers that are not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Spelled(spelling) => spelling.parse().ok(),
            Repr::Int(_) | Repr::Float(_) => None,
        }
        .or_else(|| self.as_i64()?.try_into().ok())
    }

    /// Whether it is written without fraction and exponent.
    pub fn is_integer_literal(&self) -> bool {
        match &self.0 {
            Repr::Int(_) => true,
            Repr::Float(_) => false,
            Repr::Spelled(spelling) => !spelling.contains(['.', 'e', 'E']),
        }
    }
}

impl From<i64> for Number {
    fn from(int: i64) -> Self {
        Self(Repr::Int(int))
    }
}

impl From<u64> for Number {
    fn from(int: u64) -> Self {
        match i64::try_from(int) {
            Ok(int) => int.into(),
            Err(_) => Self(Repr::Spelled(int.to_string().into())),
        }
    }
}

impl PartialEq for Number {
    /// By value: `1`, `1.0` and `1e0` are equal.
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (&self.0, &other.0) {
            (Repr::Int(a), Repr::Int(b)) => Some(a.cmp(b)),
            (Repr::Spelled(a), Repr::Spelled(b)) if a == b => Some(Ordering::Equal),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

impl fmt::Display for Number {
    /// The spelling it was read with; computed numbers as JavaScript prints them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// A decimal fraction that is spelled as computed numbers are, so that its value says all.
///
/// No two numbers of up to 15 digits have the same nearest floating-point number, so the
/// shortest digits that read back equal are those that were written, if no zero ends them.
fn usual_fraction(spelling: &str) -> Option<f64> {
    let (whole, fraction) = spelling.split_once('.')?;
    let digits = whole.trim_start_matches('-').len() + fraction.len();
    let is_usual = digits <= 15 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_usual || fraction.ends_with('0') {
        return None;
    }
    let float = to_f64(spelling);
    (float.abs() >= 1e-6).then_some(float)
}

/// Shortest digits that read back equal; exponents from 1e21 up and below 1e-6.
fn write_float(f: &mut dyn fmt::Write, float: f64) -> fmt::Result {
    if let Some((digits, places)) = few_places(float) {
        return write_places(f, digits, places);
    }
    let magnitude = float.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        let text = format!("{float:e}");
        return match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                write!(f, "{digits}e+{exponent}")
            }
            _ => f.write_str(&text),
        };
    }
    write!(f, "{float}")
}

/// The digits of a fraction of few places, and how many those are; the general way is slow.
///
/// No two numbers of up to 15 digits have the same nearest floating-point number, so digits
/// that give this one back are its shortest, if as few places as possible are tried first.
fn few_places(float: f64) -> Option<(i64, usize)> {
    const MOST_PLACES: usize = 6;
    const MOST: f64 = 1e15;
    let mut power = 1.0;
    for places in 1..=MOST_PLACES {
        power *= 10.0;
        let digits = (float * power).round();
        if digits.abs() >= MOST {
            return None;
        }
        if digits / power == float {
            return (float.fract() != 0.0).then_some((digits as i64, places));
        }
    }
    None
}

/// Digits with a point before the last so many of them.
fn write_places(f: &mut dyn fmt::Write, digits: i64, places: usize) -> fmt::Result {
    let mut text = [b'0'; 24];
    let mut rest = digits.unsigned_abs();
    let mut start = text.len();
    let mut put = |byte: u8| {
        start -= 1;
        if let Some(place) = text.get_mut(start) {
            *place = byte;
        }
    };
    for written in 0.. {
        if written > places && rest == 0 {
            break;
        }
        if written == places && places > 0 {
            put(b'.');
        }
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
    }
    if digits < 0 {
        put(b'-');
    }
    let text = text
        .get(start..)
        .and_then(|text| std::str::from_utf8(text).ok());
    f.write_str(text.unwrap_or_default())
}

/// The grammar of RFC 8259: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
fn is_json_number(text: &str) -> bool {
    fn digits(text: &str) -> Option<&str> {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < text.len()).then_some(rest)
    }
    let text = text.strip_prefix('-').unwrap_or(text);
    let whole = match text.strip_prefix('0') {
        Some(rest) => Some(rest),
        None => digits(text),
    };
    let Some(mut rest) = whole else { return false };
    if let Some(fraction) = rest.strip_prefix('.') {
        let Some(after) = digits(fraction) else {
            return false;
        };
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let Some(after) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) else {
            return false;
        };
        rest = after;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_places_are_written_as_all_others_are() {
        let mut seed = 1u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed >> 20
        };
        let mut quick = 0;
        for _ in 0..20_000 {
            let places = u32::try_from(next() % 9).unwrap();
            let digits = next() % 10u64.pow(1 + u32::try_from(next() % 16).unwrap());
            let near = digits as f64 / 10f64.powi(i32::try_from(places).unwrap());
            let bits = near.to_bits();
            for float in [
                near,
                -near,
                f64::from_bits(bits + 1),
                f64::from_bits(bits.saturating_sub(1)),
            ] {
                if float.fract() == 0.0 {
                    continue;
                }
                quick += usize::from(few_places(float).is_some());
                let expected = match (1e-6..1e21).contains(&float.abs()) {
                    true => float.to_string(),
                    false => continue,
                };
                assert_eq!(Number(Repr::Float(float)).to_string(), expected);
            }
        }
        assert!(quick > 10_000, "{quick}");
    }

    #[test]
    fn keeps_spelling() {
        for text in [
            "0",
            "-0",
            "1.0",
            "1e3",
            "1E+3",
            "-12.50",
            "123456789012345678901234567890",
            "0.1",
            "-0.5",
            "0.000001",
            "0.0000001",
            "19.99",
            "123456789.012345",
            "999999999999.999",
            "0.30000000000000004",
            "9999999999999999.9",
            "-9223372036854775808",
            "-0.0",
            "1.5e3",
        ] {
            let number = Number::parse(text).unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(number.text_len(), text.len(), "{text}");
        }
    }

    #[test]
    fn refuses_what_json_lacks() {
        for text in ["", "-", "01", "1.", ".5", "+1", "1e", "0x10", "NaN", "1 "] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
        assert!(Number::from_f64(f64::NAN).is_none());
    }

    #[test]
    fn compares_by_value() {
        let number = |text: &str| Number::parse(text).unwrap();
        assert_eq!(number("1.0"), number("1"));
        assert_eq!(number("-0"), number("0"));
        assert!(number("9007199254740993") > number("9007199254740992"));
        assert_eq!(number("2e0").as_i64(), Some(2));
        assert_eq!(number("2.5").as_i64(), None);
        assert_eq!(number("2e0").as_u64(), Some(2));
        assert_eq!(number("-1").as_u64(), None);
        assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
    }

    #[test]
    fn prints_computed_numbers_as_javascript_does() {
        for (float, text) in [
            (0.1, "0.1"),
            (3.0, "3"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(Number::from_f64(float).unwrap().to_string(), text);
        }
    }
}
