//! What has changed, line by line in a file.
//!
//! A line is a checksum and a change as JSON. What was acknowledged stands in the file; a
//! line that was being written when the process ended is told by its checksum and dropped.
//! When the file has grown, a new one that holds only what still counts takes its place by
//! a rename, so there is always a whole one. A lock keeps a second process out.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::api::{Change, Service};
use crate::source::json::{Value, Wire};

/// How much a file grows before it is written anew, beside doubling.
const GROWTH: u64 = 64 << 20;

/// A log that is written to.
#[derive(Debug)]
pub(super) struct Log {
    folder: PathBuf,
    number: u64,
    file: File,
    /// Where the file ends, and where it ended when it was begun.
    length: u64,
    begun: u64,
    /// How much it grows before it is written anew, beside doubling.
    growth: u64,
    syncs: bool,
    _lock: File,
}

/// Why a folder cannot be used.
#[derive(Debug)]
pub enum LogError {
    /// A file or folder cannot be read or written.
    Io(PathBuf, io::Error),
    /// Another process has it.
    Taken(PathBuf),
    /// A line that is not the last one is damaged.
    Damaged(PathBuf, usize),
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LogError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            LogError::Taken(path) => {
                write!(f, "{}: another process uses this folder", path.display())
            }
            LogError::Damaged(path, line) => write!(
                f,
                "{}: line {line} is damaged, and what follows depends on it",
                path.display()
            ),
        }
    }
}

impl std::error::Error for LogError {}

impl Log {
    /// Opens the log in a folder and reads what it holds.
    pub fn open(folder: &Path, syncs: bool) -> Result<(Self, Vec<Change>), LogError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| LogError::Io(path, error)
        };
        fs::create_dir_all(folder).map_err(at(folder))?;
        let lock_path = folder.join("lock");
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => LogError::Taken(folder.to_owned()),
            TryLockError::Error(error) => LogError::Io(lock_path, error),
        })?;
        let numbers = numbers(folder).map_err(at(folder))?;
        let number = numbers.last().copied().unwrap_or(1);
        let path = file_path(folder, number);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(at(&path))?;
        let (changes, length) = read(&file, &path)?;
        file.set_len(length).map_err(at(&path))?;
        file.seek(SeekFrom::End(0)).map_err(at(&path))?;
        for old in numbers.iter().filter(|old| **old != number) {
            // It is of no use any more; if it stays, the next start tries again.
            let _ = fs::remove_file(file_path(folder, *old));
        }
        let log = Self {
            folder: folder.to_owned(),
            number,
            file,
            length,
            begun: length,
            growth: GROWTH,
            syncs,
            _lock: lock,
        };
        Ok((log, changes))
    }

    /// Keeps changes.
    pub fn keep(&mut self, changes: &[Change]) -> io::Result<()> {
        let mut lines = Vec::new();
        for change in changes {
            write_line(&mut lines, change)?;
        }
        self.file.write_all(&lines)?;
        self.length += lines.len() as u64;
        if self.syncs {
            self.file.sync_data()?;
        }
        Ok(())
    }

    /// Writes the file anew if it has grown enough.
    pub fn compact(&mut self, service: &Service) -> io::Result<()> {
        if self.length < self.begun * 2 + self.growth {
            return Ok(());
        }
        let number = self.number + 1;
        let draft_path = self.folder.join("draft");
        let mut draft = BufWriter::new(File::create(&draft_path)?);
        let mut length = 0;
        for change in service.snapshot() {
            let mut line = Vec::new();
            write_line(&mut line, &change)?;
            draft.write_all(&line)?;
            length += line.len() as u64;
        }
        let file = draft.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&draft_path, file_path(&self.folder, number))?;
        let old = file_path(&self.folder, self.number);
        (self.file, self.number) = (file, number);
        (self.length, self.begun) = (length, length);
        // If it stays, the next start removes it.
        let _ = fs::remove_file(old);
        Ok(())
    }
}

fn file_path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:06}.log"))
}

/// The numbers of the logs in a folder, the latest last.
fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(".log"));
        numbers.extend(stem.and_then(|stem| stem.parse::<u64>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

fn write_line(lines: &mut Vec<u8>, change: &Change) -> io::Result<()> {
    let text = change.to_value().to_string();
    let sum = crc32fast::hash(text.as_bytes());
    writeln!(lines, "{sum:08x} {text}")
}

/// The changes in a file, and where the last whole line ends.
fn read(file: &File, path: &Path) -> Result<(Vec<Change>, u64), LogError> {
    let mut reader = BufReader::new(file);
    let mut changes = Vec::new();
    let (mut length, mut number) = (0, 0);
    let mut broken = None;
    loop {
        let mut line = Vec::new();
        let count = reader
            .read_until(b'\n', &mut line)
            .map_err(|error| LogError::Io(path.to_owned(), error))?;
        if count == 0 {
            return Ok((changes, length));
        }
        number += 1;
        match (read_line(&line), broken) {
            // A whole line behind a broken one: that one was not just cut short.
            (Some(_), Some(broken)) => return Err(LogError::Damaged(path.to_owned(), broken)),
            (Some(change), None) => {
                changes.push(change);
                length += count as u64;
            }
            (None, None) => broken = Some(number),
            (None, Some(_)) => {}
        }
    }
}

fn read_line(line: &[u8]) -> Option<Change> {
    let text = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (sum, text) = text.split_once(' ')?;
    let sum = u32::from_str_radix(sum, 16).ok()?;
    if sum != crc32fast::hash(text.as_bytes()) {
        return None;
    }
    Change::from_value(&Value::parse(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Answer, Request, Settings, dispatch};
    use crate::time::Timestamp;

    fn change(name: &str) -> Change {
        Change::MachineGone { name: name.into() }
    }

    fn folder(name: &str) -> PathBuf {
        let id = std::process::id();
        let folder = std::env::temp_dir().join(format!("statelab-log-{id}-{name}"));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = folder("kept");
        let (mut log, changes) = Log::open(&folder, false).unwrap();
        assert!(changes.is_empty());
        assert!(matches!(Log::open(&folder, false), Err(LogError::Taken(_))));
        log.keep(&[change("a"), change("b\nc")]).unwrap();
        drop(log);
        let (_, changes) = Log::open(&folder, true).unwrap();
        assert_eq!(changes, [change("a"), change("b\nc")]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_has_grown_gives_way_to_what_still_counts() {
        let folder = folder("grown");
        let (mut log, _) = Log::open(&folder, false).unwrap();
        log.growth = 2000;
        let mut service = Service::restore(Settings::default(), Vec::new());
        let call = |service: &mut Service, operation: &str, body: &str| {
            let request = Request {
                now: Timestamp::from_millis(1_700_000_000_000),
                seed: 1,
            };
            let target = format!("AWSStepFunctions.{operation}");
            match dispatch(service, &target, body.as_bytes(), &request) {
                Answer::Now(response) => assert_eq!(response.status, 200, "{}", response.body),
                Answer::Later(_) => panic!("{operation} waits"),
            }
            service.take_changes()
        };
        let mut sizes = Vec::new();
        for round in 0..100 {
            let create = format!(r#"{{"name": "a{round}"}}"#);
            log.keep(&call(&mut service, "CreateActivity", &create))
                .unwrap();
            if round > 0 {
                let arn = format!(
                    "arn:aws:states:us-east-1:123456789012:activity:a{}",
                    round - 1
                );
                let delete = format!(r#"{{"activityArn": "{arn}"}}"#);
                log.keep(&call(&mut service, "DeleteActivity", &delete))
                    .unwrap();
            }
            log.compact(&service).unwrap();
            // There is one file, and it is the one that is written to.
            assert_eq!(numbers(&folder).unwrap(), [log.number]);
            sizes.push(fs::metadata(file_path(&folder, log.number)).unwrap().len());
            assert_eq!(sizes.last(), Some(&log.length));
        }
        assert!(log.number > 3, "{}", log.number);
        assert!(sizes.iter().all(|size| *size < 4000), "{sizes:?}");
        drop(log);
        let (_, changes) = Log::open(&folder, false).unwrap();
        let again = Service::restore(Settings::default(), changes);
        assert_eq!(again.snapshot(), service.snapshot());
        assert_eq!(again.snapshot().len(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_draft_that_was_not_finished_counts_for_nothing() {
        let folder = folder("draft");
        let (mut log, _) = Log::open(&folder, false).unwrap();
        log.keep(&[change("a")]).unwrap();
        drop(log);
        fs::write(folder.join("draft"), "half a li").unwrap();
        // Named and moved, but the one before it was not removed any more.
        fs::copy(file_path(&folder, 1), file_path(&folder, 2)).unwrap();
        let (log, changes) = Log::open(&folder, false).unwrap();
        assert_eq!(changes, [change("a")]);
        assert_eq!(log.number, 2);
        assert_eq!(numbers(&folder).unwrap(), [2]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_line_that_was_cut_short_is_dropped_and_a_damaged_one_is_told() {
        let folder = folder("cut");
        let (mut log, _) = Log::open(&folder, false).unwrap();
        log.keep(&[change("a"), change("b")]).unwrap();
        drop(log);
        let path = file_path(&folder, 1);
        let whole = fs::read(&path).unwrap();
        for end in whole.len() / 2 + 1..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            let (mut log, changes) = Log::open(&folder, false).unwrap();
            assert_eq!(changes, [change("a")], "{end} bytes");
            log.keep(&[change("c")]).unwrap();
            drop(log);
            let (_, changes) = Log::open(&folder, false).unwrap();
            assert_eq!(changes, [change("a"), change("c")], "{end} bytes");
        }
        let mut damaged = whole;
        damaged[12] ^= 1;
        fs::write(&path, damaged).unwrap();
        let error = Log::open(&folder, false).unwrap_err();
        assert!(matches!(error, LogError::Damaged(_, 1)), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
