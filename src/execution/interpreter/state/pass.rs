//! Pass: hands its input on, or a result that the definition holds.

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::{Exit, Next};
use crate::asl::State;
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    result: Option<&Value>,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state)?;
    let input = evaluator.input_path(flow.input_path.as_ref(), &raw)?;
    let computed = evaluator.selector(flow.parameters.as_ref(), &input)?;
    let result = result.unwrap_or(&computed);
    let output = evaluator.result_path(flow.result_path.as_ref(), &raw, result)?;
    let output = evaluator.output_path(flow.output_path.as_ref(), &output)?;
    let assigned = evaluator.assign(flow.assign.as_ref(), result)?;
    let next = Next::of(&state.transition);
    run.exit(
        id,
        state,
        Exit {
            output,
            assigned,
            next,
        },
    )
}
