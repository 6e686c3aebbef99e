//! Any expression, tried out against a value of the last run: what a state was given, what
//! its task sent and answered, what it passed on.

mod answer;

use leptos::prelude::*;

use crate::asl::QueryLanguage;
use crate::execution::projection::Visit;
use crate::ui::erased::{effect, handler, live, memo, show};
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, ExecutionStore, SelectionStore};
use crate::ui::widget::{Choices, Select};
use crate::web::messages::Shown;
use answer::Answer;

/// Earlier visits than these are not offered.
const MOST_VISITS: usize = 100;

/// The scratchpad.
#[component]
pub fn Scratchpad() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let pad = execution.scratchpad;

    // Of the selected state; without any, the execution itself is looked at.
    let visits = memo(move || match selection.pointer() {
        Some(pointer) if execution.is_shown() => execution.history.visits_of(&pointer),
        _ => Vec::new(),
    });
    // By its event, which no visit of another state has.
    let chosen = RwSignal::new(None::<usize>);
    let current = move || visits.with(|visits| picked(visits, chosen.get()).map(entered));
    let is_jsonata = memo(move || {
        pad.choice.get().is_jsonata.unwrap_or_else(|| {
            let document = document.analysed();
            let machine = document.machine();
            let pointer = selection.pointer();
            let state = pointer.and_then(|pointer| machine.find(&pointer));
            let language = state.map_or(machine.query_language, |state| state.query_language);
            language == QueryLanguage::Jsonata
        })
    });
    effect(move || {
        pad.expression.track();
        pad.choice.track();
        execution.history.count();
        let visit = current().map(|entered| entered as u64);
        let is_jsonata = is_jsonata.get();
        // The values of a run that goes on change many times a second.
        if execution
            .phase
            .with(|phase| !matches!(phase, Phase::Running))
        {
            execution.try_out(is_jsonata, visit);
        }
    });

    let languages = move || Choices {
        chosen: if is_jsonata.get() {
            "jsonata"
        } else {
            "jsonpath"
        }
        .to_owned(),
        all: [("jsonata", "JSONata"), ("jsonpath", "JSONPath")]
            .map(|(value, word)| (value.to_owned(), word.to_owned()))
            .into(),
    };
    let values = move || Choices {
        chosen: key(pad.choice.get().shown),
        all: visits.with(
            |visits| match (execution.is_shown(), picked(visits, chosen.get())) {
                (false, _) => vec![(String::new(), "none before a run".to_owned())],
                (true, None) => values(false, "the execution"),
                (true, Some(visit)) => values(has_call(visit), &visit.name),
            },
        ),
    };
    let numbers = move || Choices {
        chosen: current().unwrap_or_default().to_string(),
        all: visits.with(|visits| {
            let first = visits.len().saturating_sub(MOST_VISITS);
            let visits = visits.iter().enumerate().skip(first);
            visits
                .map(|(at, visit)| (entered(visit).to_string(), (at + 1).to_string()))
                .collect()
        }),
    };
    view! {
        <div class="scratchpad">
            <div class="scratchpad-head">
                {field("scratchpad-language", "Language", Box::new(languages), Callback::new(move |value| {
                    pad.choice.update(|choice| choice.is_jsonata = Some(value == "jsonata"));
                }))}
                {field("scratchpad-value", "Value", Box::new(values), Callback::new(move |value: String| {
                    pad.choice.update(|choice| choice.shown = of_key(&value));
                }))}
                {show(move || visits.with(|visits| visits.len() > 1).then(|| {
                    field("scratchpad-visit", "Visit", Box::new(numbers), Callback::new(move |value: String| {
                        chosen.set(value.parse().ok());
                    }))
                }))}
            </div>
            <div class="field">
                <label for="scratchpad-expression">"Expression"</label>
                <textarea
                    id="scratchpad-expression" class="input" rows="2"
                    spellcheck="false" autocomplete="off" aria-describedby="scratchpad-answer"
                    prop:value=live(move || pad.expression.get())
                    on:input=handler(move |event| pad.expression.set(event_target_value(&event)))
                ></textarea>
            </div>
            <div id="scratchpad-answer" class="scratchpad-answer"><Answer is_jsonata/></div>
        </div>
    }
}

/// A choice with its label.
fn field(
    id: &'static str,
    label: &'static str,
    choices: Box<dyn Fn() -> Choices + Send>,
    choose: Callback<String>,
) -> AnyView {
    view! { <div class="field"><label for=id>{label}</label><Select id name=None choices choose/></div> }
        .into_any()
}

/// The chosen visit, or the last one.
fn picked(visits: &[Visit], chosen: Option<usize>) -> Option<&Visit> {
    let mut all = visits.iter();
    let picked = all.find(|visit| Some(entered(visit)) == chosen);
    picked.or(visits.last())
}

/// The event that began a visit.
fn entered(visit: &Visit) -> usize {
    visit.entered.0.0 as usize
}

/// Whether a task was called.
fn has_call(visit: &Visit) -> bool {
    let mut attempts = visit.attempts.iter();
    attempts.any(|attempt| attempt.parameters.is_some() || attempt.result.is_some())
}

const VALUES: [(Shown, &str); 4] = [
    (Shown::Input, "Input of "),
    (Shown::Parameters, "Call of "),
    (Shown::Result, "Result of "),
    (Shown::Output, "Output of "),
];

/// What `$` may show at a visit, or of the execution: of `whose`.
fn values(has_call: bool, whose: &str) -> Vec<(String, String)> {
    let is_there = |shown| has_call || matches!(shown, Shown::Input | Shown::Output);
    let there = VALUES.iter().filter(|(shown, _)| is_there(*shown));
    there
        .map(|(shown, word)| (key(*shown), [word, whose].concat()))
        .collect()
}

fn key(shown: Shown) -> String {
    (shown as usize).to_string()
}

fn of_key(text: &str) -> Shown {
    let mut values = VALUES.iter().map(|(shown, _)| *shown);
    values
        .find(|shown| key(*shown) == text)
        .unwrap_or(Shown::Input)
}
