//! Numbers as JSONata writes, reads and rounds them: [`to_string`] and [`to_json`] give
//! JavaScript's text, [`parse`] reads as `$number` does, [`format()`] follows the picture
//! of `$formatNumber`, [`to_base`] is `$formatBase` and [`round`] is `$round`.

mod base;
mod error;
mod format;
mod options;
mod picture;
mod read;
mod round;
mod text;

pub use base::to_base;
pub use error::Error;
pub use format::format;
pub use options::Options;
pub use read::parse;
pub use round::round;
pub(crate) use text::to_exact_json;
pub use text::{to_json, to_string};
