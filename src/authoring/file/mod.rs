//! Definitions in files: what may be opened, and how the names of files and documents
//! belong together.

mod bundle;
mod decode;
mod name;

pub use bundle::{Opened, bundle};
pub use decode::{MAX_BYTES, Unreadable, decode};
pub use name::{document_name, ending, file_name, stem, unused_name};
