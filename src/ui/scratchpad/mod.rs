//! Any expression, tried out against a value of the last run: what a state was given, what
//! its task sent and answered, what it passed on.

mod answer;

use leptos::prelude::*;

use crate::asl::{Pointer, QueryLanguage};
use crate::execution::projection::{Trace, Visit};
use crate::ui::erased::{effect, handler, live, memo, show};
use crate::ui::store::execution::Phase;
use crate::ui::store::{DocumentStore, ExecutionStore, SelectionStore};
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

    let hint = move || match is_jsonata.get() {
        true => {
            "$ is this value; $states and the variables are those of the same moment. \
             In a definition only $states and variables are there."
        }
        false => {
            "$ is this value, $$ the context object, $name a variable. \
             States.Format(…) and the other intrinsic functions work too."
        }
    };
    view! {
        <div class="scratchpad">
            <div class="scratchpad-head">
                <div class="field">
                    <label for="scratchpad-language">"Language"</label>
                    <select
                        id="scratchpad-language" class="input"
                        on:change=handler(move |event| pad.is_jsonata.set(Some(event_target_value(&event) == "jsonata")))
                    >
                        <option value="jsonata" prop:selected=live(move || is_jsonata.get())>"JSONata"</option>
                        <option value="jsonpath" prop:selected=live(move || !is_jsonata.get())>"JSONPath"</option>
                    </select>
                </div>
                <Value place stop/>
                {show(move || place.with(|place| place.visits.len() > 1).then(|| view! { <VisitOf place stop chosen/> }))}
            </div>
            <div class="field">
                <label for="scratchpad-expression">"Expression"<span class="faint">{show(hint)}</span></label>
                <textarea
                    id="scratchpad-expression" class="input" rows="3"
                    spellcheck="false" autocomplete="off" aria-describedby="scratchpad-answer"
                    prop:value=live(move || pad.expression.get())
                    on:input=handler(move |event| pad.expression.set(event_target_value(&event)))
                ></textarea>
            </div>
            <div id="scratchpad-answer" class="scratchpad-answer"><Answer/></div>
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

/// The choice of what `$` shows.
#[component]
fn Value(place: Memo<Place>, stop: Memo<Option<Stop>>) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let shown = execution.scratchpad.shown;
    let whose = move || match (place.with(|place| place.state.clone()), stop.get()) {
        (Some(state), Some(_)) => format!("of {state}"),
        _ if execution.is_shown() => "of the execution".to_owned(),
        _ => "after a run".to_owned(),
    };
    let options = move || {
        let has_call = stop.get().is_some_and(|stop| stop.has_call);
        let all = [
            (Shown::Input, "Input", true),
            (Shown::Parameters, "What the task was sent", has_call),
            (Shown::Result, "What the task answered", has_call),
            (Shown::Output, "Output", true),
        ];
        let there = all.into_iter().filter(|(.., is_there)| *is_there);
        there
            .map(|(value, label, _)| {
                view! {
                    <option value=key(value) prop:selected=live(move || shown.get() == value)>{label}</option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for="scratchpad-value">"Value"<span class="faint truncate">{show(whose)}</span></label>
            <select
                id="scratchpad-value" class="input"
                prop:disabled=live(move || !execution.is_shown())
                on:change=handler(move |event| shown.set(of_key(&event_target_value(&event))))
            >
                {show(options)}
            </select>
        </div>
    }
}

/// The choice among the visits of the selected state.
#[component]
fn VisitOf(
    place: Memo<Place>,
    stop: Memo<Option<Stop>>,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let options = move || {
        let stops = place.with(|place| place.visits.clone());
        stops
            .into_iter()
            .map(|Stop { number, .. }| {
                let is_chosen = move || stop.get().is_some_and(|stop| stop.number == number);
                view! { <option value=number.to_string() prop:selected=live(is_chosen)>{number}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for="scratchpad-visit">"Visit"</label>
            <select
                id="scratchpad-visit" class="input"
                on:change=handler(move |event| chosen.set(event_target_value(&event).parse().ok()))
            >
                {show(options)}
            </select>
        </div>
    }
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
