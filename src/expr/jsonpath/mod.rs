//! JSONPath in the dialect of the Jayway library, which the service evaluates paths
//! with, and [`ReferencePath`], its subset that names exactly one place.
//!
//! A path starts at the input (`$`), the context object (`$$`) or a variable
//! (`$name`) and goes on in steps: names, wildcards, deep scans, indices, slices,
//! filters and functions. What Jayway 2.9 answers is the truth here, its oddities
//! included: a slice ignores its third number, `[?(@.a == '1')]` converts between
//! text and number depending on the side, one stray character after the last step is
//! ignored.
//!
//! Four of its oddities are left out, because they hang on the order of earlier
//! evaluations or break a filter for one odd element: the index that a deep scan
//! through an array remembers (`$..[0].x`), the failure of `contains` on a list that
//! holds objects, the doubled result of a function in the middle of a path, and text
//! inside lists that is read as a path again. Regular expressions know neither
//! look-around nor back references. One thing is added: a word without quotes on the
//! right of a comparison is a string.
//!
//! [`Path::parse`] reads paths as a definition has them, [`Path::parse_jayway`] as the
//! library alone does.
//!
//! Work is bounded: a path nests at most [`MAX_NESTING`] filters and arguments, and an
//! evaluation that visits more than [`MAX_VISITS`] values stops with an error.

mod arguments;
mod cursor;
mod error;
mod evaluate;
mod filter;
mod function;
mod outline;
mod parse;
mod place;
mod reference;
mod step;
mod take;

use std::fmt;
use std::sync::Arc;

use crate::expr::Roots;
use crate::source::json::Value;

pub use cursor::MAX_NESTING;
pub use error::{PathError, PathSyntaxError, PathSyntaxErrorKind};
pub use evaluate::{MAX_STEPS, MAX_VISITS};
pub use outline::Asked;
pub use reference::{ReferencePath, ReferencePathError};

use step::Steps;

/// A path, ready to evaluate.
#[derive(Clone, Debug)]
pub struct Path {
    text: Arc<str>,
    root: Root,
    steps: Steps,
}

/// Where a path starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(Arc<str>),
}

impl Path {
    /// Reads a path. Blanks after it are ignored; before it they are an error.
    pub fn parse(text: &str) -> Result<Self, PathSyntaxError> {
        let (root, steps) = parse::parse(text)?;
        Ok(Self {
            text: text.into(),
            root,
            steps,
        })
    }

    /// Reads a path as the library does by itself, where there are neither context object
    /// nor variables: it starts with `$` or `@`, and a path without either means what it
    /// means behind `$.`.
    pub fn parse_jayway(text: &str) -> Result<Self, PathSyntaxError> {
        Ok(Self {
            text: text.into(),
            root: Root::Input,
            steps: parse::parse_jayway(text)?,
        })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it starts.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Whether it yields one value. Otherwise it yields an array of matches.
    pub fn is_definite(&self) -> bool {
        self.steps.is_definite()
    }

    /// The value of a definite path, the array of matches of any other.
    pub fn evaluate(&self, roots: &Roots) -> Result<Value, PathError> {
        match &self.root {
            Root::Input => self.evaluate_from(roots.input),
            Root::Context => self.evaluate_from(roots.context),
            Root::Variable(name) => match (roots.variables)(name) {
                Some(value) => self.evaluate_from(&value),
                None => Err(PathError::UndefinedVariable(name.clone())),
            },
        }
    }

    /// As [`evaluate`](Self::evaluate), whatever the root is called.
    pub fn evaluate_from(&self, root: &Value) -> Result<Value, PathError> {
        evaluate::evaluate(&self.steps, root)
    }
}

impl PartialEq for Path {
    /// By text.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Path {}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
