//! What can be wrong with a call, in its text and when it is evaluated.

use std::fmt;
use std::sync::Arc;

use super::Intrinsic;
use crate::expr::jsonpath::{PathError, PathSyntaxErrorKind};
use crate::source::json::{SyntaxErrorKind, Value};
use crate::source::text::Span;

/// One place where a text is not a call of an intrinsic function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntrinsicSyntaxError {
    /// What is wrong.
    pub kind: IntrinsicSyntaxErrorKind,
    /// Where, in bytes of the text.
    pub span: Span,
}

/// The ways in which a text is not a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntrinsicSyntaxErrorKind {
    /// No function is called so.
    UnknownFunction(String),
    /// An opening parenthesis was due after the name.
    ExpectedArguments,
    /// An argument was due.
    ExpectedArgument,
    /// A comma or a closing parenthesis was due.
    ExpectedComma,
    /// The string has no closing quote.
    UnterminatedString,
    /// A backslash before something other than `'`, `{`, `}` and `\`.
    BadEscape,
    /// A word that is neither a number nor `true`, `false` or `null`.
    UnknownWord(String),
    /// A path among the arguments is wrong.
    Path(PathSyntaxErrorKind),
    /// Too many or too few arguments.
    WrongArgumentCount {
        /// The function.
        function: Intrinsic,
        /// How many are given.
        given: usize,
    },
    /// Something follows the call.
    TrailingText,
    /// More than [`MAX_NESTING`](super::MAX_NESTING) calls in one another.
    TooDeep,
}

impl fmt::Display for IntrinsicSyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFunction(name) => write!(f, "There is no intrinsic function {name}"),
            Self::ExpectedArguments => f.write_str("Arguments in parentheses are missing"),
            Self::ExpectedArgument => f.write_str("An argument is missing"),
            Self::ExpectedComma => f.write_str("Expected a comma or a closing parenthesis"),
            Self::UnterminatedString => f.write_str("The string has no closing quote"),
            Self::BadEscape => f.write_str(r"A backslash stands only before ', {, } and \"),
            Self::UnknownWord(word) => write!(
                f,
                "{word} is no argument; strings need single quotes, paths start with $"
            ),
            Self::Path(kind) => kind.fmt(f),
            Self::WrongArgumentCount { function, given } => {
                let arity = function.arity();
                write!(f, "{} takes {}", function.name(), arity.start())?;
                if *arity.end() == usize::MAX {
                    f.write_str(" or more")?;
                } else if arity.start() != arity.end() {
                    write!(f, " to {}", arity.end())?;
                }
                write!(f, " arguments, not {given}")
            }
            Self::TrailingText => f.write_str("Something follows the end of the call"),
            Self::TooDeep => write!(f, "More than {} calls in one another", super::MAX_NESTING),
        }
    }
}

impl fmt::Display for IntrinsicSyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.span.start)
    }
}

impl std::error::Error for IntrinsicSyntaxError {}

/// Why a call has no result.
///
/// Its text is the service's, without the sentence about the state that precedes it.
/// A missing path is reported for the expression as a whole, anything else for the
/// call that fails, and without saying more than "Invalid arguments": that is what the
/// text of [`kind`](Self::kind) is for.
#[derive(Clone, Debug, PartialEq)]
pub struct IntrinsicError {
    /// The whole expression.
    pub expression: Arc<str>,
    /// The call within it that fails.
    pub call: Arc<str>,
    /// The function of that call.
    pub function: Intrinsic,
    /// What is wrong.
    pub kind: IntrinsicErrorKind,
}

/// The ways in which a call fails.
#[derive(Clone, Debug, PartialEq)]
pub enum IntrinsicErrorKind {
    /// A path finds nothing.
    PathNotFound {
        /// The path.
        path: Arc<str>,
        /// What it was applied to.
        input: Value,
    },
    /// A path fails in another way.
    Path(PathError),
    /// An argument has the wrong type.
    WrongType {
        /// Its position, from 1.
        position: usize,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A number does not fit 32 bits.
    OutOfRange,
    /// A text has more than so many characters.
    TooLong(usize),
    /// A range has more than so many elements.
    TooManyItems(usize),
    /// The step of a range is zero.
    ZeroStep,
    /// Chunks must have at least one element.
    BadChunkSize,
    /// There is no such element.
    NoSuchItem {
        /// The index.
        index: i64,
        /// Number of elements.
        len: usize,
    },
    /// No number lies between start and end.
    EmptyInterval,
    /// A text is not JSON.
    NotJson(SyntaxErrorKind),
    /// A brace without its partner.
    BadTemplate,
    /// The template has another number of `{}` than there are arguments for.
    PlaceholderCount {
        /// Number of `{}`.
        placeholders: usize,
        /// Number of arguments.
        arguments: usize,
    },
    /// There is no such algorithm.
    UnknownAlgorithm(Arc<str>),
    /// Deep merging, which the service does not have.
    DeepMerge,
}

impl fmt::Display for IntrinsicErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathNotFound { path, input } => write!(
                f,
                "The JsonPath argument for the field '{path}' could not be found in the input \
                 '{input}'"
            ),
            Self::Path(error) => error.fmt(f),
            Self::WrongType {
                position,
                expected,
                found,
            } => write!(f, "Argument {position} must be {expected}, not {found}"),
            Self::OutOfRange => f.write_str("Numbers must fit 32 bits"),
            Self::TooLong(limit) => write!(f, "The text has more than {limit} characters"),
            Self::TooManyItems(limit) => write!(f, "The range has more than {limit} elements"),
            Self::ZeroStep => f.write_str("The step of a range must not be zero"),
            Self::BadChunkSize => f.write_str("A chunk must have at least one element"),
            Self::NoSuchItem { index, len } => {
                write!(f, "There is no element {index} in an array of {len}")
            }
            Self::EmptyInterval => f.write_str("The start must be less than the end"),
            Self::NotJson(kind) => write!(f, "The text is not JSON: {kind}"),
            Self::BadTemplate => f.write_str("matching '}' not found for '{'."),
            Self::PlaceholderCount {
                placeholders,
                arguments,
            } => write!(
                f,
                "The template has {placeholders} occurrences of {{}} for {arguments} arguments"
            ),
            Self::UnknownAlgorithm(name) => write!(
                f,
                "{name} is none of MD5, SHA-1, SHA-256, SHA-384 and SHA-512"
            ),
            Self::DeepMerge => f.write_str("Deep merging is not supported"),
        }
    }
}

impl fmt::Display for IntrinsicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.function.name();
        match &self.kind {
            IntrinsicErrorKind::PathNotFound { .. } | IntrinsicErrorKind::Path(_) => {
                return write!(
                    f,
                    "The function '{}' had the following error: {}",
                    self.expression, self.kind
                );
            }
            _ => write!(
                f,
                "There was an error while evaluating the intrinsic function: {}. ",
                self.call
            )?,
        }
        match &self.kind {
            IntrinsicErrorKind::BadTemplate => {
                write!(f, "Invalid template in {name}: {}", self.kind)
            }
            IntrinsicErrorKind::PlaceholderCount { .. } => write!(
                f,
                "Invalid arguments in {name}: number of arguments do not match the occurrences \
                 of {{}}."
            ),
            _ => write!(f, "Invalid arguments in {name}"),
        }
    }
}

impl std::error::Error for IntrinsicError {}
