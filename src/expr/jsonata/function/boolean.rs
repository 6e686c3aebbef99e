//! `$boolean`, `$not`, `$exists`.

use super::Args;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

/// Whether the argument holds, if there is one.
fn holds(run: &mut Evaluation, args: &Args) -> Result<Option<bool>, Error> {
    let value = args.get(0);
    value.map(|value| run.is_true(Some(value))).transpose()
}

pub(super) fn boolean(run: &mut Evaluation, args: Args) -> Outcome {
    Ok(holds(run, &args)?.map(Val::Bool))
}

pub(super) fn not(run: &mut Evaluation, args: Args) -> Outcome {
    Ok(holds(run, &args)?.map(|holds| Val::Bool(!holds)))
}

pub(super) fn exists(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(Some(Val::Bool(args.get(0).is_some())))
}
