//! Numbers by picture: section 4.7.5 of XPath and XQuery Functions and Operators 3.1.

use super::picture::{self, Grouping, SubPicture};
use super::{Error, Options, round, to_string};

/// `$formatNumber`: the number as the picture shows it, such as `#,##0.00` or `0.0e0`.
pub fn format(value: f64, picture: &str, options: &Options) -> Result<String, Error> {
    let (positive, negative) = picture::parse(picture, options)?;
    if value.is_nan() {
        return Ok(options.nan.clone());
    }
    let (sign, picture) = match &negative {
        _ if value >= 0.0 => ("", &positive),
        Some(negative) => ("", negative),
        None => (options.minus_sign.as_str(), &positive),
    };
    let number = if value.is_infinite() {
        options.infinity.clone()
    } else {
        digits(value.abs() * picture.factor, picture, options)
    };
    Ok(format!(
        "{sign}{}{number}{}",
        picture.prefix, picture.suffix
    ))
}

/// The number between prefix and suffix.
fn digits(magnitude: f64, picture: &SubPicture, options: &Options) -> String {
    let (mantissa, exponent) = match picture.exponent {
        Some(size) => {
            let (mantissa, exponent) = scale(magnitude, picture.scale);
            (mantissa, Some((exponent, size)))
        }
        None => (magnitude, None),
    };
    let rounded = round(mantissa, picture.max_fraction as f64);
    let rounded = if rounded.is_finite() {
        rounded
    } else {
        mantissa
    };
    let mut text = mantissa_text(rounded, picture, options);
    if let Some((exponent, size)) = exponent {
        text.push_str(&options.exponent_separator);
        if exponent < 0 {
            text.push_str(&options.minus_sign);
        }
        let digits = format!("{:0size$}", exponent.unsigned_abs());
        text.extend(digits.chars().map(|c| translate(c, options)));
    }
    text
}

/// Mantissa and exponent, with so many digits before the point of the mantissa.
fn scale(magnitude: f64, digits: usize) -> (f64, i32) {
    let digits = i32::try_from(digits).unwrap_or(i32::MAX);
    let (most, least) = (10_f64.powi(digits), 10_f64.powi(digits.saturating_sub(1)));
    let (mut mantissa, mut exponent) = (magnitude, 0);
    if mantissa == 0.0 || !mantissa.is_finite() {
        return (mantissa, exponent);
    }
    // A subnormal number and the longest picture stay far below this.
    while mantissa < least && exponent > -2000 {
        mantissa *= 10.0;
        exponent -= 1;
    }
    while mantissa > most {
        mantissa /= 10.0;
        exponent += 1;
    }
    (mantissa, exponent)
}

fn mantissa_text(rounded: f64, picture: &SubPicture, options: &Options) -> String {
    let text = to_fixed(rounded, picture.max_fraction);
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let integer = integer.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let zeros = |wanted: usize, len: usize| "0".repeat(wanted.saturating_sub(len));
    let mut text: Vec<char> = format!(
        "{}{integer}{fraction}{}",
        zeros(picture.min_integer, integer.len()),
        zeros(picture.min_fraction, fraction.len()),
    )
    .chars()
    .map(|c| translate(c, options))
    .collect();
    let mut point = integer.len().max(picture.min_integer);
    let separator: Vec<char> = options.decimal_separator.chars().collect();
    put(&mut text, point, &separator);
    let grouping: Vec<char> = options.grouping_separator.chars().collect();
    group_integer(&mut text, point, picture, &grouping);
    let separator_len = separator.len();
    point = find(&text, &separator).unwrap_or(point);
    for group in &picture.fraction_groups {
        let at = (point + separator_len + group).min(text.len());
        put(&mut text, at, &grouping);
    }
    // A fraction of one digit is cut off too where the picture has none: `#e0` gives `0.e6`.
    let ends_in_separator = text.len() == point + separator_len;
    if ends_in_separator || !picture.has_decimal_separator {
        text.pop();
    }
    text.into_iter().collect()
}

fn put(text: &mut Vec<char>, at: usize, separator: &[char]) {
    text.splice(at..at, separator.iter().copied());
}

/// Where a text begins in another.
fn find(text: &[char], sought: &[char]) -> Option<usize> {
    if sought.is_empty() {
        return None;
    }
    text.windows(sought.len())
        .position(|window| window == sought)
}

fn group_integer(text: &mut Vec<char>, point: usize, picture: &SubPicture, separator: &[char]) {
    let mut point = point;
    match &picture.grouping {
        Grouping::Every(size) => {
            let count = point.saturating_sub(1) / size;
            for group in 1..=count {
                let at = point - group * size;
                put(text, at, separator);
            }
        }
        Grouping::At(groups) => {
            for group in groups {
                // A place left of the number counts from the end, as `slice` does.
                let at = match point.checked_sub(*group) {
                    Some(at) => at,
                    None => text.len().saturating_sub(group - point),
                };
                put(text, at, separator);
                point += separator.len();
            }
        }
    }
}

/// `toFixed`: halves go up, and from 10²¹ up the text is that of `to_string`.
fn to_fixed(value: f64, digits: usize) -> String {
    if value >= 1e21 {
        return to_string(value);
    }
    let more = format!("{value:.*}", digits + 1);
    // Only a text as long as the number's binary digits tells a half from what is near it.
    let is_half = more.ends_with('5') && {
        let exact = format!("{value:.1074}");
        let rest = exact.strip_prefix(&more);
        rest.is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'))
    };
    match more.strip_suffix('5') {
        Some(kept) if is_half => increment(kept.trim_end_matches('.')),
        _ => format!("{value:.digits$}"),
    }
}

/// One more in the last place of a decimal text.
fn increment(decimal: &str) -> String {
    let mut digits: Vec<char> = decimal.chars().collect();
    for digit in digits.iter_mut().rev() {
        match digit {
            '.' => {}
            '9' => *digit = '0',
            _ => {
                *digit = digit
                    .to_digit(10)
                    .and_then(|value| char::from_digit(value + 1, 10))
                    .unwrap_or('0');
                return digits.into_iter().collect();
            }
        }
    }
    format!("1{}", digits.into_iter().collect::<String>())
}

fn translate(c: char, options: &Options) -> char {
    c.to_digit(10).map_or(c, |value| options.digit_char(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(value: f64, picture: &str) -> String {
        format(value, picture, &Options::default()).unwrap()
    }

    #[test]
    fn groups_of_irregular_size_stand_where_the_picture_has_them() {
        assert_eq!(formatted(1_234_567.891, "#,##,##0.0#"), "12,34,567.89");
        assert_eq!(formatted(1_234.567_891, "0.000,000"), "1234.567,891");
    }

    #[test]
    fn zero_has_the_exponent_zero() {
        assert_eq!(formatted(0.0, "0.0e00"), "0.0e00");
        assert_eq!(formatted(-5e-324, "0.0e0"), "-4.9e-324");
    }

    #[test]
    fn what_is_not_finite_has_its_words() {
        assert_eq!(formatted(f64::NAN, "(0)"), "NaN");
        assert_eq!(formatted(f64::NEG_INFINITY, "(0)"), "-(Infinity)");
    }

    #[test]
    fn no_character_is_active() {
        let mut options = Options::default();
        options.set("zero-digit", "ab");
        for picture in ["", "%", "00", "x;0"] {
            assert_eq!(
                format(1.0, picture, &options),
                Err(Error::NoDigit),
                "{picture}"
            );
        }
    }
}
