//! Numbers in texts, as `$number` reads them.

use crate::expr::regex::Regex;
use crate::source::json::parse_f64;

/// The number that a text spells: decimal as in JSON, though leading zeros may be there,
/// or hexadecimal, octal or binary after `0x`, `0o` or `0b`. `None` if it spells none or
/// a decimal one too large for a double; NaN if only a part of it spells one, by the
/// reference's rule.
pub fn parse(text: &str) -> Option<f64> {
    if is_decimal(text) {
        return parse_f64(text).filter(|value| value.is_finite());
    }
    if !has_radix(text) {
        return None;
    }
    let text = text.trim();
    let radix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => return Some(f64::NAN),
    };
    let number = text.get(2..).and_then(|digits| parse_radix(digits, radix));
    Some(number.unwrap_or(f64::NAN))
}

/// Whether a text begins with `0x` and a digit, has `0o` and a digit, or ends with `0b` and
/// digits.
fn has_radix(text: &str) -> bool {
    let pattern = Regex::parse("^0[xX][0-9A-Fa-f]|0[oO][0-7]|0[bB][01]+$", "");
    // It takes no longer than the text is.
    let mut fuel = u64::MAX;
    pattern.is_ok_and(|pattern| matches!(pattern.find(text, 0, &mut fuel), Ok(Some(_))))
}

fn is_decimal(text: &str) -> bool {
    fn digits(text: &str) -> Option<&str> {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < text.len()).then_some(rest)
    }
    let Some(mut rest) = digits(text.strip_prefix('-').unwrap_or(text)) else {
        return false;
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        match digits(fraction) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            digits(exponent) == Some("")
        }
        None => rest.is_empty(),
    }
}

/// The double nearest to an integer of any length; all radices are powers of two.
fn parse_radix(digits: &str, radix: u32) -> Option<f64> {
    let mut bits: Vec<bool> = Vec::new();
    let width = radix.trailing_zeros();
    for digit in digits.chars() {
        let digit = digit.to_digit(radix)?;
        bits.extend((0..width).rev().map(|bit| digit >> bit & 1 == 1));
    }
    if bits.is_empty() {
        return None;
    }
    let leading = bits.iter().take_while(|bit| !**bit).count();
    let bits = bits.split_off(leading);
    // What 64 bits cannot hold only decides between two doubles: one bit says it was there.
    let head = bits
        .iter()
        .take(63)
        .fold(0_u64, |sum, bit| sum << 1 | u64::from(*bit));
    let rest = bits.get(63..).unwrap_or(&[]);
    let sticky = rest.iter().any(|bit| *bit);
    let head = (head << 1 | u64::from(sticky)) as f64 / 2.0;
    let scale = i32::try_from(rest.len()).ok()?;
    Some(head * 2_f64.powi(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decimals_as_json_does_and_leading_zeros() {
        for (text, value) in [
            ("0", 0.0),
            ("01", 1.0),
            ("-12.50", -12.5),
            ("1E+05", 1e5),
            ("1e-400", 0.0),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in [
            "", " 1", "1 ", "1.", ".5", "+1", "1e", "1e400", "Infinity", "1_000", "--1", "NaN",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_three_other_bases() {
        for (text, value) in [
            ("0x1F", 31.0),
            ("0X1f", 31.0),
            ("0o17", 15.0),
            ("0B101", 5.0),
            ("0x0", 0.0),
            ("0xffffffffffffffff", 18_446_744_073_709_552_000.0),
            ("0x20000000000001", 9_007_199_254_740_992.0),
            ("0x20000000000003", 9_007_199_254_740_996.0),
            (
                "0x10000000000000000000000000000000001",
                8.711228593176025e40,
            ),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["0x", "0b12", "0o8", "-0x1", "0x+1"] {
            assert_eq!(parse(text), None, "{text}");
        }
        for text in ["0x1g", "0o18", "10o7", "a0b1"] {
            assert!(parse(text).is_some_and(f64::is_nan), "{text}");
        }
        assert_eq!(parse(" \t0b1"), Some(1.0));
        assert_eq!(
            parse(&format!("0x{}", "f".repeat(400))),
            Some(f64::INFINITY)
        );
    }
}
