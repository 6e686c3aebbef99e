//! A definition's problem, told to a person: where, how bad, what to do.

use std::fmt;

use super::text::{Span, TextEdit};

/// The stable name of a rule, for example `UNKNOWN_TARGET`.
///
/// Every rule owns its code as a constant beside its logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad a problem is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The service would refuse the definition.
    Error,
    /// The definition is accepted but probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Whether the service would refuse the definition.
    pub fn is_error(self) -> bool {
        self == Severity::Error
    }

    /// The word shown and sent: `error`, `warning`, `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// A sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint(pub String);

/// A text edit that removes the problem, with its title as a verb phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does: `Create state "Ship"`.
    pub title: String,
    /// The edit against the text the diagnostic belongs to.
    pub edit: TextEdit,
}

/// One problem of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The exact spot.
    pub span: Span,
    /// What is wrong, in the user's words.
    pub message: String,
    /// What to do.
    pub hints: Vec<Hint>,
    /// Edits that would do it.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// An error without hints or fixes.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A warning without hints or fixes.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    fn new(code: Code, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            span,
            message: message.into(),
            hints: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Adds a sentence that says what to do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(Hint(hint.into()));
        self
    }

    /// Adds an edit that removes the problem, where there is one.
    #[must_use]
    pub fn with_fix(mut self, title: impl Into<String>, edit: impl Into<Option<TextEdit>>) -> Self {
        self.fixes.extend(edit.into().map(|edit| Fix {
            title: title.into(),
            edit,
        }));
        self
    }
}
