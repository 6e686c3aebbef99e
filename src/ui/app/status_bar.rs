//! The line at the bottom: how the document and the run stand.

use leptos::prelude::*;

use crate::execution::history::HistoryEventType;
use crate::ui::command::{Command, Commands};
use crate::ui::erased::{handler, memo, show};
use crate::ui::store::documents::Standing;
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, DocumentsStore, ExecutionStore};
use crate::ui::widget::Icon;
use crate::web::documents::shelf::StorageError;

#[component]
pub(super) fn StatusBar() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let documents = expect_context::<DocumentsStore>();
    let execution = expect_context::<ExecutionStore>();
    let commands = expect_context::<Commands>();
    let errors = document.error_count();
    let is_stale = memo(move || document.analysed().drawable().is_stale);
    let is_checked = memo(move || document.checked().is_checked());
    let is_behind = memo(move || document.is_behind());
    let health = move || {
        if is_behind.get() {
            return view! { <span class="quiet"><Icon name="i-retry"/>"Checking when typing pauses"</span> }.into_any();
        }
        match (errors.get(), is_stale.get()) {
        (_, true) => view! {
            <span class="severity-error"><Icon name="i-error"/>"Syntax error: the last readable states stay drawn"</span>
        }
        .into_any(),
        (0, false) => {
            let text = if is_checked.get() { "No errors" } else { "No syntax errors" };
            view! { <span><Icon name="i-check"/>{text}</span> }.into_any()
        }
        (1, false) => view! { <span class="severity-error"><Icon name="i-error"/>"1 error, the rest is drawn"</span> }.into_any(),
        (errors, false) => {
            let text = format!("{errors} errors, the rest is drawn");
            view! { <span class="severity-error"><Icon name="i-error"/>{text}</span> }.into_any()
        }
    }
    };
    let count = memo(move || document.analysed().machine().walk().count());
    let states = move || match count.get() {
        1 => "1 state".to_owned(),
        count => format!("{count} states"),
    };
    // What is around the definition, where the text is more than that.
    let around = move || {
        let shell = document.analysed().shell().cloned()?;
        let place = shell.names.iter().position(|name| *name == shell.name);
        let place = place.filter(|_| shell.names.len() > 1).map(|place| {
            let count = shell.names.len();
            format!(", {} of {count} state machines there", place + 1)
        });
        let place = place.unwrap_or_default();
        let text = format!("{} in {}{place}", shell.name, shell.host.title());
        Some(view! { <span class="wide truncate" id="around">{text}</span> })
    };
    let size = move || {
        format!(
            "{:.1} kB of 1 MB",
            document.get().text().len() as f64 / 1000.0
        )
    };
    let saved = move || match documents.standing() {
        Standing::Saved => "Saved on this device",
        Standing::Saving => "Saving…",
        Standing::Elsewhere => "Saved by another tab",
        Standing::OnlyThis => "Only this document is kept",
        Standing::Unsaved(StorageError::Full) => "Not saved: this device's storage is full",
        Standing::Unsaved(StorageError::Unavailable(_)) => {
            "Not saved: this browser forbids storage"
        }
    };
    view! {
        <footer class="status-bar">
            {health}
            <span class="num">{states}</span>
            {around}
            <span class="num wide">{size}</span>
            <span role="status" id="run-status">{show(move || run_status(execution))}</span>
            <span class="grow"></span>
            <span class="wide" id="saved">{saved}</span>
            <button type="button" class="wide" on:click=handler(move |_| commands.act(Command::Commands))>
                <kbd>{commands.key(Command::Commands)}</kbd>"Commands"
            </button>
        </footer>
    }
}

/// How the run stands, in a sentence that is read out.
pub(super) fn run_status(execution: ExecutionStore) -> String {
    let count = execution.history.count();
    match execution.phase.get() {
        Phase::Idle => String::new(),
        Phase::Running => format!("Running, {count} events{}", items_so_far(execution)),
        Phase::Pending(tasks) => {
            let names: Vec<&str> = tasks.iter().map(|task| task.state.as_str()).collect();
            format!("Waiting for the result of {}", names.join(", "))
        }
        Phase::Ended => {
            let word = match execution.history.end() {
                Some(HistoryEventType::ExecutionSucceeded) => "Execution succeeded",
                Some(HistoryEventType::ExecutionFailed) => "Execution failed",
                Some(HistoryEventType::ExecutionTimedOut) => "Execution timed out",
                Some(HistoryEventType::ExecutionAborted) => "Execution aborted",
                _ => "The run ended early",
            };
            format!("{word} after {count} events")
        }
    }
}

/// How far the Map Runs of a run have come.
fn items_so_far(execution: ExecutionStore) -> String {
    let (mut done, mut total) = (0, 0);
    execution.map_runs.with(|map_runs| {
        for map_run in map_runs {
            let items = &map_run.items;
            done += items.succeeded + items.failed + items.timed_out + items.aborted;
            total += items.total;
        }
    });
    match total {
        0 => String::new(),
        total => format!(", {done} of {total} items"),
    }
}
