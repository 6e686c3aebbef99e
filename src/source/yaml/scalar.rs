//! What a plain scalar means, by the core schema of YAML 1.2.

use std::sync::Arc;

use crate::source::json::{NodeKind, Number};

/// The value of a scalar without quotes.
pub(super) fn plain(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" => NodeKind::Bool(true),
        "false" | "False" | "FALSE" => NodeKind::Bool(false),
        _ => match number(text) {
            Some(number) => NodeKind::Number(number),
            None => NodeKind::String(Arc::from(text)),
        },
    }
}

/// A number in the spelling of JSON; infinities and “not a number” are none there.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    if let Some(number) = Number::parse(text) {
        return Some(number);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let is_digits = digits.chars().all(|char| char.is_digit(radix));
            let value = is_digits.then(|| u64::from_str_radix(digits, radix).ok())?;
            return Number::parse(&value?.to_string());
        }
    }
    let (sign, rest) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (if first == b'-' { "-" } else { "" }, rest),
        None => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Number::parse(&format!("{sign}{whole}{point}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_core_schema() {
        let number = |text: &str| match plain(text) {
            NodeKind::Number(number) => number.to_string(),
            other => format!("{other:?}"),
        };
        for (text, expected) in [
            ("12", "12"),
            ("+12", "12"),
            ("-1", "-1"),
            ("007", "7"),
            ("0x1F", "31"),
            ("0o17", "15"),
            (".5", "0.5"),
            ("1.", "1"),
            ("1e3", "1e3"),
            ("-.5E-2", "-0.5E-2"),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        for text in [
            "-",
            "+",
            ".",
            "1.2.3",
            "yes",
            "no",
            ".inf",
            ".nan",
            "0x",
            "12 a",
            "2020-01-01",
        ] {
            assert_eq!(plain(text), NodeKind::String(text.into()), "{text}");
        }
        assert_eq!(plain("~"), NodeKind::Null);
        assert_eq!(plain("TRUE"), NodeKind::Bool(true));
    }
}
