//! English names of months and days.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Name of a month, from 1.
pub(super) fn month(number: f64) -> &'static str {
    name(&MONTHS, number)
}

/// Name of a day of the week, 1 for Monday.
pub(super) fn day(number: f64) -> &'static str {
    name(&DAYS, number)
}

/// The month of a name that may be cut to `width` letters. Of months that are then alike
/// it is the last.
pub(super) fn month_number(text: &str, width: Option<f64>) -> Option<f64> {
    number(&MONTHS, text, width)
}

/// The day of a name that may be cut to `width` letters.
pub(super) fn day_number(text: &str, width: Option<f64>) -> Option<f64> {
    number(&DAYS, text, width)
}

fn name(names: &[&'static str], number: f64) -> &'static str {
    // A time out of range has no month, and that is how JSONata says it.
    let index = if number >= 1.0 {
        number as usize - 1
    } else {
        usize::MAX
    };
    names.get(index).copied().unwrap_or("undefined")
}

fn number(names: &[&str], text: &str, width: Option<f64>) -> Option<f64> {
    // Unlike in writing, none counts as no width.
    let width = width.filter(|width| *width != 0.0 && !width.is_nan());
    let is_named = |name: &&str| {
        let cut = width
            .and_then(|width| name.get(..width as usize))
            .unwrap_or(name);
        cut == text
    };
    names
        .iter()
        .rposition(is_named)
        .map(|index| (index + 1) as f64)
}
