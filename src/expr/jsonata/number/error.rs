//! What can be wrong with the arguments of a number function.

use std::fmt;

use super::to_exact_json;
use crate::expr::jsonata::Code;

/// Why a number cannot be written as asked. Codes and sentences are JSONata's.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The picture has more than two sub-pictures.
    SubPictures,
    /// A sub-picture has several decimal separators.
    DecimalSeparators,
    /// A sub-picture has several percent signs.
    Percents,
    /// A sub-picture has several per-mille signs.
    PerMilles,
    /// A sub-picture has a percent and a per-mille sign.
    PercentAndPerMille,
    /// The mantissa has no place for a digit.
    NoDigit,
    /// Some other character stands between the digits.
    PassiveCharacter,
    /// Decimal and grouping separator stand side by side.
    AdjacentSeparators,
    /// The integer part ends in a grouping separator.
    TrailingGroupingSeparator,
    /// Two grouping separators stand side by side.
    DoubledGroupingSeparator,
    /// An optional digit after a required one in the integer part.
    OptionalAfterRequired,
    /// A required digit after an optional one in the fractional part.
    RequiredAfterOptional,
    /// An exponent together with a percent or per-mille sign.
    PercentAndExponent,
    /// The exponent has other characters than required digits, or none.
    BadExponent,
    /// The radix, rounded, is not within 2 and 36.
    Radix(f64),
}

impl Error {
    /// JSONata's code.
    pub fn code(&self) -> Code {
        match self {
            Self::SubPictures => Code::D3080,
            Self::DecimalSeparators => Code::D3081,
            Self::Percents => Code::D3082,
            Self::PerMilles => Code::D3083,
            Self::PercentAndPerMille => Code::D3084,
            Self::NoDigit => Code::D3085,
            Self::PassiveCharacter => Code::D3086,
            Self::AdjacentSeparators => Code::D3087,
            Self::TrailingGroupingSeparator => Code::D3088,
            Self::DoubledGroupingSeparator => Code::D3089,
            Self::OptionalAfterRequired => Code::D3090,
            Self::RequiredAfterOptional => Code::D3091,
            Self::PercentAndExponent => Code::D3092,
            Self::BadExponent => Code::D3093,
            Self::Radix(_) => Code::D3100,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SubPictures => {
                "The picture string must only contain a maximum of two sub-pictures"
            }
            Self::DecimalSeparators => {
                "The sub-picture must not contain more than one instance of the \
                 'decimal-separator' character"
            }
            Self::Percents => {
                "The sub-picture must not contain more than one instance of the 'percent' character"
            }
            Self::PerMilles => {
                "The sub-picture must not contain more than one instance of the \
                 'per-mille' character"
            }
            Self::PercentAndPerMille => {
                "The sub-picture must not contain both a 'percent' and a 'per-mille' character"
            }
            Self::NoDigit => {
                "The mantissa part of a sub-picture must contain at least one character that is \
                 either an 'optional digit character' or a member of the 'decimal digit family'"
            }
            Self::PassiveCharacter => {
                "The sub-picture must not contain a passive character that is preceded by an \
                 active character and that is followed by another active character"
            }
            Self::AdjacentSeparators => {
                "The sub-picture must not contain a 'grouping-separator' character that appears \
                 adjacent to a 'decimal-separator' character"
            }
            Self::TrailingGroupingSeparator => {
                "The sub-picture must not contain a 'grouping-separator' at the end of the \
                 integer part"
            }
            Self::DoubledGroupingSeparator => {
                "The sub-picture must not contain two adjacent instances of the \
                 'grouping-separator' character"
            }
            Self::OptionalAfterRequired => {
                "The integer part of the sub-picture must not contain a member of the 'decimal \
                 digit family' that is followed by an instance of the 'optional digit character'"
            }
            Self::RequiredAfterOptional => {
                "The fractional part of the sub-picture must not contain an instance of the \
                 'optional digit character' that is followed by a member of the 'decimal digit \
                 family'"
            }
            Self::PercentAndExponent => {
                "A sub-picture that contains a 'percent' or 'per-mille' character must not \
                 contain a character treated as an 'exponent-separator'"
            }
            Self::BadExponent => {
                "The exponent part of the sub-picture must comprise only of one or more \
                 characters that are members of the 'decimal digit family'"
            }
            Self::Radix(radix) => {
                return write!(
                    f,
                    "The radix of the formatBase function must be between 2 and 36.  It was \
                     given {}",
                    to_exact_json(*radix)
                );
            }
        })
    }
}

impl std::error::Error for Error {}
