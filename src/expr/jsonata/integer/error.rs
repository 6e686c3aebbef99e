//! What can be wrong with the picture of an integer.

use std::fmt;

use crate::expr::jsonata::Code;
use crate::expr::jsonata::value::quoted;

/// Why a picture of an integer cannot be used. Codes and sentences are JSONata's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The picture is none of the known sequences; what stands before its modifier.
    UnknownSequence(String),
    /// Its digits belong to several families.
    MixedDigits,
}

impl Error {
    /// JSONata's code.
    pub fn code(&self) -> Code {
        match self {
            Self::UnknownSequence(_) => Code::D3130,
            Self::MixedDigits => Code::D3131,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSequence(picture) => write!(
                f,
                "Formatting or parsing an integer as a sequence starting with {} is not \
                 supported by this implementation",
                quoted(picture)
            ),
            Self::MixedDigits => f.write_str(
                "In a decimal digit pattern, all digits must be from the same decimal group",
            ),
        }
    }
}

impl std::error::Error for Error {}
