//! Roman numerals.

use crate::expr::jsonata::number::to_string;

const NUMERALS: [(f64, &str); 13] = [
    (1000.0, "m"),
    (900.0, "cm"),
    (500.0, "d"),
    (400.0, "cd"),
    (100.0, "c"),
    (90.0, "xc"),
    (50.0, "l"),
    (40.0, "xl"),
    (10.0, "x"),
    (9.0, "ix"),
    (5.0, "v"),
    (4.0, "iv"),
    (1.0, "i"),
];

/// From here on digits take the place of ever more m, as XPath allows. The reference's stack
/// ends at eleven thousand of them.
const MAX: f64 = 2e7;

/// The small numeral for a number; nothing for zero.
pub(super) fn to_roman(value: f64) -> String {
    if value >= MAX {
        return to_string(value);
    }
    let mut rest = value;
    let mut text = String::new();
    for (weight, numeral) in NUMERALS {
        while rest >= weight {
            text.push_str(numeral);
            rest -= weight;
        }
    }
    text
}

/// The number of a large numeral, in whatever order its letters stand; NaN with others.
pub(super) fn from_roman(text: &str) -> f64 {
    let (mut value, mut largest) = (0.0, 1.0);
    for c in text.chars().rev() {
        let digit = match c {
            'M' => 1000.0,
            'D' => 500.0,
            'C' => 100.0,
            'L' => 50.0,
            'X' => 10.0,
            'V' => 5.0,
            'I' => 1.0,
            _ => return f64::NAN,
        };
        if digit < largest {
            value -= digit;
        } else {
            largest = digit;
            value += digit;
        }
    }
    value
}
