//! The items of a distributed Map: objects of S3 given as data, and what an `ItemReader`
//! makes of them.
//!
//! Nothing is fetched: [`Objects`] hold what there is. [`Items`] yields one item at a
//! time, so a large file is read in slices.

mod csv;
mod error;
mod manifest;
mod objects;
mod reader;

pub use csv::Delimiter;
pub use error::ReadError;
pub use objects::{GivenObject, Objects, PathError, Text};
pub use reader::{Format, Header, Items, ManifestKind, Source, read};
