//! Syntax errors as diagnostics, beside those of the language.

use crate::source::json::{SyntaxError, SyntaxErrorKind};
use crate::source::text::TextEdit;
use crate::source::{Code, Diagnostic, Severity, Span};

/// The text is not JSON.
pub const SYNTAX: Code = Code("SYNTAX");

/// Joins syntax errors and the diagnostics of a lowered tree in the order of the text.
///
/// A misread text makes the rules see fields missing that are only unreadable, so
/// while there are syntax errors, what the rules say about the same line is left out.
pub(super) fn merge(
    text: &str,
    errors: &[SyntaxError],
    lowered: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let broken: Vec<Span> = errors
        .iter()
        .filter(|error| !error.kind.is_readable())
        .map(|error| line_of(text, error.span))
        .collect();
    let mut diagnostics: Vec<Diagnostic> = errors.iter().map(diagnostic).collect();
    let clear = |diagnostic: &Diagnostic| {
        !broken
            .iter()
            .any(|line| line.start <= diagnostic.span.start && diagnostic.span.start <= line.end)
            || broken
                .iter()
                .any(|line| line.contains(Span::new(0, text.len())))
    };
    diagnostics.extend(lowered.into_iter().filter(clear));
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    diagnostics
}

fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let message = error.kind.to_string();
    let severity = if error.kind.is_readable() {
        Severity::Warning
    } else {
        Severity::Error
    };
    let mut diagnostic = Diagnostic::error(SYNTAX, error.span, message);
    diagnostic.severity = severity;
    match &error.kind {
        SyntaxErrorKind::ExpectedComma => diagnostic.with_fix(
            "Add a comma",
            TextEdit::insert(error.span.start as usize, ","),
        ),
        SyntaxErrorKind::ExpectedColon => diagnostic.with_fix(
            "Add a colon",
            TextEdit::insert(error.span.start as usize, ":"),
        ),
        SyntaxErrorKind::TrailingComma => {
            diagnostic.with_fix("Remove the comma", TextEdit::replace(error.span, ""))
        }
        SyntaxErrorKind::Comment => {
            diagnostic.with_fix("Remove the comment", TextEdit::replace(error.span, ""))
        }
        SyntaxErrorKind::DuplicateKey(_) => diagnostic.with_hint("The last one counts"),
        SyntaxErrorKind::Empty => diagnostic.with_hint("Paste a definition, or open an example"),
        _ => diagnostic,
    }
}

/// From the start of the line an error begins on to the end of that line.
fn line_of(text: &str, span: Span) -> Span {
    let at = span.start as usize;
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at..).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = after.find('\n').map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}
