//! Texts as times: what each component of a picture says. A picture is looked for as the regular
//! expression that the reference makes of it, each part a group.

use super::Error;
use super::complete::{Fields, complete};
use super::names;
use super::picture::{Component, Form, Marker, Part, Picture};
use crate::expr::jsonata::integer::{self, Grouping, Presentation, numeral_words, parse_int};
use crate::expr::regex::Regex;

/// A picture made ready to read texts by.
#[derive(Debug)]
pub struct Reader {
    picture: Picture,
    regex: Regex,
}

impl Reader {
    /// Reads the picture.
    pub fn new(picture: &str) -> Result<Self, Error> {
        let picture = Picture::parse(picture)?;
        let mut pattern = "^".to_owned();
        for part in &picture.parts {
            pattern.push('(');
            push_part(&mut pattern, part)?;
            pattern.push(')');
        }
        pattern.push('$');
        // It is right by its making, but may be too long.
        let regex = Regex::parse(&pattern, "i").map_err(|_| Error::TooLong)?;
        Ok(Self { picture, regex })
    }

    /// `$toMillis` with the picture: the time that a text shows, in milliseconds since 1970.
    /// `None` if the text does not follow the picture; NaN if it names no day of the calendar.
    /// What the picture leaves open is filled from the present. `fuel` gets less with every step
    /// of looking for the picture.
    pub fn millis(
        &self,
        text: &str,
        now_millis: f64,
        fuel: &mut u64,
    ) -> Result<Option<f64>, Error> {
        match self.fields(text, fuel)? {
            Some(fields) => complete(fields, now_millis).map(Some),
            None => Ok(None),
        }
    }

    /// The values of the components; `None` if the text does not follow the picture or the
    /// picture has none.
    fn fields(&self, text: &str, fuel: &mut u64) -> Result<Option<Fields>, Error> {
        let found = self.regex.find(text, 0, fuel);
        let Some(found) = found.map_err(|_| Error::TooLong)? else {
            return Ok(None);
        };
        let mut fields = Fields::default();
        let mut has_marker = false;
        for (part, group) in self.picture.parts.iter().zip(found.groups) {
            if let (Part::Marker(marker), Some((start, end))) = (part, group) {
                has_marker = true;
                let text = text.get(start..end).unwrap_or_default();
                fields.set(marker.component, value(marker, text)?);
            }
        }
        Ok(has_marker.then_some(fields))
    }
}

/// Adds what the text of a part must look like.
fn push_part(pattern: &mut String, part: &Part) -> Result<(), Error> {
    let marker = match part {
        Part::Literal(literal) => {
            literal.chars().for_each(|c| push_literal(pattern, c));
            return Ok(());
        }
        Part::Marker(marker) => marker,
    };
    if marker.component.is_zone() {
        if marker.component == Component::ZoneByName {
            pattern.push_str("GMT");
        }
        pattern.push_str("[-+][0-9]+");
        if let Some(separator) = separator(marker) {
            push_literal(pattern, separator);
            pattern.push_str("[0-9]+");
        }
        return Ok(());
    }
    let picture = match (marker.component, &marker.form) {
        // These have names however the picture shows them.
        (Component::HalfOfDay, _) => {
            pattern.push_str(LETTERS);
            return Ok(());
        }
        (other @ (Component::Calendar | Component::Era | Component::Unknown(_)), _) => {
            return Err(Error::NoNames(other.letter()));
        }
        (_, Form::Number(picture)) => picture,
        (Component::Month | Component::WeekMonth | Component::DayOfWeek, Form::Name(_)) => {
            pattern.push_str(LETTERS);
            return Ok(());
        }
        (other, Form::Name(_)) => return Err(Error::NoNames(other.letter())),
    };
    match &picture.presentation {
        Presentation::Words(_) => {
            pattern.push_str("(?:");
            pattern.push_str(&numeral_words().join("|"));
            pattern.push_str(")+");
        }
        Presentation::Roman(_) => pattern.push_str("[MDCLXVI]+"),
        Presentation::Letters(_) => pattern.push_str(LETTERS),
        Presentation::Digits(digits) => {
            pattern.push_str("[0-9]");
            match marker.digits {
                Some(places) if places > 0.0 => {
                    // Less than nothing is text to JavaScript, as it is in the reference.
                    let least = places - digits.optional as f64;
                    pattern.push_str(&format!("{{{least},{places}}}"));
                }
                _ => pattern.push('+'),
            }
            if picture.is_ordinal {
                pattern.push_str("(?:th|st|nd|rd)");
            }
        }
        Presentation::Unknown(picture) => {
            return Err(integer::Error::UnknownSequence(picture.clone()).into());
        }
    }
    Ok(())
}

const LETTERS: &str = "[a-z]+";

/// Adds a character that stands for itself.
fn push_literal(pattern: &mut String, c: char) {
    if c.is_ascii_punctuation() {
        pattern.push('\\');
    }
    pattern.push(c);
}

/// What stands between hours and minutes of a zone.
fn separator(marker: &Marker) -> Option<char> {
    let Form::Number(picture) = &marker.form else {
        return None;
    };
    match &picture.presentation {
        Presentation::Digits(digits) => match digits.grouping {
            Grouping::Every(_, separator) => Some(separator),
            Grouping::At(_) => None,
        },
        _ => None,
    }
}

/// `None` for a name that is none.
fn value(marker: &Marker, text: &str) -> Result<Option<f64>, Error> {
    if marker.component.is_zone() {
        return Ok(Some(zone_minutes(text, separator(marker))));
    }
    Ok(match (marker.component, &marker.form) {
        (Component::HalfOfDay, _) => match text {
            "am" | "AM" => Some(0.0),
            "pm" | "PM" => Some(1.0),
            _ => None,
        },
        (_, Form::Number(picture)) => Some(picture.parse_text(text)?),
        (Component::DayOfWeek, Form::Name(_)) => names::day_number(text, marker.max_width),
        (_, Form::Name(_)) => names::month_number(text, marker.max_width),
    })
}

/// Minutes from Greenwich. Those behind the hours of a negative zone add to it, as they do
/// in JSONata.
fn zone_minutes(text: &str, separator: Option<char>) -> f64 {
    let text = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let (hours, minutes) = match separator {
        Some(separator) => text.split_once(separator).unwrap_or((text, "")),
        None if text.len() <= 3 => (text, ""),
        None => text.split_at(3),
    };
    let minutes = if minutes.is_empty() {
        0.0
    } else {
        parse_int(minutes)
    };
    parse_int(hours) * 60.0 + minutes
}
