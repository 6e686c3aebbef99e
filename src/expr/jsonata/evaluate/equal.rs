//! Equality.

use super::Evaluation;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::function::Function;
use crate::expr::jsonata::limit::{BYTES_PER_STEP, MAX_VALUE_DEPTH};
use crate::expr::jsonata::value::{Array, Object, Val, too_deep};

impl Evaluation<'_> {
    /// Whether two values are equal: objects without regard to order, functions by identity.
    pub(crate) fn equal(&mut self, a: &Val, b: &Val, depth: usize) -> Result<bool, Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        Ok(match (a, b) {
            (Val::Null, Val::Null) => true,
            (Val::Bool(a), Val::Bool(b)) => a == b,
            (Val::Num(a), Val::Num(b)) => a == b,
            (Val::Str(a), Val::Str(b)) if a.len() == b.len() => {
                self.burn(a.len() / BYTES_PER_STEP)?;
                a == b
            }
            (Val::Array(a), Val::Array(b)) => a.is_same(b) || self.equal_arrays(a, b, depth)?,
            (Val::Object(a), Val::Object(b)) => a.is_same(b) || self.equal_objects(a, b, depth)?,
            (Val::Function(a), Val::Function(b)) => Function::is_same(a, b),
            _ => false,
        })
    }

    fn equal_arrays(&mut self, a: &Array, b: &Array, depth: usize) -> Result<bool, Error> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(b.iter()) {
            self.burn(1)?;
            if !self.equal(&a, &b, depth + 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn equal_objects(&mut self, a: &Object, b: &Object, depth: usize) -> Result<bool, Error> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (key, value) in a.entries() {
            self.burn(1)?;
            match b.get(&key) {
                Some(other) if self.equal(&value, &other, depth + 1)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}
