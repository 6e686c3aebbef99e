//! What of a drawing is seen, and what of it is worth having in the page: a drawing of
//! thousands of states costs what its visible part costs.
//!
//! [`viewport`] says where the screen stands, [`window`] what lies near it, [`index`]
//! finds what is in there, [`detail`] says how much of it can be read, and [`mounts`]
//! goes there in small steps, so that no frame takes long.

pub mod detail;
pub mod index;
pub mod mounts;
pub mod viewport;
pub mod window;
