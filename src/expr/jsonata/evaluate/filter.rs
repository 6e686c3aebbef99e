//! Predicates: positions, or conditions on each item.

use std::rc::Rc;

use super::{Env, Evaluation};
use crate::expr::jsonata::ast::{Kind, Node};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::{Array, Flag, Tuple, Val, infinite};

impl Evaluation<'_> {
    /// The items for which a predicate holds.
    pub(super) fn filter(
        &mut self,
        predicate: &Node,
        input: Option<Val>,
        env: &Env,
    ) -> Result<Array, Error> {
        let items = match input {
            Some(Val::Array(array)) => array,
            other => {
                if other.is_none() && !matches!(predicate.kind, Kind::Number(_)) {
                    // A missing value has no items, but the predicate may be wrong in itself.
                    self.holds(predicate, None, 0, 1, env)?;
                }
                Array::sequence(other.into_iter().collect())
            }
        };
        if items.has(Flag::Tuples) {
            return self.filter_tuples(predicate, &items, env);
        }
        let len = items.len();
        if let Kind::Number(number) = predicate.kind {
            let found = position(number, len).and_then(|index| items.get(index));
            return Ok(match found {
                Some(Val::Array(array)) => array,
                other => Array::sequence(other.into_iter().collect()),
            });
        }
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            for _ in 0..self.holds(predicate, Some(&item), index, len, env)? {
                kept.push(item.clone());
            }
        }
        Ok(Array::sequence(kept))
    }

    /// The tuples for whose items a predicate holds.
    fn filter_tuples(
        &mut self,
        predicate: &Node,
        items: &Array,
        env: &Env,
    ) -> Result<Array, Error> {
        let len = items.len();
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let Val::Tuple(tuple) = &item else { continue };
            let times = match predicate.kind {
                Kind::Number(number) => usize::from(position(number, len) == Some(index)),
                _ => {
                    let scope = Tuple::scope(tuple, env);
                    self.holds(predicate, tuple.item.as_ref(), index, len, &scope)?
                }
            };
            for _ in 0..times {
                kept.push(Val::Tuple(Rc::clone(tuple)));
            }
        }
        Ok(Array::with(kept, &[Flag::Sequence, Flag::Tuples]))
    }

    /// How often an item is kept: a condition keeps it once, positions once for each time
    /// that they name it.
    fn holds(
        &mut self,
        predicate: &Node,
        item: Option<&Val>,
        index: usize,
        len: usize,
        env: &Env,
    ) -> Result<usize, Error> {
        let value = self.evaluate(predicate, item, env)?;
        Ok(match &value {
            None => 0,
            Some(Val::Num(number)) if number.is_infinite() => return Err(infinite()),
            Some(Val::Num(number)) => usize::from(position(*number, len) == Some(index)),
            Some(Val::Array(array)) => {
                self.burn(array.len())?;
                if !Val::are_numeric(array.iter())? {
                    return Ok(usize::from(self.is_true(value.as_ref())?));
                }
                let is_here = |item: &Val| match item {
                    Val::Num(number) => position(*number, len) == Some(index),
                    _ => false,
                };
                array.iter().filter(is_here).count()
            }
            other => usize::from(self.is_true(other.as_ref())?),
        })
    }
}

/// The place a number names, from the end if it is negative.
fn position(number: f64, len: usize) -> Option<usize> {
    let floor = number.floor();
    let index = if floor < 0.0 {
        floor + len as f64
    } else {
        floor
    };
    (index >= 0.0 && index < len as f64).then_some(index as usize)
}
