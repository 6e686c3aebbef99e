//! The table of events: one row each, with the state it belongs to and what counts.

use std::sync::Arc;
use std::time::Duration;

use super::trace::Trace;
use crate::asl::Pointer;
use crate::execution::history::{
    EventDetails, EventId, HistoryEvent, HistoryEventType, MapRunRedrivenEventDetails,
    MapRunStartedEventDetails,
};

/// Characters of a payload that a summary shows.
const SUMMARY_LEN: usize = 120;

/// One event for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number.
    pub id: EventId,
    /// The event it follows.
    pub previous: EventId,
    /// Its type.
    pub event_type: HistoryEventType,
    /// The state it belongs to; none for events of the execution.
    pub state: Option<Arc<str>>,
    /// Where that state stands in the definition.
    pub pointer: Option<Pointer>,
    /// The iteration of the Map state around it.
    pub iteration: Option<u64>,
    /// Time since the first event.
    pub elapsed: Duration,
    /// What counts, in one line: the failure, or the beginning of the payload.
    pub summary: String,
}

/// The rows of a history; `trace` must be that of the same events.
pub fn table(trace: &Trace, events: &[HistoryEvent]) -> Vec<Row> {
    let start = events
        .first()
        .map(|event| event.timestamp)
        .unwrap_or_default();
    let row = |event: &HistoryEvent| {
        let owner = trace.owner(event.id);
        Row {
            id: event.id,
            previous: event.previous_event_id,
            event_type: event.event_type,
            state: owner.map(|visit| visit.name.clone()),
            pointer: owner.and_then(|visit| visit.pointer.clone()),
            iteration: owner.and_then(|visit| visit.iteration),
            elapsed: event.timestamp.since(start),
            summary: event.details.as_ref().map(summary).unwrap_or_default(),
        }
    };
    events.iter().map(row).collect()
}

/// What counts of an event's details, in one line.
pub fn summary(details: &EventDetails) -> String {
    if let Some(failure) = details.failure() {
        return match failure.is_empty() {
            true => String::new(),
            false => shorten(&failure.to_string()),
        };
    }
    match details {
        EventDetails::MapStateStarted(details) => match details.length {
            Some(1) => "1 item".to_owned(),
            Some(length) => format!("{length} items"),
            None => String::new(),
        },
        EventDetails::MapIterationStarted(details)
        | EventDetails::MapIterationSucceeded(details)
        | EventDetails::MapIterationFailed(details)
        | EventDetails::MapIterationAborted(details) => details
            .index
            .map(|index| format!("iteration {index}"))
            .unwrap_or_default(),
        EventDetails::ActivityStarted(details) => details
            .worker_name
            .as_deref()
            .unwrap_or_default()
            .to_owned(),
        EventDetails::MapRunStarted(MapRunStartedEventDetails { map_run_arn, .. })
        | EventDetails::MapRunRedriven(MapRunRedrivenEventDetails { map_run_arn, .. }) => {
            map_run_arn.as_deref().unwrap_or_default().to_owned()
        }
        _ => {
            let payload = details.output().or_else(|| details.input());
            payload
                .map(|payload| shorten(&payload.text()))
                .unwrap_or_default()
        }
    }
}

fn shorten(text: &str) -> String {
    let mut short = String::with_capacity(SUMMARY_LEN);
    for (count, char) in text.chars().enumerate() {
        if count == SUMMARY_LEN {
            short.push('…');
            break;
        }
        short.push(if char.is_control() { ' ' } else { char });
    }
    short
}
