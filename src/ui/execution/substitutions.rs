//! The table of `${…}` placeholders: where each stands, and its value for the simulation.

use std::sync::Arc;

use leptos::prelude::*;

use crate::asl::{Placeholder, Substitutions};
use crate::source::Span;
use crate::ui::code::CodeCommands;
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::layout::SideView;
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};

/// A placeholder as its row shows it.
#[derive(Clone, PartialEq)]
struct Row {
    /// Where it stands, in words.
    uses: String,
    /// Its first place.
    first: Option<Span>,
    /// What is shown while it has no value here.
    hint: String,
}

/// The table.
#[component]
pub(super) fn SubstitutionTable() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let placeholders = memo(move || document.analysed().placeholders());
    let values = memo(move || execution.substitution_values());
    let names = move || {
        let names = placeholders.with(|all| {
            all.iter()
                .map(|placeholder| placeholder.name.clone())
                .collect::<Vec<_>>()
        });
        names.into_iter()
    };
    let is_empty = memo(move || placeholders.with(Vec::is_empty));
    let body = move || {
        if is_empty.get() {
            return view! { <p class="quiet">"The definition has no ${…} placeholders"</p> }
                .into_any();
        }
        view! {
            <ul class="substitutions" aria-labelledby="substitutions-label">
                <For each=names key=Clone::clone let:name>
                    <Substitution name placeholders values/>
                </For>
            </ul>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <p class="label" id="substitutions-label">
                "Substitutions"
                <span class="faint">"Values for this simulation; the text keeps its placeholders"</span>
            </p>
            {body}
        </div>
    }
}

#[component]
fn Substitution(
    name: Arc<str>,
    placeholders: Memo<Vec<Placeholder>>,
    values: Memo<Substitutions>,
) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let layout = expect_context::<LayoutStore>();
    let code = expect_context::<CodeCommands>();
    let written = format!("${{{name}}}");
    let (own, key) = (name.clone(), name.clone());
    let row = memo(move || {
        placeholders.with(|all| {
            let found = all.iter().find(|placeholder| placeholder.name == own);
            row(found, document)
        })
    });
    let value = memo(move || values.with(|values| values.get(&*key).cloned()));
    let go = move |_| {
        if let Some(span) = row.get_untracked().first {
            layout.show_side(SideView::Code);
            code.reveal(span);
        }
    };
    let label = format!("Value of {written}");
    let tooltip = written.clone();
    view! {
        <li class="substitution">
            <code class="truncate" title=tooltip>{written}</code>
            <button type="button" class="link truncate" title="Show in the code" on:click=handler(go)>{show(move || row.get().uses)}</button>
            <input
                class="input mono"
                aria-label=label
                spellcheck="false"
                autocomplete="off"
                placeholder=live(move || row.get().hint)
                prop:readOnly=live(move || execution.is_read_only.get())
                prop:value=live(move || value.get().unwrap_or_default())
                on:input=handler(move |event| execution.set_substitution(&name, &event_target_value(&event)))
            />
        </li>
    }
}

fn row(placeholder: Option<&Placeholder>, document: DocumentStore) -> Row {
    let places = placeholder.map_or(&[][..], |placeholder| &placeholder.places);
    let mut uses = places
        .first()
        .map(|place| place.title())
        .unwrap_or_default();
    if places.len() > 1 {
        uses.push_str(&format!(" and {} more", places.len() - 1));
    }
    let snapshot = document.analysed_untracked();
    let given = snapshot.shell().and_then(|shell| {
        let mut given = shell.substitutions.iter();
        given.find(|given| placeholder.is_some_and(|placeholder| placeholder.name == given.name))
    });
    let mut unresolved = snapshot.unresolved().iter();
    let is_needed =
        unresolved.any(|problem| places.iter().any(|place| problem.span.contains(place.span)));
    let hint = match given {
        Some(given) if given.is_known() => format!("{}, as the template says", given.value),
        Some(given) => format!("{} until the deployment", given.value),
        None if is_needed => "needs a value".to_owned(),
        None => "stays as it is".to_owned(),
    };
    Row {
        uses,
        first: places.first().map(|place| place.span),
        hint,
    }
}
