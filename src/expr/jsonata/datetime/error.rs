//! What can be wrong with a picture or a text of a time.

use std::fmt;

use crate::expr::jsonata::Code;
use crate::expr::jsonata::integer;
use crate::expr::jsonata::limit::TOO_LONG;
use crate::expr::jsonata::value::quoted;

/// Why a time cannot be written or read. Codes and sentences are JSONata's.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// Without picture a text must follow ISO 8601.
    NotIso8601(String),
    /// The picture has a component that no letter stands for.
    UnknownComponent(String),
    /// Only months, days of the week and halves of the day have names.
    NoNames(char),
    /// The digits of a time zone are none or more than four.
    TimezoneDigits,
    /// A bracket is not closed.
    UnclosedBracket,
    /// The components that were read leave a gap.
    Underspecified,
    /// Looking for the picture takes too many steps.
    TooLong,
    /// The picture of a component's number is wrong.
    Integer(integer::Error),
}

impl Error {
    /// JSONata's code.
    pub fn code(&self) -> Code {
        match self {
            Self::NotIso8601(_) => Code::D3110,
            Self::UnknownComponent(_) => Code::D3132,
            Self::NoNames(_) => Code::D3133,
            Self::TimezoneDigits => Code::D3134,
            Self::UnclosedBracket => Code::D3135,
            Self::Underspecified => Code::D3136,
            Self::TooLong => Code::U1001,
            Self::Integer(error) => error.code(),
        }
    }
}

impl From<integer::Error> for Error {
    fn from(error: integer::Error) -> Self {
        Self::Integer(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotIso8601(text) => write!(
                f,
                "The argument of the toMillis function must be an ISO 8601 formatted timestamp. \
                 Given {}",
                quoted(text)
            ),
            Self::UnknownComponent(component) => write!(
                f,
                "Unknown component specifier {} in date/time picture string",
                quoted(&component.to_string())
            ),
            Self::NoNames(component) => write!(
                f,
                "The 'name' modifier can only be applied to months and days in the date/time \
                 picture string, not {}",
                quoted(&component.to_string())
            ),
            Self::TimezoneDigits => f.write_str(
                "The timezone integer format specifier cannot have more than four digits",
            ),
            Self::UnclosedBracket => {
                f.write_str("No matching closing bracket ']' in date/time picture string")
            }
            Self::Underspecified => f.write_str(
                "The date/time picture string is missing specifiers required to parse the \
                 timestamp",
            ),
            Self::TooLong => f.write_str(TOO_LONG),
            Self::Integer(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
