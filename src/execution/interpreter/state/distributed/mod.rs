//! Distributed Map: a Map Run whose child executions have histories of their own.
//!
//! Items are read and children started in slices, so a Map of any size shares the time
//! with everything else.

mod fill;
mod redrive;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::super::child::{Child, ChildId};
use super::super::data_flow;
use super::super::execution::{Execution, Outcome, Wake};
use super::super::fault::Fault;
use super::super::frame::{Frame, FrameId};
use super::super::map_run::{Counts, MapRun, MapRunStatus, MapRunUpdate};
use super::super::options::Options;
use super::super::setting::{self, Tolerance};
use super::{item_batcher, item_reader, parallel, result_writer};
use crate::asl::{Map, QueryLanguage, State, StateMachine};
use crate::execution::history::{
    EventDetails, Failure, HistoryEventType, MapRunStartedEventDetails, MapStateStartedEventDetails,
};
use crate::execution::item::Items;
use crate::expr::uuid;
use crate::source::json::Value;

pub(in super::super) use fill::fill;
pub(in super::super) use redrive::redrive;

/// Items that are read, or children that are started, in one step.
const SLICE: usize = 64;

/// Children that the service runs at a time if the definition sets no limit.
const MOST_CHILDREN: usize = 10_000;

/// Events of children that are kept for people to look at.
const KEPT_EVENTS: usize = 25_000;

/// A Map Run under way.
#[derive(Clone, Debug)]
pub(in super::super) struct Work {
    /// Its place among the Map Runs of the execution.
    record: usize,
    label: Arc<str>,
    /// What is left to be read.
    reader: Option<Items>,
    most_items: usize,
    items: VecDeque<Value>,
    /// How many items have been taken.
    taken: usize,
    batcher: Option<item_batcher::Batcher>,
    writer: Option<result_writer::Writer>,
    /// The results, as far as they are written.
    writing: result_writer::Writing,
    tolerance: Tolerance,
    limit: usize,
    /// What `$` shows to `ItemSelector`.
    input: Value,
    running: BTreeMap<usize, ChildId>,
    kept_events: usize,
    /// It has ended; what is kept of it is for a redrive.
    is_closed: bool,
    /// Children that are to run again.
    again: VecDeque<usize>,
}

pub(in super::super) fn run(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    map: &Map,
) -> Result<(), Fault> {
    let raw = data_flow::raw_input(run, id);
    let mut evaluator = data_flow::evaluator(run, id, state);
    let input = evaluator.input(&state.data_flow, &raw)?;
    let reader = match &map.item_reader {
        Some(reader) => Some(item_reader::read(&mut evaluator, reader, &input)?),
        None => None,
    };
    let items = match reader {
        Some(_) => Vec::new(),
        None => evaluator.items(map, &input)?,
    };
    let limit = map.max_concurrency.as_ref();
    let limit = setting::count(&mut evaluator, "MaxConcurrency", limit, &input)?;
    let limit = limit.unwrap_or_default();
    let tolerance = setting::tolerance(&mut evaluator, map, &input)?;
    let batcher = map.item_batcher.as_ref();
    let batcher = batcher.map(|batcher| item_batcher::read(&mut evaluator, batcher, &input));
    let batcher = batcher.transpose()?;
    let writer = map.result_writer.as_ref();
    let writer = writer.map(|writer| result_writer::read(&mut evaluator, writer, &input));
    let writer = writer.transpose()?;

    // Learned from recordings: of items that are still to be read nothing is known yet.
    let details = MapStateStartedEventDetails {
        length: Some(items.len() as u64),
    };
    let details = EventDetails::MapStateStarted(details);
    run.emit(id, HistoryEventType::MapStateStarted, Some(details));
    let label = match &map.label {
        Some(label) => label.clone(),
        None => uuid(|| run.entropy.next_u64()).into(),
    };
    let record = record(run, state, &label, limit, tolerance);
    let details = MapRunStartedEventDetails {
        map_run_arn: Some(record.arn.clone()),
    };
    run.map_runs.push(record);
    let details = EventDetails::MapRunStarted(details);
    run.emit(id, HistoryEventType::MapRunStarted, Some(details));
    let mut work = Work {
        record: run.map_runs.len() - 1,
        label,
        most_items: usize::MAX,
        reader: Some(Items::of(items)),
        items: VecDeque::new(),
        taken: 0,
        batcher,
        writer,
        writing: result_writer::Writing::default(),
        tolerance,
        limit: children_at_a_time(limit),
        input,
        running: BTreeMap::new(),
        kept_events: 0,
        is_closed: false,
        again: VecDeque::new(),
    };
    let opened = reader.map(|reader| reader.open(&run.objects).map(|items| (items, reader.most)));
    let problem = match opened {
        None => None,
        Some(Ok((items, most))) => {
            work.reader = Some(items);
            work.most_items = most;
            None
        }
        Some(Err(error)) => Some(error.to_string()),
    };
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.map_run = Some(Box::new(work));
    }
    if let Some(cause) = problem {
        return Err(fail(
            run,
            id,
            Failure::new("States.ItemReaderFailed", cause),
        ));
    }
    run.ready.push_back(Wake::Fill(id));
    Ok(())
}

/// How many children run at a time; 0 is no limit.
fn children_at_a_time(limit: u64) -> usize {
    match usize::try_from(limit) {
        Ok(0) | Err(_) => MOST_CHILDREN,
        Ok(limit) => limit.min(MOST_CHILDREN),
    }
}

/// Changes a Map Run that runs; whether there is one.
pub(in super::super) fn update(run: &mut Execution, arn: &str, update: MapRunUpdate) -> bool {
    let Some((id, work)) = work_of(run, arn) else {
        return false;
    };
    let record = work.record;
    if let Some(limit) = update.max_concurrency {
        work.limit = children_at_a_time(limit);
    }
    if let Some(count) = update.tolerated_failure_count {
        work.tolerance.count = Some(count);
    }
    if let Some(percentage) = update.tolerated_failure_percentage {
        work.tolerance.percentage = Some(percentage);
    }
    if let Some(known) = run.map_runs.get_mut(record) {
        update.apply(known);
    }
    run.ready.push_back(Wake::Fill(id));
    true
}

/// A child of a Map Run that runs, by its name.
pub(in super::super) fn running_child(
    run: &mut Execution,
    arn: &str,
    name: &str,
) -> Option<ChildId> {
    let known = run.map_runs.iter().find(|known| *known.arn == *arn)?;
    let mut children = known.children.iter();
    let index = children.position(|child| *child.name == *name)?;
    work_of(run, arn)?.1.running.get(&index).copied()
}

/// A Map Run under way, and the frame that is in it.
fn work_of<'a>(run: &'a mut Execution, arn: &str) -> Option<(FrameId, &'a mut Work)> {
    let record = run.map_runs.iter().position(|known| *known.arn == *arn)?;
    run.frames.iter_mut().find_map(|(id, frame)| {
        let work = frame.visit_mut()?.map_run.as_deref_mut()?;
        (work.record == record && !work.is_closed).then_some((*id, work))
    })
}

fn record(
    run: &mut Execution,
    state: &State,
    label: &str,
    limit: u64,
    tolerance: Tolerance,
) -> MapRun {
    let Options {
        region,
        account,
        machine_name,
        ..
    } = &*run.options;
    let name = uuid(|| run.entropy.next_u64());
    let arn = format!("arn:aws:states:{region}:{account}:mapRun:{machine_name}/{label}:{name}");
    MapRun {
        arn: arn.into(),
        state: state.name.clone(),
        pointer: state.pointer.clone(),
        status: MapRunStatus::Running,
        started: run.now,
        stopped: None,
        redrive_count: 0,
        redriven: None,
        max_concurrency: limit,
        tolerated_failure_count: tolerance.count.unwrap_or_default(),
        tolerated_failure_percentage: tolerance.percentage.unwrap_or_default(),
        executions: Counts::default(),
        items: Counts::default(),
        children: Vec::new(),
        visits: BTreeMap::new(),
    }
}

/// A child execution ended.
pub(in super::super) fn child_ended(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    index: usize,
    child: Child,
) -> Result<(), Fault> {
    let now = run.now;
    let outcome = child.outcome();
    run.take_over(&child);
    let Some(work) = work(run, id) else {
        return Ok(());
    };
    work.running.remove(&index);
    work.kept_events += child.run.history.len();
    let is_kept = work.kept_events <= KEPT_EVENTS;
    let (tolerance, record) = (work.tolerance, work.record);
    if let Some(map_run) = run.map_runs.get_mut(record) {
        map_run.count_visits(&child.run.history, &child.run.map_runs);
    }
    let mut history = Vec::new();
    if matches!(outcome, Outcome::Succeeded(_)) {
        if is_kept {
            history = child.run.history;
        }
    } else {
        if is_kept {
            history.clone_from(&child.run.history);
        }
        run.brood.keep(record, index, child);
    }
    let Some(record) = run.map_runs.get_mut(record) else {
        return Ok(());
    };
    if let Some(child) = record.children.get_mut(index) {
        record.executions.end(1, &outcome);
        record.items.end(child.items, &outcome);
        child.stopped = Some(now);
        child.history = history;
        child.outcome = Some(outcome);
    }
    if tolerance.is_exceeded(record.items.bad(), record.items.total) {
        // The service's words.
        let cause = "The specified tolerated failure threshold was exceeded";
        let error = "States.ExceedToleratedFailureThreshold";
        return Err(fail(run, id, Failure::new(error, cause)));
    }
    fill(run, id, state)
}

/// All children have ended, and well enough: writes some results, and leaves after the last.
fn finish(run: &mut Execution, id: FrameId, state: &State) -> Result<(), Fault> {
    let Some(work) = work(run, id) else {
        return Ok(());
    };
    let (record, writer, label) = (work.record, work.writer.clone(), work.label.clone());
    let mut writing = std::mem::take(&mut work.writing);
    if !writing.go_on(run, record, writer.as_ref(), &label, SLICE) {
        run.charge(SLICE);
        if let Some(work) = self::work(run, id) {
            work.writing = writing;
        }
        run.ready.push_back(Wake::Fill(id));
        return Ok(());
    }
    let result = writing.finish(run, record, writer.as_ref());
    if let Some(visit) = run.frames.get_mut(&id).and_then(Frame::visit_mut) {
        visit.map_run = None;
    }
    close(run, record, MapRunStatus::Succeeded);
    let started = run.last_of(id);
    run.emit(id, HistoryEventType::MapRunSucceeded, None);
    run.emit_aside(id, HistoryEventType::MapStateSucceeded, None);
    if exits_behind_start(&run.machine) {
        run.follow(id, started);
    }
    parallel::leave(run, id, state, &result)
}

/// Whether MapStateExited follows MapRunStarted and not MapRunSucceeded.
///
/// Learned from recordings: it does in all of definitions with variables or JSONata, which came
/// with the change in November 2024, and in 3 of the 20 of others, whose dates are not told.
fn exits_behind_start(machine: &StateMachine) -> bool {
    let mut states = machine.walk();
    states.any(|state| state.query_language == QueryLanguage::Jsonata || state.assigns())
}

/// The Map Run gives up.
fn fail(run: &mut Execution, id: FrameId, failure: Failure) -> Fault {
    cut_short(run, id, MapRunStatus::Failed);
    emit_failed(run, id, failure)
}

fn emit_failed(run: &mut Execution, id: FrameId, failure: Failure) -> Fault {
    let details = EventDetails::MapRunFailed(failure.clone());
    run.emit(id, HistoryEventType::MapRunFailed, Some(details));
    Fault::of(failure)
}

/// Stops the children of a frame's Map Run, if it has one under way; whether it had.
pub(in super::super) fn cut_short(run: &mut Execution, id: FrameId, status: MapRunStatus) -> bool {
    let Some(work) = work(run, id) else {
        return false;
    };
    work.is_closed = true;
    let record = work.record;
    let running = std::mem::take(&mut work.running);
    let now = run.now;
    for (index, child) in running {
        let Some(child) = run.stop_child(child) else {
            continue;
        };
        if let Some(record) = run.map_runs.get_mut(record)
            && let Some(known) = record.children.get_mut(index)
        {
            let outcome = Outcome::Aborted(Failure::default());
            record.executions.end(1, &outcome);
            record.items.end(known.items, &outcome);
            known.stopped = Some(now);
            known.outcome = Some(outcome);
            known.history.clone_from(&child.run.history);
        }
        run.brood.keep(record, index, child);
    }
    close(run, record, status);
    true
}

fn close(run: &mut Execution, record: usize, status: MapRunStatus) {
    let now = run.now;
    if let Some(record) = run.map_runs.get_mut(record) {
        record.status = status;
        record.stopped = Some(now);
    }
}

/// The Map Run under way.
fn work(run: &mut Execution, id: FrameId) -> Option<&mut Work> {
    let visit = run.frames.get_mut(&id).and_then(Frame::visit_mut)?;
    visit.map_run.as_deref_mut().filter(|work| !work.is_closed)
}
