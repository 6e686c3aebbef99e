//! Succeed: ends its machine well.

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::Next;
use crate::asl::State;

pub(in super::super) fn run(run: &mut Execution, id: FrameId, state: &State) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let mut passed = evaluator.pass_on(&state.data_flow, &raw)?;
    // The machine ends here, and its variables with it.
    passed.assigned.clear();
    run.exit(id, state, passed.to(Next::End))
}
