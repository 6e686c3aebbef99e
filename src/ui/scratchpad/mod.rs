//! Any expression, tried out against a value of the last run: what a state was given, what
//! its task sent and answered, what it passed on.

mod answer;

use leptos::prelude::*;

use crate::asl::{Pointer, QueryLanguage};
use crate::execution::projection::{Trace, Visit};
use crate::ui::erased::{derive, effect, handler, live, memo, show};
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, ExecutionStore, SelectionStore};
use crate::ui::widget::{Choice, Select};
use crate::web::messages::Shown;
use answer::Answer;

/// Earlier visits than these are not offered.
const MOST_VISITS: usize = 100;

/// What there is to look at: the visits of the selected state, or the execution itself.
#[derive(Clone, Default, PartialEq)]
struct Place {
    /// The name of the state.
    state: Option<String>,
    /// Its visits: the event that began each, its number in the history, and whether a task
    /// was called.
    visits: Vec<Stop>,
}

#[derive(Clone, Copy, PartialEq)]
struct Stop {
    entered: u64,
    number: usize,
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
    let chosen = RwSignal::new(None::<usize>);
    // A choice among the visits of one state says nothing about those of another.
    let state = memo(move || place.with(|place| place.state.clone()));
    effect(move || {
        state.track();
        chosen.set(None);
    });
    let stop = memo(move || {
        place.with(|place| {
            let mut stops = place.visits.iter();
            let picked = stops.find(|stop| Some(stop.number) == chosen.get());
            picked.or(place.visits.last()).copied()
        })
    });
    let is_jsonata = memo(move || {
        pad.is_jsonata.get().unwrap_or_else(|| {
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
        pad.shown.track();
        execution.history.count();
        let visit = stop.get().map(|stop| stop.entered);
        let is_jsonata = is_jsonata.get();
        // The values of a run that goes on change many times a second.
        if execution
            .phase
            .with(|phase| !matches!(phase, Phase::Running))
        {
            execution.try_out(is_jsonata, visit);
        }
    });

    let languages = || {
        let word = |value: &str, word: &str| (value.to_owned(), word.to_owned());
        vec![word("jsonata", "JSONata"), word("jsonpath", "JSONPath")]
    };
    let language = move || {
        if is_jsonata.get() {
            "jsonata"
        } else {
            "jsonpath"
        }
        .to_owned()
    };
    let visits = move || {
        let number = |stop: &Stop| (stop.number.to_string(), stop.number.to_string());
        place.with(|place| place.visits.iter().map(number).collect::<Vec<Choice>>())
    };
    let visit = move || {
        stop.get()
            .map(|stop| stop.number.to_string())
            .unwrap_or_default()
    };
    let values = move || match (execution.is_shown(), state.get()) {
        (false, _) => vec![(String::new(), "none before a run".to_owned())],
        (true, None) => values(None, "the execution"),
        (true, Some(state)) => values(stop.get(), &state),
    };
    let value = move || key(pad.shown.get()).to_owned();
    view! {
        <div class="scratchpad">
            <div class="scratchpad-head">
                <Select
                    id="scratchpad-language" label="Language"
                    choices=derive(languages) chosen=derive(language)
                    choose=Callback::new(move |value: String| pad.is_jsonata.set(Some(value == "jsonata")))
                />
                <Select
                    id="scratchpad-value" label="Value"
                    choices=derive(values) chosen=derive(value)
                    choose=Callback::new(move |value: String| pad.shown.set(of_key(&value)))
                />
                {show(move || place.with(|place| place.visits.len() > 1).then(|| view! {
                    <Select
                        id="scratchpad-visit" label="Visit"
                        choices=derive(visits) chosen=derive(visit)
                        choose=Callback::new(move |value: String| chosen.set(value.parse().ok()))
                    />
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

fn place(trace: &Trace, pointer: &Pointer) -> Place {
    let visits: Vec<&Visit> = trace.visits_of(pointer).collect();
    let first = visits.len().saturating_sub(MOST_VISITS);
    Place {
        state: visits.first().map(|visit| visit.name.to_string()),
        visits: visits
            .iter()
            .enumerate()
            .skip(first)
            .map(|(at, visit)| Stop {
                entered: visit.entered.0.0,
                number: at + 1,
                has_call: visit
                    .attempts
                    .iter()
                    .any(|attempt| attempt.parameters.is_some() || attempt.result.is_some()),
            })
            .collect(),
    }
}

/// What `$` may show at a visit, or of the execution: of `whose`.
fn values(stop: Option<Stop>, whose: &str) -> Vec<Choice> {
    let has_call = stop.is_some_and(|stop| stop.has_call);
    let all = [
        (Shown::Input, "Input", true),
        (Shown::Parameters, "Call", has_call),
        (Shown::Result, "Result", has_call),
        (Shown::Output, "Output", true),
    ];
    let there = all.into_iter().filter(|(.., is_there)| *is_there);
    there
        .map(|(shown, word, _)| (key(shown).to_owned(), format!("{word} of {whose}")))
        .collect()
}

fn key(shown: Shown) -> &'static str {
    match shown {
        Shown::Input => "input",
        Shown::Parameters => "parameters",
        Shown::Result => "result",
        Shown::Output => "output",
    }
}

fn of_key(text: &str) -> Shown {
    let all = [
        Shown::Parameters,
        Shown::Result,
        Shown::Output,
        Shown::Input,
    ];
    let found = all.into_iter().find(|shown| key(*shown) == text);
    found.unwrap_or(Shown::Input)
}
