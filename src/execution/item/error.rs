//! Why items cannot be read.

use std::fmt;
use std::sync::Arc;

/// What keeps an `ItemReader` from its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such object.
    NoSuchKey {
        /// The bucket.
        bucket: Arc<str>,
        /// The key.
        key: Arc<str>,
    },
    /// A file of a format that cannot be given as text.
    Unreadable(&'static str),
    /// Text that is no JSON.
    Json {
        /// The key of the object.
        key: Arc<str>,
        /// The line, where each line is a document.
        line: Option<u64>,
    },
    /// JSON that is no array, or no array where the pointer points.
    NotIterable,
    /// A CSV file whose first row should have been the header.
    NoHeader,
    /// A manifest that does not say what it should.
    Manifest(&'static str),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchKey { bucket, key } => write!(
                f,
                "The specified key does not exist: bucket '{bucket}', key '{key}'."
            ),
            Self::Unreadable(what) => write!(f, "{what} files cannot be read here."),
            Self::Json { key, line: None } => write!(f, "The object '{key}' is not valid JSON."),
            Self::Json {
                key,
                line: Some(line),
            } => write!(f, "Line {line} of the object '{key}' is not valid JSON."),
            // The service's words.
            Self::NotIterable => f.write_str("Attempting to map over non-iterable node."),
            Self::NoHeader => f.write_str("The CSV file has no header row."),
            Self::Manifest(what) => write!(f, "The manifest cannot be read: {what}."),
        }
    }
}

impl std::error::Error for ReadError {}
