//! Runs the cases in `tests/data/interpreter`: a definition, an input, mocks, and the
//! events that come of them in a compact form. `UPDATE_EXPECT=1` rewrites the events.
//!
//! Every case runs three times: in one slice, again, and in slices of one step; the
//! histories must be equal to the byte.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod broken;
mod case;
mod choice;
mod control;
mod redrive;

use std::path::Path;

#[test]
fn cases() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/interpreter"
    ));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let mut case: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| {
            panic!("{}: {error}", path.display());
        });
        let events = case::events(&case);
        assert_eq!(
            events,
            case::events(&case),
            "not deterministic: {}",
            path.display()
        );
        assert_eq!(
            events,
            case::events_in_slices(&case),
            "sliced: {}",
            path.display()
        );
        // What happens in child executions is in no history.
        let has_children = events.iter().any(|event| event.starts_with("map run"));
        let plain: Vec<_> = events
            .iter()
            .filter(|event| !event.starts_with("pending"))
            .cloned()
            .collect();
        if !has_children {
            assert_eq!(
                plain,
                case::events_on_recorded_mocks(&case),
                "recorded: {}",
                path.display()
            );
        }
        if case["events"] == serde_json::json!(events) {
            continue;
        }
        if update {
            case["events"] = serde_json::json!(events);
            std::fs::write(path, serde_json::to_string_pretty(&case).unwrap() + "\n").unwrap();
        } else {
            failures.push(format!("{}:\n  {}", path.display(), events.join("\n  ")));
        }
    }
    assert!(files.len() > 20);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
