//! What a person does to a definition: documents and undo, definitions inside other texts,
//! help while typing, examples to start from, files to open and to keep.

pub mod exchange;

pub mod document;

pub mod ide;

pub mod example;
pub mod file;
