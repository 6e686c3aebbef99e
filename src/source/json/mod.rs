//! JSON twice: a lossless, error-tolerant tree for what a person writes, and
//! [`Value`] for what an execution computes.
//!
//! [`parse`] never fails. Broken text gives a tree of everything that could be
//! read and a list of errors with their places.

mod decimal;
mod elements;
mod error;
mod format;
mod lexer;
mod members;
mod node;
mod number;
mod parse;
mod pointer;
mod read;
mod value;
mod wire;
mod write;

mod complaint;

pub use complaint::{complaint, read_or_complain};
pub use decimal::parse_f64;
pub use elements::{Elements, NoElements, Piece};
pub use error::{SyntaxError, SyntaxErrorKind};
pub use format::{format, indent_of, lay_out, on_one_line};
pub(crate) use members::Members;
pub use node::{Key, Member, Node, NodeKind};
pub use number::Number;
pub use parse::{MAX_DEPTH, Parse, parse};
pub use pointer::Pointer;
use read::read;
pub use value::{Array, Object, Value};
pub use wire::Wire;
pub(crate) use wire::{put, take, wire};
pub use write::write_string;
