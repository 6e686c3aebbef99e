//! What went into the selected state and what came out, visit by visit.

use leptos::prelude::*;

use crate::asl::Pointer;
use crate::execution::history::Payload;
use crate::execution::projection::{Attempt, Visit};
use crate::ui::designer::status_mark::{status_class, status_icon};
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::execution::clock_text;
use crate::ui::store::ExecutionStore;
use crate::ui::widget::{Icon, JsonView};
use crate::web::messages::MapRunState;

/// More visits than this are reached through the event list.
const MOST_VISITS: usize = 60;

#[component]
pub(super) fn DataFlow(pointer: Pointer) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let own = pointer.to_string();
    let place = pointer.clone();
    let visits = memo(move || execution.history.visits_of(&pointer));
    let chosen = RwSignal::new(None::<usize>);
    let index = memo(move || {
        let last = visits.with(Vec::len).saturating_sub(1);
        chosen.get().unwrap_or(last).min(last)
    });
    let flow = move || {
        let all = visits.get();
        if all.is_empty() {
            let inside = execution.status(&place).map(|status| status.visits);
            let text = match inside {
                None => "Run to see data flow through this state".to_owned(),
                Some(0) => "This state was not reached".to_owned(),
                Some(visits) => format!(
                    "Child executions of the Map Run came here {visits} times; what went in and \
                     out stands in their own histories"
                ),
            };
            return view! { <p class="quiet">{text}</p> }.into_any();
        }
        let picker = (all.len() > 1).then(|| visit_picker(&all, index.into(), chosen));
        // The picker stays while another visit is shown, and with it the focus.
        let flow = move || {
            let visit = all.get(index.get()).cloned();
            visit.map(|visit| view! { <VisitFlow visit/> })
        };
        view! { {picker}{flow} }.into_any()
    };
    let map_runs = move || {
        let all = execution.map_runs.get();
        let own = all.iter().filter(|map_run| map_run.pointer == own);
        own.map(map_run_view).collect_view()
    };
    view! { {show(map_runs)}{show(flow)} }
}

/// How a Map Run of the state stands.
fn map_run_view(map_run: &MapRunState) -> impl IntoView + use<> {
    let items = &map_run.items;
    let rows = [
        ("Items", items.total),
        ("Succeeded", items.succeeded),
        ("Failed", items.failed),
        ("Timed out", items.timed_out),
        ("Aborted", items.aborted),
        ("Running", items.running),
        ("Pending", items.pending),
        ("Results written", items.results_written),
        ("Child executions", map_run.executions),
    ];
    let rows = rows
        .into_iter()
        .filter(|(name, count)| *count > 0 || *name == "Items");
    let rows =
        rows.map(|(name, count)| view! { <dt>{name}</dt><dd class="num">{count.to_string()}</dd> });
    view! {
        <div class="section-head"><h3>"Map Run"</h3><span class="faint">{map_run.status.to_lowercase()}</span></div>
        <dl class="facts">{rows.collect_view()}</dl>
    }
}

fn visit_picker(
    visits: &[Visit],
    index: Signal<usize>,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView + use<> {
    let buttons = visits
        .iter()
        .enumerate()
        .take(MOST_VISITS)
        .map(|(at, visit)| {
            let label = match visit.iteration {
                Some(iteration) => format!("#{iteration}"),
                None => format!("Visit {}", at + 1),
            };
            let class = format!("btn small {}", status_class(visit.status));
            view! {
                <button type="button" class=class aria-pressed=live(move || (index.get() == at).to_string()) on:click=handler(move |_| chosen.set(Some(at)))>
                    <Icon name=status_icon(visit.status) class="status-icon"/>{label}
                </button>
            }
        })
        .collect_view();
    let rest = visits.len().saturating_sub(MOST_VISITS);
    let rest = (rest > 0)
        .then(|| view! { <span class="faint">{format!("and {rest} more in the events")}</span> });
    view! { <div class="visits" role="group" aria-label="Visits of this state">{buttons}{rest}</div> }
}

#[component]
fn VisitFlow(visit: Visit) -> impl IntoView {
    let took = visit
        .exited
        .map(|(_, at)| clock_text(at.since(visit.entered.1).as_millis()));
    let many = visit.attempts.len() > 1;
    let attempts = visit
        .attempts
        .iter()
        .enumerate()
        .map(|(index, attempt)| attempt_view(index, attempt, many))
        .collect_view();
    let assigned = (!visit.assigned.is_empty()).then(|| {
        let rows = visit
            .assigned
            .iter()
            .map(|(name, value)| view! { <dt class="mono">"$"{name.to_string()}</dt><dd class="mono">{value.value().to_string()}</dd> })
            .collect_view();
        view! { <div class="section-head"><h3>"Assign"</h3></div><dl class="facts">{rows}</dl> }
    });
    view! {
        {payload("Input", "what the state was given", visit.input.as_ref())}
        {attempts}
        {assigned}
        {payload("Output", "what goes on to the next state", visit.output.as_ref())}
        {took.map(|took| view! { <p class="faint num">"Took "{took}" of virtual time"</p> })}
    }
}

fn attempt_view(index: usize, attempt: &Attempt, many: bool) -> AnyView {
    let title = if many {
        format!("Attempt {}", index + 1)
    } else {
        "Task".to_owned()
    };
    let has_data =
        attempt.parameters.is_some() || attempt.result.is_some() || attempt.failure.is_some();
    if !has_data {
        return ().into_any();
    }
    let failure = attempt.failure.as_ref().map(|failure| {
        let icon = if attempt.has_timed_out { "s-timedout" } else { "s-failed" };
        view! {
            <div class="notice is-failed is-failed"><span class="is-failed"><Icon name=icon class="status-icon"/></span><span>{failure.to_string()}</span></div>
        }
    });
    view! {
        {payload(if many { "Sent" } else { "Parameters" }, &title, attempt.parameters.as_ref())}
        {failure}
        {payload("Result", &title, attempt.result.as_ref())}
    }
    .into_any()
}

fn payload(title: &'static str, note: &str, payload: Option<&Payload>) -> Option<AnyView> {
    let value = payload?.value().clone();
    let size = value.text_len();
    let label = format!("{title}, {note}");
    Some(
        view! {
            <div class="section-head"><h3>{title}</h3><span class="faint">{note.to_owned()}</span><span class="faint num">{size}" B"</span></div>
            <JsonView value label/>
        }
        .into_any(),
    )
}
