//! What a person does to a definition: documents and undo, examples to start from.

pub mod document;
pub mod example;
