//! From decimal digits to the nearest floating-point number.
//!
//! The standard library's own way is faster for long numbers, but brings tables and code that
//! were a thirtieth of the page. Few digits take the short way here as there.

use std::cmp::Ordering;

/// More digits than any number needs that lies halfway between two floating-point numbers.
const DIGITS: usize = 800;

/// Bits of a mantissa, the one before the point included.
const PRECISION: i64 = 53;

/// Powers of ten that are floating-point numbers themselves.
pub(super) const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The floating-point number nearest to a decimal one, infinite if it is out of range: digits
/// with or without a point, sign and exponent. More generous than JSON and, like it, without
/// names.
pub fn parse_f64(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = whole.len() + fraction.len() > 0 && !exponent.is_empty();
    if !is_number || ![whole, fraction, exponent].into_iter().all(is_digits) {
        return None;
    }
    let value = to_f64(digits);
    Some(if is_negative { -value } else { value })
}

/// The floating-point number nearest to a JSON number, the even one of two; infinite if it is
/// out of range.
pub(super) fn to_f64(spelling: &str) -> f64 {
    let (sign, spelling) = match spelling.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, spelling),
    };
    let (mantissa, exponent) = spelling.split_once(['e', 'E']).unwrap_or((spelling, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = whole.bytes().chain(fraction.bytes());
    let all = all.map(|byte| byte - b'0');
    let mut exponent = read_exponent(exponent) - fraction.len() as i64;
    if whole.len() + fraction.len() <= 15
        && let Some(magnitude) = few_digits(all.clone(), exponent)
    {
        return sign * magnitude;
    }
    let mut digits: Vec<u8> = all.skip_while(|digit| *digit == 0).collect();
    if digits.len() > DIGITS {
        let rest = digits.split_off(DIGITS);
        exponent += rest.len() as i64;
        // Whatever follows only matters by being there.
        if rest.iter().any(|digit| *digit != 0) {
            digits.push(1);
            exponent -= 1;
        }
    }
    sign * magnitude(&digits, exponent)
}

/// Far beyond the range of floating-point numbers all exponents are alike.
fn read_exponent(text: &str) -> i64 {
    const FAR: i64 = 1 << 40;
    let far = if text.starts_with('-') { -FAR } else { FAR };
    text.parse()
        .map_or(far, |exponent: i64| exponent.clamp(-FAR, FAR))
}

/// The value of `digits`, the first of which is not 0, times a power of ten.
fn magnitude(digits: &[u8], exponent: i64) -> f64 {
    let size = digits.len() as i64 + exponent;
    if digits.is_empty() || size < -330 {
        return 0.0;
    }
    if size > 310 {
        return f64::INFINITY;
    }
    if digits.len() <= 15
        && let Some(value) = few_digits(digits.iter().copied(), exponent)
    {
        return value;
    }
    let mut numerator = Natural::default();
    digits.iter().for_each(|digit| numerator.push(*digit));
    let mut denominator = Natural::from(1);
    let scaled = if exponent < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    (0..exponent.unsigned_abs()).for_each(|_| scaled.push(0));
    quotient(numerator, denominator)
}

/// The value of up to 15 digits times a power of ten, where both are floating-point numbers
/// themselves: one operation on them rounds once.
fn few_digits(digits: impl Iterator<Item = u8>, exponent: i64) -> Option<f64> {
    let power = |exponent: i64| EXACT.get(usize::try_from(exponent).ok()?).copied();
    let value = digits.fold(0, |value, digit| value * 10 + u64::from(digit)) as f64;
    match power(exponent) {
        Some(power) => Some(value * power),
        None => power(-exponent).map(|power| value / power),
    }
}

/// The quotient of two numbers that are not 0.
fn quotient(mut numerator: Natural, mut denominator: Natural) -> f64 {
    // Shifted so that it lies between a half and two.
    let shift = numerator.bits() - denominator.bits();
    if shift > 0 {
        denominator.shift(shift.unsigned_abs());
    } else {
        numerator.shift(shift.unsigned_abs());
    }
    let mut bits: u128 = 0;
    for _ in 0..66 {
        bits <<= 1;
        if numerator.compare(&denominator) != Ordering::Less {
            numerator.subtract(&denominator);
            bits |= 1;
        }
        numerator.shift(1);
    }
    round(bits, shift - 65, numerator.bits() > 0)
}

/// `bits` times a power of two, and a little more where there is a rest.
fn round(bits: u128, exponent: i64, has_rest: bool) -> f64 {
    let count = i64::from(128 - bits.leading_zeros());
    // That of the first bit.
    let exponent = exponent + count - 1;
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // Numbers near zero have fewer bits.
    let precision = PRECISION.min(PRECISION + 1022 + exponent);
    if precision < 0 {
        return 0.0;
    }
    let dropped = count - precision;
    let mut kept = (bits >> dropped) as u64;
    let (rest, half) = (bits & ((1 << dropped) - 1), 1 << (dropped - 1));
    if rest > half || (rest == half && (has_rest || kept & 1 == 1)) {
        kept += 1;
    }
    if precision < PRECISION {
        return f64::from_bits(kept);
    }
    // The first bit is not written; if rounding made another one, the exponent takes it up.
    let exponent = (exponent + 1022).unsigned_abs() << (PRECISION - 1);
    f64::from_bits(exponent + kept)
}

/// A natural number of any size: its digits to the base 2³², the lowest first, the last not 0.
#[derive(Clone, Debug, Default)]
struct Natural(Vec<u32>);

impl From<u32> for Natural {
    fn from(number: u32) -> Self {
        let mut natural = Self(vec![number]);
        natural.trim();
        natural
    }
}

impl Natural {
    /// Appends a decimal digit.
    fn push(&mut self, digit: u8) {
        let mut carry = u64::from(digit);
        for part in &mut self.0 {
            carry += u64::from(*part) * 10;
            *part = carry as u32;
            carry >>= 32;
        }
        self.0.push(carry as u32);
        self.trim();
    }

    /// Number of bits without leading zeros.
    fn bits(&self) -> i64 {
        let last = self
            .0
            .last()
            .map_or(0, |part| 32 - i64::from(part.leading_zeros()));
        last + 32 * self.0.len().saturating_sub(1) as i64
    }

    /// Multiplies by a power of two.
    fn shift(&mut self, bits: u64) {
        let mut carry = 0;
        for part in &mut self.0 {
            carry |= u64::from(*part) << (bits % 32);
            *part = carry as u32;
            carry >>= 32;
        }
        self.0.push(carry as u32);
        self.trim();
        if !self.0.is_empty() {
            let zeros = (bits / 32) as usize;
            self.0.splice(0..0, std::iter::repeat_n(0, zeros));
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes away a number that is not greater.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (part, other) in self.0.iter_mut().zip(others) {
            let difference = i64::from(*part) - i64::from(other) - borrow;
            *part = difference as u32;
            borrow = i64::from(difference < 0);
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spelling: &str) {
        let expected: f64 = spelling.parse().unwrap();
        assert_eq!(to_f64(spelling).to_bits(), expected.to_bits(), "{spelling}");
    }

    #[test]
    fn agrees_at_the_edges() {
        let long = "123456789".repeat(200);
        let halfway = "9007199254740993";
        for spelling in [
            "0",
            "-0",
            "0.0",
            "-0.0e5",
            "1",
            "-1.5",
            "0.1",
            "1e22",
            "1e23",
            "9007199254740992",
            halfway,
            "9007199254740993.0000000000000000000000000000000001",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1.8e308",
            "1e400",
            "-1e99999999999999999999",
            "1e-99999999999999999999",
            "0e99999999999999999999",
            "5e-324",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072012e-308",
            "2.2250738585072014e-308",
            &long,
            &format!("0.{}1", "0".repeat(400)),
            &format!("{halfway}.{}1", "0".repeat(1000)),
            &format!("{halfway}{}", "0".repeat(290)),
            &format!("0.{long}e-300"),
            &format!("{long}e-2000"),
        ] {
            check(spelling);
        }
    }

    #[test]
    fn reads_what_is_no_json() {
        for text in [
            ".5", "1.", "+1", "-.5e+3", "007", "1.e5", "-0", "", "-", ".", "+", "e5", "1e", "1e+",
            "--1", "+-1", "1.2.3", "1e5e5", "1e-+5", "1 ", "0x1", "é",
        ] {
            let expected = text.parse::<f64>().ok();
            assert_eq!(
                parse_f64(text).map(f64::to_bits),
                expected.map(f64::to_bits),
                "{text}"
            );
        }
        assert_eq!(parse_f64("inf"), None);
        assert_eq!(parse_f64("NaN"), None);
    }

    #[test]
    fn agrees_on_numbers_drawn_at_random() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut roll = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..500 {
            let float = f64::from_bits(roll());
            if float.is_finite() {
                check(&format!("{float:e}"));
                // Right between two neighbours, where the exact digits end.
                let digits = format!("{float:.30e}");
                check(&digits);
            }
            check(&format!("{}.{}e{}", roll(), roll(), roll() % 700));
            check(&format!("{}.{}e-{}", roll(), roll(), roll() % 700));
            check(&format!("{}e-{}", roll() % 1_000_000, roll() % 30));
        }
    }
}
