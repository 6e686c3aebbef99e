//! What can be wrong with YAML text.

use std::fmt;

use crate::source::json::MAX_DEPTH;
use crate::source::text::Span;

/// One place where a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong.
    pub kind: YamlErrorKind,
    /// Where.
    pub span: Span,
}

/// The ways in which a text is not YAML, or not YAML that can be a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlErrorKind {
    /// Nothing but white space and comments.
    Empty,
    /// The parser's own words.
    Syntax(String),
    /// A tab where only spaces may indent.
    Tab,
    /// A second document in the same text.
    TrailingDocument,
    /// Nested more than [`MAX_DEPTH`] levels.
    TooDeep,
    /// Aliases that stand for more than can be held.
    TooLarge,
    /// The mapping already has a member of this name.
    DuplicateKey(String),
    /// A name that is a list or a mapping.
    ComplexKey,
}

impl YamlErrorKind {
    /// Whether the rest of the text is understood all the same.
    pub fn is_readable(&self) -> bool {
        matches!(self, Self::DuplicateKey(_) | Self::TrailingDocument)
    }

    /// Whether an error of one entry leaves the others as they are.
    pub(super) fn is_local(&self) -> bool {
        matches!(self, Self::Syntax(_) | Self::Tab)
    }

    /// Whether it tells of an anchor that stands in another part of the text.
    pub(super) fn is_anchor(&self) -> bool {
        matches!(self, Self::Syntax(info) if info.contains("unknown anchor"))
    }

    /// From the parser's words.
    pub(super) fn read(info: &str) -> Self {
        if info.contains("tab") {
            return Self::Tab;
        }
        Self::Syntax(info.to_owned())
    }
}

impl fmt::Display for YamlErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The text is empty"),
            Self::Syntax(info) => write!(f, "This is not YAML: {info}"),
            Self::Tab => f.write_str("YAML is indented by spaces, not by tabs"),
            Self::TrailingDocument => f.write_str("Only the first YAML document is read"),
            Self::TooDeep => write!(f, "Nested more than {MAX_DEPTH} levels deep"),
            Self::TooLarge => f.write_str("The aliases stand for more than can be read"),
            Self::DuplicateKey(name) => write!(f, "{name} is already a member of this mapping"),
            Self::ComplexKey => f.write_str("The name of a member must be a text"),
        }
    }
}
