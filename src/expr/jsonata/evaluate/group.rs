//! Object constructors, and groupings behind a path.

use std::rc::Rc;
use std::sync::Arc;

use super::{Env, Evaluation};
use crate::expr::jsonata::ast::{Group, Node};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::function::append;
use crate::expr::jsonata::value::{Flag, Members, Tuple, Val, order_of_members};
use crate::source::json;

/// The items that share a key, by their places, and the expression for their value.
struct Entry<'a> {
    key: Arc<str>,
    items: Vec<usize>,
    pair: usize,
    value: &'a Node,
}

impl Evaluation<'_> {
    /// An object with a member for each key that the items have.
    pub(super) fn group(
        &mut self,
        group: &Group,
        input: Option<Val>,
        env: &Env,
    ) -> Result<Val, Error> {
        if let Some(object) = self.plain_object(group, input.as_ref(), env)? {
            return Ok(object);
        }
        let is_reduced = matches!(&input, Some(Val::Array(array)) if array.has(Flag::Tuples));
        let mut items: Vec<Option<Val>> = match input {
            Some(Val::Array(array)) if array.len() > 0 => array.iter().map(Some).collect(),
            Some(Val::Array(_)) | None => vec![None],
            other => vec![other],
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut places = json::Members::default();
        for (at, item) in items.iter().enumerate() {
            let (context, scope) = match item {
                Some(Val::Tuple(tuple)) => (tuple.item.as_ref(), tuple.scope(env)),
                other => (other.as_ref(), env.clone()),
            };
            for (pair, (key, value)) in group.pairs.iter().enumerate() {
                let Some(key) = self.key(group, key, context, &scope)? else {
                    continue;
                };
                let known = places.get(&key).copied();
                match known.and_then(|place: usize| entries.get_mut(place)) {
                    Some(entry) if entry.pair != pair => {
                        return Err(Error::at(Code::D1009, group.position).text("value", &*key));
                    }
                    Some(entry) => entry.items.push(at),
                    None => {
                        places.insert(key.clone(), entries.len());
                        entries.push(Entry {
                            key,
                            items: vec![at],
                            pair,
                            value,
                        });
                    }
                }
            }
        }
        let mut members = Members::with_capacity(entries.len());
        let order = order_of_members(&mut entries.iter().map(|entry| &entry.key));
        for turn in 0..entries.len() {
            let Some(entry) = entries.get(place(&order, turn)) else {
                continue;
            };
            let chosen = entry.items.iter().filter_map(|at| items.get(*at).cloned());
            let value = match is_reduced {
                true => {
                    let tuple = merge(chosen.collect());
                    if let [only] = *entry.items
                        && let Some(Some(Val::Tuple(tuple))) = items.get_mut(only)
                    {
                        // Learned from the reference: what comes later does not find it again.
                        Rc::make_mut(tuple).item = None;
                    }
                    self.evaluate(entry.value, tuple.item.as_ref(), &tuple.scope(env))?
                }
                false => {
                    let context = join(chosen.collect());
                    self.evaluate(entry.value, context.as_ref(), env)?
                }
            };
            if let Some(value) = value {
                members.insert(entry.key.clone(), value);
            }
        }
        Ok(Val::object(members))
    }

    /// The common case: a single item, so that keys and values need not wait for others.
    fn plain_object(
        &mut self,
        group: &Group,
        input: Option<&Val>,
        env: &Env,
    ) -> Result<Option<Val>, Error> {
        if matches!(input, Some(Val::Array(_) | Val::Tuple(_))) {
            return Ok(None);
        }
        let mut pairs: Vec<(Arc<str>, &Node)> = Vec::with_capacity(group.pairs.len());
        for (key, value) in &group.pairs {
            let Some(key) = self.key(group, key, input, env)? else {
                continue;
            };
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(Error::at(Code::D1009, group.position).text("value", &*key));
            }
            pairs.push((key, value));
        }
        let mut members = Members::with_capacity(pairs.len());
        let order = order_of_members(&mut pairs.iter().map(|(key, _)| key));
        for turn in 0..pairs.len() {
            if let Some((key, value)) = pairs.get(place(&order, turn))
                && let Some(value) = self.evaluate(value, input, env)?
            {
                members.insert(key.clone(), value);
            }
        }
        Ok(Some(Val::object(members)))
    }

    fn key(
        &mut self,
        group: &Group,
        key: &Node,
        input: Option<&Val>,
        env: &Env,
    ) -> Result<Option<Arc<str>>, Error> {
        match self.evaluate(key, input, env)? {
            None => Ok(None),
            Some(Val::Str(key)) => Ok(Some(key)),
            other => Err(Error::at(Code::T1003, group.position).value("value", other.as_ref())),
        }
    }
}

/// The place of what comes at such a turn.
fn place(order: &Option<Vec<usize>>, turn: usize) -> usize {
    let moved = order.as_ref().and_then(|order| order.get(turn));
    moved.copied().unwrap_or(turn)
}

/// The items of a group as one value.
fn join(items: Vec<Option<Val>>) -> Option<Val> {
    if items.len() < 2 {
        return items.into_iter().next().flatten();
    }
    let mut joined = Vec::with_capacity(items.len());
    for item in items.into_iter().flatten() {
        match item {
            Val::Array(array) => joined.extend(array.iter()),
            other => joined.push(other),
        }
    }
    Some(Val::array(joined))
}

/// The tuples of a group as one: each name has the values of all.
fn merge(items: Vec<Option<Val>>) -> Tuple {
    let mut tuples = items.into_iter().filter_map(|item| match item {
        Some(Val::Tuple(tuple)) => Some(tuple),
        _ => None,
    });
    let Some(first) = tuples.next() else {
        let bindings = Vec::new();
        return Tuple {
            item: None,
            bindings,
        };
    };
    let mut merged = Tuple::clone(&first);
    for tuple in tuples {
        merged.item = append(merged.item.take(), tuple.item.clone());
        for (name, value) in &tuple.bindings {
            let mut known = merged.bindings.iter_mut();
            match known.find(|(known, _)| known == name) {
                Some((_, old)) => *old = append(old.take(), value.clone()),
                None => merged.bindings.push((name.clone(), value.clone())),
            }
        }
    }
    merged
}
