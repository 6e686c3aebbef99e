//! The page: stores, panels and widgets over the library.

pub mod dom;
pub mod store;
pub mod widget;

/// Mounts the application into the page.
pub fn mount() {}
