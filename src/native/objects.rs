//! `--s3` of `run` and `serve`: a folder whose files are objects, by bucket and key.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::execution::item::Objects;

/// A folder that cannot be read, or an object that cannot be written.
#[derive(Debug)]
pub enum ObjectsError {
    /// Reading or writing fails.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A key that would lead out of the folder, or that no file can have.
    Key(String),
}

impl fmt::Display for ObjectsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ObjectsError::Io { path, error } => write!(f, "{}: {error}", path.display()),
            ObjectsError::Key(key) => write!(f, "the object {key} cannot be a file"),
        }
    }
}

impl std::error::Error for ObjectsError {}

/// Reads every file below a folder; the first folder below it is the bucket. Links are not
/// followed. Bytes that are no UTF-8 are replaced, as items are text.
pub fn read(folder: &Path) -> Result<Objects, ObjectsError> {
    let mut objects = Objects::default();
    let mut stack = vec![(folder.to_owned(), String::new())];
    while let Some((path, name)) = stack.pop() {
        let failed = |error| ObjectsError::Io {
            path: path.clone(),
            error,
        };
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let own = entry.file_name().to_string_lossy().into_owned();
            let name = match name.is_empty() {
                true => own,
                false => format!("{name}/{own}"),
            };
            if kind.is_dir() {
                stack.push((entry.path(), name));
            } else if kind.is_file() {
                let bytes = fs::read(entry.path()).map_err(|error| ObjectsError::Io {
                    path: entry.path(),
                    error,
                })?;
                // A file beside the buckets is in none.
                let _ = objects.insert_at(&name, &*String::from_utf8_lossy(&bytes));
            }
        }
    }
    Ok(objects)
}

/// Writes an object below a folder.
pub fn write(folder: &Path, bucket: &str, key: &str, text: &str) -> Result<(), ObjectsError> {
    let name = format!("{bucket}/{key}");
    let relative = Path::new(&name);
    let is_inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_inside || key.ends_with('/') || name.contains(['\\', '\0']) {
        return Err(ObjectsError::Key(name));
    }
    let path = folder.join(relative);
    let failed = |error| ObjectsError::Io {
        path: path.clone(),
        error,
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(&path, text).map_err(failed)
}
