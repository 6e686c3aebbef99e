//! `$boolean`, `$not`, `$exists`.

use super::Args;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

/// A function does not hold here, whatever it does elsewhere.
fn holds(value: &Val) -> bool {
    !matches!(value, Val::Function(_)) && value.truth()
}

pub(super) fn boolean(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.get(0).map(|value| Val::Bool(holds(value))))
}

pub(super) fn not(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.get(0).map(|value| Val::Bool(!holds(value))))
}

pub(super) fn exists(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(Some(Val::Bool(args.get(0).is_some())))
}
