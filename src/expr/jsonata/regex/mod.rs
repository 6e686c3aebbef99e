//! Regular expressions, written as in JavaScript.
//!
//! Matching takes time linear in the text, whatever the pattern: what would have to be
//! tried again and again (`\1`, `(?=…)`) is refused.

use std::fmt;

/// A pattern that can be searched for.
#[derive(Clone, Debug)]
pub struct Regex(regex_lite::Regex);

/// A pattern that cannot be read.
#[derive(Clone, Debug)]
pub struct Error {
    pattern: String,
    reason: String,
}

impl Error {
    /// JSONata's code.
    pub fn code(&self) -> &'static str {
        "S0302"
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pattern, reason } = self;
        write!(f, "Invalid regular expression: /{pattern}/: {reason}")
    }
}

impl std::error::Error for Error {}

/// The search took longer than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfFuel;

/// Where a pattern was found, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Where each group was found, if it was.
    pub groups: Vec<Option<(usize, usize)>>,
}

impl Regex {
    /// Reads a pattern; the flags are `i` and `m`.
    pub fn parse(pattern: &str, flags: &str) -> Result<Self, Error> {
        let regex = regex_lite::RegexBuilder::new(pattern)
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .build();
        regex.map(Regex).map_err(|error| Error {
            pattern: pattern.to_owned(),
            reason: error.to_string(),
        })
    }

    /// The first match from a byte on.
    pub fn find(
        &self,
        text: &str,
        from: usize,
        fuel: &mut u64,
    ) -> Result<Option<Match>, OutOfFuel> {
        if from > text.len() {
            return Ok(None);
        }
        let Some(found) = self.0.captures_at(text, from) else {
            burn(fuel, text.len() - from)?;
            return Ok(None);
        };
        let mut places = found.iter();
        let Some(whole) = places.next().flatten() else {
            return Ok(None);
        };
        burn(fuel, whole.end() - from)?;
        let place = |group: regex_lite::Match| (group.start(), group.end());
        Ok(Some(Match {
            start: whole.start(),
            end: whole.end(),
            groups: places.map(|group| group.map(place)).collect(),
        }))
    }
}

fn burn(fuel: &mut u64, bytes: usize) -> Result<(), OutOfFuel> {
    *fuel = fuel.checked_sub(bytes as u64 / 4 + 1).ok_or(OutOfFuel)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_groups_and_ends_without_fuel() {
        let regex = Regex::parse("(l+)(x)?", "i").unwrap();
        let found = regex.find("heLLo", 0, &mut 100).unwrap().unwrap();
        assert_eq!((found.start, found.end), (2, 4));
        assert_eq!(found.groups, [Some((2, 4)), None]);
        assert_eq!(regex.find("heLLo", 4, &mut 100).unwrap(), None);
        assert_eq!(regex.find("heLLo", 0, &mut 0), Err(OutOfFuel));
        assert!(Regex::parse("(", "").is_err());
        assert!(Regex::parse("a(?=b)", "").is_err());
    }
}
