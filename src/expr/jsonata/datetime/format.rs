//! Times as texts.

use super::calendar::{DAY, Date, clip, date, day_of_year, week, weekday};
use super::picture::{Component, Form, Marker, Part, Picture};
use super::{Error, names};
use crate::expr::jsonata::integer::{self, Grouping, Letters, Presentation, parse_int};

/// A moment at a place.
struct Moment {
    /// Milliseconds since 1970 of the clock at that place; NaN if out of range.
    local: f64,
    /// Hours and minutes of the zone; both are rounded down on their own.
    zone: (f64, f64),
}

/// The time as the picture shows it.
pub(super) fn format(
    millis: f64,
    picture: &Picture,
    timezone: Option<&str>,
) -> Result<String, Error> {
    let zone = timezone.map_or(0.0, parse_int);
    let (hours, minutes) = ((zone / 100.0).floor(), zone % 100.0);
    let moment = Moment {
        local: clip(millis + (60.0 * hours + minutes) * 60_000.0),
        zone: (hours, minutes),
    };
    let mut text = String::new();
    for part in &picture.parts {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Marker(marker) => text.push_str(&format_marker(&moment, marker)?),
        }
    }
    Ok(text)
}

fn format_marker(moment: &Moment, marker: &Marker) -> Result<String, Error> {
    match marker.component {
        Component::Zone | Component::ZoneByName => return format_zone(moment.zone, marker),
        Component::Calendar | Component::Era => return Ok("ISO".to_owned()),
        Component::Unknown(_) => return Ok("undefined".to_owned()),
        Component::HalfOfDay => {
            let half = if moment.hour() >= 12.0 { "pm" } else { "am" };
            return Ok(match marker.form {
                Form::Name(Letters::Upper) => half.to_ascii_uppercase(),
                Form::Name(_) | Form::Number(_) => half.to_owned(),
            });
        }
        _ => {}
    }
    let value = moment.number(marker.component);
    match &marker.form {
        Form::Name(letters) => {
            let name = match marker.component {
                Component::Month | Component::WeekMonth => names::month(value),
                Component::DayOfWeek => names::day(value),
                other => return Err(Error::NoNames(other.letter())),
            };
            let width = marker.max_width.filter(|width| !width.is_nan());
            let width = width.map_or(name.len(), |width| width as usize);
            let name = name.get(..width).unwrap_or(name).to_owned();
            Ok(match letters {
                Letters::Title => name,
                Letters::Upper => name.to_ascii_uppercase(),
                Letters::Lower => name.to_ascii_lowercase(),
            })
        }
        Form::Number(picture) => {
            let value = match (marker.component, marker.digits) {
                (Component::Year, Some(width)) if width.is_nan() => width,
                (Component::Year, Some(width)) => value % 10_f64.powi(width as i32),
                _ => value,
            };
            Ok(picture.format(value)?)
        }
    }
}

/// The difference to Greenwich: with a separator as in the picture, with hours alone where
/// that is enough, or hours and minutes in one.
fn format_zone((hours, minutes): (f64, f64), marker: &Marker) -> Result<String, Error> {
    let zone = hours * 100.0 + minutes;
    let Form::Number(picture) = &marker.form else {
        return Err(Error::TimezoneDigits);
    };
    let Presentation::Digits(digits) = &picture.presentation else {
        return Err(Error::TimezoneDigits);
    };
    let text = match (&digits.grouping, digits.mandatory) {
        (Grouping::Every(..), _) | (_, 3 | 4) => picture.format(zone)?,
        (_, 1 | 2) => {
            let mut text = picture.format(hours)?;
            if minutes != 0.0 {
                text.push(':');
                text.push_str(&integer::format(minutes, "00")?);
            }
            text
        }
        _ => return Err(Error::TimezoneDigits),
    };
    if zone == 0.0 && marker.is_zulu {
        return Ok("Z".to_owned());
    }
    let sign = if zone >= 0.0 { "+" } else { "" };
    let name = match marker.component {
        Component::ZoneByName => "GMT",
        _ => "",
    };
    Ok(format!("{name}{sign}{text}"))
}

impl Moment {
    fn hour(&self) -> f64 {
        self.time_of_day(3_600_000.0, 24.0)
    }

    /// How many times a unit of the clock has passed.
    fn time_of_day(&self, unit: f64, count: f64) -> f64 {
        (self.local / unit).floor().rem_euclid(count)
    }

    /// A value of the calendar; NaN where the time is out of range.
    fn day(&self, value: impl Fn(i64) -> i64) -> f64 {
        if self.local.is_nan() {
            return f64::NAN;
        }
        value((self.local / DAY).floor() as i64) as f64
    }

    fn number(&self, component: Component) -> f64 {
        let date_part = |part: fn(Date) -> i64| self.day(|days| part(date(days)));
        match component {
            Component::Year => date_part(|date| date.year),
            Component::Month => date_part(|date| date.month),
            Component::Day => date_part(|date| date.day),
            Component::DayOfYear => self.day(day_of_year),
            Component::DayOfWeek => self.day(weekday),
            Component::WeekOfYear => self.day(|days| week(days).of_year),
            Component::WeekOfMonth => self.day(|days| week(days).of_month),
            Component::WeekYear => self.day(|days| week(days).thursday.year),
            Component::WeekMonth => self.day(|days| week(days).thursday.month),
            Component::Hour => self.hour(),
            Component::HourOfHalf => match self.hour() % 12.0 {
                0.0 => 12.0,
                hour => hour,
            },
            Component::Minute => self.time_of_day(60_000.0, 60.0),
            Component::Second => self.time_of_day(1000.0, 60.0),
            Component::Fraction => self.time_of_day(1.0, 1000.0),
            Component::HalfOfDay
            | Component::Zone
            | Component::ZoneByName
            | Component::Calendar
            | Component::Era
            | Component::Unknown(_) => f64::NAN,
        }
    }
}
