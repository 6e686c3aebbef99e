//! Texts in files, each with a line of `=` and what is said of it behind. `UPDATE_EXPECT=1`
//! rewrites that.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod broken;
mod read;

use std::path::{Path, PathBuf};

use statelab::authoring::document::Document;

const LINE: &str = "\n==========\n";

/// The files of a folder of `tests/data`, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(folder);
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Holds what is said of each text, by its name, against what is expected.
fn expect(folder: &str, said_of: impl Fn(&str, &str) -> String) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for file in files(folder) {
        let whole = std::fs::read_to_string(&file).unwrap();
        let (text, expected) = whole.split_once(LINE).unwrap_or((whole.trim_end(), ""));
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let said = said_of(&name, text);
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
    for file in ["broken", "read"].into_iter().flat_map(files) {
        let whole = std::fs::read_to_string(file).unwrap();
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
