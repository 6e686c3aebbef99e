//! Map: runs its processor for every item of an array, in the execution itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::alone;
use super::super::context::Extra;
use super::super::data_flow;
use super::super::execution::Execution;
use super::super::fault::Fault;
use super::super::frame::{Children, Frame, FrameId, MapItem, Parent, Phase};
use super::super::scope::Scope;
use super::super::setting;
use super::{Iteration, children, emit_iteration, parallel, take_results};
use crate::asl::{Map, State};
use crate::execution::history::{EventDetails, HistoryEventType, MapStateStartedEventDetails};
use crate::source::json::Value;

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let read = alone::read_items(run, id, map);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let input = evaluator.input(&state.data_flow, &raw)?;
    let items = match read {
        Some(items) => items,
        None => evaluator.items(map, &input)?,
    };
    let limit = map.max_concurrency.as_ref();
    let limit = setting::count(&mut evaluator, "MaxConcurrency", limit, &input)?;
    let limit = usize::try_from(limit.unwrap_or_default()).unwrap_or(0);
    setting::tolerance(&mut evaluator, map, &input)?;
    alone::note_concurrency(run, id, limit);
    if let Some(result) = alone::given(run, id) {
        return parallel::leave(run, id, state, &result?);
    }
    let most = run.options.quotas.inline_concurrency;
    let details = MapStateStartedEventDetails {
        length: Some(items.len() as u64),
    };
    let details = EventDetails::MapStateStarted(details);
    run.emit(id, HistoryEventType::MapStateStarted, Some(details));
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.children = Some(Box::new(Children {
            results: vec![None; items.len()],
            running: BTreeMap::new(),
            done: 0,
            next: 0,
            input,
            items,
            limit: if limit == 0 { most } else { limit.min(most) },
        }));
    }
    fill(run, id, state, map)
}

/// Starts iterations as far as there are items and places.
pub(super) fn fill(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
) -> Result<(), Fault> {
    let Some(machine) = &map.item_processor else {
        return Err(Fault::runtime("The Map state has no item processor."));
    };
    loop {
        let Some(children) = children(run, id) else {
            return Ok(());
        };
        if children.results.is_empty() {
            return finish(run, id, state);
        }
        if children.running.len() >= children.limit || run.is_history_full {
            return Ok(());
        }
        let Some(children) = self::children(run, id) else {
            return Ok(());
        };
        let index = children.next;
        let Some(value) = children.items.get_mut(index).map(std::mem::take) else {
            return Ok(());
        };
        children.next += 1;
        let input = select(run, id, state, map, index, &value)?;
        let started = emit_iteration(run, id, state, index, Iteration::Started);
        let Some(frame) = run.frames.get(&id) else {
            return Ok(());
        };
        let mut iterations = frame.iterations.clone();
        iterations.push(index as u64);
        let frame = Frame {
            parent: Some(Parent { frame: id, index }),
            machine: machine.clone(),
            last: started,
            variables: Arc::new(Scope::inside(frame.variables.clone())),
            item: Some(MapItem {
                index: index as u64,
                value,
            }),
            iterations,
            phase: Phase::Entering {
                state: Execution::start_in(machine)?,
                input: input.into(),
            },
        };
        let child = run.spawn(frame);
        if let Some(children) = self::children(run, id) {
            children.running.insert(index, child);
        }
    }
}

/// All iterations have ended well.
pub(super) fn finish(run: &mut Execution, id: FrameId, state: &State) -> Result<(), Fault> {
    run.emit_aside(id, HistoryEventType::MapStateSucceeded, None);
    let result = take_results(run, id);
    parallel::leave(run, id, state, &result)
}

/// What an iteration starts with.
fn select(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
    index: usize,
    value: &Value,
) -> Result<Value, Fault> {
    let Some(selector) = &map.item_selector else {
        return Ok(value.clone());
    };
    let input = children(run, id).map(|children| children.input.clone());
    let input = input.unwrap_or_default();
    let extra = Extra {
        item: Some((index as u64, value.clone())),
        ..Extra::default()
    };
    let mut evaluator = data_flow::evaluator_with(run, id, state, extra);
    evaluator.template("ItemSelector", selector, &input)
}
