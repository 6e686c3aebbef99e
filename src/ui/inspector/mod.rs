//! The selected state, or the machine itself: its definition, and what went in and
//! out in the run.

mod data_flow;
mod facts;
mod form;
mod target;

use leptos::prelude::*;

use crate::asl::{Pointer, State, StateType};
use crate::ui::app::FoldButton;
use crate::ui::designer::status_mark::{status_class, status_icon};
use crate::ui::erased::{handler, lagging, live, memo, show};
use crate::ui::store::panes::Pane;
use crate::ui::store::{DocumentStore, ExecutionStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, Tab, Tabs, type_icon};
use data_flow::DataFlow;
use facts::{MachineFacts, StateFacts};
use form::FieldForm;
use target::TargetChoice;

#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Definition,
    DataFlow,
}

/// What the pane on the right shows.
#[component]
pub fn Inspector() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let execution = expect_context::<ExecutionStore>();
    let state = memo(move || {
        let pointer = selection.pointer()?;
        document
            .analysed()
            .drawable()
            .machine
            .find(&pointer)
            .cloned()
    });
    // What the frame shows. Other fields of the state come and go inside it, so that a key in
    // one of them rebuilds the facts alone.
    let shown = memo(move || state.with(|state| state.as_ref().map(Head::of)));
    let chosen = RwSignal::new(View::Definition);
    let wanted = StoredValue::new(None);
    // A run brings the data flow forward once; after that the choice is the user's.
    Effect::new(move |was_shown: Option<bool>| {
        let is_shown = execution.is_shown();
        if is_shown != was_shown.unwrap_or(false) {
            chosen.set(if is_shown {
                View::DataFlow
            } else {
                View::Definition
            });
        }
        is_shown
    });
    let tabs = || {
        vec![
            Tab {
                key: View::Definition,
                label: "Definition",
                panel: "definition",
                count: None,
                is_alarming: false,
            },
            Tab {
                key: View::DataFlow,
                label: "Data flow",
                panel: "data-flow",
                count: None,
                is_alarming: false,
            },
        ]
    };
    let body = move || {
        match shown.get() {
        None => view! { <MachineHead/><div class="scroll inspector-body"><TargetChoice/><MachineFacts/><FieldForm pointer=Pointer::root() wanted/>
            <p class="quiet">"Select a state in the graph or put the cursor into it to see more."</p></div> }
            .into_any(),
        Some(head) => {
            let pointer = head.pointer.clone();
            let late = lagging(state);
            let facts = move || late.get().map(|state| view! { <StateFacts state/> });
            let view_of = move |view| match view {
                View::Definition => {
                    let pointer = pointer.clone();
                    view! { {show(facts)}<FieldForm pointer wanted/> }.into_any()
                }
                View::DataFlow => view! { <DataFlow pointer=pointer.clone()/> }.into_any(),
            };
            let panel = move || match chosen.get() {
                View::Definition => "definition",
                View::DataFlow => "data-flow",
            };
            view! {
                <StateHead head/>
                <Tabs label="Inspector" tabs=tabs() chosen choose=Callback::new(move |view| chosen.set(view))/>
                <div
                    class="scroll inspector-body" role="tabpanel"
                    id=panel
                    aria-labelledby=live(move || format!("{}-tab", panel()))
                    tabindex="0"
                >
                    {show(move || view_of(chosen.get()))}
                </div>
            }
            .into_any()
        }
    }
    };
    show(body)
}

#[component]
fn MachineHead() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    view! {
        <div class="inspector-head">
            <span class="tile"><Icon name="i-canvas"/></span>
            <div class="grow"><h2>{show(move || document.name())}</h2><p>"State machine"</p></div>
            <FoldButton pane=Pane::Inspector/>
        </div>
    }
}

/// What stands above the fields of a state.
#[derive(Clone, PartialEq)]
struct Head {
    pointer: Pointer,
    name: String,
    state_type: Option<StateType>,
}

impl Head {
    fn of(state: &State) -> Self {
        Self {
            pointer: state.pointer.clone(),
            name: state.name.to_string(),
            state_type: state.kind.state_type(),
        }
    }
}

#[component]
fn StateHead(head: Head) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let selection = expect_context::<SelectionStore>();
    let Head {
        pointer,
        name,
        state_type,
    } = head;
    let (icon, class) = type_icon(state_type);
    let kind = state_type.map_or("Unknown type", |state_type| state_type.as_str());
    let status = memo(move || {
        let status = execution.status(&pointer);
        status.map(|status| status.status)
    });
    let pill = move || {
        status.get().map(|status| {
            let class = format!("pill {}", status_class(status));
            view! { <span class=class><Icon name=status_icon(status)/>{status.label()}</span> }
        })
    };
    view! {
        <div class="inspector-head">
            <span class="tile"><Icon name=icon class=class/></span>
            <div class="grow"><h2>{name}</h2><p>{kind}</p></div>
            {pill}
            <button
                type="button" class="btn ghost small square" aria-label="Clear the selection" title="Clear the selection (Esc)"
                on:click=handler(move |_| selection.select(None, Origin::Panel))
            ><Icon name="i-times"/></button>
            <FoldButton pane=Pane::Inspector/>
        </div>
    }
}
