//! Texts that are evaluated when a state runs.

use std::sync::Arc;

use crate::source::Span;

/// A JSONPath, an intrinsic function call or a JSONata expression, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// The text; for JSONata without its `{%` and `%}` and the white space within them.
    pub text: Arc<str>,
    /// The bytes of the string it stands in, quotes included.
    pub span: Span,
}

/// `InputPath`, `OutputPath`, `ResultPath`: a path, or `null` with a meaning of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathField {
    /// `null`: an empty object goes in, or the result is dropped.
    Null,
    /// A path.
    Path(Expression),
}

/// A field given as a value or by an expression (`MaxConcurrency`, `MaxConcurrencyPath`).
#[derive(Clone, Debug, PartialEq)]
pub enum Setting<T> {
    /// Known from the definition.
    Fixed(T),
    /// Known when the state runs.
    Dynamic(Expression),
}

impl Expression {
    /// A JSONPath or an intrinsic function call.
    pub fn read(text: Arc<str>, span: Span) -> Self {
        Self { text, span }
    }

    /// A JSONata expression between `{%` and `%}`; `None` without these marks. Learned
    /// from recordings: with white space around the marks it is a plain string.
    pub fn jsonata(text: &str, span: Span) -> Option<Self> {
        let inner = text.strip_prefix("{%")?.strip_suffix("%}")?;
        Some(Self {
            text: inner.trim().into(),
            span,
        })
    }
}
