//! The history as a table, with the outcome above and the chosen event below.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::event_list::EventList;
use super::keep::{KeepAnswers, StepNotice};
use super::pending::Pending;
use crate::execution::history::{EventId, EventPhase, HistoryEvent, HistoryEventType};
use crate::source::json::{Value, Wire};
use crate::ui::erased::{derive, handler, live, memo, show};
use crate::ui::store::execution::Phase;
use crate::ui::store::layout::SideView;
use crate::ui::store::panes::WindowClass;
use crate::ui::store::{ExecutionStore, LayoutStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, JsonView};

/// Height of a row in px, as in `style/panels.css`: a finger needs more than a pointer.
fn row_height(class: WindowClass) -> f64 {
    if class == WindowClass::Phone {
        44.0
    } else {
        24.0
    }
}

/// Everything about the run that is told by events.
#[component]
pub fn Events() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let selection = expect_context::<SelectionStore>();
    let layout = expect_context::<LayoutStore>();
    let history = execution.history;
    let count = derive(move || history.count());
    let chosen = derive(move || history.cursor().map(|shown| shown.saturating_sub(1)));
    let choose = move |index: usize| {
        history.look_at(Some(index + 1));
        let pointer = history.whole_trace_untracked(|trace| {
            trace
                .owner(EventId(index as u64 + 1))
                .and_then(|visit| visit.pointer.clone())
        });
        if pointer.is_some() {
            selection.select(pointer, Origin::Panel);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let at = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" => at.map_or(0, |at| (at + 1).min(last)),
            "ArrowUp" => at.map_or(last, |at| at.saturating_sub(1)),
            "PageDown" => (at.unwrap_or(0) + 20).min(last),
            "PageUp" => at.unwrap_or(0).saturating_sub(20),
            "Home" => 0,
            "End" => last,
            "Escape" => return history.look_at(None),
            _ => return,
        };
        event.prevent_default();
        if count.get_untracked() > 0 {
            choose(to);
        }
    };
    let row = move |index: usize| event_row(execution, index, choose);
    view! {
        <Outcome/>
        <KeepAnswers/>
        <StepNotice place=SideView::Events/>
        <PendingTasks/>
        {show(move || (count.get() > 0).then(|| view! {
            <div class="event is-head" aria-hidden="true">
                <span>"ID"</span><span>"Type"</span><span>"State"</span>
                <span class="right">"Time"</span><span class="right">"Prev."</span>
            </div>
        }))}
        <div class="events" on:keydown=handler(on_key)>
            <EventList count chosen row_height=derive(move || row_height(layout.class())) row/>
        </div>
        <Detail/>
    }
}

fn event_row(
    execution: ExecutionStore,
    index: usize,
    choose: impl Fn(usize) + Copy + Send + 'static,
) -> AnyView {
    let history = execution.history;
    let Some(event) = history.with_untracked(|events| events.get(index).cloned()) else {
        return ().into_any();
    };
    let start = history.with_untracked(|events| events.first().map(|first| first.timestamp));
    let elapsed = event.timestamp.since(start.unwrap_or(event.timestamp));
    let state = history.whole_trace_untracked(|trace| {
        trace.owner(event.id).map(|visit| match visit.iteration {
            Some(iteration) => format!("{} #{iteration}", visit.name),
            None => visit.name.to_string(),
        })
    });
    let mark = mark(&event).map(|(icon, class)| {
        view! { <span class=class><Icon name=icon class="status-icon"/></span> }
    });
    view! {
        <div
            class="event" role="option" id=format!("event-{index}")
            aria-selected=live(move || (history.cursor() == Some(index + 1)).to_string())
            on:click=handler(move |_| choose(index))
        >
            <span class="num faint">{event.id.to_string()}</span>
            <span class="kind"><span class="truncate">{event.event_type.as_str()}</span>{mark}</span>
            <span class="quiet" title=state.clone()>{state.clone()}</span>
            <span class="num right">{clock_text(elapsed.as_millis())}</span>
            <span class="num faint right">{event.previous_event_id.to_string()}</span>
        </div>
    }
    .into_any()
}

/// A glyph for events that tell an end.
fn mark(event: &HistoryEvent) -> Option<(&'static str, &'static str)> {
    match event.event_type.phase() {
        EventPhase::TaskFailed
        | EventPhase::ContainerFailed
        | EventPhase::IterationFailed
        | EventPhase::Evaluation => Some(("s-failed", "is-failed")),
        EventPhase::TaskTimedOut => Some(("s-timedout", "is-timedout")),
        EventPhase::StateAborted | EventPhase::IterationAborted => {
            Some(("s-aborted", "is-aborted"))
        }
        EventPhase::Execution => end_mark(event.event_type),
        EventPhase::StateEntered
        | EventPhase::StateExited
        | EventPhase::TaskScheduled
        | EventPhase::TaskProgress
        | EventPhase::TaskSucceeded
        | EventPhase::ContainerStarted
        | EventPhase::ContainerSucceeded
        | EventPhase::IterationStarted
        | EventPhase::IterationSucceeded
        | EventPhase::MapRun => None,
    }
}

fn end_mark(event_type: HistoryEventType) -> Option<(&'static str, &'static str)> {
    match event_type {
        HistoryEventType::ExecutionSucceeded => Some(("s-succeeded", "is-succeeded")),
        HistoryEventType::ExecutionFailed => Some(("s-failed", "is-failed")),
        HistoryEventType::ExecutionTimedOut => Some(("s-timedout", "is-timedout")),
        HistoryEventType::ExecutionAborted => Some(("s-aborted", "is-aborted")),
        _ => None,
    }
}

/// `1:02:03.004`, without leading zero hours and minutes.
pub(crate) fn clock_text(millis: u128) -> String {
    let (seconds, millis) = (millis / 1000, millis % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}.{millis:03} s"),
        (0, _) => format!("{minutes}:{seconds:02}.{millis:03}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}"),
    }
}

/// How the run ended, or why it did not start.
#[component]
fn Outcome() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let end = memo(move || {
        let details = |events: &[HistoryEvent]| events.last().and_then(|last| last.details.clone());
        execution.history.end().zip(execution.history.with(details))
    });
    let fault = move || {
        execution.fault.get().map(|fault| {
            view! { <p class="notice is-failed" role="alert"><span class="severity-error"><Icon name="i-error"/></span>{fault}</p> }
        })
    };
    let outcome = move || {
        end.get().map(|(event_type, details)| {
            let (icon, class) = end_mark(event_type).unwrap_or(("s-succeeded", "is-succeeded"));
            let word = event_type.as_str().trim_start_matches("Execution");
            let output = details.output().map(|output| {
                view! { <JsonView value=output.value().clone() label="Output of the execution"/> }
            });
            let failure = details.failure().map(|failure| view! { <p>{failure.to_string()}</p> });
            view! {
                <section class="outcome" aria-label="Outcome">
                    <div class="row"><span class=format!("pill {class}")><Icon name=icon/>{word}</span></div>
                    {failure}
                    {output}
                </section>
            }
        })
    };
    let empty = move || {
        let is_empty =
            execution.phase.get() == Phase::Idle && execution.fault.with(Option::is_none);
        is_empty.then(|| view! { <p class="empty">"Run to see it here"</p> })
    };
    view! { {fault}{outcome}{empty} }
}

#[component]
fn PendingTasks() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let pending = memo(move || match execution.phase.get() {
        Phase::Pending(tasks) => tasks,
        Phase::Idle | Phase::Running | Phase::Ended => Vec::new(),
    });
    move || {
        let tasks = pending.get();
        let others = tasks.len().saturating_sub(1);
        tasks
            .into_iter()
            .next()
            .map(|task| view! { <Pending task others/> })
    }
}

/// The details of the chosen event.
#[component]
fn Detail() -> impl IntoView {
    let history = expect_context::<ExecutionStore>().history;
    move || {
        let shown = history.cursor()?;
        let event = history.with_untracked(|events| events.get(shown.checked_sub(1)?).cloned())?;
        let title = format!("{} {}", event.id, event.event_type);
        let value = readable(&event.to_value());
        Some(view! {
            <section class="event-detail" aria-label="Chosen event">
                <div class="section-head">
                    <h2>{title.clone()}</h2>
                    <button type="button" class="btn ghost small" on:click=handler(move |_| history.look_at(None))>"Show the end"</button>
                </div>
                <JsonView value label=format!("Event {title}")/>
            </section>
        })
    }
}

/// The event with JSON texts unfolded, so that they can be read.
fn readable(event: &Value) -> Value {
    let Some(members) = event.as_object() else {
        return event.clone();
    };
    members
        .iter()
        .map(|(name, value)| {
            let unfolded = match (value, value.as_str()) {
                (_, Some(text)) if text.starts_with(['{', '[']) => {
                    Value::parse(text).unwrap_or_else(|_| value.clone())
                }
                (Value::Object(_), _) => readable(value),
                _ => value.clone(),
            };
            (name.clone(), unfolded)
        })
        .collect::<crate::source::json::Object>()
        .into()
}
