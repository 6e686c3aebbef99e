//! `$sum`, `$count`, `$max`, `$min`, `$average`.

use super::Args;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::{Array, Val};

/// The numbers of the first argument, folded; nothing for nothing.
fn fold(
    run: &mut Evaluation,
    args: &Args,
    first: f64,
    combine: fn(f64, f64) -> f64,
) -> Result<Option<(f64, usize)>, Error> {
    let Some(Val::Array(array)) = args.get(0) else {
        return Ok(None);
    };
    run.burn(array.len() / 4)?;
    let numbers = array.iter().map(|item| match item {
        Val::Num(number) => number,
        _ => f64::NAN, // the signature lets only numbers through
    });
    Ok(Some((numbers.fold(first, combine), array.len())))
}

/// As JavaScript has it, a list with a NaN comes to one.
fn either_nan(a: f64, b: f64, other: f64) -> f64 {
    match a.is_nan() || b.is_nan() {
        true => f64::NAN,
        false => other,
    }
}

pub(super) fn sum(run: &mut Evaluation, args: Args) -> Outcome {
    let sum = fold(run, &args, 0.0, |a, b| a + b)?;
    Ok(sum.map(|(sum, _)| Val::Num(sum)))
}

pub(super) fn count(_: &mut Evaluation, args: Args) -> Outcome {
    let len = args.get(0).and_then(Val::as_array).map_or(0, Array::len);
    Ok(Some(Val::Num(len as f64)))
}

pub(super) fn max(run: &mut Evaluation, args: Args) -> Outcome {
    let max = fold(run, &args, f64::NEG_INFINITY, |a, b| {
        either_nan(a, b, a.max(b))
    })?;
    Ok(max
        .filter(|(_, len)| *len > 0)
        .map(|(max, _)| Val::Num(max)))
}

pub(super) fn min(run: &mut Evaluation, args: Args) -> Outcome {
    let min = fold(run, &args, f64::INFINITY, |a, b| either_nan(a, b, a.min(b)))?;
    Ok(min
        .filter(|(_, len)| *len > 0)
        .map(|(min, _)| Val::Num(min)))
}

pub(super) fn average(run: &mut Evaluation, args: Args) -> Outcome {
    let sum = fold(run, &args, 0.0, |a, b| a + b)?;
    let average = sum.filter(|(_, len)| *len > 0);
    Ok(average.map(|(sum, len)| Val::Num(sum / len as f64)))
}
