//! The syntax tree as it is written, before paths are put together.

use std::borrow::Cow;
use std::sync::Arc;

use super::token::Operator;
use crate::expr::jsonata::signature::Signature;
use crate::source::text::Span;

/// A node of the syntax tree; what it says is a part of the expression's text.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    pub(super) kind: RawKind<'a>,
    /// The first byte.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// One past the token that makes the node what it is; where errors are reported.
    pub(super) position: u32,
    /// Whether `[]` follows: the result stays an array.
    pub(super) keep_array: bool,
    /// Nodes in one another, this one included.
    pub(super) depth: u32,
}

#[derive(Debug)]
pub(super) enum RawKind<'a> {
    Name(&'a str),
    Variable(&'a str),
    String(Cow<'a, str>),
    Number(f64),
    Bool(bool),
    Null,
    /// A pattern, a slash, flags.
    Regex(&'a str),
    /// `and`, `or`, `in` where an operand is due, and the `?` of a partial application.
    Operator(Operator),
    /// The end of the text where an operand is due.
    End,
    Wildcard,
    Descendants,
    Parent,
    Negate(Box<Raw<'a>>),
    /// What dots join: two or more.
    Path(Vec<Raw<'a>>),
    Binary(Operator, Box<Raw<'a>>, Box<Raw<'a>>),
    Array(Vec<Raw<'a>>),
    Object(Vec<(Raw<'a>, Raw<'a>)>),
    Group(Box<Raw<'a>>, Vec<(Raw<'a>, Raw<'a>)>),
    Sort(Box<Raw<'a>>, Vec<RawTerm<'a>>),
    Block(Vec<Raw<'a>>),
    Condition {
        condition: Box<Raw<'a>>,
        then: Box<Raw<'a>>,
        otherwise: Option<Box<Raw<'a>>>,
    },
    Call {
        procedure: Box<Raw<'a>>,
        arguments: Vec<Raw<'a>>,
        is_partial: bool,
    },
    Lambda {
        parameters: Vec<&'a str>,
        signature: Option<Arc<Signature>>,
        body: Box<Raw<'a>>,
    },
    Transform {
        pattern: Box<Raw<'a>>,
        update: Box<Raw<'a>>,
        delete: Option<Box<Raw<'a>>>,
    },
}

/// One expression of an order-by clause.
#[derive(Debug)]
pub(super) struct RawTerm<'a> {
    pub(super) is_descending: bool,
    pub(super) expression: Raw<'a>,
}

impl Raw<'_> {
    /// The bytes that it is read from.
    pub(super) fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

impl RawKind<'_> {
    /// The deepest of the children.
    pub(super) fn child_depth(&self) -> u32 {
        let pair = |(a, b): &(Raw, Raw)| a.depth.max(b.depth);
        match self {
            RawKind::Name(_)
            | RawKind::Variable(_)
            | RawKind::String(_)
            | RawKind::Number(_)
            | RawKind::Bool(_)
            | RawKind::Null
            | RawKind::Regex(_)
            | RawKind::Operator(_)
            | RawKind::End
            | RawKind::Wildcard
            | RawKind::Descendants
            | RawKind::Parent => 0,
            RawKind::Negate(child) => child.depth,
            RawKind::Binary(_, left, right) => left.depth.max(right.depth),
            RawKind::Path(children) | RawKind::Array(children) | RawKind::Block(children) => {
                deepest(children)
            }
            RawKind::Object(pairs) => pairs.iter().map(pair).max().unwrap_or(0),
            RawKind::Group(left, pairs) => {
                left.depth.max(pairs.iter().map(pair).max().unwrap_or(0))
            }
            RawKind::Sort(left, terms) => {
                let terms = terms.iter().map(|term| term.expression.depth);
                left.depth.max(terms.max().unwrap_or(0))
            }
            RawKind::Condition {
                condition,
                then,
                otherwise,
            } => {
                let otherwise = otherwise.as_ref().map_or(0, |raw| raw.depth);
                condition.depth.max(then.depth).max(otherwise)
            }
            RawKind::Call {
                procedure,
                arguments,
                ..
            } => procedure.depth.max(deepest(arguments)),
            RawKind::Lambda { body, .. } => body.depth,
            RawKind::Transform {
                pattern,
                update,
                delete,
            } => {
                let delete = delete.as_ref().map_or(0, |raw| raw.depth);
                pattern.depth.max(update.depth).max(delete)
            }
        }
    }
}

fn deepest(children: &[Raw]) -> u32 {
    children.iter().map(|raw| raw.depth).max().unwrap_or(0)
}
