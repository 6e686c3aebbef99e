//! Named test cases beside a definition: the files `NAME.asl.test.json`.
//!
//! A file names a definition and lists cases: an input, mocks, and what is expected of the
//! end. `schemas/asl.test.schema.json` describes the form to editors. Files that a test
//! file names are read by whoever runs it; here is no IO.

mod expect;
mod file;
mod junit;
mod run;

pub use expect::{Expect, Mismatch, StatusWord};
pub use file::{CaseMocks, TestCase, TestFile, TestFileError, Text};
pub use junit::junit;
pub use run::{CaseResult, FileResult, run_case};
