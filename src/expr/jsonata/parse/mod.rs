//! From text to a compiled expression: tokens, the syntax tree, and paths put together.

mod ancestry;
mod grammar;
mod raw;
mod shape;
mod token;

use super::Dialect;
use super::ast::Node;
use super::code::Code;
use super::error::Error;

pub(crate) use token::Operator;

/// How many nodes may stand in one another. Long sums and chains nest as well.
const MAX_NESTING: u32 = 400;

/// Compiles an expression.
pub(crate) fn parse(text: &str, dialect: Dialect) -> Result<Node, Error> {
    let parsed = match u32::try_from(text.len()) {
        Ok(_) => grammar::read(text).and_then(|raw| shape::shape(raw, dialect)),
        Err(_) => Err(too_deep(0)),
    };
    parsed.map_err(|error| error.locate(text))
}

/// A regular expression that cannot be read.
fn regex_error(error: &crate::expr::regex::Error, position: u32) -> Error {
    Error::foreign(Code::S0303, error).move_to(position)
}

fn too_deep(position: u32) -> Error {
    Error::at(Code::U1001, position).text("message", super::limit::TOO_DEEP)
}
