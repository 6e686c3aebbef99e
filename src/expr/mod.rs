//! The expression languages of a state machine whose query language is JSONPath:
//! [`jsonpath`] names values, [`intrinsic`] functions compute them; and of one whose query
//! language is JSONata: [`jsonata`]. Both search with [`regex`], each in the syntax of the
//! language that its own engine is written in.
//!
//! Both read a text into a tree, with an error and its place where that fails, and
//! evaluate the tree over [`Roots`]. Neither knows states, reads a clock or draws
//! randomness of its own: entropy is handed in.

mod encoding;
pub mod regex;

pub mod intrinsic;
pub mod java;
pub mod jsonata;
pub mod jsonpath;
pub mod request;

use std::fmt;

pub(crate) use encoding::{hash, uuid};

use crate::source::json::Value;

/// What the three kinds of path start from.
#[derive(Clone, Copy)]
pub struct Roots<'a> {
    /// What `$` shows.
    pub input: &'a Value,
    /// What `$$` shows: the context object.
    pub context: &'a Value,
    /// What `$name` shows; `None` if no such variable is assigned.
    pub variables: &'a dyn Fn(&str) -> Option<Value>,
}

impl<'a> Roots<'a> {
    /// Roots with an input, a null context object and no variables.
    pub fn of(input: &'a Value) -> Self {
        Self {
            input,
            context: &Value::Null,
            variables: &|_| None,
        }
    }
}

impl fmt::Debug for Roots<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roots")
            .field("input", self.input)
            .field("context", self.context)
            .finish_non_exhaustive()
    }
}
