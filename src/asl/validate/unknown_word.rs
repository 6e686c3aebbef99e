//! A field takes one of a few words, and has another.

use super::Rule;
use super::finding::{Report, Said};
use super::place::{Place, is_placeholder};
use super::suggest::closest;
use super::wrong_type;
use crate::source::{Code, Diagnostic, edit};

/// Words are among those that the field takes.
pub const UNKNOWN_WORD: Rule = Rule {
    code: Code("UNKNOWN_WORD"),
    demand: "QueryLanguage, Mode, ExecutionType, JitterStrategy, InputType and their like take one of a \
             few words, spelt as they are.",
    invalid: r#"{"StartAt": "A", "QueryLanguage": "JSONpath", "States": {"A": {"Type": "Succeed"}}}"#,
    valid: r#"{"StartAt": "A", "QueryLanguage": "JSONPath", "States": {"A": {"Type": "Succeed"}}}"#,
    ..Rule::STANDARD
};

/// Checks a field that takes one of these words.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>, words: &[&str]) {
    // The type of a state was looked at before its fields.
    if place.name() == "Type" {
        return;
    }
    let Some(text) = place.node.as_str() else {
        return wrong_type::report(report, place, &expected(words), wrong_type::STRING);
    };
    if words.contains(&&**text) {
        return;
    }
    let list = words.join(", ");
    let said = format!("Value should be one of the following: [{list}]");
    let own = (!is_placeholder(place.node)).then(|| own(report.text, place, text, words));
    report.add(own, Said::schema(place.location, said));
}

fn own(source: &str, place: &Place<'_>, text: &str, words: &[&str]) -> Diagnostic {
    let message = format!(
        "{} must be {}, not \"{text}\"",
        place.name(),
        expected(words)
    );
    let problem = Diagnostic::error(UNKNOWN_WORD.code, place.node.span, message);
    let only = match words {
        [word] => Some(*word),
        words => closest(text, words.iter().copied()),
    };
    match only {
        None => problem,
        Some(word) => {
            let edit = edit::set(source, place.node, word);
            problem.with_fix(format!("Change to {word}"), edit)
        }
    }
}

fn expected(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.as_slice() {
        [words @ .., last] if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        words => words.concat(),
    }
}
