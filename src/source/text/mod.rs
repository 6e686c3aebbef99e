//! Spans, edits and positions in a text. Knows nothing of JSON.

mod edit;
mod line_index;
mod span;

pub use edit::{EditError, Replacement, TextEdit};
pub use line_index::{LineIndex, Position};
pub use span::Span;
