//! `$append`, `$reverse`, `$shuffle`, `$distinct`, `$zip`.

use std::collections::HashMap;
use std::sync::Arc;

use super::Args;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::{Array, Flag, Val};

/// Two values as one array; a missing one adds nothing.
pub(crate) fn append(first: Option<Val>, second: Option<Val>) -> Option<Val> {
    let (first, second) = match (first, second) {
        (Some(first), Some(second)) => (first, second),
        (first, second) => return first.or(second),
    };
    let mut items = match first {
        Val::Array(array) => array.into_items(),
        other => vec![other],
    };
    match second {
        Val::Array(array) => items.extend(array.iter()),
        other => items.push(other),
    }
    Some(Val::array(items))
}

pub(super) fn append_all(run: &mut Evaluation, mut args: Args) -> Outcome {
    for index in 0..2 {
        run.burn(
            args.get(index)
                .and_then(Val::as_array)
                .map_or(0, Array::len),
        )?;
    }
    let first = args.take(0);
    Ok(append(first, args.take(1)))
}

pub(super) fn reverse(run: &mut Evaluation, args: Args) -> Outcome {
    rearranged(run, args, |_, items| items.reverse())
}

pub(super) fn shuffle(run: &mut Evaluation, args: Args) -> Outcome {
    rearranged(run, args, |run, items| {
        for index in (1..items.len()).rev() {
            let other = (run.random() * (index + 1) as f64) as usize;
            items.swap(index, other.min(index));
        }
    })
}

/// The same items in another order; an array of one or none stays what it is.
fn rearranged(
    run: &mut Evaluation,
    mut args: Args,
    rearrange: impl FnOnce(&mut Evaluation, &mut [Val]),
) -> Outcome {
    let Some(Val::Array(array)) = args.take(0) else {
        return Ok(None);
    };
    if array.len() < 2 {
        return Ok(Some(Val::Array(array)));
    }
    run.burn(array.len())?;
    let mut items = array.into_items();
    rearrange(run, &mut items);
    Ok(Some(Val::array(items)))
}

pub(super) fn distinct(run: &mut Evaluation, mut args: Args) -> Outcome {
    let array = match args.take(0) {
        Some(Val::Array(array)) if array.len() > 1 => array,
        other => return Ok(other),
    };
    // A map as objects have one: each kind of table is code of its own.
    let mut strings: HashMap<Arc<str>, usize> = HashMap::new();
    let mut numbers: HashMap<Arc<str>, usize> = HashMap::new();
    let mut kept: Vec<Val> = Vec::new();
    let mut containers: Vec<Val> = Vec::new();
    for item in array.iter() {
        run.burn(1)?;
        let is_new = match &item {
            Val::Str(text) => strings.insert(text.clone(), 0).is_none(),
            Val::Num(number) if number.is_nan() => true,
            // Zero has two signs that are equal.
            Val::Num(number) => {
                let bits = (number + 0.0).to_bits();
                numbers.insert(bits.to_string().into(), 0).is_none()
            }
            other => {
                run.burn(containers.len())?;
                let mut is_new = true;
                for known in &containers {
                    if run.equal(known, other, 0)? {
                        is_new = false;
                        break;
                    }
                }
                if is_new {
                    containers.push(other.clone());
                }
                is_new
            }
        };
        if is_new {
            kept.push(item);
        }
    }
    let flags: &[Flag] = match array.has(Flag::Sequence) {
        true => &[Flag::Sequence],
        false => &[],
    };
    Ok(Some(Val::Array(Array::with(kept, flags))))
}

pub(super) fn zip(run: &mut Evaluation, args: Args) -> Outcome {
    let arrays = args.values.iter();
    let arrays: Vec<&Array> = arrays
        .map_while(|value| value.as_ref().and_then(Val::as_array))
        .collect();
    let len = match arrays.len() == args.values.len() {
        true => arrays.iter().map(|array| array.len()).min().unwrap_or(0),
        false => 0,
    };
    run.burn(len * (arrays.len() + 1))?;
    let row = |index| Val::array(arrays.iter().filter_map(|array| array.get(index)).collect());
    Ok(Some(Val::array((0..len).map(row).collect())))
}
