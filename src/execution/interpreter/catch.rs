//! Catchers: where a failed state goes on.

use super::alone;
use super::data_flow;
use super::execution::Execution;
use super::fault::Fault;
use super::frame::{Frame, FrameId};
use super::leave::Next;
use super::retry::names;
use crate::asl::State;
use crate::execution::history::Failure;

/// Whether a Catcher of the state knows an error.
pub(super) fn knows(state: &State, failure: &Failure, alias: Option<&str>) -> bool {
    let mut catchers = state.catchers().iter();
    catchers.any(|catcher| names(&catcher.error_equals, failure.error_name(), alias))
}

/// Goes on with the first Catcher that knows the error, if there is one.
pub(super) fn handle(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    failure: &Failure,
    alias: Option<&str>,
) -> Result<bool, Fault> {
    let mut catchers = state.catchers().iter().enumerate();
    let found =
        catchers.find(|(_, catcher)| names(&catcher.error_equals, failure.error_name(), alias));
    let Some((index, catcher)) = found else {
        return Ok(false);
    };
    alone::catches(run, id, index);
    let Some(input) = run
        .frames
        .get(&id)
        .and_then(Frame::visit)
        .map(|visit| visit.input.clone())
    else {
        return Ok(false);
    };
    let error = failure.output();
    let mut evaluator = data_flow::evaluator(run, id, state);
    let passed = evaluator.caught(index, catcher, &input, &error)?;
    let next = catcher.next.as_ref().map_or(Next::Nowhere, Next::State);
    run.exit(id, state, passed.to(next))?;
    Ok(true)
}
