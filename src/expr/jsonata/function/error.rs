//! `$error` and `$assert`.

use super::Args;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

pub(super) fn error(_: &mut Evaluation, args: Args) -> Outcome {
    let message = args.text(0).filter(|text| !text.is_empty());
    let message = message.unwrap_or_else(|| "$error() function evaluated".into());
    Err(Error::new(Code::D3137).text("message", &*message))
}

pub(super) fn assert(_: &mut Evaluation, args: Args) -> Outcome {
    if args.get(0).is_some_and(Val::truth) {
        return Ok(None);
    }
    let message = args.text(1).filter(|text| !text.is_empty());
    let message = message.unwrap_or_else(|| "$assert() statement failed".into());
    Err(Error::new(Code::D3141).text("message", &*message))
}
