//! The syntax tree as it is written, before paths are put together.

use std::sync::Arc;

use super::token::Operator;
use crate::expr::jsonata::signature::Signature;

/// A node of the syntax tree.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) kind: RawKind,
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
pub(super) enum RawKind {
    Name(Arc<str>),
    Variable(Arc<str>),
    String(Arc<str>),
    Number(f64),
    Bool(bool),
    Null,
    Regex {
        pattern: Arc<str>,
        flags: Arc<str>,
    },
    /// `and`, `or`, `in` where an operand is due, and the `?` of a partial application.
    Operator(Operator),
    /// The end of the text where an operand is due.
    End,
    Wildcard,
    Descendants,
    Parent,
    Negate(Box<Raw>),
    Binary(Operator, Box<Raw>, Box<Raw>),
    Array(Vec<Raw>),
    Object(Vec<(Raw, Raw)>),
    Group(Box<Raw>, Vec<(Raw, Raw)>),
    Sort(Box<Raw>, Vec<RawTerm>),
    Block(Vec<Raw>),
    Condition {
        condition: Box<Raw>,
        then: Box<Raw>,
        otherwise: Option<Box<Raw>>,
    },
    Call {
        procedure: Box<Raw>,
        arguments: Vec<Raw>,
        is_partial: bool,
    },
    Lambda {
        parameters: Vec<Arc<str>>,
        signature: Option<Arc<Signature>>,
        body: Box<Raw>,
    },
    Transform {
        pattern: Box<Raw>,
        update: Box<Raw>,
        delete: Option<Box<Raw>>,
    },
}

/// One expression of an order-by clause.
#[derive(Debug)]
pub(super) struct RawTerm {
    pub(super) is_descending: bool,
    pub(super) expression: Raw,
}

impl RawKind {
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
            | RawKind::Regex { .. }
            | RawKind::Operator(_)
            | RawKind::End
            | RawKind::Wildcard
            | RawKind::Descendants
            | RawKind::Parent => 0,
            RawKind::Negate(child) => child.depth,
            RawKind::Binary(_, left, right) => left.depth.max(right.depth),
            RawKind::Array(children) | RawKind::Block(children) => deepest(children),
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
