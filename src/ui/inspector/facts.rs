//! What the definition says, as a list of facts.

use leptos::prelude::*;

use crate::asl::{Reference, State, StateKind, StateMachine, Transition};
use crate::ui::erased::{handler, memo, show};
use crate::ui::store::{DocumentStore, Origin, SelectionStore};

/// The machine's own facts.
#[component]
pub(super) fn MachineFacts() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let facts = memo(move || machine_facts(document.analysed().machine()));
    view! { <dl class="facts">{show(move || rows(facts.get()))}</dl> }
}

fn machine_facts(machine: &StateMachine) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("States", Some(machine.walk().count().to_string())),
        (
            "Query language",
            Some(machine.query_language.as_str().to_owned()),
        ),
    ]
}

/// What the fields of one state do not say by themselves, and where it leads.
#[component]
pub(super) fn StateFacts(state: State) -> impl IntoView {
    let transitions = transitions(&state);
    let facts = facts(&state);
    view! {
        {(!facts.is_empty()).then(|| view! { <dl class="facts">{rows(facts)}</dl> })}
        {transitions}
    }
}

fn rows(facts: Vec<(&'static str, Option<String>)>) -> impl IntoView {
    facts
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> }))
        .collect_view()
}

fn facts(state: &State) -> Vec<(&'static str, Option<String>)> {
    match &state.kind {
        StateKind::Task(task) => {
            let resource = task.resource.as_ref();
            let calls = resource.map(|resource| resource.integration.to_string());
            vec![("Calls", calls)]
        }
        StateKind::Parallel(parallel) => {
            vec![("Branches", Some(parallel.branches.len().to_string()))]
        }
        StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Map(_)
        | StateKind::Unknown { .. } => Vec::new(),
    }
}

/// Where the state can go, each place a link.
fn transitions(state: &State) -> AnyView {
    let mut ways: Vec<(String, Reference)> = Vec::new();
    if let StateKind::Choice { rules, default } = &state.kind {
        for (index, rule) in rules.iter().enumerate() {
            let condition = rule
                .condition
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            ways.extend(
                rule.next
                    .clone()
                    .map(|next| (format!("{}. {condition}", index + 1), next)),
            );
        }
        ways.extend(default.clone().map(|next| ("otherwise".to_owned(), next)));
    }
    if let Transition::Next(next) = &state.transition {
        ways.push(("then".to_owned(), next.clone()));
    }
    for catcher in state.catchers() {
        ways.extend(
            catcher
                .next
                .clone()
                .map(|next| (format!("on {}", catcher.error_equals.join(", ")), next)),
        );
    }
    if ways.is_empty() {
        return ().into_any();
    }
    let parent = state.pointer.parent().unwrap_or_default();
    let selection = expect_context::<SelectionStore>();
    let rows = ways
        .into_iter()
        .map(|(when, next)| {
            let pointer = parent.child(&next.name);
            let go = move |_| selection.select(Some(pointer.clone()), Origin::Panel);
            view! {
                <dt>{when}</dt>
                <dd><button type="button" class="link truncate" on:click=handler(go)>{next.name.to_string()}</button></dd>
            }
        })
        .collect_view();
    view! {
        <div class="section-head"><h3>"Transitions"</h3></div>
        <dl class="facts">{rows}</dl>
    }
    .into_any()
}
