//! Parallel: runs its branches side by side, all with the same input.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::alone;
use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::{Children, Frame, FrameId, Parent, Phase};
use super::super::leave::Next;
use super::super::scope::Scope;
use super::take_results;
use crate::asl::{Parallel, State};
use crate::execution::history::HistoryEventType;
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    parallel: &Parallel,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let flow = &state.data_flow;
    let mut evaluator = data_flow::evaluator(run, id, state);
    let input = evaluator.input(flow, &raw)?;
    let input = evaluator.arguments(flow, &input)?;
    if let Some(result) = alone::given(run, id) {
        return leave(run, id, state, &result?);
    }
    run.emit(id, HistoryEventType::ParallelStateStarted, None);
    let Some(frame) = run.frames.get(&id) else {
        return Ok(());
    };
    let (last, item, iterations) = (frame.last, frame.item.clone(), frame.iterations.clone());
    let variables = Arc::new(Scope::inside(frame.variables.clone()));
    let mut running = BTreeMap::new();
    for (index, machine) in parallel.branches.iter().enumerate() {
        let frame = Frame {
            parent: Some(Parent { frame: id, index }),
            machine: machine.clone(),
            last,
            variables: variables.clone(),
            item: item.clone(),
            iterations: iterations.clone(),
            phase: Phase::Entering {
                state: Execution::start_in(machine)?,
                input: input.clone().into(),
            },
        };
        running.insert(index, run.spawn(frame));
    }
    let is_empty = running.is_empty();
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.children = Some(Box::new(Children {
            results: vec![None; running.len()],
            limit: running.len(),
            running,
            done: 0,
            input: Value::Null,
            items: Vec::new(),
            next: 0,
        }));
    }
    if is_empty {
        return finish(run, id, state);
    }
    Ok(())
}

/// All branches have ended well.
pub(super) fn finish(run: &mut Execution, id: FrameId, state: &State) -> Result<(), Fault> {
    run.emit_aside(id, HistoryEventType::ParallelStateSucceeded, None);
    let result = take_results(run, id);
    leave(run, id, state, &result)
}

/// Goes on with the results of a Parallel or Map state.
pub(super) fn leave(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    result: &Value,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let passed = evaluator.result(&state.data_flow, &raw, result)?;
    run.exit(id, state, passed.to(Next::of(&state.transition)))
}
