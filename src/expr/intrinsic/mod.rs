//! The intrinsic functions: `States.Format('Hello, {}', $.name)`.
//!
//! [`Call::parse`] refuses what the service refuses when a definition is created:
//! unknown names, wrong numbers of arguments, escapes other than `\'`, `\{`, `\}` and
//! `\\`. What is wrong with the values shows only when a call is evaluated, and fails
//! the execution with `States.Runtime`.
//!
//! Where the documentation and the service differ, the service counts: only
//! `States.MathAdd` rounds its numbers, all others cut the fraction off.

mod array;
mod encode;
mod error;
mod evaluate;
mod format;
mod function;
mod json;
mod math;
mod parse;

use std::fmt;
use std::sync::Arc;

use crate::expr::Roots;
use crate::expr::jsonpath::Path;
use crate::source::json::Value;

pub use error::{
    IntrinsicError, IntrinsicErrorKind, IntrinsicSyntaxError, IntrinsicSyntaxErrorKind,
};
pub use function::Intrinsic;
pub use parse::MAX_NESTING;

/// A source of entropy. Equal sources make equal executions.
pub trait Random {
    /// The next 64 random bits.
    fn next_u64(&mut self) -> u64;
}

impl<F: FnMut() -> u64> Random for F {
    fn next_u64(&mut self) -> u64 {
        self()
    }
}

/// A call of an intrinsic function, ready to evaluate.
#[derive(Clone, Debug)]
pub struct Call {
    text: Arc<str>,
    function: Intrinsic,
    arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A number, `true`, `false` or `null`.
    Value(Value),
    /// A string in single quotes, its escapes not yet resolved: `States.Format` has to
    /// tell `{` from `\{`.
    Text(Arc<str>),
    /// A path.
    Path(Path),
    /// A nested call.
    Call(Call),
}

/// Whether a text is meant as an intrinsic function rather than a path.
pub fn is_intrinsic(text: &str) -> bool {
    text.starts_with("States.")
}

impl Call {
    /// Reads a call. Blanks around arguments are ignored.
    pub fn parse(text: &str) -> Result<Self, IntrinsicSyntaxError> {
        parse::parse(text)
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The function that is called.
    pub fn function(&self) -> Intrinsic {
        self.function
    }

    /// What it is called with.
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// All paths among the arguments, those of nested calls included, in order.
    pub fn paths(&self) -> Vec<&Path> {
        let mut paths = Vec::new();
        for argument in &self.arguments {
            match argument {
                Argument::Path(path) => paths.push(path),
                Argument::Call(call) => paths.extend(call.paths()),
                Argument::Value(_) | Argument::Text(_) => {}
            }
        }
        paths
    }

    /// The result of the call.
    pub fn evaluate(
        &self,
        roots: &Roots,
        random: &mut dyn Random,
    ) -> Result<Value, IntrinsicError> {
        evaluate::evaluate(self, roots, random)
    }
}

impl PartialEq for Call {
    /// By text.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
