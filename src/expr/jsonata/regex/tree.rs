//! A pattern as a tree.

use super::class::Class;

/// A pattern that was read.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub root: Node,
    /// Number of capturing groups.
    pub groups: usize,
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Empty,
    /// One unit as it is written.
    Unit(u16),
    /// Any unit but a line's end.
    Any,
    Class(Class),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// A group that captures, by its number from 1.
    Group(usize, Box<Node>),
    Repeat(Box<Repeat>),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`
    Boundary,
    /// `\B`
    NoBoundary,
    /// What the group of that number matched.
    Reference(usize),
    Look {
        direction: Direction,
        is_negative: bool,
        node: Box<Node>,
    },
}

/// A piece with a quantifier.
#[derive(Clone, Debug)]
pub(super) struct Repeat {
    pub node: Node,
    pub min: u32,
    /// `u32::MAX` for any number.
    pub max: u32,
    pub is_greedy: bool,
    /// The groups within, which every repetition forgets: the first and the one behind
    /// the last.
    pub groups: (usize, usize),
}

/// Which way a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ahead,
    Behind,
}

impl Node {
    /// Whether it can match nothing at all.
    pub fn is_nullable(&self) -> bool {
        match self {
            Self::Unit(_) | Self::Any | Self::Class(_) => false,
            Self::Empty
            | Self::Start
            | Self::End
            | Self::Boundary
            | Self::NoBoundary
            | Self::Reference(_)
            | Self::Look { .. } => true,
            Self::Sequence(nodes) => nodes.iter().all(Self::is_nullable),
            Self::Choice(nodes) => nodes.iter().any(Self::is_nullable),
            Self::Group(_, node) => node.is_nullable(),
            Self::Repeat(repeat) => repeat.min == 0 || repeat.node.is_nullable(),
        }
    }
}
