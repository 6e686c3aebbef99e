//! The list of problems, each with its place and its fix.

use leptos::prelude::*;

use crate::asl::Pointer;
use crate::authoring::document::Document;
use crate::source::Diagnostic;
use crate::source::text::Position;
use crate::ui::code::CodeCommands;
use crate::ui::erased::{handler, memo, show};
use crate::ui::store::document::Checking;
use crate::ui::store::layout::SideView;
use crate::ui::store::{DocumentStore, LayoutStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, severity_icon};

/// More than this nobody reads; the list says how many there are.
const MOST: usize = 200;

/// A problem with its place, as a row shows it.
#[derive(Clone, PartialEq)]
struct Found {
    problem: Diagnostic,
    position: Position,
    state: Option<(String, Pointer)>,
}

/// The list.
#[component]
pub fn Problems() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    // Most keys bring no other problems, and then nothing here is drawn again.
    let found = memo(move || found(&document.checked()));
    let count = memo(move || document.checked().diagnostics().len());
    let state = memo(
        move || match (document.checked().is_checked(), document.checking()) {
            (true, _) => "No problems",
            (false, Checking::Failed) => {
                "No syntax errors. The rest could not be checked: the worker did not start."
            }
            (false, _) => "No syntax errors. Checking the rest…",
        },
    );
    move || {
        let rows = found.get();
        if rows.is_empty() {
            return view! { <p class="empty">{show(move || state.get())}</p> }.into_any();
        }
        let more = count.get().saturating_sub(MOST);
        let more =
            (more > 0).then(|| view! { <li class="empty">{format!("and {more} more")}</li> });
        let rows = rows.into_iter().map(|found| view! { <Problem found/> });
        view! { <ul class="problems">{rows.collect_view()}{more}</ul> }.into_any()
    }
}

fn found(document: &Document) -> Vec<Found> {
    let problems = document.diagnostics().iter().take(MOST);
    problems
        .map(|problem| {
            let start = problem.span.start as usize;
            let state = document.machine().state_at(start);
            Found {
                problem: problem.clone(),
                position: document.position(start),
                state: state.map(|state| (state.name.to_string(), state.pointer.clone())),
            }
        })
        .collect()
}

#[component]
fn Problem(found: Found) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let layout = expect_context::<LayoutStore>();
    let code = expect_context::<CodeCommands>();
    let Found {
        problem,
        position,
        state,
    } = found;
    let (icon, class) = severity_icon(problem.severity);
    let (place, pointer) = state.unzip();
    let span = problem.span;
    let go = move |_| {
        selection.select(pointer.clone(), Origin::Code);
        layout.show_side(SideView::Code);
        code.reveal(span);
    };
    let fix = problem.fixes.first().cloned().map(|fix| {
        let (title, tooltip) = (fix.title.clone(), fix.title.clone());
        view! {
            <button type="button" class="link truncate" title=tooltip on:click=handler(move |_| document.repair(&fix.edit))>
                {title}
            </button>
        }
    });
    let hint = problem.hints.first().map(|hint| hint.0.clone());
    let spoken_hint = hint
        .clone()
        .map(|hint| view! { <span class="visually-hidden">". "{hint}</span> });
    view! {
        <li class="problem" title=hint>
            <Icon name=icon class=class/>
            <button type="button" class="truncate" on:click=handler(go)>
                <span class="visually-hidden">{problem.severity.as_str()}": "</span>
                {problem.message.clone()}
                {spoken_hint}
            </button>
            <span class="where truncate" title=place.clone()>{place.clone()}</span>
            <span class="at num">{position.line}":"{position.column}</span>
            <span class="do">{fix}</span>
        </li>
    }
}
