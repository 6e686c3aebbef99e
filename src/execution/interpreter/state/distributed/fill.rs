//! From items to children: what is read, and what of it each child gets.

use std::sync::Arc;

use super::super::super::child::Owner;
use super::super::super::context::Extra;
use super::super::super::data_flow::{self, Evaluator};
use super::super::super::execution::{Execution, Wake};
use super::super::super::fault::Fault;
use super::super::super::frame::FrameId;
use super::super::super::map_run::ChildExecution;
use super::super::super::options::Options;
use super::redrive::start_again;
use super::{SLICE, fail, finish, work};
use crate::asl::{Map, State, StateKind};
use crate::execution::history::Failure;
use crate::expr::uuid;
use crate::source::json::Value;

/// Reads items, then starts children, as far as there are items and places.
pub(in super::super::super) fn fill(
    run: &mut Execution,
    id: FrameId,
    state: &State,
) -> Result<(), Fault> {
    let StateKind::Map(map) = &state.kind else {
        return Ok(());
    };
    if !read_items(run, id)? {
        return Ok(());
    }
    for _ in 0..SLICE {
        let Some(work) = work(run, id) else {
            return Ok(());
        };
        let is_all_started = work.items.is_empty() && work.again.is_empty();
        if is_all_started && work.running.is_empty() {
            return finish(run, id, state);
        }
        if is_all_started || work.running.len() >= work.limit {
            return Ok(());
        }
        match work.again.pop_front() {
            Some(index) => start_again(run, id, map, index),
            None => start(run, id, state, map)?,
        }
        run.charge(1);
    }
    run.ready.push_back(Wake::Fill(id));
    Ok(())
}

/// Reads some items; whether all are there.
fn read_items(run: &mut Execution, id: FrameId) -> Result<bool, Fault> {
    let Some(work) = work(run, id) else {
        return Ok(false);
    };
    let Some(reader) = &mut work.reader else {
        return Ok(true);
    };
    for _ in 0..SLICE {
        let next = match work.items.len() < work.most_items {
            true => reader.next(),
            false => None,
        };
        match next {
            Some(Ok(item)) => work.items.extend(item),
            Some(Err(error)) => {
                let failure = Failure::new("States.ItemReaderFailed", error.to_string());
                return Err(fail(run, id, failure));
            }
            None => {
                work.reader = None;
                let (total, record) = (work.items.len() as u64, work.record);
                if let Some(record) = run.map_runs.get_mut(record) {
                    record.items.total = total;
                    record.items.pending = total;
                }
                return Ok(true);
            }
        }
    }
    run.charge(SLICE);
    run.ready.push_back(Wake::Fill(id));
    Ok(false)
}

/// Starts one child execution.
fn start(run: &mut Execution, id: FrameId, state: &State, map: &Map) -> Result<(), Fault> {
    let Some(machine) = &map.item_processor else {
        return Err(Fault::runtime("The Map state has no item processor."));
    };
    Execution::start_in(machine)?;
    let (input, items) = next_input(run, id, state, map)?;
    let name: Arc<str> = uuid(|| run.entropy.next_u64()).into();
    let Some(work) = work(run, id) else {
        return Ok(());
    };
    let (label, record) = (work.label.clone(), work.record);
    let options = child_options(run, map, &label, name.clone());
    let child = Execution::start(machine.clone(), input.clone().into(), options, run.now);
    let now = run.now;
    let Some(record) = run.map_runs.get_mut(record) else {
        return Ok(());
    };
    let index = record.children.len();
    record.children.push(ChildExecution {
        name,
        input,
        items,
        started: now,
        stopped: None,
        outcome: None,
        redrives: Vec::new(),
        awaits_redrive: false,
        history: Vec::new(),
    });
    record.items.start(items);
    record.executions.total += 1;
    record.executions.running += 1;
    let owner = Owner::MapRun { frame: id, index };
    let child = run.adopt(child, owner);
    if let Some(work) = self::work(run, id) {
        work.running.insert(index, child);
    }
    Ok(())
}

pub(super) fn child_options(
    run: &mut Execution,
    map: &Map,
    label: &str,
    name: Arc<str>,
) -> Options {
    let (express_id, seed) = (uuid(|| run.entropy.next_u64()), run.entropy.next_u64());
    Options {
        machine_name: format!("{}/{label}", run.options.machine_name).into(),
        name,
        workflow_type: map.execution_type,
        express_id: Some(express_id.into()),
        version_arn: None,
        alias_arn: None,
        seed,
        objects: run.objects.clone(),
        ..(*run.options).clone()
    }
}

/// The input of the next child, and how many items it holds.
fn next_input(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
) -> Result<(Value, u64), Fault> {
    let Some(batcher) = work(run, id).and_then(|work| work.batcher.clone()) else {
        return Ok((next_item(run, id, state, map)?.unwrap_or_default(), 1));
    };
    let mut batch = batcher.begin();
    loop {
        // What does not fit any more is taken back.
        let before = work(run, id).map(|work| (work.items.front().cloned(), work.taken));
        let Some(item) = next_item(run, id, state, map)? else {
            break;
        };
        if !batch.add(item) {
            if let (Some(work), Some((Some(front), taken))) = (work(run, id), before) {
                work.items.push_front(front);
                work.taken = taken;
            }
            break;
        }
        if batch.is_full() {
            break;
        }
    }
    let items = batch.len() as u64;
    Ok((batch.into_input(), items))
}

/// The next item, as `ItemSelector` shapes it.
fn next_item(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
) -> Result<Option<Value>, Fault> {
    let Some(work) = work(run, id) else {
        return Ok(None);
    };
    let Some(item) = work.items.pop_front() else {
        return Ok(None);
    };
    let (index, input) = (work.taken as u64, work.input.clone());
    work.taken += 1;
    let Some(selector) = &map.item_selector else {
        return Ok(Some(item));
    };
    let extra = Extra {
        item: Some((index, item)),
        ..Extra::default()
    };
    let mut evaluator: Evaluator = data_flow::evaluator_with(run, id, state, extra);
    evaluator
        .template("ItemSelector", selector, &input)
        .map(Some)
}
