//! Problems for people.

use std::fmt::Write;

use super::Checked;
use crate::native::snippet::{printable, snippet};
use crate::source::Severity;

/// All problems and a line that counts them.
pub fn write(checked: &[Checked]) -> String {
    let mut out: String = checked.iter().map(problems).collect();
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&summary(checked));
    out.push('\n');
    out
}

/// The problems of one definition.
pub fn problems(checked: &Checked) -> String {
    let document = &checked.document;
    let mut out = String::new();
    for problem in document.diagnostics() {
        let at = document.position(problem.span.start as usize);
        let snippet = snippet(document.text(), problem.span);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            checked.name,
            at.line,
            at.column,
            problem.severity.as_str(),
            problem.code,
            printable(&problem.message),
        );
        let number = at.line.to_string();
        let _ = writeln!(out, "  {number} | {}", snippet.line);
        let _ = writeln!(out, "  {:1$} | {2}", "", number.len(), snippet.mark);
        for hint in &problem.hints {
            let _ = writeln!(out, "  hint: {}", printable(&hint.0));
        }
        for fix in &problem.fixes {
            let _ = writeln!(out, "  fix: {}", printable(&fix.title));
        }
    }
    out
}

fn summary(checked: &[Checked]) -> String {
    let counts = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "note"),
    ]
    .map(|(severity, word)| {
        let problems = checked.iter().flat_map(|file| file.document.diagnostics());
        let found = problems.filter(|problem| problem.severity == severity);
        (found.count(), word)
    });
    let found: Vec<String> = counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    let found = if found.is_empty() {
        "No problems".to_owned()
    } else {
        found.join(", ")
    };
    format!("{found} in {}", count(checked.len(), "file"))
}

fn count(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}
