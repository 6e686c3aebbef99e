//! Paths: step after step, each applied to what the one before found.

use super::{Env, Evaluation, Outcome, settle};
use crate::expr::jsonata::ast::{Kind, Node, Stage};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::{Array, Flag, Val};
use crate::source::json::Value;

/// What a path has come to.
enum Found {
    /// One item, which is an array only if an array constructor made it; or the missing
    /// input at the start.
    One(Option<Val>),
    Many(Array),
    /// Many, some of them in arrays whose elements are meant: the next step goes through
    /// them where they are.
    Nested(Vec<Val>),
}

/// The elements that are meant where a step has found an array.
fn elements(found: &Val) -> Option<&Array> {
    found
        .as_array()
        .filter(|array| !array.has(Flag::Constructed))
}

/// The first step from a place on that does more than sort.
fn behind_sorts(steps: &[Node], from: usize) -> usize {
    let rest = steps.iter().skip(from);
    from + rest.take_while(|step| step.is_bare_sort()).count()
}

impl Evaluation<'_> {
    pub(super) fn path(
        &mut self,
        node: &Node,
        steps: &[Node],
        keep_array: bool,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let mut found = match (input, steps.first().map(|step| &step.kind)) {
            (Some(Val::Array(array)), first) if !matches!(first, Some(Kind::Variable { .. })) => {
                Found::Many(array.clone())
            }
            _ => Found::One(input.cloned()),
        };
        // A list of one is sorted as it stands.
        let mut first = 0;
        for (index, step) in steps.iter().enumerate() {
            if index < first {
                continue;
            }
            let is_last = index + 1 == steps.len();
            if let (Some(name), Found::One(Some(Val::Object(object)))) = (step.plain_name(), &found)
            {
                // The usual step: the member of one object.
                self.burn(1)?;
                found = Found::of_one(settle(object.get(name), false), is_last);
                if found.is_empty() {
                    break;
                }
                continue;
            }
            let is_constructor = index == 0 && step.step.is_array;
            if step.step.is_tuple && !is_constructor {
                return self.tuple_path(node, steps, index, found.into_items(), keep_array, env);
            }
            if is_constructor {
                let whole = match &found {
                    Found::One(None) => None,
                    found => Some(Val::Array(found.to_array())),
                };
                let value = self.evaluate(step, whole.as_ref(), env)?;
                // The reference binds nothing to a constructor's items: behind `@` the path
                // goes on from its own start.
                if step.step.names().focus.is_none() {
                    found = match value {
                        // Nothing to go through ends the path with what there is.
                        Some(Val::Str(empty)) if empty.is_empty() && !step.step.is_tuple => {
                            found = Found::One(Some(Val::Str(empty)));
                            break;
                        }
                        Some(Val::Array(array)) => {
                            if array.len() < 2 {
                                first = behind_sorts(steps, 1);
                            }
                            Found::Many(array)
                        }
                        Some(chosen) if !step.step.is_tuple => {
                            // What is no list is not sorted, unless a predicate makes it one.
                            first = behind_sorts(steps, 1);
                            match steps.get(first) {
                                Some(next)
                                    if next.step.is_tuple
                                        || !matches!(next.kind, Kind::Sort(_)) =>
                                {
                                    Found::elements_of(&chosen)
                                }
                                _ => Found::One(Some(chosen)),
                            }
                        }
                        Some(chosen) if !is_last => Found::elements_of(&chosen),
                        other => Found::One(other),
                    };
                }
                if step.step.is_tuple {
                    return self.tuple_path(node, steps, 1, found.into_items(), keep_array, env);
                }
            } else {
                found = self.step(step, &found, env, is_last)?;
                if let (Kind::Sort(_), Found::Many(array)) = (&step.kind, &found)
                    && array.len() < 2
                {
                    first = behind_sorts(steps, index + 1);
                }
            }
            if found.is_empty() {
                break;
            }
        }
        let is_plain = !keep_array && node.group.is_none() && node.predicates.is_empty();
        let mut value = match found {
            Found::One(item) if is_plain => return Ok(item),
            found => found.into_value(),
        };
        if keep_array && let Some(Val::Array(array)) = &mut value {
            if array.has(Flag::Constructed) && !array.has(Flag::Sequence) {
                value = Some(Val::Array(Array::with(
                    vec![Val::Array(array.clone())],
                    &[Flag::Sequence, Flag::Keep],
                )));
            } else if array.has(Flag::Sequence) {
                array.set(Flag::Keep);
            }
        }
        if let Some(group) = &node.group {
            value = Some(self.group(group, value, env)?);
        }
        Ok(value)
    }

    /// Applies a step to all that was found.
    fn step(
        &mut self,
        step: &Node,
        input: &Found,
        env: &Env,
        is_last: bool,
    ) -> Result<Found, Error> {
        if let Kind::Sort(terms) = &step.kind {
            let items = match input.to_array() {
                array if array.len() < 2 => Array::sequence(array.into_items()),
                array => array,
            };
            let mut sorted = self.sort_step(step, terms, items, env)?;
            for stage in &step.step.stages {
                sorted = match self.stage(stage, Some(Val::Array(sorted)), env)? {
                    Some(Val::Array(array)) => array,
                    other => Array::sequence(other.into_iter().collect()),
                };
            }
            return Ok(Found::Many(sorted));
        }
        let mut results = Vec::new();
        match input {
            Found::One(item) => {
                let result = self.staged(step, item.as_ref(), env)?;
                return Ok(Found::of_one(result, is_last));
            }
            Found::Many(array) => self.each(step, array, env, &mut results)?,
            Found::Nested(parts) => {
                for part in parts {
                    match elements(part) {
                        Some(array) => self.each(step, array, env, &mut results)?,
                        None => results.extend(self.staged(step, Some(part), env)?),
                    }
                }
            }
        }
        let is_nested = |value: &Val| matches!(value, Val::Array(_));
        if !results.iter().any(is_nested) {
            return Ok(Found::Many(Array::sequence(results)));
        }
        if is_last && results.len() == 1 {
            return Ok(Found::of_one(results.pop(), is_last));
        }
        let lengths = results.iter().filter_map(elements).map(Array::len);
        self.burn(lengths.sum())?;
        let found = Found::Nested(results);
        Ok(match is_last {
            true => Found::Many(found.to_array()),
            false => found,
        })
    }

    /// Applies a step to each element of an array.
    fn each(
        &mut self,
        step: &Node,
        array: &Array,
        env: &Env,
        results: &mut Vec<Val>,
    ) -> Result<(), Error> {
        results.reserve(array.len().min(1 << 16));
        let name = step.plain_name();
        if let (Some(name), Array::Json(array)) = (name, array) {
            // The usual step over the usual array: members are looked up where they lie.
            for item in array.items() {
                results.extend(match item {
                    Value::Object(object) => {
                        self.burn(1)?;
                        object.get(name).map(Val::from)
                    }
                    other => self.staged(step, Some(&Val::from(other)), env)?,
                });
            }
            return Ok(());
        }
        for item in array.iter() {
            results.extend(match (name, &item) {
                (Some(name), Val::Object(object)) => {
                    self.burn(1)?;
                    settle(object.get(name), false)
                }
                _ => self.staged(step, Some(&item), env)?,
            });
        }
        Ok(())
    }

    /// A step for one item, with the predicates behind it.
    fn staged(&mut self, step: &Node, item: Option<&Val>, env: &Env) -> Outcome {
        let mut value = self.evaluate(step, item, env)?;
        for stage in &step.step.stages {
            if let Stage::Filter(predicate) = stage {
                value = Some(Val::Array(self.filter(predicate, value, env)?));
            }
        }
        Ok(value)
    }

    /// Applies what follows a node to its result.
    pub(super) fn stage(&mut self, stage: &Stage, value: Option<Val>, env: &Env) -> Outcome {
        match stage {
            Stage::Filter(predicate) => {
                let array = self.filter(predicate, value, env)?;
                Ok(Some(Val::Array(array)))
            }
            Stage::Index(_) => Ok(value), // has a meaning for tuples only
        }
    }
}

impl Found {
    /// What the reference goes through where a predicate has chosen one item of a constructor:
    /// it takes the item for the list, and only a text has elements as a list has: its UTF-16
    /// units. A character of two of them gives two that cannot be shown.
    fn elements_of(chosen: &Val) -> Self {
        let elements = match chosen {
            Val::Str(text) => text
                .encode_utf16()
                .map(|unit| Val::from(String::from_utf16_lossy(&[unit]))),
            _ => return Found::Many(Array::sequence(Vec::new())),
        };
        Found::Many(Array::sequence(elements.collect()))
    }

    /// What the result of a step for a single item is to the next step.
    fn of_one(result: Option<Val>, is_last: bool) -> Self {
        match result {
            None => Found::Many(Array::sequence(Vec::new())),
            Some(Val::Array(array)) if array.has(Flag::Sequence) => {
                if !array.has(Flag::Keep) && !array.has(Flag::Tuples) {
                    return Found::Many(array);
                }
                // What a step finds is a sequence of its own, whatever it came in.
                Found::Many(Array::sequence(array.iter().collect()))
            }
            Some(Val::Array(array)) if is_last => Found::Many(array),
            Some(Val::Array(array)) if !array.has(Flag::Constructed) => {
                if array.len() == 0 {
                    return Found::Many(Array::sequence(Vec::new()));
                }
                Found::Many(array)
            }
            other => Found::One(other),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Found::One(item) => item.is_none(),
            Found::Many(array) => array.len() == 0,
            Found::Nested(parts) => {
                let mut parts = parts.iter();
                parts.all(|part| elements(part).is_some_and(|array| array.len() == 0))
            }
        }
    }

    fn to_array(&self) -> Array {
        match self {
            Found::One(item) => Array::sequence(item.iter().cloned().collect()),
            Found::Many(array) => array.clone(),
            Found::Nested(parts) => {
                let mut flat = Vec::with_capacity(parts.len());
                for part in parts {
                    match elements(part) {
                        Some(array) => flat.extend(array.iter()),
                        None => flat.push(part.clone()),
                    }
                }
                Array::sequence(flat)
            }
        }
    }

    fn into_value(self) -> Option<Val> {
        match self {
            // A sequence of one: settled by who asked for the path.
            Found::One(Some(item)) => Some(Val::sequence(vec![item])),
            Found::One(None) => None,
            Found::Many(array) => Some(Val::Array(array)),
            Found::Nested(_) => Some(Val::Array(self.to_array())),
        }
    }

    fn into_items(self) -> Vec<Option<Val>> {
        match self {
            Found::One(item) => vec![item],
            Found::Many(array) => array.iter().map(Some).collect(),
            Found::Nested(_) => self.to_array().iter().map(Some).collect(),
        }
    }
}
