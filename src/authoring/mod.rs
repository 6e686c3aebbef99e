//! What a person does to a definition: documents and undo, examples to start from, files
//! to open and to keep.

pub mod document;
pub mod example;
pub mod file;
