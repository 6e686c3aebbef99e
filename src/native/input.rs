//! The texts a command reads: files, standard input, or the argument itself.

use std::convert::Infallible;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

/// The largest file that is read; a definition has at most 1 MB.
const MAX_BYTES: u64 = 256 << 20;

static IS_STDIN_TAKEN: AtomicBool = AtomicBool::new(false);

/// A text and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The path as it was given; `<stdin>` for standard input.
    pub name: String,
    /// What stands there, without a byte order mark.
    pub text: String,
}

/// A text that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    name: String,
    kind: ReadErrorKind,
}

#[derive(Debug)]
enum ReadErrorKind {
    Io(io::Error),
    TooLarge,
    NotUtf8 { byte: usize },
    StdinTwice,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name)?;
        match &self.kind {
            ReadErrorKind::Io(error) => match error.kind() {
                io::ErrorKind::NotFound => f.write_str("there is no such file"),
                io::ErrorKind::IsADirectory => f.write_str("this is a directory, not a file"),
                io::ErrorKind::PermissionDenied => f.write_str("reading it is not permitted"),
                _ => error.fmt(f),
            },
            ReadErrorKind::TooLarge => write!(f, "larger than {} MiB", MAX_BYTES >> 20),
            ReadErrorKind::NotUtf8 { byte } => write!(f, "not UTF-8 text from byte {byte} on"),
            ReadErrorKind::StdinTwice => f.write_str("standard input can be read only once"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a file, or standard input where the path is `-`.
pub fn read(path: &Path) -> Result<Text, ReadError> {
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    match read_text(path, is_stdin) {
        Ok(text) => Ok(Text { name, text }),
        Err(kind) => Err(ReadError { name, kind }),
    }
}

fn read_text(path: &Path, is_stdin: bool) -> Result<String, ReadErrorKind> {
    if !is_stdin {
        return decode(File::open(path).map_err(ReadErrorKind::Io)?);
    }
    if IS_STDIN_TAKEN.swap(true, Ordering::Relaxed) {
        return Err(ReadErrorKind::StdinTwice);
    }
    decode(io::stdin().lock())
}

fn decode(reader: impl Read) -> Result<String, ReadErrorKind> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(ReadErrorKind::Io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadErrorKind::TooLarge);
    }
    let mut text = String::from_utf8(bytes).map_err(|error| ReadErrorKind::NotUtf8 {
        byte: error.utf8_error().valid_up_to(),
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

/// An argument that is a text, or `@` and the file that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// The text itself.
    Text(String),
    /// A file; `-` for standard input.
    File(PathBuf),
}

impl FromStr for Inline {
    type Err = Infallible;

    fn from_str(argument: &str) -> Result<Self, Infallible> {
        Ok(match argument.strip_prefix('@') {
            Some(path) => Self::File(path.into()),
            None => Self::Text(argument.to_owned()),
        })
    }
}

impl Inline {
    /// The text.
    pub fn read(&self) -> Result<String, ReadError> {
        match self {
            Inline::Text(text) => Ok(text.clone()),
            Inline::File(path) => Ok(read(path)?.text),
        }
    }
}
