//! Equality, and the order of strings.

use std::cmp::Ordering;

use super::{Val, too_deep};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::limit::MAX_VALUE_DEPTH;

impl Val {
    /// Whether two values are equal: objects without regard to order, functions by identity.
    pub(crate) fn equals(&self, other: &Val, depth: usize) -> Result<bool, Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        Ok(match (self, other) {
            (Val::Null, Val::Null) => true,
            (Val::Bool(a), Val::Bool(b)) => a == b,
            (Val::Num(a), Val::Num(b)) => a == b,
            (Val::Str(a), Val::Str(b)) => a == b,
            (Val::Array(a), Val::Array(b)) => {
                if a.is_same(b) {
                    return Ok(true);
                }
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (a, b) in a.iter().zip(b.iter()) {
                    if !a.equals(&b, depth + 1)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Val::Object(a), Val::Object(b)) => {
                if a.is_same(b) {
                    return Ok(true);
                }
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (key, value) in a.entries() {
                    match b.get(&key) {
                        Some(other) if value.equals(&other, depth + 1)? => {}
                        _ => return Ok(false),
                    }
                }
                true
            }
            (Val::Function(a), Val::Function(b)) => std::rc::Rc::ptr_eq(a, b),
            _ => false,
        })
    }
}

/// The order of UTF-16 code units, which is that of JavaScript.
pub(crate) fn order(a: &str, b: &str) -> Ordering {
    // Bytes of UTF-8 order as characters do; only the halves of those beyond 16 bits
    // come before U+E000.
    let common = a.bytes().zip(b.bytes()).position(|(a, b)| a != b);
    match common {
        None => a.len().cmp(&b.len()),
        Some(at) => {
            let lead = |text: &str| text.as_bytes().get(at).copied().unwrap_or(0);
            match (lead(a), lead(b)) {
                (0xF0.., 0xEE..0xF0) => Ordering::Less,
                (0xEE..0xF0, 0xF0..) => Ordering::Greater,
                (a, b) => a.cmp(&b),
            }
        }
    }
}
