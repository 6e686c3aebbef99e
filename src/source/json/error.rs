//! What can be wrong with JSON text.

use std::fmt;

use crate::source::text::Span;

/// One place where a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where.
    pub span: Span,
}

/// The ways in which a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    Empty,
    /// A value was due.
    ExpectedValue,
    /// A member name in quotes was due.
    ExpectedKey,
    /// A colon was due after a member name.
    ExpectedColon,
    /// A comma is missing between two members or elements.
    ExpectedComma,
    /// A comma stands before a closing bracket.
    TrailingComma,
    /// The bracket that opened here is never closed.
    Unclosed(char),
    /// A closing bracket without its partner.
    Unopened(char),
    /// The string has no closing quote on its line.
    UnterminatedString,
    /// A backslash with something JSON does not know.
    BadEscape,
    /// A control character inside a string.
    ControlCharacter,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// A number JSON does not allow.
    BadNumber,
    /// A word that is not `true`, `false` or `null`.
    UnknownWord(String),
    /// A character that belongs nowhere.
    UnexpectedCharacter(char),
    /// A comment, which JSON does not have.
    Comment,
    /// Something follows the document.
    TrailingText,
    /// Nested more than [`MAX_DEPTH`](super::MAX_DEPTH) levels.
    TooDeep,
    /// The object already has a member of this name.
    DuplicateKey(String),
}

impl SyntaxErrorKind {
    /// Whether JSON readers take the text all the same.
    pub fn is_readable(&self) -> bool {
        matches!(self, Self::DuplicateKey(_) | Self::LoneSurrogate)
    }
}

impl fmt::Display for SyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The text is empty"),
            Self::ExpectedValue => f.write_str("A value is missing"),
            Self::ExpectedKey => f.write_str("A member name in double quotes is missing"),
            Self::ExpectedColon => f.write_str("A colon is missing after the member name"),
            Self::ExpectedComma => f.write_str("A comma is missing"),
            Self::TrailingComma => f.write_str("A comma stands before the closing bracket"),
            Self::Unclosed(bracket) => write!(f, "This {bracket} is never closed"),
            Self::Unopened(bracket) => write!(f, "Nothing is open that this {bracket} could close"),
            Self::UnterminatedString => f.write_str("The string has no closing quote"),
            Self::BadEscape => f.write_str("JSON has no such escape"),
            Self::ControlCharacter => {
                f.write_str("A control character in a string must be escaped")
            }
            Self::LoneSurrogate => f.write_str("Half of a surrogate pair stands alone"),
            Self::BadNumber => f.write_str("This is not a number as JSON writes it"),
            Self::UnknownWord(word) => {
                write!(f, "{word} is not a JSON value; strings need double quotes")
            }
            Self::UnexpectedCharacter(char) => write!(f, "{char} does not belong here"),
            Self::Comment => f.write_str("JSON has no comments; use a Comment field"),
            Self::TrailingText => f.write_str("Something follows the end of the document"),
            Self::TooDeep => write!(f, "Nested more than {} levels deep", super::MAX_DEPTH),
            Self::DuplicateKey(name) => write!(f, "{name} is already a member of this object"),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.span.start)
    }
}

impl std::error::Error for SyntaxError {}
