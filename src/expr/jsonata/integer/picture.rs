//! The picture of an integer, read once and used in both directions.

use super::Error;
use super::digits::{family, grouped, parse_digits};
use super::letters::{from_letters, to_letters};
use super::roman::{from_roman, to_roman};
use super::words::{from_words, ordinal_suffix, to_words};
use crate::expr::jsonata::number::to_string;
use crate::expr::jsonata::value::upper_case;

/// What a picture asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) struct Picture {
    /// How the number is shown.
    pub presentation: Presentation,
    /// Whether it counts or orders: `;o` asks for `first` instead of `one`.
    pub is_ordinal: bool,
}

/// How a number is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) enum Presentation {
    /// `w`, `W`, `Ww`.
    Words(Letters),
    /// `i`, `I`.
    Roman(Letters),
    /// `a`, `A`.
    Letters(Letters),
    /// A picture with digits.
    Digits(Digits),
    /// Anything else; only using it is an error.
    Unknown(String),
}

/// Which letters are large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) enum Letters {
    /// None.
    Lower,
    /// All.
    Upper,
    /// The first of each word.
    Title,
}

/// Digits and what stands between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) struct Digits {
    /// The zero of the digits' family.
    pub zero: char,
    /// Digits that are there at least.
    pub mandatory: usize,
    /// Places for digits that are there if needed.
    pub optional: usize,
    /// What stands between them.
    pub grouping: Grouping,
}

/// Separators between digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) enum Grouping {
    /// One before every so many digits, however long the number.
    Every(usize, char),
    /// Single ones, from left to right.
    At(Vec<Separator>),
}

/// One separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expr::jsonata) struct Separator {
    /// Digits and places of digits to its right.
    pub position: usize,
    /// The separator.
    pub character: char,
}

impl Picture {
    /// Reads a picture with the modifier behind its last semicolon.
    pub fn parse(picture: &str) -> Result<Self, Error> {
        let (primary, modifier) = picture.rsplit_once(';').unwrap_or((picture, ""));
        Ok(Self {
            presentation: Presentation::parse(primary)?,
            is_ordinal: modifier.starts_with('o'),
        })
    }

    /// The number as the picture shows it.
    pub fn format(&self, value: f64) -> Result<String, Error> {
        let value = value.floor();
        let magnitude = value.abs();
        let text = match &self.presentation {
            Presentation::Words(letters) => letters.apply(to_words(magnitude, self.is_ordinal)),
            Presentation::Roman(letters) => letters.apply(to_roman(magnitude)),
            Presentation::Letters(letters) => letters.apply(to_letters(magnitude)),
            Presentation::Digits(digits) => {
                let text = grouped(&to_string(magnitude), digits);
                let suffix = match self.is_ordinal {
                    true => ordinal_suffix(&text),
                    false => "",
                };
                format!("{text}{suffix}")
            }
            Presentation::Unknown(picture) => {
                return Err(Error::UnknownSequence(picture.clone()));
            }
        };
        let sign = if value < 0.0 { "-" } else { "" };
        Ok(format!("{sign}{text}"))
    }

    /// The number that a text shows; NaN if none.
    pub fn parse_text(&self, text: &str) -> Result<f64, Error> {
        Ok(match &self.presentation {
            Presentation::Words(_) => from_words(text),
            Presentation::Roman(Letters::Lower) => from_roman(&upper_case(text)),
            Presentation::Roman(_) => from_roman(text),
            Presentation::Letters(letters) => from_letters(text, letters.first()),
            Presentation::Digits(digits) => parse_digits(text, digits, self.is_ordinal),
            Presentation::Unknown(picture) => {
                return Err(Error::UnknownSequence(picture.clone()));
            }
        })
    }
}

impl Presentation {
    fn parse(primary: &str) -> Result<Self, Error> {
        Ok(match primary {
            "w" => Self::Words(Letters::Lower),
            "W" => Self::Words(Letters::Upper),
            "Ww" => Self::Words(Letters::Title),
            "i" => Self::Roman(Letters::Lower),
            "I" => Self::Roman(Letters::Upper),
            "a" => Self::Letters(Letters::Lower),
            "A" => Self::Letters(Letters::Upper),
            _ => match Digits::parse(primary)? {
                Some(digits) => Self::Digits(digits),
                None => Self::Unknown(primary.to_owned()),
            },
        })
    }
}

impl Letters {
    fn apply(self, text: String) -> String {
        match self {
            Self::Lower => text.to_ascii_lowercase(),
            Self::Upper => text.to_ascii_uppercase(),
            Self::Title => text,
        }
    }

    /// The letter for one.
    pub fn first(self) -> char {
        match self {
            Self::Lower => 'a',
            Self::Upper | Self::Title => 'A',
        }
    }
}

impl Digits {
    /// `None` if no digit is in the picture.
    fn parse(picture: &str) -> Result<Option<Self>, Error> {
        let mut zero = None;
        let (mut mandatory, mut optional) = (0, 0);
        let mut separators = Vec::new();
        // From the right, as positions count.
        for c in picture.chars().rev() {
            if let Some(found) = family(c) {
                mandatory += 1;
                if *zero.get_or_insert(found) != found {
                    return Err(Error::MixedDigits);
                }
            } else if c == '#' {
                optional += 1;
            } else {
                separators.push(Separator {
                    position: mandatory + optional,
                    character: c,
                });
            }
        }
        separators.reverse();
        Ok(zero.map(|zero| Self {
            zero,
            mandatory,
            optional,
            grouping: Grouping::of(separators),
        }))
    }
}

impl Grouping {
    fn of(separators: Vec<Separator>) -> Self {
        let size = separators
            .iter()
            .fold(0, |size, separator| gcd(size, separator.position));
        let Some(first) = separators.first().copied().filter(|_| size > 0) else {
            return Self::At(separators);
        };
        let is_alike = separators
            .iter()
            .all(|separator| separator.character == first.character);
        let is_regular = (1..=separators.len()).all(|n| {
            separators
                .iter()
                .any(|separator| separator.position == n * size)
        });
        if is_alike && is_regular {
            return Self::Every(size, first.character);
        }
        Self::At(separators)
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
