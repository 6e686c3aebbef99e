//! `$error` and `$assert`.

use super::Args;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};

pub(super) fn error(_: &mut Evaluation, args: Args) -> Outcome {
    let message = args.text(0).filter(|text| !text.is_empty());
    let message = message.unwrap_or_else(|| "$error() function evaluated".into());
    Err(Error::new(Code::D3137).text("message", &*message))
}

pub(super) fn assert(run: &mut Evaluation, args: Args) -> Outcome {
    if run.is_true(args.get(0))? {
        return Ok(None);
    }
    let message = args.text(1).filter(|text| !text.is_empty());
    let message = message.unwrap_or_else(|| "$assert() statement failed".into());
    Err(Error::new(Code::D3141).text("message", &*message))
}
