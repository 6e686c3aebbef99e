//! Succeed: ends its machine well.

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::{Exit, Next};
use crate::asl::State;

pub(in super::super) fn run(run: &mut Execution, id: FrameId, state: &State) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state)?;
    let input = evaluator.input_path(flow.input_path.as_ref(), &raw)?;
    let output = evaluator.output_path(flow.output_path.as_ref(), &input)?;
    let exit = Exit {
        output,
        assigned: Vec::new(),
        next: Next::End,
    };
    run.exit(id, state, exit)
}
