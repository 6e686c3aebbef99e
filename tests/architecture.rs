//! The architecture as tests: who may import whom, and who may touch the outside world.
//!
//! The rules stand in the crate documentation, in `src/lib.rs`; its table is read from there.

#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/rules.rs"]
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use rules::{Rooms, violations};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rooms() -> Rooms {
    Rooms::read(&fs::read_to_string(src().join("lib.rs")).expect("src/lib.rs is readable"))
}

/// Every Rust file below `folder`, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder is readable") {
        let path = entry.expect("a source folder is readable").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_file_keeps_the_rules_of_the_crate_documentation() {
    let rooms = rooms();
    let mut found = Vec::new();
    for path in rust_files(&src()) {
        let file = path.strip_prefix(src()).expect("the file is below src");
        let file = file.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).expect("a source file is readable");
        found.extend(violations(&rooms, &file, &source));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn the_table_names_every_room() {
    let rooms = rooms();
    let names: Vec<&str> = rooms.names().collect();
    for name in ["asl", "source", "time", "web", "ui", "native"] {
        assert!(names.contains(&name), "{name} is missing in {names:?}");
    }
}

/// What the rules find in `source`, without its place.
fn complaints(file: &str, source: &str) -> Vec<String> {
    violations(&rooms(), file, source)
        .into_iter()
        .filter_map(|line| Some(line.split_once(": ")?.1.to_owned()))
        .collect()
}

#[test]
fn a_planted_import_is_found_however_it_is_written() {
    let planted = [
        ("source/text/edit.rs", "use crate::asl::StateMachine;"),
        (
            "source/text/edit.rs",
            "use crate::{time::Timestamp as T, asl::{self}};",
        ),
        ("source/text/edit.rs", "fn f() { crate::asl::lower(); }"),
        (
            "source/text/edit.rs",
            "fn f() { format!(\"{}\", crate::asl::NAME) }",
        ),
        (
            "source/text/edit.rs",
            "use super::super::super::asl::StateMachine;",
        ),
        ("source/mod.rs", "use super::asl::StateMachine;"),
        (
            "source/mod.rs",
            "mod inner { use super::super::asl::StateMachine; }",
        ),
        (
            "source/mod.rs",
            "#[cfg(test)] mod tests { use crate::asl::StateMachine; }",
        ),
    ];
    for (file, source) in planted {
        let found = complaints(file, source);
        assert!(
            found
                .iter()
                .any(|line| line == "`source` may not import `asl`"),
            "{file}: {source}: {found:?}"
        );
    }
}

#[test]
fn what_is_allowed_or_not_code_is_not_found() {
    let innocent = [
        ("asl/lower.rs", "use crate::source::json::Node;"),
        ("asl/mod.rs", "use super::source::json::Node;"),
        (
            "source/text/edit.rs",
            "// use crate::asl::StateMachine;\n/// [`crate::asl`]\nfn f() {}",
        ),
        (
            "source/text/edit.rs",
            "const TEXT: &str = \"crate::asl::lower\";",
        ),
        ("source/text/edit.rs", "use super::super::json::Node;"),
        (
            "source/mod.rs",
            "mod inner { use super::asl::StateMachine; }",
        ),
        (
            "ui/app.rs",
            "use leptos::prelude::*; use crate::web::worker;",
        ),
        ("ui/dom/mod.rs", "use web_sys::Window;"),
        ("main.rs", "fn main() { statelab::ui::mount(); }"),
    ];
    for (file, source) in innocent {
        assert_eq!(complaints(file, source), [""; 0], "{file}: {source}");
    }
}

#[test]
fn clocks_files_and_randomness_are_found_outside_the_edges() {
    let planted = [
        "use std::time::Instant;",
        "use std::{fs, io};",
        "use std::time::{self, Duration}; fn f() { time::SystemTime::now(); }",
        "fn f() { std::env::var(\"HOME\"); }",
        "fn f() { js_sys::Date::now(); }",
        "fn f() { rand::random::<u8>(); }",
        "fn f() { std::thread::spawn(|| {}); }",
    ];
    for source in planted {
        assert_eq!(complaints("execution/mod.rs", source).len(), 1, "{source}");
        assert_eq!(complaints("native/mod.rs", source), [""; 0], "{source}");
        let tests = format!("#[cfg(test)]\nmod tests {{ {source} }}\nfn g() {{}}");
        assert_eq!(complaints("execution/mod.rs", &tests), [""; 0], "{source}");
        let after = format!("#[cfg(test)]\nmod tests {{}}\nmod other {{ {source} }}");
        assert_eq!(complaints("execution/mod.rs", &after).len(), 1, "{source}");
    }
    assert_eq!(
        complaints("execution/mod.rs", "use std::time::Duration;"),
        [""; 0]
    );
}

#[test]
fn browser_crates_and_features_have_their_places() {
    let planted = [
        ("ui/app.rs", "use web_sys::Window;"),
        ("web/worker.rs", "use leptos::prelude::*;"),
        ("asl/mod.rs", "#[cfg(feature = \"ui\")] fn f() {}"),
        (
            "asl/mod.rs",
            "#[cfg(any(test, feature = \"ui\"))] fn f() {}",
        ),
        ("asl/mod.rs", "fn f() -> bool { cfg!(feature = \"ui\") }"),
    ];
    for (file, source) in planted {
        assert_eq!(complaints(file, source).len(), 1, "{file}: {source}");
    }
    assert_eq!(
        complaints("lib.rs", "#[cfg(feature = \"ui\")] pub mod ui;"),
        [""; 0]
    );
    assert_eq!(complaints("misc/mod.rs", "").len(), 1);
}
