//! Regular expressions in two syntaxes: JavaScript's without its flag `u`, for JSONata, with
//! sixteen-bit units as characters; and Java's, for the filters of JSONPath, with whole ones.
//! Both have lazy and greedy repetition, groups with and without names, references to
//! groups, and looks ahead and behind; Java also flags within the pattern, quotations, and
//! repetition that gives nothing back. Of Java's, Unicode properties (`\p{…}`) and classes
//! within classes are refused.
//!
//! A pattern is parsed to a tree, compiled to a program and run by backtracking. Every
//! step costs fuel, no recursion depends on the text, and where many ways lead to the same
//! place, places that failed are remembered, so that a pattern such as `^(a+)+$` takes time
//! in proportion to the text. Patterns with references, with looks around or with large
//! counts cannot be helped so: their search ends when the fuel does.

mod class;
mod compile;
mod error;
mod escape;
mod memory;
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

/// Whose regular expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    JavaScript,
    Java,
}

/// What flags can change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Flags {
    /// `i`
    ignores_case: bool,
    /// `m`
    is_multiline: bool,
    /// `s`: a dot stands for the end of a line, too.
    dot_is_all: bool,
    /// `x`: blanks say nothing, nor does what follows a `#`.
    has_remarks: bool,
    /// `u`: not only letters of ASCII have two cases.
    is_unicode: bool,
}

impl Flags {
    /// Whether there is such a flag in Java. `d` and `U` are there and change nothing here.
    fn set(&mut self, letter: char, is_set: bool) -> bool {
        match letter {
            'i' => self.ignores_case = is_set,
            'm' => self.is_multiline = is_set,
            's' => self.dot_is_all = is_set,
            'x' => self.has_remarks = is_set,
            'u' => self.is_unicode = is_set,
            'd' | 'U' => {}
            _ => return false,
        }
        true
    }
}

impl Regex {
    /// Reads a pattern of JavaScript. The flags are `i` and `m`; `g` may be there and says
    /// nothing.
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
        Self::read(pattern, read, Syntax::JavaScript).map_err(fail)
    }

    /// Reads a pattern of Java that is to match the whole text. Letters that are no flags
    /// say nothing.
    pub fn parse_java(pattern: &str, flags: &str) -> Result<Self, Error> {
        let mut read = Flags::default();
        for flag in flags.chars() {
            read.set(flag, true);
        }
        Self::read(pattern, read, Syntax::Java).map_err(|reason| Error::new(pattern, flags, reason))
    }

    fn read(pattern: &str, flags: Flags, syntax: Syntax) -> Result<Self, error::Reason> {
        let pattern = parse::parse(pattern, flags, syntax)?;
        let program = compile::compile(&pattern)?;
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

    fn is_whole(pattern: &str, flags: &str, text: &str) -> bool {
        let regex = Regex::parse_java(pattern, flags).unwrap();
        let found = regex.find(text, 0, &mut 1_000_000).unwrap();
        found.is_some()
    }

    /// Answers of `java.util.regex.Pattern`, by `matches()`.
    #[test]
    fn java_matches_the_whole_text() {
        for (pattern, flags, text, expected) in [
            ("b", "", "abc", false),
            ("a|ab", "", "ab", true),
            (".", "", "😀", true),
            ("..", "", "😀", false),
            ("[^x]+", "", "é😀", true),
            ("a.b", "", "a\u{85}b", false),
            ("a.b", "s", "a\nb", true),
            ("(?s:a.b)", "", "a\nb", true),
            ("a(?i)b|c", "", "aB", true),
            ("a(?i)b|c", "", "C", true),
            ("(?:(?i)a)b", "", "AB", false),
            ("(?i:é)", "", "É", false),
            ("(?iu:é)", "", "É", true),
            ("(?i)[k-m]", "", "L", true),
            ("(?i)[^a]", "", "A", false),
            ("(?-i:a)", "i", "A", false),
            ("\\Qa.b\\E+", "", "a.bb", true),
            ("\\Q[", "", "[", true),
            ("a b # remark", "x", "ab", true),
            ("[ a ]", "x", "a", true),
            ("[]a]", "", "]", true),
            ("a++a", "", "aaa", false),
            ("(?>a|ab)c", "", "abc", false),
            ("a*+b", "", "aab", true),
            ("(?<=(?>a))b|.*b", "", "ab", true),
            ("(a)?\\1b", "", "b", false),
            ("(?:(a)|b)*\\1", "", "aba", true),
            ("(?<n>a)\\k<n>", "", "aa", true),
            ("(?=ab)..", "", "ab", true),
            ("a$\\n", "", "a\n", true),
            ("a\\Z\\r\\n", "", "a\r\n", true),
            ("a\\z\\n", "", "a\n", false),
            ("\\Aa\\R", "", "a\r\n", true),
            ("\\R\\n", "", "\r\n", true),
            ("^a$\\n^b$", "m", "a\nb", true),
            ("\\s", "", "\u{a0}", false),
            ("\\h\\H\\v", "", "\u{a0}x\u{85}", true),
            ("\\x41\\u0042\\0103\\t\\e", "", "ABC\t\u{1b}", true),
            ("^*a", "", "a", true),
        ] {
            assert_eq!(
                is_whole(pattern, flags, text),
                expected,
                "/{pattern}/{flags} on {text:?}"
            );
        }
    }

    #[test]
    fn java_refuses_what_it_does_not_know() {
        for pattern in [
            "[a", "[a[b]]", "[a&&b]", r"\p{L}", r"\y", r"\1", "a{", "(?y)a", "*a", "(a", "a)",
        ] {
            assert!(Regex::parse_java(pattern, "").is_err(), "{pattern}");
        }
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
