//! Choice: goes on with the first rule that matches.

use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::FrameId;
use super::super::leave::Next;
use crate::asl::{ChoiceRule, Reference, State};

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    rules: &[ChoiceRule],
    default: Option<&Reference>,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state);
    let input = evaluator.input(flow, &raw)?;
    let mut chosen = None;
    for (index, rule) in rules.iter().enumerate() {
        let Some(condition) = &rule.condition else {
            continue;
        };
        if evaluator.matches(index, condition, &input)? {
            chosen = Some((index, rule));
            break;
        }
    }
    // The state's own Assign and Output belong to the Default.
    let (passed, next) = match chosen {
        Some((index, rule)) => {
            let passed = evaluator.chosen(index, flow, rule, &raw)?;
            (passed, rule.next.as_ref())
        }
        None => (evaluator.pass_on(flow, &raw)?, default),
    };
    let next = next.map_or(Next::Nowhere, Next::State);
    run.exit(id, state, passed.to(next))
}
