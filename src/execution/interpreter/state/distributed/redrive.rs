//! Redrive of a Map Run: what ended well stays, the rest runs again.

use super::super::super::child::Owner;
use super::super::super::execution::{Execution, Outcome, Wake};
use super::super::super::frame::{Frame, FrameId};
use super::super::super::map_run::MapRunStatus;
use super::super::result_writer::Writing;
use super::fill::child_options;
use super::work;
use crate::asl::Map;
use crate::execution::history::{
    EventDetails, Failure, HistoryEventType, MapRunRedrivenEventDetails,
};

/// Goes on with a Map Run that ended without success, as its execution is redriven: children
/// that did not succeed run again, those that were not started yet are started. Whether there
/// is such a Map Run; one that did not come to its children is none.
pub(in super::super::super) fn redrive(run: &mut Execution, id: FrameId) -> bool {
    let now = run.now;
    let visit = run.frames.get_mut(&id).and_then(Frame::visit_mut);
    let work = visit.and_then(|visit| visit.map_run.as_deref_mut());
    let Some(work) = work.filter(|work| work.reader.is_none()) else {
        return false;
    };
    let Some(record) = run.map_runs.get_mut(work.record) else {
        return false;
    };
    work.is_closed = false;
    work.running.clear();
    work.again.clear();
    work.writing = Writing::default();
    for (index, child) in record.children.iter_mut().enumerate() {
        let outcome = child.outcome.take();
        match outcome {
            Some(Outcome::Succeeded(_)) => child.outcome = outcome,
            outcome => {
                let outcome = outcome.unwrap_or(Outcome::Aborted(Failure::default()));
                record.executions.reopen(1, &outcome);
                record.items.reopen(child.items, &outcome);
                child.stopped = None;
                child.awaits_redrive = true;
                work.again.push_back(index);
            }
        }
    }
    record.status = MapRunStatus::Running;
    record.stopped = None;
    record.redrive_count += 1;
    record.redriven = Some(now);
    let details = MapRunRedrivenEventDetails {
        map_run_arn: Some(record.arn.clone()),
        redrive_count: Some(record.redrive_count),
    };
    let details = EventDetails::MapRunRedriven(details);
    run.emit(id, HistoryEventType::MapRunRedriven, Some(details));
    run.ready.push_back(Wake::Fill(id));
    true
}

/// Runs a child again: a standard one goes on where it ended, an express one from its start.
pub(super) fn start_again(run: &mut Execution, id: FrameId, map: &Map, index: usize) {
    let now = run.now;
    let Some(work) = work(run, id) else {
        return;
    };
    let (label, record) = (work.label.clone(), work.record);
    let before = run.brood.take_kept(record, index);
    let known = run.map_runs.get(record);
    let known = known.and_then(|record| record.children.get(index));
    let (Some(machine), Some(known)) = (&map.item_processor, known) else {
        return;
    };
    let (name, input) = (known.name.clone(), known.input.clone());
    let redriven = before.and_then(|mut child| child.redrive(now).ok().map(|()| *child));
    let is_redriven = redriven.is_some();
    let child = match redriven {
        Some(child) => child,
        None => {
            let options = child_options(run, map, &label, name);
            Execution::start(machine.clone(), input.into(), options, now)
        }
    };
    if let Some(record) = run.map_runs.get_mut(record)
        && let Some(known) = record.children.get_mut(index)
    {
        known.awaits_redrive = false;
        if is_redriven {
            known.redrives.push(now);
        }
        record.executions.start_again(1);
        record.items.start_again(known.items);
    }
    let child = run.adopt(child, Owner::MapRun { frame: id, index });
    if let Some(work) = super::work(run, id) {
        work.running.insert(index, child);
    }
}
