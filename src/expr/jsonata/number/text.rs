//! Text of a double as JavaScript gives it.

use crate::source::json::parse_f64;

/// Doubles hold all decimal numbers of so many digits apart: no shorter ones read back equal,
/// and no other ones are as near.
const EXACT_DIGITS: usize = 15;

/// `Number.prototype.toString`: the shortest digits that read back as the same double,
/// in exponent form from 10²¹ up and below 10⁻⁶.
pub fn to_string(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if let Some(text) = small_integer(value) {
        return text;
    }
    lay_out(&shortest(value))
}

/// The text of an integer of no more than fifteen digits.
fn small_integer(value: f64) -> Option<String> {
    const LIMIT: f64 = 1e15;
    (value.fract() == 0.0 && value.abs() < LIMIT).then(|| (value as i64).to_string())
}

/// The shortest digits that read back as the same double in scientific notation. Of two
/// that are equally near the even one is taken, which `format!` does not promise.
fn shortest(value: f64) -> String {
    let text = format!("{value:e}");
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    if places < EXACT_DIGITS {
        return text;
    }
    let more = format!("{value:.*e}", places + 1);
    let Some((lower, _)) = more.split_once("5e") else {
        return text;
    };
    let lower = lower.trim_end_matches('.');
    let is_even = lower.ends_with(['0', '2', '4', '6', '8']);
    let other = format!("{lower}e{exponent}");
    let exact = format!("{value:.60e}");
    let is_tie = exact
        .split_once('e')
        .is_some_and(|(exact, _)| exact.trim_end_matches('0') == format!("{lower}5"));
    if is_even && is_tie && parse_f64(&other) == Some(value) {
        return other;
    }
    text
}

/// JSON with all digits, as the reference's messages have it; `null` where there is no such
/// number.
pub(crate) fn to_exact_json(value: f64) -> String {
    if value.is_finite() {
        to_string(value)
    } else {
        "null".to_owned()
    }
}

/// What `$string` and JSON output give: at most 15 significant digits, `null` where there
/// is no such number.
pub fn to_json(value: f64) -> String {
    if let Some(text) = small_integer(value) {
        return text;
    }
    let text = format!("{value:e}");
    let digits = text.bytes().take_while(|byte| *byte != b'e');
    // Infinities have no digits.
    if matches!(digits.filter(u8::is_ascii_digit).count(), 1..=EXACT_DIGITS) {
        return lay_out(&text);
    }
    let rounded = to_precision_15(value);
    if rounded.is_finite() {
        to_string(rounded)
    } else {
        "null".to_owned()
    }
}

/// `toPrecision(15)` read back. Halves go away from zero, which `format!` would not do.
fn to_precision_15(value: f64) -> f64 {
    const KEPT: usize = EXACT_DIGITS;
    let magnitude = value.abs();
    if !magnitude.is_finite() || magnitude == 0.0 {
        return value;
    }
    let text = format!("{magnitude:.30e}");
    let is_half = text
        .bytes()
        .filter(u8::is_ascii_digit)
        .skip(KEPT)
        .take(8)
        .eq(*b"50000000");
    let exact = match text.split_once('e') {
        // One more in the last place kept, and the rest is cut off by the next rounding.
        Some((digits, exponent)) if is_half => {
            let kept = digits.get(..=KEPT).unwrap_or(digits);
            parse_f64(&format!("{kept}6e{exponent}")).unwrap_or(magnitude)
        }
        _ => magnitude,
    };
    let rounded = format!("{exact:.*e}", KEPT - 1);
    parse_f64(&rounded).unwrap_or(magnitude).copysign(value)
}

/// Rust's `-1.5e-7` in JavaScript's layout.
fn lay_out(scientific: &str) -> String {
    let (sign, rest) = match scientific.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scientific),
    };
    let (mantissa, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let point = exponent + 1;
    let count = digits.len() as i32;
    let zeros = |count: i32| "0".repeat(count.max(0) as usize);
    let body = match point {
        22.. | ..=-6 => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}e{sign}{}", exponent.abs())
        }
        ..=0 => format!("0.{}{digits}", zeros(-point)),
        _ if point >= count => format!("{digits}{}", zeros(point - count)),
        _ => {
            let (integer, fraction) = digits.split_at(point as usize);
            format!("{integer}.{fraction}")
        }
    };
    format!("{sign}{body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_javascript_does() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (1e-6, "0.000001"),
            (1.5e-7, "1.5e-7"),
            (5e-324, "5e-324"),
            (123_456_789_012_345_680.0, "123456789012345680"),
            (3_556_904_163_848_029.0 / 4.0, "889226040962007.2"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(to_string(value), text);
        }
    }

    #[test]
    fn json_keeps_fifteen_digits() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (22.0 / 7.0, "3.14285714285714"),
            (100_000_000_000_000.5, "100000000000001"),
            (-100_000_000_000_002.5, "-100000000000003"),
            (f64::MAX, "null"),
            (f64::INFINITY, "null"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(to_json(value), text);
        }
    }
}
