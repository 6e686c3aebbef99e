//! What a person does to a definition: documents and undo.

pub mod document;
