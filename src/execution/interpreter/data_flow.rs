//! How data flows through a state: the one seam between states and query languages.
//!
//! States ask an [`Evaluator`] for their input, arguments, output and variables and do
//! not know which language answers.

use super::context::{Extra, context};
use super::execution::Execution;
use super::fault::Fault;
use super::frame::{Frame, FrameId};
pub(super) use super::jsonpath::Evaluator;
use crate::asl::{QueryLanguage, State};
use crate::source::json::Value;

/// Evaluates the fields of the state that a frame is in.
pub(super) fn evaluator<'a>(
    run: &'a mut Execution,
    id: FrameId,
    state: &State,
) -> Result<Evaluator<'a>, Fault> {
    evaluator_with(run, id, state, Extra::default())
}

/// As [`evaluator`], with more in the context object.
pub(super) fn evaluator_with<'a>(
    run: &'a mut Execution,
    id: FrameId,
    state: &State,
    extra: Extra,
) -> Result<Evaluator<'a>, Fault> {
    match state.query_language {
        QueryLanguage::JsonPath => {}
        // An execution with such a state never starts.
        QueryLanguage::Jsonata => return Err(Fault::runtime("JSONata is not supported yet.")),
    }
    let context = context(run, id, state, extra);
    let variables = run
        .frames
        .get(&id)
        .map(|frame| frame.variables.clone())
        .unwrap_or_default();
    Ok(Evaluator {
        context,
        variables,
        entropy: &mut run.entropy,
        programs: &mut run.programs,
    })
}

/// The raw input of the state that a frame is in.
pub(super) fn raw_input(run: &Execution, id: FrameId) -> Value {
    let visit = run.frames.get(&id).and_then(Frame::visit);
    visit.map(|visit| visit.input.clone()).unwrap_or_default()
}
