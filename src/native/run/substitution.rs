//! `--substitution` and `--substitutions`: values of placeholders.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::asl::{Substitutions, read_substitutions};
use crate::native::input::{ReadError, read};
use crate::source::json::{SyntaxErrorKind, Value};
use crate::source::text::{LineIndex, Position};

/// A placeholder's name and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What is between the braces.
    pub name: String,
    /// What is put in.
    pub value: String,
}

/// A text that is no pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairError;

/// Why the values of placeholders cannot be had.
#[derive(Debug)]
pub enum SubstitutionError {
    /// The file cannot be read.
    Read(ReadError),
    /// The file is not JSON.
    Json {
        /// Which one.
        name: String,
        /// What is wrong with it.
        error: SyntaxErrorKind,
        /// Where.
        at: Position,
    },
    /// The file is not an object.
    NoObject {
        /// Which one.
        name: String,
        /// What it is.
        found: &'static str,
    },
}

impl FromStr for Pair {
    type Err = PairError;

    fn from_str(text: &str) -> Result<Self, PairError> {
        let (name, value) = text.split_once('=').ok_or(PairError)?;
        let inner = name
            .strip_prefix("${")
            .and_then(|name| name.strip_suffix('}'));
        let name = inner.unwrap_or(name);
        if name.is_empty() {
            return Err(PairError);
        }
        Ok(Self {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

impl fmt::Display for PairError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a name, = and a value, such as Table=orders")
    }
}

impl std::error::Error for PairError {}

impl fmt::Display for SubstitutionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SubstitutionError::Read(error) => error.fmt(f),
            SubstitutionError::Json { name, error, at } => {
                write!(f, "{name}:{}:{}: {error}", at.line, at.column)
            }
            SubstitutionError::NoObject { name, found } => write!(
                f,
                "{name}: the substitutions must be an object of values by name, not of type {found}"
            ),
        }
    }
}

impl std::error::Error for SubstitutionError {}

/// The values of a file and of pairs, which count more.
pub fn values(file: Option<&Path>, pairs: &[Pair]) -> Result<Substitutions, SubstitutionError> {
    let mut values = match file {
        Some(file) => read_file(file)?,
        None => Substitutions::new(),
    };
    let pairs = pairs.iter().cloned();
    values.extend(pairs.map(|Pair { name, value }| (name, value)));
    Ok(values)
}

fn read_file(path: &Path) -> Result<Substitutions, SubstitutionError> {
    let text = read(path).map_err(SubstitutionError::Read)?;
    let value = Value::parse(&text.text).map_err(|error| SubstitutionError::Json {
        at: LineIndex::new(&text.text).position(&text.text, error.span.start as usize),
        name: text.name.clone(),
        error: error.kind,
    })?;
    read_substitutions(&value).ok_or_else(|| SubstitutionError::NoObject {
        name: text.name,
        found: value.type_name(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pairs() {
        let pair = |name: &str, value: &str| {
            Ok(Pair {
                name: name.into(),
                value: value.into(),
            })
        };
        assert_eq!("Table=orders".parse(), pair("Table", "orders"));
        assert_eq!("${AWS::Region}=a=b".parse(), pair("AWS::Region", "a=b"));
        assert_eq!("Empty=".parse(), pair("Empty", ""));
        for bad in ["Table", "=x", "${}=x"] {
            assert_eq!(bad.parse::<Pair>(), Err(PairError), "{bad}");
        }
    }
}
