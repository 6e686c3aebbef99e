//! What can be wrong with a path, in its text and when it is evaluated.

use std::fmt;
use std::sync::Arc;

use crate::source::text::Span;

/// One place where a text is not a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathSyntaxError {
    /// What is wrong.
    pub kind: PathSyntaxErrorKind,
    /// Where, in bytes of the path's text.
    pub span: Span,
}

/// The ways in which a text is not a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSyntaxErrorKind {
    /// The text is empty.
    Empty,
    /// It does not start with `$`.
    MissingRoot,
    /// After `$` stands neither a step nor the name of a variable.
    BadRoot,
    /// It ends in a dot.
    TrailingDot,
    /// A dot too many.
    DoubledDot,
    /// A blank in a name that is not in quotes.
    BlankInName,
    /// A bracket with something no step starts with.
    BadBracket,
    /// Nothing between two commas or before the closing bracket.
    EmptyName,
    /// The quote of a name is never closed, or no bracket closes after it.
    UnclosedName,
    /// Not a list of whole numbers.
    BadIndex,
    /// Neither `[from:to]`, `[from:]` nor `[:to]`.
    BadSlice,
    /// The parenthesis of a function is never closed.
    UnclosedArguments,
    /// A function's argument cannot be read.
    BadArgument,
    /// The filter has no closing `)]`, or something stands before it.
    UnclosedFilter,
    /// A value was due in a filter.
    ExpectedOperand,
    /// A filter compares with something that is not an operator.
    UnknownOperator(String),
    /// A string in a filter is never closed.
    UnclosedString,
    /// A list or object in a filter cannot be read.
    BadLiteral,
    /// The regular expression is wrong or uses what is not supported.
    BadPattern,
    /// Nested deeper than [`MAX_NESTING`](super::MAX_NESTING).
    TooDeep,
    /// A path, but not one that names exactly one place.
    NotAReference,
}

impl fmt::Display for PathSyntaxErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The path is empty"),
            Self::MissingRoot => f.write_str("A path starts with $"),
            Self::BadRoot => f.write_str("Expected a dot, a bracket or the name of a variable"),
            Self::TrailingDot => f.write_str("A path does not end with a dot"),
            Self::DoubledDot => f.write_str("This dot is one too many"),
            Self::BlankInName => {
                f.write_str("A name with blanks needs brackets and quotes: ['my name']")
            }
            Self::BadBracket => {
                f.write_str("Expected a name in quotes, an index, a slice, * or a filter ?(…)")
            }
            Self::EmptyName => f.write_str("A name is missing"),
            Self::UnclosedName => f.write_str("The quote or bracket of this name is not closed"),
            Self::BadIndex => f.write_str("This is not a list of whole numbers"),
            Self::BadSlice => f.write_str("A slice is [from:to], [from:] or [:to]"),
            Self::UnclosedArguments => f.write_str("The parenthesis of the function is not closed"),
            Self::BadArgument => f.write_str("This argument cannot be read"),
            Self::UnclosedFilter => f.write_str("The filter does not end with )] here"),
            Self::ExpectedOperand => f.write_str("A value to compare is missing"),
            Self::UnknownOperator(operator) => write!(f, "Filters have no operator {operator}"),
            Self::UnclosedString => f.write_str("The string has no closing quote"),
            Self::BadLiteral => f.write_str("This list or object cannot be read"),
            Self::BadPattern => {
                f.write_str("This regular expression is wrong or uses what is not supported")
            }
            Self::TooDeep => write!(f, "Nested more than {} levels deep", super::MAX_NESTING),
            Self::NotAReference => {
                f.write_str("A reference path has only names and indices: it names one place")
            }
        }
    }
}

impl fmt::Display for PathSyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.span.start)
    }
}

impl std::error::Error for PathSyntaxError {}

/// Why a path yields nothing. The sentences are those of the Jayway library.
#[derive(Clone, Debug, PartialEq)]
pub enum PathError {
    /// The last step of a definite path finds nothing.
    NoResults {
        /// The whole path in normal form.
        path: String,
    },
    /// A step before the last finds no such name.
    MissingProperty {
        /// The path up to and with the missing name.
        path: String,
    },
    /// A name is asked of something that is not an object.
    NotAnObject {
        /// The names in brackets.
        property: String,
        /// The path up to the value.
        path: String,
        /// Java's word for the type of the value.
        found: &'static str,
    },
    /// An index is asked of something that is not an array.
    NotAnArray {
        /// The remaining steps.
        filter: String,
        /// The value as Java prints it.
        found: String,
    },
    /// An index is asked of null.
    Null {
        /// The path up to the null.
        path: String,
    },
    /// A filter is asked of something that is neither object nor array.
    NotFilterable {
        /// The remaining steps.
        filter: String,
        /// The value as Java prints it.
        found: String,
    },
    /// No function is called so.
    UnknownFunction(Arc<str>),
    /// A function found nothing to work on.
    EmptyAggregation,
    /// `first`, `last` or `index` reaches beyond the array.
    IndexTooLarge {
        /// The index that was asked for.
        index: i64,
        /// Number of elements.
        len: usize,
    },
    /// `a exists b` in a filter, where neither is a boolean.
    BadExistence,
    /// No variable of that name is assigned.
    UndefinedVariable(Arc<str>),
    /// More than [`MAX_VISITS`](super::MAX_VISITS) values were visited.
    TooManyVisits,
    /// Searching for the regular expressions of filters takes more than
    /// [`MAX_STEPS`](super::MAX_STEPS).
    TooManySteps,
}

impl PathError {
    /// Whether the path is fine and only the data lacks what it names.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::NoResults { .. }
            | Self::MissingProperty { .. }
            | Self::NotAnObject { .. }
            | Self::NotAnArray { .. }
            | Self::Null { .. }
            | Self::UndefinedVariable(_) => true,
            Self::NotFilterable { .. }
            | Self::UnknownFunction(_)
            | Self::EmptyAggregation
            | Self::IndexTooLarge { .. }
            | Self::BadExistence
            | Self::TooManyVisits
            | Self::TooManySteps => false,
        }
    }

    /// Whether a filter that meets it only rejects the element under test.
    pub(super) fn is_invalid_path(&self) -> bool {
        matches!(self, Self::NotFilterable { .. } | Self::UnknownFunction(_))
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoResults { path } => write!(f, "No results for path: {path}"),
            Self::MissingProperty { path } => write!(f, "Missing property in path {path}"),
            Self::NotAnObject {
                property,
                path,
                found,
            } => write!(
                f,
                "Expected to find an object with property {property} in path {path} but found \
                 '{found}'. This is not a json object according to the JsonProvider: \
                 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'."
            ),
            Self::NotAnArray { filter, found } => write!(
                f,
                "Filter: {filter} can only be applied to arrays. Current context is: {found}"
            ),
            Self::Null { path } => write!(f, "The path {path} is null"),
            Self::NotFilterable { filter, found } => write!(
                f,
                "Filter: {filter} can not be applied to primitives. Current context is: {found}"
            ),
            Self::UnknownFunction(name) => {
                write!(f, "Function with name: {name} does not exist.")
            }
            Self::EmptyAggregation => {
                f.write_str("Aggregation function attempted to calculate value using empty array")
            }
            Self::IndexTooLarge { index, len } => {
                write!(f, "Target index:{index} larger than object count:{len}")
            }
            Self::BadExistence => f.write_str("Failed to evaluate exists expression"),
            Self::UndefinedVariable(name) => write!(f, "The variable '{name}' does not exist"),
            Self::TooManyVisits => {
                write!(f, "The path visits more than {} values", super::MAX_VISITS)
            }
            Self::TooManySteps => crate::expr::regex::OutOfFuel.fmt(f),
        }
    }
}

impl std::error::Error for PathError {}
