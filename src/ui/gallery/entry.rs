//! One example: what it teaches and shows, and its test cases while it is open.

use leptos::prelude::*;

use crate::authoring::example::Example;
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::{DocumentStore, DocumentsStore, ExecutionStore, LayoutStore};
use crate::ui::widget::Icon;
use crate::web::documents::record::Beside;

/// The id of an entry's button.
pub(super) fn entry_id(name: &str) -> String {
    format!("example-{name}")
}

/// The button that opens an example, and below it what can be run.
#[component]
pub(super) fn Entry(
    example: Example,
    /// Whether the Tab key comes to it.
    is_stop: Signal<bool>,
) -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let open = opener();
    let name = example.name.clone();
    let is_open = memo(move || is_named_after(&document.name(), &name));
    let features = example
        .features
        .iter()
        .map(|feature| view! { <span>{feature.clone()}</span> })
        .collect_view();
    let (id, name, teaches) = (
        entry_id(&example.name),
        example.name.clone(),
        example.teaches.clone(),
    );
    let choose = move |_| open(&example);
    view! {
        <button
            type="button" class="entry" id=id
            aria-current=live(move || is_open.get().then_some("true"))
            tabindex=live(move || if is_stop.get() { 0 } else { -1 })
            on:click=handler(choose)
        >
            <b class="truncate" title=name.clone()>{name.clone()}</b>
            <span>{teaches}</span>
            <span class="features">{features}</span>
        </button>
        {show(move || is_open.get().then(|| view! { <TestCases/> }))}
    }
}

/// Opens an example as a document of its own.
pub fn opener() -> impl Fn(&Example) + Clone {
    let documents = expect_context::<DocumentsStore>();
    let layout = expect_context::<LayoutStore>();
    move |example: &Example| {
        let beside = Beside {
            objects: example.objects.clone(),
            input: example.input.clone(),
            mocks: example.mocks.clone(),
            ..Beside::default()
        };
        documents.open_example(&example.name, &example.definition, beside);
        layout.close_over();
    }
}

/// Whether a document has the name of an example, perhaps with a number behind it.
fn is_named_after(document: &str, example: &str) -> bool {
    let rest = document.strip_prefix(example);
    rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().parse::<u32>().is_ok())
}

/// The test cases of the open document: each runs by a click.
#[component]
fn TestCases() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let execution = expect_context::<ExecutionStore>();
    let layout = expect_context::<LayoutStore>();
    let button = move |name: String| {
        let chosen = name.clone();
        let is_chosen = memo(move || execution.chosen_case().as_deref() == Some(&*chosen));
        let title = format!("Run {name}");
        let run = move |name: &str| {
            execution.test_case.set(name.to_owned());
            if execution.is_active_untracked() {
                execution.close();
            }
            execution.start(document, layout);
        };
        let label = name.clone();
        view! {
            <button
                type="button" class="btn small case" title=title
                aria-pressed=live(move || is_chosen.get().to_string())
                on:click=handler(move |_| run(&name))
            >
                <Icon name="i-play"/><span class="truncate">{label}</span>
            </button>
        }
    };
    move || {
        let names = execution.test_cases.get();
        (!names.is_empty()).then(|| {
            view! {
                <div class="cases" role="group" aria-label="Test cases">
                    {names.into_iter().map(button).collect_view()}
                </div>
            }
        })
    }
}
