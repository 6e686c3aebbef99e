//! Functions that take functions.

use super::{Args, Callback};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome, merge_sort};
use crate::expr::jsonata::value::{Array, Members, Object, Val, js_truth, order};

impl Evaluation<'_> {
    /// Calls a function with as many arguments as it can make use of: the value, its
    /// index or key, and what it is part of.
    fn visit(&mut self, function: &Callback, value: Val, place: Val, whole: &Val) -> Outcome {
        let arity = function.arity;
        let mut args = Vec::with_capacity(arity.clamp(1, 3));
        args.push(Some(value));
        if arity >= 2 {
            args.push(Some(place));
        }
        if arity >= 3 {
            args.push(Some(whole.clone()));
        }
        self.call_back(function, args)
    }
}

/// The function of a call, its second argument.
fn function(args: &mut Args) -> Option<Callback> {
    let Some(Val::Function(function)) = args.take(1) else {
        return None;
    };
    Some(Callback::of(function))
}

/// The array and the function of a call, if there is an array.
fn parts(args: &mut Args) -> Option<(Array, Option<Callback>)> {
    let Some(Val::Array(array)) = args.take(0) else {
        return None;
    };
    Some((array, function(args)))
}

pub(super) fn map(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some((array, Some(function))) = parts(&mut args) else {
        return Ok(None);
    };
    let whole = Val::Array(array.clone());
    let mut results = Vec::new();
    for (index, item) in array.iter().enumerate() {
        results.extend(run.visit(&function, item, Val::Num(index as f64), &whole)?);
    }
    Ok(Some(Val::sequence(results)))
}

pub(super) fn filter(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some((array, Some(function))) = parts(&mut args) else {
        return Ok(None);
    };
    let whole = Val::Array(array.clone());
    let mut kept = Vec::new();
    for (index, item) in array.iter().enumerate() {
        let place = Val::Num(index as f64);
        let holds = run.visit(&function, item.clone(), place, &whole)?;
        if run.is_true(holds.as_ref())? {
            kept.push(item);
        }
    }
    Ok(Some(Val::sequence(kept)))
}

pub(super) fn single(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some((array, function)) = parts(&mut args) else {
        return Ok(None);
    };
    let whole = Val::Array(array.clone());
    let mut found = None;
    for (index, item) in array.iter().enumerate() {
        let holds = match &function {
            Some(function) => {
                let place = Val::Num(index as f64);
                let holds = run.visit(function, item.clone(), place, &whole)?;
                run.is_true(holds.as_ref())?
            }
            None => true,
        };
        if holds {
            if found.is_some() {
                return Err(Error::new(Code::D3138).number("index", index as f64));
            }
            found = Some(item);
        }
    }
    match found {
        Some(found) => Ok(Some(found)),
        None => Err(Error::new(Code::D3139)),
    }
}

pub(super) fn reduce(run: &mut Evaluation, mut args: Args) -> Outcome {
    let first = args.take(2);
    let Some((array, Some(function))) = parts(&mut args) else {
        return Ok(None);
    };
    let arity = function.arity;
    if arity < 2 {
        return Err(Error::new(Code::D3050).number("index", 1.0));
    }
    let whole = Val::Array(array.clone());
    let mut items = array.iter().enumerate();
    let mut result = match first {
        None => items.next().map(|(_, item)| item),
        first => first,
    };
    for (index, item) in items {
        let mut args = vec![result, Some(item)];
        if arity >= 3 {
            args.push(Some(Val::Num(index as f64)));
        }
        if arity >= 4 {
            args.push(Some(whole.clone()));
        }
        result = run.call_back(&function, args)?;
    }
    Ok(result)
}

/// The object and the function of a call, if there is an object.
fn object_parts(args: &mut Args) -> Option<(Object, Option<Callback>)> {
    let Some(Val::Object(object)) = args.take(0) else {
        return None;
    };
    Some((object, function(args)))
}

pub(super) fn sift(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some((object, Some(function))) = object_parts(&mut args) else {
        return Ok(None);
    };
    let whole = Val::Object(object.clone());
    let mut members = Members::default();
    for (key, value) in object.entries() {
        let holds = run.visit(&function, value.clone(), Val::Str(key.clone()), &whole)?;
        if run.is_true(holds.as_ref())? {
            members.insert(key, value);
        }
    }
    let is_empty = members.borrow().len() == 0;
    Ok((!is_empty).then(|| Val::object(members)))
}

pub(super) fn each(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some((object, Some(function))) = object_parts(&mut args) else {
        // Of nothing there is a sequence too, which a predicate goes through.
        return Ok(Some(Val::sequence(Vec::new())));
    };
    let whole = Val::Object(object.clone());
    let mut results = Vec::new();
    for (key, value) in object.entries() {
        results.extend(run.visit(&function, value, Val::Str(key), &whole)?);
    }
    Ok(Some(Val::sequence(results)))
}

pub(super) fn sort(run: &mut Evaluation, mut args: Args) -> Outcome {
    // Partly applied, where nobody makes an array of a single value.
    if let Some(single) = args.get(0)
        && !matches!(single, Val::Array(_))
    {
        let is_short = matches!(single, Val::Str(text) if text.encode_utf16().nth(1).is_none());
        return match is_short || args.get(1).is_some() {
            true => Ok(args.take(0)),
            false => Err(Error::new(Code::D3070).number("index", 1.0)),
        };
    }
    let Some((array, function)) = parts(&mut args) else {
        return Ok(None);
    };
    if array.len() < 2 {
        return Ok(Some(Val::Array(array)));
    }
    run.burn(array.len())?;
    let items = array.into_items();
    let places = (0..items.len()).collect();
    let in_order = |places: Vec<usize>| {
        let sorted = places.into_iter().filter_map(|at| items.get(at).cloned());
        Ok(Some(Val::array(sorted.collect())))
    };
    if let Some(function) = function {
        return in_order(merge_sort(places, &mut |a, b| {
            let args = vec![items.get(a).cloned(), items.get(b).cloned()];
            let answer = run.call_back(&function, args)?;
            Ok(js_truth(answer.as_ref()))
        })?);
    }
    let is_numbers = Val::are_numeric(items.iter().cloned())?;
    if !is_numbers && !items.iter().all(|item| matches!(item, Val::Str(_))) {
        return Err(Error::new(Code::D3070).number("index", 1.0));
    }
    run.burn(items.len())?;
    in_order(merge_sort(places, &mut |a, b| {
        Ok(match (items.get(a), items.get(b)) {
            (Some(Val::Num(a)), Some(Val::Num(b))) => a > b,
            (Some(Val::Str(a)), Some(Val::Str(b))) => order(a, b).is_gt(),
            _ => false,
        })
    })?)
}
