//! What bounds an evaluation, hostile expressions and data included.

use super::code::Code;
use super::error::Error;

/// What is said where calls or values nest too deeply.
pub(crate) const TOO_DEEP: &str = "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.";

/// What is said where the fuel is used up.
pub(crate) const TOO_LONG: &str = "Expression evaluation timeout: Check for infinite loop";

/// The fuel is used up.
pub(crate) fn too_long() -> Error {
    Error::new(Code::U1001).text("message", TOO_LONG)
}

/// How deep values may nest where they are walked through.
pub(crate) const MAX_VALUE_DEPTH: usize = 256;

/// How many bytes of a text are gone through for one step of fuel.
pub(crate) const BYTES_PER_STEP: usize = 16;
