//! What the definition says, as a list of facts.

use leptos::prelude::*;

use crate::asl::{
    FailText, Reference, Setting, State, StateKind, StateMachine, Transition, WaitFor,
};
use crate::source::json::Value;
use crate::ui::erased::{handler, memo, show};
use crate::ui::store::{DocumentStore, Origin, SelectionStore};
use crate::ui::widget::JsonView;

/// The machine's own facts.
#[component]
pub(super) fn MachineFacts() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let facts = memo(move || machine_facts(document.analysed().machine()));
    view! {
        <dl class="facts">{show(move || rows(facts.get()))}</dl>
        <p class="quiet">"Select a state in the graph or put the cursor into it to see more."</p>
    }
}

fn machine_facts(machine: &StateMachine) -> Vec<(&'static str, Option<String>)> {
    let start = machine.start_at.as_ref();
    let limit = machine.timeout_seconds;
    vec![
        ("Comment", machine.comment.as_ref().map(ToString::to_string)),
        ("Starts at", start.map(|start| start.name.to_string())),
        ("States", Some(machine.walk().count().to_string())),
        (
            "Query language",
            Some(machine.query_language.as_str().to_owned()),
        ),
        ("Time limit", limit.map(|seconds| format!("{seconds} s"))),
    ]
}

/// The facts of one state and its text as a value.
#[component]
pub(super) fn StateFacts(state: State) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let value = document
        .analysed_untracked()
        .root()
        .find(&state.pointer)
        .map(|node| node.to_value());
    let transitions = transitions(&state);
    let facts = facts(&state);
    view! {
        <dl class="facts">{rows(facts)}</dl>
        {transitions}
        <div class="section-head"><h3>"Fields"</h3></div>
        <JsonView value=value.unwrap_or(Value::Null) label=format!("Fields of {}", state.name)/>
    }
}

fn rows(facts: Vec<(&'static str, Option<String>)>) -> impl IntoView {
    facts
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> }))
        .collect_view()
}

fn facts(state: &State) -> Vec<(&'static str, Option<String>)> {
    let mut facts = vec![("Comment", state.comment.as_ref().map(ToString::to_string))];
    match &state.kind {
        StateKind::Task(task) => {
            let resource = task.resource.as_ref();
            facts.push((
                "Calls",
                resource.map(|resource| resource.integration.to_string()),
            ));
            facts.push((
                "Resource",
                resource.map(|resource| resource.text.to_string()),
            ));
            facts.push(("Time limit", task.timeout.as_ref().map(seconds)));
            facts.push(("Heartbeat", task.heartbeat.as_ref().map(seconds)));
        }
        StateKind::Wait { wait } => {
            let text = wait.as_ref().map(|wait| match wait {
                WaitFor::Seconds(setting) => seconds(setting),
                WaitFor::Timestamp(Setting::Fixed(time)) => format!("until {time}"),
                WaitFor::Timestamp(Setting::Dynamic(expression)) => {
                    format!("until {}", expression.text)
                }
            });
            facts.push(("Waits", text));
        }
        StateKind::Fail { error, cause } => {
            facts.push(("Error", error.as_ref().map(fail_text)));
            facts.push(("Cause", cause.as_ref().map(fail_text)));
        }
        StateKind::Parallel(parallel) => {
            facts.push(("Branches", Some(parallel.branches.len().to_string())))
        }
        StateKind::Map(map) => {
            facts.push((
                "Items",
                map.items_path.as_ref().map(|path| path.text.to_string()),
            ));
            let most = map.max_concurrency.as_ref().map(|setting| match setting {
                Setting::Fixed(count) => count.to_string(),
                Setting::Dynamic(expression) => expression.text.to_string(),
            });
            facts.push(("At once", most));
        }
        StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Succeed
        | StateKind::Unknown { .. } => {}
    }
    facts
}

fn seconds(setting: &Setting<u64>) -> String {
    match setting {
        Setting::Fixed(seconds) => format!("{seconds} s"),
        Setting::Dynamic(expression) => expression.text.to_string(),
    }
}

fn fail_text(text: &FailText) -> String {
    match text {
        FailText::Literal(text) => text.to_string(),
        FailText::Dynamic(expression) => expression.text.to_string(),
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
