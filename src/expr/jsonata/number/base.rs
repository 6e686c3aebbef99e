//! Integers in other bases.

use super::{Error, round, to_string};

/// `$formatBase`: the number, rounded, in a base of 2 to 36.
///
/// Digits beyond what a double holds are zeros, as JavaScript has them.
pub fn to_base(value: f64, radix: f64) -> Result<String, Error> {
    let (value, radix) = (round(value, 0.0), round(radix, 0.0));
    if !(2.0..=36.0).contains(&radix) {
        return Err(Error::Radix(radix));
    }
    if radix == 10.0 || !value.is_finite() {
        return Ok(to_string(value));
    }
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2⁵³
    let mut rest = value.abs();
    let mut digits = Vec::new();
    while rest / radix >= EXACT {
        rest /= radix;
        digits.push('0');
    }
    // Doubles up to the end: how they are cut where they are not exact can be seen.
    loop {
        let digit = rest % radix;
        digits.push(char::from_digit(digit as u32, radix as u32).expect("a remainder is a digit"));
        rest = (rest - digit) / radix;
        if rest <= 0.0 {
            break;
        }
    }
    if value < 0.0 {
        digits.push('-');
    }
    Ok(digits.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_integers_in_bases() {
        for (value, radix, text) in [
            (100.0, 2.0, "1100100"),
            (-100.0, 2.0, "-1100100"),
            (99.5, 2.5, "1100100"),
            (100.0, 36.0, "2s"),
            (-0.4, 2.0, "0"),
            (1e21, 10.0, "1e+21"),
            (1e21, 36.0, "5v1j4f4ds7c000"),
        ] {
            assert_eq!(to_base(value, radix).as_deref(), Ok(text));
        }
        for radix in [1.0, 37.0, 1e300, f64::NAN] {
            assert!(to_base(1.0, radix).is_err());
        }
    }
}
