//! From the components that a text gives to a time.

use super::Error;
use super::calendar::{DAY, clip, date, days_of_month};
use super::picture::Component;

/// What a text says of a time; NaN where it says something that is no number.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    year: Option<f64>,
    month: Option<f64>,
    day: Option<f64>,
    day_of_year: Option<f64>,
    week_of_year: Option<f64>,
    week_of_month: Option<f64>,
    week_year: Option<f64>,
    week_month: Option<f64>,
    hour: Option<f64>,
    hour_of_half: Option<f64>,
    half_of_day: Option<f64>,
    minute: Option<f64>,
    second: Option<f64>,
    fraction: Option<f64>,
    zone: Option<f64>,
    zone_by_name: Option<f64>,
}

impl Fields {
    /// Sets a component; a later one of the same kind counts.
    pub fn set(&mut self, component: Component, value: Option<f64>) {
        let field = match component {
            Component::Year => &mut self.year,
            Component::Month => &mut self.month,
            Component::Day => &mut self.day,
            Component::DayOfYear => &mut self.day_of_year,
            Component::WeekOfYear => &mut self.week_of_year,
            Component::WeekOfMonth => &mut self.week_of_month,
            Component::WeekYear => &mut self.week_year,
            Component::WeekMonth => &mut self.week_month,
            Component::Hour => &mut self.hour,
            Component::HourOfHalf => &mut self.hour_of_half,
            Component::HalfOfDay => &mut self.half_of_day,
            Component::Minute => &mut self.minute,
            Component::Second => &mut self.second,
            Component::Fraction => &mut self.fraction,
            Component::Zone => &mut self.zone,
            Component::ZoneByName => &mut self.zone_by_name,
            Component::DayOfWeek | Component::Calendar | Component::Era | Component::Unknown(_) => {
                return;
            }
        };
        *field = value;
    }
}

/// The present, in the parts that a text may leave open.
struct Present {
    year: f64,
    month: f64,
    day: f64,
    hour: f64,
    minute: f64,
    second: f64,
    fraction: f64,
}

impl Present {
    fn of(now_millis: f64) -> Self {
        let now = clip(now_millis);
        let today = date((now / DAY).floor() as i64);
        let clock = |unit: f64, count: f64| (now / unit).floor().rem_euclid(count);
        Self {
            year: today.year as f64,
            month: today.month as f64,
            day: today.day as f64,
            hour: clock(3_600_000.0, 24.0),
            minute: clock(60_000.0, 60.0),
            second: clock(1000.0, 60.0),
            fraction: clock(1.0, 1000.0),
        }
    }
}

/// The time in milliseconds. Components larger than those given are those of the present,
/// smaller ones begin; a gap between given ones is an error.
pub(super) fn complete(fields: Fields, now_millis: f64) -> Result<f64, Error> {
    let now = Present::of(now_millis);
    // A component that is zero decides nothing.
    let has = |field: Option<f64>| field.is_some_and(|value| value != 0.0 && !value.is_nan());
    let has_week = has(fields.week_year)
        || has(fields.week_month)
        || has(fields.week_of_year)
        || has(fields.week_of_month);
    let has_date = has(fields.month) || has(fields.day);
    let is_by_week = has_week
        && !has(fields.year)
        && !has_date
        && !has(fields.day_of_year)
        && !(has(fields.week_of_year) && (has(fields.week_month) || has(fields.week_of_month)));
    if is_by_week {
        return Err(Error::Underspecified);
    }
    let is_by_day_of_year = has(fields.day_of_year) && !has_week && !has_date;
    let is_by_half = (has(fields.half_of_day) || has(fields.hour_of_half)) && !has(fields.hour);

    let mut fill = Fill::Before;
    let year = fill.next(fields.year, now.year, 0.0)?;
    let mut month = match is_by_day_of_year {
        true => 0.0,
        false => fill.next(fields.month, now.month, 1.0)?,
    };
    let mut day = fill.next(fields.day, now.day, 1.0)?;
    let (half, hour) = if is_by_half {
        let half = fill.next(fields.half_of_day, 0.0, 0.0)?;
        (half, fill.next(fields.hour_of_half, now.hour, 0.0)?)
    } else {
        (0.0, fill.next(fields.hour, now.hour, 0.0)?)
    };
    let minute = fill.next(fields.minute, now.minute, 0.0)?;
    let second = fill.next(fields.second, now.second, 0.0)?;
    let fraction = fill.next(fields.fraction, now.fraction, 0.0)?;

    month = if month > 0.0 { month - 1.0 } else { 0.0 };
    if is_by_day_of_year {
        let days = first_day(year, 0.0) + fields.day_of_year.unwrap_or(1.0) - 1.0;
        if clip(days * DAY).is_nan() {
            return Ok(f64::NAN);
        }
        // The year stays what the text says, however large the number of the day.
        let date = date(days as i64);
        (month, day) = ((date.month - 1) as f64, date.day as f64);
    }
    let hour = match (is_by_half, hour) {
        (true, 12.0) => half_start(half),
        (true, hour) => hour + half_start(half),
        (false, hour) => hour,
    };
    let days = first_day(year, month) + day - 1.0;
    let clock = hour * 3_600_000.0 + minute * 60_000.0 + second * 1000.0 + fraction;
    let zone = [fields.zone, fields.zone_by_name]
        .into_iter()
        .find(|zone| has(*zone))
        .flatten()
        .unwrap_or(0.0);
    Ok(clip(days * DAY + clock) - zone * 60_000.0)
}

fn half_start(half: f64) -> f64 {
    if half == 1.0 { 12.0 } else { 0.0 }
}

/// Days since 1970 of the first of a month from 0; two digits name a year of 1900. NaN
/// far out of range.
fn first_day(year: f64, month: f64) -> f64 {
    let year = if (0.0..=99.0).contains(&year) {
        year + 1900.0
    } else {
        year
    };
    let year = year + (month / 12.0).floor();
    if !(-300_000.0..=300_000.0).contains(&year) {
        return f64::NAN;
    }
    days_of_month(year as i64, month.rem_euclid(12.0) as i64 + 1) as f64
}

/// Where the components that are given begin and end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    Before,
    Within,
    Behind,
}

impl Fill {
    fn next(&mut self, given: Option<f64>, now: f64, first: f64) -> Result<f64, Error> {
        match (given, *self) {
            (Some(_), Self::Behind) => Err(Error::Underspecified),
            (Some(value), _) => {
                *self = Self::Within;
                Ok(value)
            }
            (None, Self::Before) => Ok(now),
            (None, _) => {
                *self = Self::Behind;
                Ok(first)
            }
        }
    }
}
