//! Filters: `[?(@.price < 10 && @.tags contains 'new')]`.

mod compare;
mod evaluate;
pub(super) mod literal;
mod parse;

use std::sync::Arc;

use super::step::Steps;
use crate::expr::regex::Regex;
use crate::source::json::{Number, Value};

pub(super) use evaluate::accepts;

/// What a filter asks of an element.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// One of them holds; never empty.
    Any(Vec<Expression>),
    /// All of them hold; never empty.
    All(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// Something is there, or with `is_wanted` false, nothing is.
    Exists { path: Steps, is_wanted: bool },
    /// Two values compare so.
    Compare {
        left: Operand,
        operator: Operator,
        right: Operand,
    },
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// `@…`: a path from the element under test.
    Element(Steps),
    /// `$…`: a path from the document.
    Document(Steps),
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    /// A list or an object.
    Json(Value),
    /// `/…/i`, matched against the whole text.
    Pattern(Regex),
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    /// `===`: equal and of one type.
    Same,
    /// `!==`
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    Contains,
    Size,
    Empty,
    Exists,
    /// `all`, `type` and `matches`, which hold for nothing that a filter's text can say.
    Never,
}
