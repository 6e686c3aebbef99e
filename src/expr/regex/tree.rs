//! A pattern as a tree.

use super::Syntax;
use super::class::Class;

/// A pattern that was read.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub syntax: Syntax,
    pub root: Node,
    /// Number of capturing groups.
    pub groups: usize,
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Empty,
    /// One unit as it is written.
    Unit {
        unit: u32,
        ignores_case: bool,
    },
    /// Any unit but what ends a line in JavaScript.
    Any,
    Class {
        class: Class,
        ignores_case: bool,
    },
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// A group that captures, by its number from 1.
    Group(usize, Box<Node>),
    Repeat(Box<Repeat>),
    /// `^`
    Start(Edge),
    /// `$`
    End(Edge),
    /// `\b`
    Boundary,
    /// `\B`
    NoBoundary,
    /// What the group of that number matched.
    Reference {
        group: usize,
        ignores_case: bool,
    },
    Look {
        direction: Direction,
        wants: Look,
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

/// What begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Text,
    /// The text or one of its lines.
    Line,
    /// The text, with or without the end of its last line.
    LastLine,
}

/// What a look around asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// `(?=…)`: it is there.
    Is,
    /// `(?!…)`: it is not there.
    IsNot,
    /// `(?>…)`: it is there and is taken, in the first way that was found and no other.
    Takes,
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
            Self::Unit { .. } | Self::Any | Self::Class { .. } => false,
            Self::Empty
            | Self::Start(_)
            | Self::End(_)
            | Self::Boundary
            | Self::NoBoundary
            | Self::Reference { .. }
            | Self::Look { .. } => true,
            Self::Sequence(nodes) => nodes.iter().all(Self::is_nullable),
            Self::Choice(nodes) => nodes.iter().any(Self::is_nullable),
            Self::Group(_, node) => node.is_nullable(),
            Self::Repeat(repeat) => repeat.min == 0 || repeat.node.is_nullable(),
        }
    }
}
