//! The order-by clause.

use std::cmp::Ordering;

use super::{Env, Evaluation};
use crate::expr::jsonata::ast::{Node, Term};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::{Array, Flag, Val, order};

impl Evaluation<'_> {
    /// The items in order. What each is ordered by is evaluated once, before comparing.
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
        let mut keys = Vec::with_capacity(items.len());
        for item in &items {
            keys.push(self.keys(terms, item, env)?);
        }
        let mut comes_after = |run: &mut Self, a: usize, b: usize| {
            run.burn(1)?;
            let keys_of = |at: usize| keys.get(at).map(Vec::as_slice).unwrap_or_default();
            compare(step, terms, keys_of(a), keys_of(b)).map(|order| order == Ordering::Greater)
        };
        let places = self.merge_sort((0..items.len()).collect(), &mut comes_after)?;
        let sorted = places.into_iter().filter_map(|at| items.get(at).cloned());
        let flags: &[Flag] = match is_tuples {
            true => &[Flag::Sequence, Flag::Tuples],
            false => &[],
        };
        Ok(Array::with(sorted.collect(), flags))
    }

    fn keys(&mut self, terms: &[Term], item: &Val, env: &Env) -> Result<Vec<Option<Val>>, Error> {
        let (context, scope) = match item {
            Val::Tuple(tuple) => (tuple.item.as_ref(), tuple.scope(env)),
            other => (Some(other), env.clone()),
        };
        let mut keys = Vec::with_capacity(terms.len());
        for term in terms {
            keys.push(self.evaluate(&term.expression, context, &scope)?);
        }
        Ok(keys)
    }

    /// Places in order, by a stable sort that asks as the reference asks, so that the same
    /// error comes first.
    pub(crate) fn merge_sort(
        &mut self,
        places: Vec<usize>,
        comes_after: &mut dyn FnMut(&mut Self, usize, usize) -> Result<bool, Error>,
    ) -> Result<Vec<usize>, Error> {
        if places.len() < 2 {
            return Ok(places);
        }
        let mut left = places;
        let right = left.split_off(left.len() / 2);
        let left = self.merge_sort(left, comes_after)?;
        let right = self.merge_sort(right, comes_after)?;
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let takes_right = comes_after(self, *a, *b)?;
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
}

fn compare(
    step: &Node,
    terms: &[Term],
    a: &[Option<Val>],
    b: &[Option<Val>],
) -> Result<Ordering, Error> {
    for ((term, a), b) in terms.iter().zip(a).zip(b) {
        let ordering = match (a, b) {
            (None, None) => continue,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(Val::Num(a)), Some(Val::Num(b))) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (Some(Val::Str(a)), Some(Val::Str(b))) => order(a, b),
            (Some(a), Some(b)) => return Err(incomparable(step, a, b)),
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
