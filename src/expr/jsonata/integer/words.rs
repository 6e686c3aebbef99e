//! English numerals.

const UNITS: [&str; 20] = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];
const ORDINAL_UNITS: [&str; 20] = [
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
];
const TENS: [&str; 8] = [
    "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety",
];
const MAGNITUDES: [(f64, &str); 4] = [
    (1e12, "Trillion"),
    (1e9, "Billion"),
    (1e6, "Million"),
    (1e3, "Thousand"),
];

/// The numeral, each word with a large first letter.
pub(super) fn to_words(value: f64, is_ordinal: bool) -> String {
    if !value.is_finite() {
        return crate::expr::jsonata::number::to_string(value);
    }
    words(value, Before::Nothing, is_ordinal)
}

/// What stands before a part of a numeral.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    LargerPart,
}

fn words(value: f64, before: Before, is_ordinal: bool) -> String {
    let join = |text: &'static str| match before {
        Before::Nothing => "",
        Before::LargerPart => text,
    };
    if value < 20.0 {
        let units = if is_ordinal { ORDINAL_UNITS } else { UNITS };
        let word = units.get(value as usize).copied().unwrap_or_default();
        return format!("{}{word}", join(" and "));
    }
    if value < 100.0 {
        let tens = value as usize / 10;
        let word = TENS.get(tens - 2).copied().unwrap_or_default();
        let joint = join(" and ");
        return match value % 10.0 {
            0.0 if is_ordinal => format!("{joint}{}ieth", word.trim_end_matches('y')),
            0.0 => format!("{joint}{word}"),
            units => format!(
                "{joint}{word}-{}",
                words(units, Before::Nothing, is_ordinal)
            ),
        };
    }
    let (weight, name, joint) = match MAGNITUDES.into_iter().find(|(weight, _)| value >= *weight) {
        Some((weight, name)) => (weight, name, ", "),
        None => (100.0, "Hundred", ", "),
    };
    let count = (value / weight).floor();
    let rest = value - count * weight;
    let count = words(count, Before::Nothing, false);
    let tail = if rest > 0.0 {
        words(rest, Before::LargerPart, is_ordinal)
    } else if is_ordinal {
        "th".to_owned()
    } else {
        String::new()
    };
    format!("{}{count} {name}{tail}", join(joint))
}

/// What makes digits an ordinal number.
pub(super) fn ordinal_suffix(digits: &str) -> &'static str {
    let mut last = digits.chars().rev();
    match (last.next(), last.next()) {
        (_, Some('1')) => "th",
        (Some('1'), _) => "st",
        (Some('2'), _) => "nd",
        (Some('3'), _) => "rd",
        _ => "th",
    }
}

/// The number of a numeral; NaN with a word that is none.
pub(super) fn from_words(text: &str) -> f64 {
    let mut parts = vec![0.0];
    for word in split(&text.to_lowercase()) {
        let Some(value) = word_value(word) else {
            return f64::NAN;
        };
        let last = parts.pop().unwrap_or(0.0);
        if value >= 100.0 {
            parts.push(last * value);
        } else if last >= 1000.0 {
            parts.extend([last, value]);
        } else {
            parts.push(last + value);
        }
    }
    parts.iter().sum()
}

/// Words between `, `, ` and `, blanks and hyphens.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        let border = rest.char_indices().find_map(|(at, _)| {
            let tail = rest.get(at..)?;
            separator_len(tail).map(|len| (at, len))
        });
        let Some((at, len)) = border else {
            words.push(rest);
            return words;
        };
        let (word, tail) = rest.split_at(at);
        words.push(word);
        rest = tail.get(len..).unwrap_or_default();
    }
}

fn separator_len(text: &str) -> Option<usize> {
    let blank = |text: &str| {
        text.chars()
            .next()
            .filter(|c| c.is_whitespace())
            .map(char::len_utf8)
    };
    if let Some(rest) = text.strip_prefix(',') {
        return blank(rest).map(|len| len + 1);
    }
    if text.starts_with('-') {
        return Some(1);
    }
    let first = blank(text)?;
    let and = text.get(first..).and_then(|rest| rest.strip_prefix("and"));
    match and.and_then(blank) {
        Some(last) => Some(first + 3 + last),
        None => Some(first),
    }
}

/// Everything that a numeral is made of.
pub(in crate::expr::jsonata) fn numeral_words() -> Vec<String> {
    let large = MAGNITUDES.into_iter().map(|(_, name)| name);
    let mut words: Vec<String> = ["and", "-", ",", " "].map(str::to_owned).into();
    words.extend(UNITS.into_iter().chain(ORDINAL_UNITS).map(str::to_owned));
    for tens in TENS {
        words.extend([
            tens.to_owned(),
            format!("{}ieth", tens.trim_end_matches('y')),
        ]);
    }
    for name in large.chain(["Hundred"]) {
        words.extend([name.to_owned(), format!("{name}th")]);
    }
    words
}

/// The value of a small word, cardinal or ordinal.
fn word_value(word: &str) -> Option<f64> {
    let is_word = |name: &&str| name.eq_ignore_ascii_case(word);
    let units = UNITS.iter().position(&is_word);
    let units = units.or_else(|| ORDINAL_UNITS.iter().position(is_word));
    if let Some(value) = units {
        return Some(value as f64);
    }
    let cardinal = match word.strip_suffix("ieth") {
        Some(stem) => format!("{stem}y"),
        None => word.to_owned(),
    };
    if let Some(tens) = TENS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(&cardinal))
    {
        return Some((tens + 2) as f64 * 10.0);
    }
    let cardinal = word.strip_suffix("th").unwrap_or(word);
    MAGNITUDES
        .into_iter()
        .chain([(100.0, "Hundred")])
        .find(|(_, name)| name.eq_ignore_ascii_case(cardinal))
        .map(|(weight, _)| weight)
}
