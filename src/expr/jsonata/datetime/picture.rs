//! The picture of a time: literal text and markers in brackets.

use super::Error;
use crate::expr::jsonata::integer::{self, Letters, Presentation, parse_int};

/// More places than any number of a time can fill; wider widths count as this.
const MAX_WIDTH: f64 = 10_000.0;

/// A picture that was read.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub parts: Vec<Part>,
}

/// A piece of a picture.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Literal(String),
    Marker(Marker),
}

/// What stands in brackets.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    pub component: Component,
    pub form: Form,
    /// Places of digits that a text has for a year, a month or a day, and that a year is cut to.
    /// NaN where the picture says what is no number.
    pub digits: Option<f64>,
    /// Letters that a name is cut to, as the picture says it.
    pub max_width: Option<f64>,
    /// `t`: the zone of Greenwich is written `Z`.
    pub is_zulu: bool,
}

/// How a component is shown.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Name(Letters),
    Number(integer::Picture),
}

/// Which part of a time a marker stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Component {
    Year,
    Month,
    Day,
    DayOfYear,
    DayOfWeek,
    WeekOfYear,
    WeekOfMonth,
    WeekYear,
    WeekMonth,
    Hour,
    HourOfHalf,
    HalfOfDay,
    Minute,
    Second,
    Fraction,
    Zone,
    ZoneByName,
    Calendar,
    Era,
    /// A letter that stands for nothing.
    Unknown(char),
}

impl Component {
    fn of(letter: char) -> Self {
        match letter {
            'Y' => Self::Year,
            'M' => Self::Month,
            'D' => Self::Day,
            'd' => Self::DayOfYear,
            'F' => Self::DayOfWeek,
            'W' => Self::WeekOfYear,
            'w' => Self::WeekOfMonth,
            'X' => Self::WeekYear,
            'x' => Self::WeekMonth,
            'H' => Self::Hour,
            'h' => Self::HourOfHalf,
            'P' => Self::HalfOfDay,
            'm' => Self::Minute,
            's' => Self::Second,
            'f' => Self::Fraction,
            'Z' => Self::Zone,
            'z' => Self::ZoneByName,
            'C' => Self::Calendar,
            'E' => Self::Era,
            _ => Self::Unknown(letter),
        }
    }

    /// The letter that stands for it.
    pub fn letter(self) -> char {
        match self {
            Self::Year => 'Y',
            Self::Month => 'M',
            Self::Day => 'D',
            Self::DayOfYear => 'd',
            Self::DayOfWeek => 'F',
            Self::WeekOfYear => 'W',
            Self::WeekOfMonth => 'w',
            Self::WeekYear => 'X',
            Self::WeekMonth => 'x',
            Self::Hour => 'H',
            Self::HourOfHalf => 'h',
            Self::HalfOfDay => 'P',
            Self::Minute => 'm',
            Self::Second => 's',
            Self::Fraction => 'f',
            Self::Zone => 'Z',
            Self::ZoneByName => 'z',
            Self::Calendar => 'C',
            Self::Era => 'E',
            Self::Unknown(letter) => letter,
        }
    }

    /// How it is shown where the picture does not say.
    fn default_presentation(self) -> Option<&'static str> {
        Some(match self {
            Self::Minute | Self::Second => "01",
            Self::Zone | Self::ZoneByName => "01:01",
            Self::DayOfWeek | Self::HalfOfDay | Self::Calendar | Self::Era => "n",
            Self::Year
            | Self::Month
            | Self::Day
            | Self::DayOfYear
            | Self::WeekOfYear
            | Self::WeekOfMonth
            | Self::WeekYear
            | Self::WeekMonth
            | Self::Hour
            | Self::HourOfHalf
            | Self::Fraction => "1",
            Self::Unknown(_) => return None,
        })
    }

    /// Whether the picture's digits are those that a text has, no more and no fewer.
    fn has_fixed_digits(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day)
    }

    /// Whether it has no number.
    fn is_name(self) -> bool {
        matches!(
            self,
            Self::HalfOfDay | Self::Calendar | Self::Era | Self::Unknown(_)
        )
    }

    pub fn is_zone(self) -> bool {
        matches!(self, Self::Zone | Self::ZoneByName)
    }
}

impl Picture {
    pub fn parse(picture: &str) -> Result<Self, Error> {
        let mut parts = Vec::new();
        let mut rest = picture;
        while let Some(open) = rest.find('[') {
            let (literal, tail) = rest.split_at(open);
            push_literal(&mut parts, literal);
            rest = match tail.strip_prefix("[[") {
                Some(after) => {
                    push_literal(&mut parts, "[");
                    after
                }
                None => {
                    let close = tail.find(']').ok_or(Error::UnclosedBracket)?;
                    let marker = tail.get(1..close).unwrap_or_default();
                    parts.push(Part::Marker(Marker::parse(marker)?));
                    tail.get(close + 1..).unwrap_or_default()
                }
            };
        }
        push_literal(&mut parts, rest);
        Ok(Self { parts })
    }
}

fn push_literal(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Literal(text.replace("]]", "]")));
    }
}

impl Marker {
    fn parse(text: &str) -> Result<Self, Error> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut chars = text.chars();
        let letter = chars.next();
        let unknown = || Error::UnknownComponent(letter.map(String::from).unwrap_or_default());
        let component = letter.map(Component::of).ok_or_else(unknown)?;
        let (presentation, width) = match chars.as_str().rsplit_once(',') {
            Some((presentation, width)) => (presentation, width),
            None => (chars.as_str(), ""),
        };
        let (min, max) = widths(width);
        let presentation = match presentation {
            "" => {
                let default = component.default_presentation();
                default.ok_or_else(unknown)?
            }
            presentation => presentation,
        };
        let (presentation, modifier) = split_modifier(presentation);
        let form = match presentation.strip_prefix('N') {
            Some(rest) if rest.starts_with('n') => Form::Name(Letters::Title),
            Some(_) => Form::Name(Letters::Upper),
            None if presentation.starts_with('n') => Form::Name(Letters::Lower),
            // However they are to be shown, these are no numbers.
            None if component.is_name() => Form::Name(Letters::Lower),
            // No zone is the first one: only `t` says something there.
            None if modifier == Some('o') && !component.is_zone() => {
                Form::Number(integer::Picture::parse(&format!("{presentation};o"))?)
            }
            None => Form::Number(integer::Picture::parse(presentation)?),
        };
        let mut marker = Self {
            component,
            form,
            digits: None,
            max_width: max,
            is_zulu: modifier == Some('t'),
        };
        marker.apply_widths(min, max);
        Ok(marker)
    }

    fn apply_widths(&mut self, min: Option<f64>, max: Option<f64>) {
        let Form::Number(picture) = &mut self.form else {
            return;
        };
        let is_cut = self.component.has_fixed_digits();
        if is_cut {
            self.digits = max;
        }
        let Presentation::Digits(digits) = &mut picture.presentation else {
            return;
        };
        if self.component.is_zone() {
            return;
        }
        // What is no number asks for none.
        digits.mandatory = digits.mandatory.max(min.unwrap_or(0.0) as usize);
        if !is_cut {
            return;
        }
        match max {
            Some(max) => digits.mandatory = max as usize,
            None => {
                let places = digits.mandatory + digits.optional;
                self.digits = (places >= 2).then_some(places as f64);
            }
        }
    }
}

/// The letter at the end of a presentation of several that says more about it.
fn split_modifier(presentation: &str) -> (&str, Option<char>) {
    let mut chars = presentation.chars();
    match chars.next_back() {
        Some(modifier @ ('a' | 't' | 'c' | 'o')) if !chars.as_str().is_empty() => {
            (chars.as_str(), Some(modifier))
        }
        _ => (presentation, None),
    }
}

/// `min-max`, each a number or a star. What is neither is not a number, which is not nothing.
fn widths(text: &str) -> (Option<f64>, Option<f64>) {
    let mut widths = text.splitn(2, '-').map(|width| match width {
        "*" => None,
        width => match parse_int(width) {
            width if width > MAX_WIDTH => Some(MAX_WIDTH),
            width => Some(width),
        },
    });
    (widths.next().flatten(), widths.next().flatten())
}
