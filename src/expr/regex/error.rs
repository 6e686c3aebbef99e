//! What can be wrong with a pattern, and with its search.

use std::fmt;

/// A pattern that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pattern: String,
    flags: String,
    reason: Reason,
}

/// What is wrong with a pattern. The words are those of the engine that JSONata runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    UnterminatedGroup,
    UnmatchedParenthesis,
    NothingToRepeat,
    UnterminatedClass,
    QuantifierOrder,
    InvalidQuantifier,
    RangeOrder,
    InvalidGroup,
    GroupName,
    DuplicateName,
    NamedReference,
    UnknownName,
    Backslash,
    Escape,
    NestedClass,
    TooLarge,
    Flags,
}

impl Error {
    pub(super) fn new(pattern: &str, flags: &str, reason: Reason) -> Self {
        Self {
            pattern: pattern.to_owned(),
            flags: flags.to_owned(),
            reason,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = &self.flags;
        let reason = match self.reason {
            Reason::UnterminatedGroup => "Unterminated group",
            Reason::UnmatchedParenthesis => "Unmatched ')'",
            Reason::NothingToRepeat => "Nothing to repeat",
            Reason::UnterminatedClass => "Unterminated character class",
            Reason::QuantifierOrder => "numbers out of order in {} quantifier",
            Reason::InvalidQuantifier => "Invalid quantifier",
            Reason::RangeOrder => "Range out of order in character class",
            Reason::InvalidGroup => "Invalid group",
            Reason::GroupName => "Invalid capture group name",
            Reason::DuplicateName => "Duplicate capture group name",
            Reason::NamedReference => "Invalid named reference",
            Reason::UnknownName => "Invalid named capture referenced",
            Reason::Backslash => "\\ at end of pattern",
            Reason::Escape => "Invalid escape",
            Reason::NestedClass => "Character class within a character class",
            Reason::TooLarge => "Regular expression too large",
            Reason::Flags => {
                return write!(f, "Invalid flags supplied to RegExp constructor '{flags}'");
            }
        };
        // JSONata adds the first flag; the others follow in the order of the alphabet.
        let has = |flag: char| {
            if flags.contains(flag) {
                String::from(flag)
            } else {
                String::new()
            }
        };
        let pattern = &self.pattern;
        let (ignores_case, is_multiline) = (has('i'), has('m'));
        write!(
            f,
            "Invalid regular expression: /{pattern}/g{ignores_case}{is_multiline}: {reason}"
        )
    }
}

impl std::error::Error for Error {}

/// The search took more steps than there was fuel for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfFuel;

impl fmt::Display for OutOfFuel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The search for the regular expression takes too long")
    }
}

impl std::error::Error for OutOfFuel {}
