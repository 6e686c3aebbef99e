//! Regular expressions as JavaScript has them without its flag `u`: lazy and greedy
//! repetition, groups with and without names, references to groups, looking ahead and
//! behind, and sixteen-bit units as characters.
//!
//! A pattern is parsed to a tree, compiled to a program and run by backtracking. Every
//! step costs fuel, no recursion depends on the text, and where many ways lead to the same place, places that failed are remembered, so
//! that a pattern such as `^(a+)+$` takes time in proportion to the text. Patterns with
//! references, with looks around or with large counts cannot be helped so: their search
//! ends when the fuel does.

mod class;
mod compile;
mod error;
mod parse;
mod run;
mod text;
mod tree;

pub use error::{Error, OutOfFuel};

use compile::Program;

/// A regular expression that can be searched for.
#[derive(Clone, Debug)]
pub struct Regex {
    program: Program,
}

/// Where a regular expression was found. Places are in bytes; a match that begins or ends
/// between the two units of a character takes the whole character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
    /// What each group matched last, from the first on; `None` if it took no part.
    pub groups: Vec<Option<(usize, usize)>>,
}

/// What flags can change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Flags {
    /// `i`
    ignores_case: bool,
    /// `m`
    is_multiline: bool,
}

impl Regex {
    /// Reads a pattern. The flags are `i` and `m`; `g` may be there and says nothing.
    pub fn parse(pattern: &str, flags: &str) -> Result<Self, Error> {
        let fail = |reason| Error::new(pattern, flags, reason);
        let mut read = Flags::default();
        for flag in flags.chars() {
            match flag {
                'i' => read.ignores_case = true,
                'm' => read.is_multiline = true,
                'g' => {}
                _ => return Err(fail(error::Reason::Flags)),
            }
        }
        let pattern = parse::parse(pattern).map_err(fail)?;
        let program = compile::compile(&pattern, read).map_err(fail)?;
        Ok(Self { program })
    }

    /// The first match at or behind a place of the text, in bytes. `fuel` gets less with
    /// every step.
    pub fn find(
        &self,
        text: &str,
        from: usize,
        fuel: &mut u64,
    ) -> Result<Option<Match>, OutOfFuel> {
        run::find(&self.program, text, from, fuel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, flags: &str, text: &str) -> Option<(String, Vec<Option<String>>)> {
        let regex = Regex::parse(pattern, flags).unwrap();
        let found = regex.find(text, 0, &mut 1_000_000).unwrap()?;
        let group = |(start, end): (usize, usize)| text[start..end].to_owned();
        let groups = found.groups.iter().map(|it| it.map(group)).collect();
        Some((group((found.start, found.end)), groups))
    }

    #[test]
    fn many_ways_to_fail_take_time_in_proportion() {
        let text = format!("{}b", "a".repeat(10_000));
        for pattern in ["^(a+)+$", "^(a|a)*$", "(?:a?){9}a{9}c", "^(?:a*)*c"] {
            let regex = Regex::parse(pattern, "").unwrap();
            let mut fuel = 100_000_000;
            assert_eq!(regex.find(&text, 0, &mut fuel), Ok(None), "{pattern}");
        }
    }

    #[test]
    fn what_cannot_be_remembered_ends_with_the_fuel() {
        let text = format!("{}b", "a".repeat(10_000));
        for pattern in [r"^(a+)+\1$", "^(?:(?=a)a+)+$", "^(?:a+a+){300,400}$"] {
            let regex = Regex::parse(pattern, "").unwrap();
            let mut fuel = 1_000_000;
            assert_eq!(regex.find(&text, 0, &mut fuel), Err(OutOfFuel), "{pattern}");
            assert_eq!(fuel, 0);
        }
    }

    #[test]
    fn characters_of_two_units_stay_whole() {
        assert_eq!(find("^..$", "", "😀").unwrap().0, "😀");
        assert_eq!(find(".", "", "😀").unwrap().0, "😀");
        assert_eq!(find("[^x]b", "", "😀b").unwrap().0, "😀b");
        assert_eq!(find("😀+", "", "x😀").unwrap().0, "😀");
        assert_eq!(find("(?<=😀)é", "", "😀é").unwrap().0, "é");
    }

    #[test]
    fn nothing_is_found_behind_the_text() {
        let regex = Regex::parse("x*", "").unwrap();
        assert_eq!(regex.find("é", 3, &mut 100), Ok(None));
        assert_eq!(regex.find("é", 1, &mut 100).unwrap().unwrap().start, 2);
    }

    #[test]
    fn deep_and_large_patterns_are_refused() {
        assert!(Regex::parse(&"(".repeat(100_000), "").is_err());
        assert!(Regex::parse(&format!("{}{}", "(?:".repeat(90), ")".repeat(90)), "").is_ok());
        assert!(Regex::parse(&"(?:a|b){9}".repeat(100_000), "").is_err());
        assert!(Regex::parse(&"a".repeat(1_000_000), "").is_err());
    }
}
