//! Texts that hold a definition: what is found in them, and that problems and fixes stand in
//! the text as it is.
//!
//! Each file of `tests/data/read` is a text, a line of `=`, and what is found. `UPDATE_EXPECT=1`
//! rewrites that.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::path::Path;

use statelab::authoring::document::Document;

const LINE: &str = "\n==========\n";

fn found(text: &str) -> String {
    let document = Document::open(text);
    let mut out = String::new();
    match document.shell() {
        None => writeln!(out, "{:?}", document.notation()).unwrap(),
        Some(shell) => {
            let title = shell.host.title();
            writeln!(out, "{:?}: {} in {title}", document.notation(), shell.name).unwrap();
            for given in &shell.substitutions {
                writeln!(out, "given: {} = {}", given.name, given.value).unwrap();
            }
        }
    }
    for state in document.machine().walk() {
        let at = document.position(state.name_span.start as usize);
        let kind = state.kind.state_type().map_or("?", |kind| kind.as_str());
        writeln!(out, "{at}: {kind} {}", state.name).unwrap();
        let name = state.name_span.of(text).trim_matches('"');
        assert!(
            name.contains(&*state.name) || name.ends_with('\\'),
            "{name}"
        );
    }
    for placeholder in document.placeholders() {
        let titles: Vec<String> = placeholder
            .places
            .iter()
            .map(|place| place.title())
            .collect();
        writeln!(out, "${{{}}}: {}", placeholder.name, titles.join(", ")).unwrap();
        for place in &placeholder.places {
            assert!(text.get(place.span.range()).is_some());
        }
    }
    for problem in document.diagnostics() {
        let at = document.position(problem.span.start as usize);
        writeln!(
            out,
            "{at}: {}: {}",
            problem.severity.as_str(),
            problem.message
        )
        .unwrap();
        for fix in &problem.fixes {
            let fixed = document.apply(&fix.edit).unwrap();
            let left = fixed.diagnostics().len();
            let part = fix
                .edit
                .replacements()
                .iter()
                .map(|part| part.text.as_str());
            let part: String = part.collect();
            writeln!(out, "  fix: {}: {part:?} (then {left} left)", fix.title).unwrap();
        }
    }
    // As JSON the definition says the same.
    let json = Document::open(document.definition());
    if !document.has_errors() {
        let messages = |document: &Document| {
            let problems = document.diagnostics().iter();
            problems
                .map(|problem| problem.message.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(messages(&json), messages(&document));
    }
    let names = |document: &Document| {
        let states = document.machine().walk();
        states
            .map(|state| state.pointer.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&json), names(&document));
    out
}

#[test]
fn definitions_are_found_where_they_stand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "{} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let whole = std::fs::read_to_string(&file).unwrap();
        let (text, expected) = whole.split_once(LINE).unwrap_or((whole.trim_end(), ""));
        let found = found(text);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if update {
            std::fs::write(&file, format!("{text}{LINE}{found}")).unwrap();
        } else if found != expected {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Cut anywhere, a text is still read, and its problems and fixes fit.
#[test]
fn parts_are_read_as_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/read");
    for entry in std::fs::read_dir(folder).unwrap() {
        let whole = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (at, _) in whole.char_indices().step_by(5) {
            let text = &whole[..at];
            let document = Document::open(text);
            for state in document.machine().walk() {
                assert!(text.get(state.span.range()).is_some(), "{text}");
            }
            for problem in document.diagnostics() {
                assert!(text.get(problem.span.range()).is_some(), "{text}");
                for fix in &problem.fixes {
                    document.apply(&fix.edit).unwrap();
                }
            }
        }
    }
}
