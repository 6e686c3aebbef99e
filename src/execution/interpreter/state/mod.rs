//! What states do, one file per type, and what a Parallel or Map state does when a
//! branch or iteration ends.

pub(super) mod choice;
mod compare;
pub(super) mod distributed;
pub(super) mod fail;
pub(super) mod item_batcher;
pub(super) mod item_reader;
pub(super) mod map;
pub(super) mod parallel;
pub(super) mod pass;
mod result_writer;
pub(super) mod succeed;
pub(super) mod task;
pub(super) mod task_event;
pub(super) mod wait;

pub use compare::holds;

use super::execution::Execution;
use super::fault::Fault;
use super::frame::{Children, Frame, FrameId, Parent};
use crate::asl::{State, StateKind};
use crate::execution::history::{
    EventDetails, EventId, HistoryEventType, MapIterationEventDetails,
};
use crate::source::json::Value;

/// A branch or iteration ended well; `last` is its last event.
pub(super) fn child_succeeded(
    run: &mut Execution,
    parent: Parent,
    state: &State,
    last: EventId,
    output: Value,
) -> Result<(), Fault> {
    let Some(children) = children(run, parent.frame) else {
        return Ok(());
    };
    children.running.remove(&parent.index);
    children.done += 1;
    if let Some(place) = children.results.get_mut(parent.index) {
        *place = Some(output);
    }
    let is_done = children.done == children.results.len();
    run.follow(parent.frame, last);
    match &state.kind {
        StateKind::Map(map) => {
            let id = emit_iteration(run, parent.frame, state, parent.index, Iteration::Succeeded);
            if !is_done {
                // Learned from recordings: the next iteration follows the last event inside
                // the one that made room.
                return map::fill(run, parent.frame, state, map);
            }
            run.follow(parent.frame, id);
            map::finish(run, parent.frame, state)
        }
        StateKind::Parallel(_) if is_done => parallel::finish(run, parent.frame, state),
        _ => Ok(()),
    }
}

/// A branch or iteration ended with an error: cuts the others short and leaves the
/// events that tell so.
pub(super) fn child_failed(run: &mut Execution, parent: Parent, state: &State, last: EventId) {
    let Some(children) = children(run, parent.frame) else {
        return;
    };
    let running = std::mem::take(&mut children.running);
    for (index, child) in running {
        if index != parent.index {
            let last = run.last_of(child);
            run.abort(child);
            child_aborted(run, state, index, last);
        }
    }
    run.follow(parent.frame, last);
    if matches!(state.kind, StateKind::Map(_)) {
        emit_iteration(run, parent.frame, state, parent.index, Iteration::Failed);
    }
}

/// A branch or iteration was cut short.
pub(super) fn child_aborted(run: &mut Execution, state: &State, index: usize, last: EventId) {
    if matches!(state.kind, StateKind::Map(_)) {
        let details = iteration_details(state, index, Iteration::Aborted);
        run.record(HistoryEventType::MapIterationAborted, last, Some(details));
    }
}

/// The event of a Parallel or Map state that gives up.
pub(super) fn container_failed(run: &mut Execution, id: FrameId, state: &State) {
    match state.kind {
        StateKind::Parallel(_) => run.emit(id, HistoryEventType::ParallelStateFailed, None),
        StateKind::Map(_) => run.emit(id, HistoryEventType::MapStateFailed, None),
        StateKind::Task(_)
        | StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Unknown { .. } => {}
    }
}

/// What happened to an iteration.
#[derive(Clone, Copy)]
enum Iteration {
    Started,
    Succeeded,
    Failed,
    Aborted,
}

fn iteration_details(state: &State, index: usize, what: Iteration) -> EventDetails {
    let details = MapIterationEventDetails {
        name: Some(state.name.clone()),
        index: Some(index as u64),
    };
    match what {
        Iteration::Started => EventDetails::MapIterationStarted(details),
        Iteration::Succeeded => EventDetails::MapIterationSucceeded(details),
        Iteration::Failed => EventDetails::MapIterationFailed(details),
        Iteration::Aborted => EventDetails::MapIterationAborted(details),
    }
}

fn emit_iteration(
    run: &mut Execution,
    id: FrameId,
    state: &State,
    index: usize,
    what: Iteration,
) -> EventId {
    let event_type = match what {
        Iteration::Started => HistoryEventType::MapIterationStarted,
        Iteration::Succeeded => HistoryEventType::MapIterationSucceeded,
        Iteration::Failed => HistoryEventType::MapIterationFailed,
        Iteration::Aborted => HistoryEventType::MapIterationAborted,
    };
    run.emit_aside(id, event_type, Some(iteration_details(state, index, what)))
}

fn children(run: &mut Execution, id: FrameId) -> Option<&mut Children> {
    run.frames
        .get_mut(&id)
        .and_then(Frame::visit_mut)?
        .children
        .as_deref_mut()
}

/// Takes the results of all branches or iterations, as an array.
fn take_results(run: &mut Execution, id: FrameId) -> Value {
    let visit = run.frames.get_mut(&id).and_then(Frame::visit_mut);
    let children = visit.and_then(|visit| visit.children.take());
    let results = children
        .map(|children| children.results)
        .unwrap_or_default();
    results.into_iter().map(Option::unwrap_or_default).collect()
}
