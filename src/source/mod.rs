//! What a file says: text and edits, the lossless tree of JSON and YAML, diagnostics.
//!
//! Nothing here knows the Amazon States Language.

pub mod diagnostic;
pub mod edit;
pub mod json;
pub mod sort;
pub mod text;
pub mod yaml;

pub use diagnostic::{Code, Diagnostic, Fix, Hint, Severity};
pub use text::{Span, TextEdit};
