//! `$keys`, `$lookup`, `$spread`, `$merge`, `$clone`, `$type`.

use std::rc::Rc;

use super::{Args, append};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome, unwrapped};
use crate::expr::jsonata::limit::MAX_VALUE_DEPTH;
use crate::expr::jsonata::value::{Members, Object, Val, infinite, too_deep};

pub(super) fn keys(run: &mut Evaluation, args: Args) -> Outcome {
    let mut keys = Members::default();
    collect_keys(run, args.get(0), &mut keys, 0)?;
    let keys = Object::Built(Rc::new(keys)).keys().into_iter();
    Ok(Some(Val::sequence(keys.map(Val::Str).collect())))
}

fn collect_keys(
    run: &mut Evaluation,
    value: Option<&Val>,
    keys: &mut Members,
    depth: usize,
) -> Result<(), Error> {
    if depth > MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    run.burn(1)?;
    match value {
        Some(Val::Object(object)) => {
            run.burn(object.len())?;
            for key in object.keys() {
                keys.insert(key, Val::Null);
            }
        }
        Some(Val::Array(array)) => {
            for item in array.iter() {
                collect_keys(run, Some(&item), keys, depth + 1)?;
            }
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn lookup(run: &mut Evaluation, args: Args) -> Outcome {
    // To JavaScript, what is missing has this name.
    let key = args.text(1).unwrap_or_else(|| "undefined".into());
    run.name(&key, args.get(0))
}

pub(super) fn spread(run: &mut Evaluation, mut args: Args) -> Outcome {
    let value = args.take(0);
    spread_value(run, value, 0)
}

fn spread_value(run: &mut Evaluation, value: Option<Val>, depth: usize) -> Outcome {
    if depth > MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    run.burn(1)?;
    Ok(match value {
        Some(Val::Array(array)) => {
            let mut spread = Vec::new();
            for item in array.iter() {
                match spread_value(run, Some(item), depth + 1)? {
                    Some(Val::Array(items)) => spread.extend(items.iter()),
                    other => spread.extend(other),
                }
            }
            // The reference loses track of sequences here.
            Some(match array.len() {
                0 => Val::sequence(spread),
                _ => Val::array(spread),
            })
        }
        Some(Val::Object(object)) => {
            run.burn(object.len())?;
            let entries = object.entries().into_iter().map(|(key, value)| {
                let mut members = Members::with_capacity(1);
                members.insert(key, value);
                Val::object(members)
            });
            Some(Val::sequence(entries.collect()))
        }
        other => append(None, other),
    })
}

pub(super) fn merge(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(Val::Array(array)) = args.get(0) else {
        return Ok(None);
    };
    let mut members = Members::default();
    for item in array.iter() {
        if let Val::Object(object) = item {
            run.burn(object.len())?;
            for (key, value) in object.entries() {
                members.insert(key, value);
            }
        }
    }
    Ok(Some(Val::object(members)))
}

pub(super) fn clone(run: &mut Evaluation, mut args: Args) -> Outcome {
    let value = args.take(0);
    let copy = value.map(|value| run.deep_copy(&unwrapped(&value)));
    copy.transpose()
}

pub(super) fn type_name(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(match args.get(0) {
        None => None,
        Some(Val::Num(number)) if number.is_infinite() => return Err(infinite()),
        Some(value) => Some(Val::from(match value {
            Val::Null => "null",
            Val::Bool(_) => "boolean",
            Val::Num(number) if !number.is_nan() => "number",
            Val::Str(_) => "string",
            Val::Array(_) => "array",
            Val::Num(_) | Val::Object(_) | Val::Tuple(_) => "object",
            Val::Function(_) => "function",
        })),
    })
}
