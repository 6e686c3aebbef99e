//! Commands: what can be asked of the page, by a key, by name, or by a button.

mod act;
pub mod chord;
mod fuzzy;
mod item;
mod keys;
mod palette;
mod table;

pub use act::Commands;
pub use keys::listen;
pub use palette::Palette;
pub use table::{Command, Spot};
