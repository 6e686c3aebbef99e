//! Broken definitions and what is said of them: one sentence or two that lead to the fault,
//! never a cascade.
//!
//! Each file of `tests/data/broken` is a text, a line of `=`, and the problems as they are
//! listed: line and column, message, hint, fixes. `UPDATE_EXPECT=1` rewrites what is said.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::path::Path;

use statelab::authoring::document::Document;

const LINE: &str = "\n==========\n";
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/broken");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 15, "{} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let whole = std::fs::read_to_string(&file).unwrap();
        let (text, expected) = whole.split_once(LINE).unwrap_or((whole.trim_end(), ""));
        let said = said(text);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let count = Document::open(text).diagnostics().len();
        assert!(
            (1..=MOST).contains(&count),
            "{name}: {count} problems\n{said}"
        );
        if update {
            std::fs::write(&file, format!("{text}{LINE}{said}")).unwrap();
        } else if said != expected {
            wrong.push(format!("{name}:\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Cut anywhere, a text is still read, and its problems and fixes fit.
#[test]
fn parts_are_read_as_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/broken");
    for entry in std::fs::read_dir(folder).unwrap() {
        let whole = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (at, _) in whole.char_indices().step_by(7) {
            let text = &whole[..at];
            for problem in Document::open(text).diagnostics() {
                assert!(text.get(problem.span.range()).is_some(), "{text}");
                for fix in &problem.fixes {
                    Document::open(text).apply(&fix.edit).unwrap();
                }
            }
        }
    }
}
