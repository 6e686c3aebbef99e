//! Fail: ends its machine with an error. It has no event of being left.

use std::sync::Arc;

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use crate::asl::{FailText, State};
use crate::execution::history::Failure;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    error: Option<&FailText>,
    cause: Option<&FailText>,
) -> Result<(), Fault> {
    let error = text(run, id, state, "Error", error)?;
    let cause = text(run, id, state, "Cause", cause)?;
    Err(Fault::of(Failure { error, cause }))
}

fn text(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    field: &str,
    text: Option<&FailText>,
) -> Result<Option<Arc<str>>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    evaluator.fail_text(field, text, &raw).map(Some)
}
