//! The rules of the crate documentation, as functions of a file's paths.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Path, paths};

/// Which room may import which, as the table "Code map" in `src/lib.rs` says.
pub struct Rooms(BTreeMap<String, BTreeSet<String>>);

impl Rooms {
    /// Reads the table from the text of `src/lib.rs`.
    pub fn read(lib: &str) -> Self {
        let rows = lib
            .lines()
            .filter_map(|line| line.strip_prefix("//! |"))
            .skip_while(|row| !row.replace(' ', "").starts_with("room|promise|mayimport|"))
            .skip(2);
        let mut rooms = BTreeMap::new();
        for row in rows {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [room, _promise, imports, ..] = cells.as_slice() else {
                continue;
            };
            let imports = imports
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty() && *name != "–")
                .map(str::to_owned)
                .collect();
            rooms.insert((*room).to_owned(), imports);
        }
        Self(rooms)
    }

    /// The rooms of the table.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn may_import(&self, room: &str, other: &str) -> bool {
        room == other
            || self
                .0
                .get(room)
                .is_some_and(|allowed| allowed.contains(other))
    }
}

/// What `source` at `file` (such as `asl/mod.rs`, below `src`) does that it may not.
pub fn violations(rooms: &Rooms, file: &str, source: &str) -> Vec<String> {
    let found = paths(source);
    let mut violations: Vec<String> = found
        .iter()
        .filter_map(|path| {
            let complaint = import(rooms, file, path)
                .or_else(|| reserved(file, path))
                .or_else(|| impure(file, path))
                .or_else(|| feature(file, path))?;
            Some(format!("src/{file}:{}: {complaint}", path.line))
        })
        .collect();
    if !is_entry(file) && !rooms.0.contains_key(room_of(file)) {
        violations.push(format!(
            "src/{file}: its room is not in the table of src/lib.rs"
        ));
    }
    violations
}

/// `lib.rs` declares the rooms; the binaries only start them.
fn is_entry(file: &str) -> bool {
    file == "lib.rs" || file == "main.rs" || file.starts_with("bin/")
}

fn room_of(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or(file);
    first.strip_suffix(".rs").unwrap_or(first)
}

fn import(rooms: &Rooms, file: &str, path: &Path) -> Option<String> {
    if is_entry(file) {
        return None;
    }
    let (room, other) = (room_of(file), imported_room(file, path)?);
    if !rooms.0.contains_key(other) || rooms.may_import(room, other) {
        return None;
    }
    Some(format!("`{room}` may not import `{other}`"))
}

/// The name that `path` finds at the root of the crate, by `crate::` or by enough `super::`.
fn imported_room<'a>(file: &str, path: &'a Path) -> Option<&'a str> {
    let names: Vec<&str> = path
        .segments
        .iter()
        .map(String::as_str)
        .skip_while(|name| *name == "self")
        .collect();
    if let ["crate", other, ..] = names.as_slice() {
        return Some(other);
    }
    let folders = file.split('/').count();
    let own = usize::from(!file.ends_with("/mod.rs"));
    let depth = folders - 1 + own + path.nesting;
    let supers = names.iter().take_while(|name| **name == "super").count();
    if supers == 0 || supers < depth {
        return None;
    }
    names.get(supers).copied()
}

/// Crates that only some rooms may name.
fn reserved(file: &str, path: &Path) -> Option<String> {
    let name = path.segments.first()?.as_str();
    let allowed = match name {
        "web_sys" => touches_the_browser(file),
        "leptos" => room_of(file) == "ui" || file == "main.rs",
        _ => true,
    };
    (!allowed).then(|| format!("`{name}` may not be named here"))
}

fn touches_the_browser(file: &str) -> bool {
    room_of(file) == "web" || file == "ui/dom.rs" || file.starts_with("ui/dom/")
}

/// Clocks, randomness, files, sockets, threads and the environment.
const IMPURE: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
    &["time", "Instant"],
    &["time", "SystemTime"],
    &["std", "hash", "RandomState"],
    &["std", "collections", "hash_map", "RandomState"],
    &["js_sys", "Date"],
    &["js_sys", "Math", "random"],
    &["chrono", "Utc", "now"],
    &["chrono", "Local"],
    &["Utc", "now"],
    &["fastrand"],
    &["getrandom"],
    &["rand"],
    &["uuid", "Uuid", "new_v4"],
    &["uuid", "Uuid", "now_v7"],
    &["Uuid", "new_v4"],
    &["Uuid", "now_v7"],
];

fn impure(file: &str, path: &Path) -> Option<String> {
    let allowed = path.in_tests
        || touches_the_browser(file)
        || room_of(file) == "native"
        || file == "bin/statelab.rs";
    if allowed {
        return None;
    }
    let found = IMPURE.iter().find(|names| {
        path.segments.len() >= names.len()
            && path.segments.iter().zip(names.iter()).all(|(a, b)| a == b)
            // A lone word is a crate only where a path goes on.
            && (names.len() > 1 || path.segments.len() > 1)
    })?;
    Some(format!("`{}` may not be used here", found.join("::")))
}

/// Which code a feature brings is decided in one place.
fn feature(file: &str, path: &Path) -> Option<String> {
    let cfg = path.segments == ["cfg", "feature"];
    (cfg && file != "lib.rs").then(|| "`cfg(feature = …)` belongs into src/lib.rs".to_owned())
}
