//! Arrays and sequences.

use std::rc::Rc;
use std::sync::Arc;

use super::Val;
use crate::source::json;

/// An array: from outside, made here, or a range that is never spelled out.
#[derive(Clone, Debug)]
pub(crate) enum Array {
    Json(Arc<json::Array>),
    Built(Rc<Seq>),
    /// The numbers from the first to the last.
    Range(f64, f64),
}

/// The elements of an array that was made in evaluation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seq {
    pub(crate) items: Vec<Val>,
    flags: u8,
}

/// What is special about an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Flag {
    /// One element stands for itself, none for nothing.
    Sequence = 1,
    /// A sequence that stays an array.
    Keep = 2,
    /// An array constructor's: one item of a path, not many.
    Constructed = 4,
    /// The input, if it is an array: one item.
    Wrapper = 8,
    /// Items are tuples.
    Tuples = 16,
}

impl Seq {
    pub(crate) fn new(items: Vec<Val>, flags: &[Flag]) -> Self {
        let flags = flags.iter().fold(0, |all, flag| all | *flag as u8);
        Self { items, flags }
    }
}

impl Array {
    pub(crate) fn plain(items: Vec<Val>) -> Self {
        Self::with(items, &[])
    }

    pub(crate) fn sequence(items: Vec<Val>) -> Self {
        Self::with(items, &[Flag::Sequence])
    }

    pub(crate) fn with(items: Vec<Val>, flags: &[Flag]) -> Self {
        Array::Built(Rc::new(Seq::new(items, flags)))
    }

    pub(crate) fn has(&self, flag: Flag) -> bool {
        match self {
            Array::Built(seq) => seq.flags & flag as u8 != 0,
            Array::Json(_) | Array::Range(..) => false,
        }
    }

    pub(crate) fn set(&mut self, flag: Flag) {
        if let Array::Built(seq) = self {
            if seq.flags & flag as u8 == 0 {
                Rc::make_mut(seq).flags |= flag as u8;
            }
            return;
        }
        *self = Self::with(self.iter().collect(), &[flag]);
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Array::Json(array) => array.items().len(),
            Array::Built(seq) => seq.items.len(),
            Array::Range(first, last) => (last - first) as usize + 1,
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<Val> {
        match self {
            Array::Json(array) => array.items().get(index).map(Val::from),
            Array::Built(seq) => seq.items.get(index).cloned(),
            Array::Range(first, last) => {
                let number = first + index as f64;
                (number <= *last).then_some(Val::Num(number))
            }
        }
    }

    pub(crate) fn iter(&self) -> Iter<'_> {
        match self {
            Array::Json(array) => Iter::Json(array.items().iter()),
            Array::Built(seq) => Iter::Built(seq.items.iter()),
            Array::Range(first, last) => Iter::Range(*first, *last),
        }
    }

    /// The elements for change; copies only what is shared.
    pub(crate) fn into_items(self) -> Vec<Val> {
        match self {
            Array::Built(seq) => match Rc::try_unwrap(seq) {
                Ok(mut seq) => std::mem::take(&mut seq.items),
                Err(seq) => seq.items.clone(),
            },
            Array::Json(_) | Array::Range(..) => self.iter().collect(),
        }
    }

    /// Whether both are the same array, so that nothing needs to be compared.
    pub(crate) fn is_same(&self, other: &Array) -> bool {
        match (self, other) {
            (Array::Json(a), Array::Json(b)) => Arc::ptr_eq(a, b),
            (Array::Built(a), Array::Built(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// The elements one after the other.
#[derive(Debug)]
pub(crate) enum Iter<'a> {
    Json(std::slice::Iter<'a, json::Value>),
    Built(std::slice::Iter<'a, Val>),
    Range(f64, f64),
}

impl Iterator for Iter<'_> {
    type Item = Val;

    fn next(&mut self) -> Option<Val> {
        match self {
            Iter::Json(items) => items.next().map(Val::from),
            Iter::Built(items) => items.next().cloned(),
            Iter::Range(next, last) => (*next <= *last).then(|| {
                let number = *next;
                *next += 1.0;
                Val::Num(number)
            }),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self {
            Iter::Json(items) => items.len(),
            Iter::Built(items) => items.len(),
            Iter::Range(next, last) => (last - next + 1.0).max(0.0) as usize,
        };
        (len, Some(len))
    }
}

impl ExactSizeIterator for Iter<'_> {}
