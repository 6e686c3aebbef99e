//! `statelab run --tests`: the cases of test files, and what came of them.

use std::fmt;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::machine_name;
use crate::asl::StateMachine;
use crate::execution::interpreter::{Mocks, Options};
use crate::execution::testing::{
    CaseMocks, CaseResult, FileResult, TestCase, TestFile, Text, junit, run_case,
};
use crate::native::answer::{Answer, Exit};
use crate::native::check::{Checked, problems};
use crate::native::input::{self, ReadError, read};
use crate::native::snippet::printable;
use crate::source::text::{LineIndex, Position};

/// Why no case was run.
#[derive(Debug)]
pub enum CasesError {
    /// A file cannot be read.
    Read(ReadError),
    /// A file is not what it should be: all that is wrong with it.
    Form {
        /// Which one.
        name: String,
        /// Where, and what.
        errors: Vec<(Position, String)>,
    },
    /// A definition has errors.
    Definition {
        /// Its file.
        name: String,
        /// All its problems, for people.
        problems: String,
    },
    /// A mock configuration has no such test case.
    TestCase {
        /// The test file.
        name: String,
        /// The case that asks for it.
        case: Arc<str>,
    },
    /// The results cannot be written.
    Write {
        /// Where to.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for CasesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CasesError::Read(error) => error.fmt(f),
            CasesError::Form { name, errors } => {
                write!(f, "{name} cannot be read")?;
                for (at, message) in errors {
                    let message = printable(message);
                    write!(f, "\n{name}:{}:{}: {message}", at.line, at.column)?;
                }
                Ok(())
            }
            CasesError::Definition { name, problems } => {
                write!(f, "{name} has errors\n{}", problems.trim_end())
            }
            CasesError::TestCase { name, case } => {
                let case = printable(case);
                write!(f, "{name}: the mockConfig of {case} has no such test case")
            }
            CasesError::Write { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for CasesError {}

impl From<ReadError> for CasesError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Runs the cases of every file.
pub fn run(files: &[PathBuf], junit_path: Option<&Path>) -> Result<Answer, CasesError> {
    let results = files.iter().map(|file| run_file(file));
    let results = results.collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = junit_path {
        fs::write(path, junit(&results)).map_err(|error| CasesError::Write {
            path: path.to_owned(),
            error,
        })?;
    }
    let cases = || results.iter().flat_map(|file| &file.cases);
    let failed = cases().filter(|case| !case.passed()).count();
    let mut out = String::new();
    for result in &results {
        report(&mut out, result);
    }
    let _ = writeln!(out, "{} cases, {failed} failed", cases().count());
    Ok(Answer {
        out,
        exit: if failed == 0 { Exit::Good } else { Exit::Bad },
        ..Answer::default()
    })
}

fn report(out: &mut String, result: &FileResult) {
    let _ = writeln!(out, "{}", printable(&result.name));
    for case in &result.cases {
        let word = if case.passed() { "ok    " } else { "FAILED" };
        let _ = writeln!(out, "  {word}  {}", printable(&case.name));
        for mismatch in &case.mismatches {
            let _ = writeln!(out, "          {}", printable(&mismatch.to_string()));
        }
    }
}

fn run_file(path: &Path) -> Result<FileResult, CasesError> {
    let text = read(path)?;
    let file = TestFile::parse(&text.text).map_err(|errors| {
        let errors = errors.into_iter();
        form(&text, errors.map(|error| (error.span.start, error.message)))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let (machine, name) = definition(&file.definition, folder, &text.name)?;
    let machines = file.machines.iter().map(|(name, source)| {
        let (machine, _) = definition(source, folder, &text.name)?;
        Ok((name.clone(), machine))
    });
    let options = Options {
        machine_name: machine_name(&name).into(),
        machines: Arc::new(machines.collect::<Result<_, CasesError>>()?),
        ..Options::default()
    };
    let cases = file.cases.iter();
    let cases = cases.map(|case| run_one(&machine, case, folder, &text.name, options.clone()));
    Ok(FileResult {
        name: text.name.clone(),
        cases: cases.collect::<Result<_, _>>()?,
    })
}

fn run_one(
    machine: &Arc<StateMachine>,
    case: &TestCase,
    folder: &Path,
    name: &str,
    options: Options,
) -> Result<CaseResult, CasesError> {
    let (mocks, chosen) = match &case.mocks {
        CaseMocks::None => (Mocks::default(), None),
        CaseMocks::Inline(mocks) => (mocks.clone(), None),
        CaseMocks::Config { path, test_case } => {
            let text = read(&folder.join(&**path))?;
            let mocks = Mocks::parse(&text.text).map_err(|errors| {
                let errors = errors.into_iter();
                form(&text, errors.map(|error| (error.span.start, error.message)))
            })?;
            (mocks, test_case.as_deref())
        }
    };
    run_case(machine, case, &mocks, chosen, options).ok_or_else(|| CasesError::TestCase {
        name: name.to_owned(),
        case: case.name.clone(),
    })
}

fn definition(
    source: &Text,
    folder: &Path,
    name: &str,
) -> Result<(Arc<StateMachine>, String), CasesError> {
    let text = match source {
        Text::Path(path) => read(&folder.join(&**path))?,
        Text::Inline(text) => input::Text {
            name: name.to_owned(),
            text: text.clone(),
        },
    };
    let checked = Checked::new(text);
    if checked.document.has_errors() {
        return Err(CasesError::Definition {
            problems: problems(&checked),
            name: checked.name,
        });
    }
    Ok((checked.document.machine().clone(), checked.name))
}

fn form(text: &input::Text, errors: impl Iterator<Item = (u32, String)>) -> CasesError {
    let lines = LineIndex::new(&text.text);
    let locate = |(start, message)| (lines.position(&text.text, start as usize), message);
    CasesError::Form {
        name: text.name.clone(),
        errors: errors.map(locate).collect(),
    }
}
