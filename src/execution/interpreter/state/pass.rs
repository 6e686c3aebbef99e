//! Pass: hands its input on, or a result that the definition holds.

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::Next;
use crate::asl::State;
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    result: Option<&Value>,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let passed = evaluator.pass(&state.data_flow, result, &raw)?;
    run.exit(id, state, passed.to(Next::of(&state.transition)))
}
