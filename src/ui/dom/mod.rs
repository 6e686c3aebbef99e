//! Every call into the browser, each behind a function of Rust's shape.

pub mod clock;
pub mod editor;
pub mod element;
pub mod fetch;
pub mod file;
pub mod measure;
pub mod mirror;
pub mod page;
pub mod storage;
pub mod theme;
pub mod timing;
