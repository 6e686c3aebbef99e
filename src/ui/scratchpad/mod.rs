//! Any expression, tried out against a value of the last run: what a state was given, what
//! its task sent and answered, what it passed on.

mod answer;

use leptos::prelude::*;

use crate::asl::{Pointer, QueryLanguage};
use crate::execution::projection::{Trace, Visit};
use crate::ui::erased::{effect, handler, live, memo, show};
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, ExecutionStore, SelectionStore};
use crate::ui::widget::{Choices, Select};
use crate::web::messages::Shown;
use answer::Answer;

/// Earlier visits than these are not offered.
const MOST_VISITS: usize = 100;

/// What there is to look at: the visits of the selected state, or the execution itself where
/// there are none.
#[derive(Clone, Default, PartialEq)]
struct Place {
    /// The name of the state.
    state: String,
    /// Its latest visits.
    visits: Vec<Stop>,
}

#[derive(Clone, Copy, PartialEq)]
struct Stop {
    /// The event that began the visit.
    entered: usize,
    /// Which of the visits it is, from 1.
    number: usize,
    /// Whether a task was called.
    has_call: bool,
}

/// The scratchpad.
#[component]
pub fn Scratchpad() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let pad = execution.scratchpad;

    let place = memo(move || match selection.pointer() {
        Some(pointer) if execution.is_shown() => {
            execution.history.trace(|trace| place(trace, &pointer))
        }
        _ => Place::default(),
    });
    // By its event, which no visit of another state has.
    let chosen = RwSignal::new(None::<usize>);
    let stop = move || place.with(|place| place.stop(chosen.get()));
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
        let visit = stop().map(|stop| stop.entered as u64);
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
        chosen: key(pad.choice.get().shown).to_owned(),
        all: match (execution.is_shown(), stop()) {
            (false, _) => vec![(String::new(), "none before a run".to_owned())],
            (true, None) => values(false, "the execution"),
            (true, Some(stop)) => place.with(|place| values(stop.has_call, &place.state)),
        },
    };
    let visits = move || Choices {
        chosen: stop()
            .map(|stop| stop.entered.to_string())
            .unwrap_or_default(),
        all: place.with(|place| {
            let visits = place.visits.iter();
            visits
                .map(|stop| (stop.entered.to_string(), stop.number.to_string()))
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
                {show(move || place.with(|place| place.visits.len() > 1).then(|| {
                    field("scratchpad-visit", "Visit", Box::new(visits), Callback::new(move |value: String| {
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

impl Place {
    /// The chosen visit, or the last one.
    fn stop(&self, chosen: Option<usize>) -> Option<Stop> {
        let mut stops = self.visits.iter();
        let picked = stops.find(|stop| Some(stop.entered) == chosen);
        picked.or(self.visits.last()).copied()
    }
}

fn place(trace: &Trace, pointer: &Pointer) -> Place {
    let visits: Vec<&Visit> = trace.visits_of(pointer).collect();
    let first = visits.len().saturating_sub(MOST_VISITS);
    let has_call = |visit: &Visit| {
        let mut attempts = visit.attempts.iter();
        attempts.any(|attempt| attempt.parameters.is_some() || attempt.result.is_some())
    };
    let stop = |(at, visit): (usize, &&Visit)| Stop {
        entered: visit.entered.0.0 as usize,
        number: at + 1,
        has_call: has_call(visit),
    };
    Place {
        state: visits
            .first()
            .map(|visit| visit.name.to_string())
            .unwrap_or_default(),
        visits: visits.iter().enumerate().skip(first).map(stop).collect(),
    }
}

const VALUES: [(Shown, &str, &str); 4] = [
    (Shown::Input, "input", "Input of "),
    (Shown::Parameters, "parameters", "Call of "),
    (Shown::Result, "result", "Result of "),
    (Shown::Output, "output", "Output of "),
];

/// What `$` may show at a visit, or of the execution: of `whose`.
fn values(has_call: bool, whose: &str) -> Vec<(String, String)> {
    let is_there = |shown| has_call || matches!(shown, Shown::Input | Shown::Output);
    let there = VALUES.iter().filter(|(shown, ..)| is_there(*shown));
    there
        .map(|(_, key, word)| ((*key).to_owned(), [word, whose].concat()))
        .collect()
}

fn key(shown: Shown) -> &'static str {
    let mut values = VALUES.iter();
    let found = values.find(|(other, ..)| *other == shown);
    found.map_or("", |(_, key, _)| key)
}

fn of_key(text: &str) -> Shown {
    let mut values = VALUES.iter();
    let found = values.find(|(_, key, _)| *key == text);
    found.map_or(Shown::Input, |(shown, ..)| *shown)
}
