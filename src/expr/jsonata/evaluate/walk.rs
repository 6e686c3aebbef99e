//! `*` and `**`.

use super::{Evaluation, Outcome};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::limit::MAX_VALUE_DEPTH;
use crate::expr::jsonata::value::{Array, Flag, Val, too_deep};

impl Evaluation<'_> {
    /// All members, arrays among them spelled out.
    pub(super) fn wildcard(&mut self, input: Option<&Val>) -> Outcome {
        let mut found = Vec::new();
        let values = match input {
            Some(Val::Object(object)) => object.values(),
            Some(Val::Array(array)) => match array.get(0) {
                Some(Val::Object(object)) if array.has(Flag::Wrapper) => object.values(),
                Some(Val::Array(inner)) if array.has(Flag::Wrapper) => inner.iter().collect(),
                _ => {
                    let mut values: Vec<Val> = array.iter().collect();
                    for flag in [Flag::Sequence, Flag::Keep] {
                        // To the reference, what makes an array a sequence is among its members.
                        if array.has(flag) {
                            values.push(Val::Bool(true));
                        }
                    }
                    values
                }
            },
            _ => Vec::new(),
        };
        let mut is_plain = false;
        for value in values {
            self.burn(1)?;
            match value {
                Val::Array(array) => {
                    // The reference loses track of the sequence here.
                    is_plain = true;
                    self.flatten(&array, &mut found, 0)?;
                }
                other => found.push(other),
            }
        }
        Ok(Some(match is_plain {
            true => Val::array(found),
            false => Val::sequence(found),
        }))
    }

    fn flatten(&mut self, array: &Array, found: &mut Vec<Val>, depth: usize) -> Result<(), Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        self.burn(array.len())?;
        for item in array.iter() {
            match item {
                Val::Array(inner) => self.flatten(&inner, found, depth + 1)?,
                other => found.push(other),
            }
        }
        Ok(())
    }

    /// The input and everything in it, arrays excepted.
    pub(super) fn descendants(&mut self, input: Option<&Val>) -> Outcome {
        let Some(input) = input else {
            return Ok(None);
        };
        let mut found = Vec::new();
        self.descend(input, &mut found, 0)?;
        // A single one is no sequence that `[]` could keep.
        Ok(match found.as_slice() {
            [only] => Some(only.clone()),
            _ => Some(Val::sequence(found)),
        })
    }

    fn descend(&mut self, value: &Val, found: &mut Vec<Val>, depth: usize) -> Result<(), Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        self.burn(1)?;
        match value {
            Val::Array(array) => {
                for item in array.iter() {
                    self.descend(&item, found, depth + 1)?;
                }
            }
            Val::Object(object) => {
                found.push(value.clone());
                for item in object.values() {
                    self.descend(&item, found, depth + 1)?;
                }
            }
            other => found.push(other.clone()),
        }
        Ok(())
    }
}
