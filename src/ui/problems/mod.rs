//! The list of problems, each with its place and its fix.

use leptos::prelude::*;

use crate::source::Diagnostic;
use crate::ui::code::CodeCommands;
use crate::ui::erased::{handler, memo};
use crate::ui::store::layout::SideView;
use crate::ui::store::{DocumentStore, LayoutStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, severity_icon};

/// More than this nobody reads; the list says how many there are.
const MOST: usize = 200;

/// How many errors a document has.
pub fn problem_count(document: DocumentStore) -> Signal<usize> {
    memo(move || {
        document
            .analysed()
            .diagnostics()
            .iter()
            .filter(|problem| problem.severity.is_error())
            .count()
    })
    .into()
}

/// The list.
#[component]
pub fn Problems() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    move || {
        let snapshot = document.analysed();
        let problems = snapshot.diagnostics();
        if problems.is_empty() {
            return view! { <p class="empty">"No problems"</p> }.into_any();
        }
        let rows = problems
            .iter()
            .take(MOST)
            .map(|problem| view! { <Problem problem=problem.clone()/> })
            .collect_view();
        let more = problems.len().saturating_sub(MOST);
        let more =
            (more > 0).then(|| view! { <li class="empty">{format!("and {more} more")}</li> });
        view! { <ul class="problems">{rows}{more}</ul> }.into_any()
    }
}

#[component]
fn Problem(problem: Diagnostic) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let layout = expect_context::<LayoutStore>();
    let code = expect_context::<CodeCommands>();
    let snapshot = document.analysed_untracked();
    let (icon, class) = severity_icon(problem.severity);
    let position = snapshot.position(problem.span.start as usize);
    let state = snapshot.machine().state_at(problem.span.start as usize);
    let place = state.map(|state| state.name.to_string());
    let pointer = state.map(|state| state.pointer.clone());
    let span = problem.span;
    let go = move |_| {
        selection.select(pointer.clone(), Origin::Code);
        layout.show_side(SideView::Code);
        code.reveal(span);
    };
    let fix = problem.fixes.first().cloned().map(|fix| {
        let (title, tooltip) = (fix.title.clone(), fix.title.clone());
        view! {
            <button type="button" class="link truncate" title=tooltip on:click=handler(move |_| document.edit(&fix.edit))>
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
