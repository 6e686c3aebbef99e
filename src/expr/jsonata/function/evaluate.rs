//! `$eval`: a text as an expression.

use super::Args;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::parse::parse;
use crate::expr::jsonata::value::{Array, Flag, Val};

pub(super) fn eval(run: &mut Evaluation, mut args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    run.burn(text.len())?;
    let input = match args.take(1) {
        Some(Val::Array(array)) if !array.has(Flag::Sequence) => {
            let flags = [Flag::Sequence, Flag::Wrapper];
            Some(Val::Array(Array::with(vec![Val::Array(array)], &flags)))
        }
        Some(focus) => Some(focus),
        None => args.context.cloned(),
    };
    let wrap = |code, error: Error| {
        if error.is_limit() {
            return error;
        }
        Error::new(code).text("value", error.to_string())
    };
    let expression = parse(&text, run.dialect).map_err(|error| wrap(Code::D3120, error))?;
    let env = run.caller.take().unwrap_or_else(|| run.root.clone());
    let value = run.evaluate(&expression, input.as_ref(), &env);
    value.map_err(|error| wrap(Code::D3121, error))
}
