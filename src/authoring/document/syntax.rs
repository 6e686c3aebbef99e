//! Syntax errors as diagnostics, beside those of the language: one or two for one fault.
//!
//! A misread text makes the parser stumble again further on, and the rules see fields missing
//! that are only unreadable. So of errors in the structure only the first few are told, of
//! many equal ones one stands for all, and while a text has errors in its structure the rules
//! are silent.

use super::indent::{Slip, find_slip};
use crate::source::json::{SyntaxError, SyntaxErrorKind};
use crate::source::sort::sort_by_number;
use crate::source::text::{Replacement, TextEdit};
use crate::source::{Code, Diagnostic, Severity, Span};

/// The text is not JSON.
pub const SYNTAX: Code = Code("SYNTAX");

/// More equal errors than this are told as one.
const MOST_EQUAL: usize = 2;
/// Errors in the structure that are told, each on a line of its own.
const MOST_STRUCTURAL: usize = 2;

/// Joins syntax errors and the diagnostics of a lowered tree in the order of the text.
pub(super) fn merge(
    text: &str,
    errors: &[SyntaxError],
    lowered: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if is_empty(errors) {
        return errors.iter().map(|error| diagnostic(text, error)).collect();
    }
    let mut diagnostics = match quotes(text, errors) {
        Some(diagnostic) => vec![diagnostic],
        None => syntax(text, errors),
    };
    let has_structural = errors.iter().any(|error| is_structural(&error.kind));
    if !has_structural {
        let broken = errors.iter().filter(|error| !error.kind.is_readable());
        let broken: Vec<Span> = broken.map(|error| line_of(text, error.span)).collect();
        let is_clear = |problem: &Diagnostic| {
            let touches = |line: &Span| line.touches(problem.span.start as usize);
            let is_whole = |line: &Span| line.contains(Span::new(0, text.len()));
            !broken.iter().any(touches) || broken.iter().any(is_whole)
        };
        diagnostics.extend(lowered.into_iter().filter(is_clear));
    }
    sort_by_number(&mut diagnostics, |diagnostic| diagnostic.span.order());
    diagnostics
}

fn is_empty(errors: &[SyntaxError]) -> bool {
    matches!(errors, [error] if error.kind == SyntaxErrorKind::Empty)
}

/// Whether what follows an error may be misread.
fn is_structural(kind: &SyntaxErrorKind) -> bool {
    match kind {
        SyntaxErrorKind::Empty
        | SyntaxErrorKind::ExpectedValue
        | SyntaxErrorKind::ExpectedKey
        | SyntaxErrorKind::ExpectedColon
        | SyntaxErrorKind::Unclosed(_)
        | SyntaxErrorKind::Unopened(_)
        | SyntaxErrorKind::UnterminatedString
        | SyntaxErrorKind::UnknownWord(_)
        | SyntaxErrorKind::UnexpectedCharacter(_)
        | SyntaxErrorKind::TrailingText
        | SyntaxErrorKind::TooDeep => true,
        SyntaxErrorKind::ExpectedComma
        | SyntaxErrorKind::TrailingComma
        | SyntaxErrorKind::BadEscape
        | SyntaxErrorKind::ControlCharacter
        | SyntaxErrorKind::LoneSurrogate
        | SyntaxErrorKind::BadNumber
        | SyntaxErrorKind::Comment
        | SyntaxErrorKind::DuplicateKey(_) => false,
    }
}

/// Whether an error tells of a bracket, whose place the layout may know better.
fn is_bracket(kind: &SyntaxErrorKind) -> bool {
    matches!(
        kind,
        SyntaxErrorKind::Unclosed(_) | SyntaxErrorKind::Unopened(_) | SyntaxErrorKind::TrailingText
    )
}

fn syntax(text: &str, errors: &[SyntaxError]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut lines: Vec<Span> = Vec::new();
    let has_unclosed = errors
        .iter()
        .any(|error| matches!(error.kind, SyntaxErrorKind::Unclosed('{' | '[')));
    let slip = has_unclosed.then(|| find_slip(text)).flatten();
    if let Some(slip) = slip {
        diagnostics.push(slipped(slip));
        lines.push(Span::default());
    }
    let is_slip = !lines.is_empty();
    let mut told: Vec<&SyntaxErrorKind> = Vec::new();
    for error in errors {
        if is_structural(&error.kind) {
            let line = line_of(text, error.span);
            let is_consequence = is_bracket(&error.kind) && !lines.is_empty();
            let is_told = lines.len() >= MOST_STRUCTURAL || lines.contains(&line);
            if is_slip || is_consequence || is_told {
                continue;
            }
            lines.push(line);
            diagnostics.push(diagnostic(text, error));
            continue;
        }
        let is_equal = |other: &&SyntaxError| {
            std::mem::discriminant(&other.kind) == std::mem::discriminant(&error.kind)
        };
        let equal: Vec<&SyntaxError> = errors.iter().filter(is_equal).collect();
        if equal.len() <= MOST_EQUAL {
            // What a broken line holds besides is not worth a second message.
            if !lines.contains(&line_of(text, error.span)) {
                diagnostics.push(diagnostic(text, error));
            }
            continue;
        }
        let is_new = |kind: &&SyntaxErrorKind| {
            std::mem::discriminant(*kind) == std::mem::discriminant(&error.kind)
        };
        if !told.iter().any(is_new) {
            told.push(&error.kind);
            diagnostics.push(all_of(text, error, &equal));
        }
    }
    diagnostics
}

/// One diagnostic for many equal errors, with a fix for all of them where there is one for each.
fn all_of(text: &str, first: &SyntaxError, equal: &[&SyntaxError]) -> Diagnostic {
    let one = diagnostic(text, first);
    let edits = equal.iter().filter_map(|error| {
        let fix = diagnostic(text, error).fixes.into_iter().next()?;
        fix.edit.replacements().first().cloned()
    });
    let edits: Vec<Replacement> = edits.collect();
    let count = equal.len();
    let mut all = Diagnostic {
        fixes: Vec::new(),
        ..one.clone()
    };
    all.message = format!("{} ({count} times)", one.message);
    let edit = Some(edits).filter(|edits| edits.len() == count);
    let edit = edit.and_then(|edits| TextEdit::new(edits).ok());
    match (edit, one.fixes.first()) {
        (Some(edit), Some(fix)) => {
            let title = format!("{}, all {count} times", fix.title);
            all.with_fix(title, edit)
        }
        _ => all,
    }
}

fn slipped(slip: Slip) -> Diagnostic {
    match slip {
        Slip::Missing {
            open,
            close,
            at,
            indent,
        } => {
            let partner = if close == '}' { '{' } else { '[' };
            Diagnostic::error(SYNTAX, open, format!("This {partner} is never closed"))
                .with_hint("By the indentation its end is missing where the fix puts it")
                .with_fix(
                    format!("Add {close}"),
                    TextEdit::insert(at, format!("\n{}{close}", " ".repeat(indent))),
                )
        }
        Slip::Wrong { close, found } => {
            let partner = if close == '}' { '{' } else { '[' };
            Diagnostic::error(
                SYNTAX,
                found,
                format!("This bracket does not fit the {partner} it closes"),
            )
            .with_fix(
                format!("Change to {close}"),
                TextEdit::replace(found, close.to_string()),
            )
        }
    }
}

/// Quotation marks that are not those of JSON, and names without any: one fault, however often.
fn quotes(text: &str, errors: &[SyntaxError]) -> Option<Diagnostic> {
    let is_word = |error: &&SyntaxError| matches!(error.kind, SyntaxErrorKind::UnknownWord(_));
    let words: Vec<&SyntaxError> = errors.iter().filter(is_word).collect();
    let single = words
        .iter()
        .find(|error| error.span.of(text).contains('\''));
    if let Some(error) = single {
        let diagnostic = Diagnostic::error(
            SYNTAX,
            error.span,
            "Strings stand in double quotes, not in single ones",
        );
        let is_all = !text.contains('"');
        let all = Span::new(0, text.len());
        return Some(match is_all {
            true => diagnostic.with_fix(
                "Change all quotes",
                TextEdit::replace(all, text.replace('\'', "\"")),
            ),
            false => diagnostic.with_hint("Write \" in the place of '"),
        });
    }
    let is_typographic = |char: char| "\u{201c}\u{201d}\u{201e}\u{201f}".contains(char);
    let curly = errors.iter().find(|error| {
        matches!(error.kind, SyntaxErrorKind::UnexpectedCharacter(char) if is_typographic(char))
    });
    if let Some(error) = curly {
        let edits = text
            .char_indices()
            .filter(|(_, char)| is_typographic(*char));
        let edits = edits.map(|(at, char)| Replacement {
            span: Span::new(at, at + char.len_utf8()),
            text: "\"".into(),
        });
        let diagnostic = Diagnostic::error(
            SYNTAX,
            error.span,
            "Strings stand in straight double quotes, not in typographic ones",
        );
        return Some(match TextEdit::new(edits.collect()) {
            Ok(edit) => diagnostic.with_fix("Change all quotes", edit),
            Err(_) => diagnostic,
        });
    }
    let is_name = |error: &&&SyntaxError| {
        let after = text.get(error.span.end as usize..).unwrap_or("");
        after.trim_start().starts_with(':')
    };
    let names: Vec<Replacement> = words
        .iter()
        .filter(is_name)
        .flat_map(|error| [error.span.start, error.span.end])
        .map(|at| Replacement {
            span: Span::at(at as usize),
            text: "\"".into(),
        })
        .collect();
    let first = words.iter().find(is_name)?;
    // Anything else that is wrong in the structure is told as usual.
    if names.len() < 2 * words.len() || errors.iter().any(|error| is_other(&error.kind)) {
        return None;
    }
    let message = format!("{} must stand in double quotes", first.span.of(text));
    let diagnostic = Diagnostic::error(SYNTAX, first.span, message)
        .with_hint("Every name of a member is a string");
    Some(match TextEdit::new(names) {
        Ok(edit) => diagnostic.with_fix("Add the quotes", edit),
        Err(_) => diagnostic,
    })
}

/// Whether an error tells of more than words and spelling.
fn is_other(kind: &SyntaxErrorKind) -> bool {
    is_structural(kind) && !matches!(kind, SyntaxErrorKind::UnknownWord(_))
}

fn diagnostic(text: &str, error: &SyntaxError) -> Diagnostic {
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
        SyntaxErrorKind::BadEscape => {
            let at = error.span.start as usize;
            diagnostic
                .with_hint("A backslash itself is written \\\\")
                .with_fix("Double the backslash", TextEdit::insert(at, "\\"))
        }
        SyntaxErrorKind::ControlCharacter => match text.as_bytes().get(error.span.start as usize) {
            None => diagnostic,
            Some(byte) => {
                let escape = match byte {
                    b'\t' => "\\t".to_owned(),
                    byte => format!("\\u{byte:04x}"),
                };
                let title = format!("Write it as {escape}");
                diagnostic.with_fix(title, TextEdit::replace(error.span, escape))
            }
        },
        SyntaxErrorKind::TrailingText => {
            diagnostic.with_hint("Remove it, or the bracket before it that ends too early")
        }
        SyntaxErrorKind::UnknownWord(word) => match word.as_str() {
            "True" | "TRUE" => spelled(diagnostic, "true"),
            "False" | "FALSE" => spelled(diagnostic, "false"),
            "None" | "NULL" | "Null" | "nil" | "undefined" => spelled(diagnostic, "null"),
            _ => diagnostic,
        },
        SyntaxErrorKind::ExpectedValue
        | SyntaxErrorKind::ExpectedKey
        | SyntaxErrorKind::Unclosed(_)
        | SyntaxErrorKind::Unopened(_)
        | SyntaxErrorKind::UnterminatedString
        | SyntaxErrorKind::LoneSurrogate
        | SyntaxErrorKind::BadNumber
        | SyntaxErrorKind::UnexpectedCharacter(_)
        | SyntaxErrorKind::TooDeep => diagnostic,
    }
}

fn spelled(mut diagnostic: Diagnostic, word: &str) -> Diagnostic {
    diagnostic.message = format!("JSON spells it {word}");
    let edit = TextEdit::replace(diagnostic.span, word);
    diagnostic.with_fix(format!("Change to {word}"), edit)
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
