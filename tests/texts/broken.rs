//! Broken definitions and what is said of them: one sentence or two that lead to the fault,
//! never a cascade. The problems are told as they are listed: line and column, message, hint,
//! fixes.

use std::fmt::Write;

use statelab::authoring::document::Document;

/// More than this nobody reads for one fault.
const MOST: usize = 2;

fn said(text: &str) -> String {
    let document = Document::open(text);
    let mut out = String::new();
    for problem in document.diagnostics() {
        let at = document.position(problem.span.start as usize);
        let severity = problem.severity.as_str();
        writeln!(
            out,
            "{}:{} {severity}: {}",
            at.line, at.column, problem.message
        )
        .unwrap();
        for hint in &problem.hints {
            writeln!(out, "  hint: {}", hint.0).unwrap();
        }
        for fix in &problem.fixes {
            let fixed = document.apply(&fix.edit).unwrap();
            let rest = fixed.diagnostics().len();
            writeln!(out, "  fix: {} (then {rest} left)", fix.title).unwrap();
        }
    }
    out
}

#[test]
fn each_fault_is_told_once() {
    assert!(super::files("broken").len() >= 15);
    super::expect("broken", |name, text| {
        let said = said(text);
        let count = Document::open(text).diagnostics().len();
        assert!(
            (1..=MOST).contains(&count),
            "{name}: {count} problems\n{said}"
        );
        said
    });
}
