//! Texts as times: what each component of a picture says.

use super::Error;
use super::complete::Fields;
use super::matcher::{Element, find};
use super::names;
use super::picture::{Component, Form, Marker, Part, Picture};
use crate::expr::jsonata::integer::{self, Grouping, Presentation, numeral_words, parse_int};

/// The values of the components; `None` if the text does not follow the picture or the
/// picture has none.
pub(super) fn read(text: &str, picture: &Picture) -> Result<Option<Fields>, Error> {
    let mut elements = Vec::new();
    for part in &picture.parts {
        elements.push(element(part)?);
    }
    let text: Vec<char> = text.chars().collect();
    let Some(found) = find(&elements, &text) else {
        return Ok(None);
    };
    let mut fields = Fields::default();
    let mut has_marker = false;
    for (part, (start, end)) in picture.parts.iter().zip(found) {
        if let Part::Marker(marker) = part {
            has_marker = true;
            let text: String = text.get(start..end).unwrap_or_default().iter().collect();
            fields.set(marker.component, value(marker, &text)?);
        }
    }
    Ok(has_marker.then_some(fields))
}

fn element(part: &Part) -> Result<Element, Error> {
    let marker = match part {
        Part::Literal(literal) => return Ok(Element::Literal(literal.chars().collect())),
        Part::Marker(marker) => marker,
    };
    if marker.component.is_zone() {
        return Ok(Element::Zone {
            is_named: marker.component == Component::ZoneByName,
            separator: separator(marker),
        });
    }
    let picture = match (marker.component, &marker.form) {
        // These three have names however the picture shows them.
        (Component::HalfOfDay, _) => return Ok(Element::Letters),
        (other @ (Component::Calendar | Component::Era | Component::Unknown(_)), _) => {
            return Err(Error::NoNames(other.letter()));
        }
        (_, Form::Number(picture)) => picture,
        (Component::Month | Component::WeekMonth | Component::DayOfWeek, Form::Name(_)) => {
            return Ok(Element::Letters);
        }
        (other, Form::Name(_)) => return Err(Error::NoNames(other.letter())),
    };
    Ok(match &picture.presentation {
        Presentation::Words(_) => Element::Words(
            numeral_words()
                .into_iter()
                .map(|word| word.chars().collect())
                .collect(),
        ),
        Presentation::Roman(_) => Element::Roman,
        Presentation::Letters(_) => Element::Letters,
        Presentation::Digits(digits) => {
            let places = digits.mandatory + digits.optional;
            let (min, max) = if marker.component.has_fixed_digits() && places >= 2 {
                (digits.mandatory.max(1), places)
            } else {
                (1, usize::MAX)
            };
            Element::Digits {
                min,
                max,
                is_ordinal: picture.is_ordinal,
            }
        }
        Presentation::Unknown(picture) => {
            return Err(integer::Error::UnknownSequence(picture.clone()).into());
        }
    })
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
