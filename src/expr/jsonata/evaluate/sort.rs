//! The order-by clause.

use std::cmp::Ordering;

use super::{Env, Evaluation, Outcome};
use crate::expr::jsonata::ast::{Node, Term};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::{Array, Flag, Val, order};

/// What items are ordered by, as far as it was asked for. An item is asked once; the order of
/// asking is the reference's, so that the same error comes first.
struct Keys<'a> {
    step: &'a Node,
    terms: &'a [Term],
    items: &'a [Val],
    env: &'a Env,
    /// Of each item one for each term.
    known: Vec<Option<Option<Val>>>,
}

impl Keys<'_> {
    fn key(&mut self, run: &mut Evaluation, item: usize, term: usize) -> Outcome {
        let at = item * self.terms.len() + term;
        if let Some(Some(known)) = self.known.get(at) {
            return Ok(known.clone());
        }
        let (context, scope) = match self.items.get(item) {
            Some(Val::Tuple(tuple)) => (tuple.item.as_ref(), tuple.scope(self.env)),
            other => (other, self.env.clone()),
        };
        let key = match self.terms.get(term) {
            Some(term) => run.evaluate(&term.expression, context, &scope)?,
            None => None,
        };
        if let Some(known) = self.known.get_mut(at) {
            *known = Some(key.clone());
        }
        Ok(key)
    }

    fn compare(&mut self, run: &mut Evaluation, a: usize, b: usize) -> Result<Ordering, Error> {
        for (index, term) in self.terms.iter().enumerate() {
            let (a, b) = (self.key(run, a, index)?, self.key(run, b, index)?);
            let ordering = match (&a, &b) {
                (None, None) => continue,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                // As in JavaScript, what is no number is not less than anything.
                (Some(Val::Num(a)), Some(Val::Num(b))) => {
                    a.partial_cmp(b).unwrap_or(Ordering::Greater)
                }
                (Some(Val::Str(a)), Some(Val::Str(b))) => order(a, b),
                (Some(a), Some(b)) => return Err(incomparable(self.step, a, b)),
            };
            match ordering {
                Ordering::Equal => {}
                // What is missing comes last in either direction.
                _ if a.is_none() || b.is_none() => return Ok(ordering),
                _ if term.is_descending => return Ok(ordering.reverse()),
                _ => return Ok(ordering),
            }
        }
        Ok(Ordering::Equal)
    }
}

impl Evaluation<'_> {
    /// The items in order.
    pub(super) fn sort_step(
        &mut self,
        step: &Node,
        terms: &[Term],
        items: Array,
        env: &Env,
    ) -> Result<Array, Error> {
        if items.len() < 2 {
            return Ok(items);
        }
        let is_tuples = items.has(Flag::Tuples);
        let items = items.into_items();
        let mut keys = Keys {
            step,
            terms,
            items: &items,
            env,
            known: vec![None; items.len() * terms.len()],
        };
        let places = merge_sort((0..items.len()).collect(), &mut |a, b| {
            self.burn(1)?;
            let order = keys.compare(self, a, b);
            order.map(|order| order == Ordering::Greater)
        })?;
        let sorted = places.into_iter().filter_map(|at| items.get(at).cloned());
        let flags: &[Flag] = match is_tuples {
            true => &[Flag::Sequence, Flag::Tuples],
            false => &[],
        };
        Ok(Array::with(sorted.collect(), flags))
    }
}

/// Places in order, by a stable sort that asks as the reference asks, so that the same
/// error comes first.
pub(crate) fn merge_sort(
    places: Vec<usize>,
    comes_after: &mut dyn FnMut(usize, usize) -> Result<bool, Error>,
) -> Result<Vec<usize>, Error> {
    if places.len() < 2 {
        return Ok(places);
    }
    let mut left = places;
    let right = left.split_off(left.len() / 2);
    let left = merge_sort(left, comes_after)?;
    let right = merge_sort(right, comes_after)?;
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let takes_right = comes_after(*a, *b)?;
        merged.extend(if takes_right {
            right.next()
        } else {
            left.next()
        });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

fn incomparable(step: &Node, a: &Val, b: &Val) -> Error {
    let is_ordered = |value: &Val| matches!(value, Val::Num(_) | Val::Str(_));
    match (is_ordered(a), is_ordered(b)) {
        (true, true) => Error::at(Code::T2007, step.position)
            .value("value", Some(a))
            .value("value2", Some(b)),
        (is_a_ordered, _) => {
            let odd = if is_a_ordered { b } else { a };
            Error::at(Code::T2008, step.position).value("value", Some(odd))
        }
    }
}
