//! Rounding to decimal places, halves to the even neighbour.

use super::to_string;
use crate::source::json::parse_f64;

/// `$round`: the nearest number with that many digits after the point, or before it if
/// `precision` is negative. What counts is the decimal text of the number, so 2.345 is
/// a half although its double lies beside it. NaN where the shifted number overflows or the
/// precision is no whole number; without one what is infinite stays so, and a precision that is
/// no number is none.
pub fn round(value: f64, precision: f64) -> f64 {
    let precision = if precision.is_nan() { 0.0 } else { precision };
    if precision.fract() != 0.0 {
        return f64::NAN;
    }
    if precision == 0.0 && value.is_infinite() {
        return value;
    }
    let shifted = shift(value, precision);
    if !shifted.is_finite() {
        return f64::NAN;
    }
    let rounded = shifted.round_ties_even();
    if rounded == 0.0 {
        return 0.0;
    }
    shift(rounded, -precision)
}

/// `value` × 10^`places` by its decimal text.
fn shift(value: f64, places: f64) -> f64 {
    if places == 0.0 || !value.is_finite() {
        return value;
    }
    let text = to_string(value);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = parse_f64(exponent).unwrap_or(0.0);
    // Beyond this the result is 0 or infinite in any case.
    let exponent = (exponent + places).clamp(-10_000.0, 10_000.0);
    parse_f64(&format!("{mantissa}e{exponent}")).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        for (value, precision, rounded) in [
            (2.5, 0.0, 2.0),
            (3.5, 0.0, 4.0),
            (-2.5, 0.0, -2.0),
            (-0.5, 0.0, 0.0),
            (1.005, 2.0, 1.0),
            (2.345, 2.0, 2.34),
            (12_350.0, -2.0, 12_400.0),
            (12_250.0, -2.0, 12_200.0),
            (1e-300, 400.0, 1e-300),
            (1e300, -400.0, 0.0),
            (123_456_789.123_456_79, 5.0, 123_456_789.123_46),
        ] {
            assert_eq!(round(value, precision), rounded, "{value} {precision}");
        }
        assert!(round(1e300, 10.0).is_nan());
        assert!(round(f64::INFINITY, 2.0).is_nan());
        assert_eq!(round(-f64::INFINITY, 0.0), -f64::INFINITY);
        assert!(round(1.5, 1.5).is_nan());
        assert_eq!(round(1.5, f64::NAN), 2.0);
    }
}
