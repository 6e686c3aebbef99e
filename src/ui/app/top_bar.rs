//! The bar at the top: document, views, theme, run.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::command::{Command, Commands};
use crate::ui::dom::element::{after_paint, focus_first_in, leave_field, set_field};
use crate::ui::dom::theme::Theme;
use crate::ui::erased::{handler, live, memo};
use crate::ui::execution::ChooseTestCase;
use crate::ui::store::layout::{CentreView, LeftView};
use crate::ui::store::panes::Pane;
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};
use crate::ui::widget::{Icon, Menu};

#[component]
pub(super) fn TopBar() -> impl IntoView {
    view! {
        <header class="top">
            <div class="brand"><Brand/><h1 class="visually-hidden">"Statelab"</h1></div>
            <DocumentName/>
            <DocumentsButton/>
            <Chips/>
            <span class="rule"></span>
            <UndoButtons/>
            <div class="top-middle"><ViewSwitch/></div>
            <span class="grow"></span>
            <ThemeMenu/>
            <NextTestCase/>
            <MoreButton/>
            <RunButton/>
        </header>
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            <rect x="1" y="1" width="18" height="18" rx="5" fill="var(--text)"/>
            <circle cx="6" cy="6" r="2" fill="var(--surface-panel)"/>
            <circle cx="14" cy="14" r="2" fill="var(--surface-panel)"/>
            <path d="M6 8v2.5c0 2 1 3.5 3 3.5h3" fill="none" stroke="var(--surface-panel)" stroke-width="1.6"/>
        </svg>
    }
}

/// The name, committed by Enter or by leaving the field; Escape brings the old one back.
#[component]
fn DocumentName() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => leave_field(&event),
        "Escape" => {
            set_field(&event, &document.name_untracked());
            leave_field(&event);
        }
        _ => {}
    };
    view! {
        <input
            class="document-name"
            aria-label="Name of the document"
            maxlength="80"
            spellcheck="false"
            prop:value=live(move || document.name())
            on:change=handler(move |event| document.rename(&event_target_value(&event)))
            on:keydown=handler(on_key)
        />
    }
}

/// Shows the list of documents, or puts it away.
#[component]
fn DocumentsButton() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let is_shown = move || layout.is_open(Pane::Left) && layout.left_view() == LeftView::Documents;
    let toggle = move |_| {
        if untrack(is_shown) {
            layout.set_open(Pane::Left, false);
            return;
        }
        layout.show_left(LeftView::Documents);
        after_paint(|| focus_first_in("left-pane"));
    };
    view! {
        <button
            type="button" class="btn ghost square" id="documents-button"
            aria-label="Documents" title="Documents"
            aria-expanded=live(move || is_shown().to_string())
            on:click=handler(toggle)
        ><Icon name="i-chev"/></button>
    }
}

#[component]
fn Chips() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let language = memo(move || document.analysed().machine().query_language.as_str());
    let workflow_type = memo(move || document.analysed().workflow_type().title());
    view! {
        <div class="chips">
            <span class="chip" title="Query language">{language}</span>
            <span class="chip" title="Type of the state machine">{workflow_type}</span>
        </div>
    }
}

#[component]
fn UndoButtons() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let commands = expect_context::<Commands>();
    let aria_disabled = |is_possible: bool| (!is_possible).to_string();
    view! {
        <button
            type="button" class="btn ghost square undo" aria-label="Undo"
            title=live(move || if document.can_undo() { commands.hint("Undo", Command::Undo) } else { "Nothing to undo".into() })
            aria-disabled=live(move || aria_disabled(document.can_undo()))
            on:click=handler(move |_| commands.act(Command::Undo))
        ><Icon name="i-undo"/></button>
        <button
            type="button" class="btn ghost square undo" aria-label="Redo"
            title=live(move || if document.can_redo() { commands.hint("Redo", Command::Redo) } else { "Nothing to redo".into() })
            aria-disabled=live(move || aria_disabled(document.can_redo()))
            on:click=handler(move |_| commands.act(Command::Redo))
        ><Icon name="i-redo"/></button>
    }
}

#[component]
fn ViewSwitch() -> impl IntoView {
    let layout = expect_context::<LayoutStore>();
    let icon = |view: CentreView| match view {
        CentreView::Canvas => "i-canvas",
        CentreView::Split => "i-split",
        CentreView::Code => "i-code",
    };
    let buttons = CentreView::ALL
        .into_iter()
        .map(|view| {
            view! {
                <button
                    type="button"
                    hidden=live(move || view == CentreView::Split && !layout.has_split())
                    aria-pressed=live(move || (layout.centre() == view).to_string())
                    on:click=handler(move |_| layout.show(view))
                >
                    <Icon name=icon(view)/>{view.label()}
                </button>
            }
        })
        .collect_view();
    view! { <div class="segments" role="group" aria-label="View">{buttons}</div> }
}

#[component]
fn ThemeMenu() -> impl IntoView {
    let theme = expect_context::<RwSignal<Theme>>();
    let entries = move |close: Callback<()>| {
        Theme::ALL
            .into_iter()
            .map(|choice| {
                let choose = move |_| {
                    theme.set(choice);
                    choice.apply();
                    close.run(());
                };
                view! {
                    <button
                        type="button"
                        aria-pressed=live(move || (theme.get() == choice).to_string())
                        on:click=handler(choose)
                    >{choice.label()}</button>
                }
            })
            .collect_view()
            .into_any()
    };
    let face = view! { <Icon name="i-theme"/> }.into_any();
    view! { <Menu label="Theme" face is_end=true entries/> }
}

/// What Run takes, where the mocks have test cases.
#[component]
fn NextTestCase() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let is_there = memo(move || execution.test_cases.with(|names| !names.is_empty()));
    move || {
        is_there
            .get()
            .then(|| view! { <div class="next-case"><ChooseTestCase id="next-case" name="Test case"/></div> })
    }
}

/// Leads to everything that a narrow page has no other button for.
#[component]
fn MoreButton() -> impl IntoView {
    let commands = expect_context::<Commands>();
    view! {
        <button
            type="button" class="btn ghost square more" aria-label="Commands"
            title=commands.hint("Commands", Command::Commands) aria-haspopup="dialog"
            on:click=handler(move |_| commands.act(Command::Commands))
        ><Icon name="i-more"/></button>
    }
}

#[component]
fn RunButton() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let commands = expect_context::<Commands>();
    move || {
        if execution.is_active() {
            return view! {
                <button type="button" class="btn" id="stop" on:click=handler(move |_| commands.act(Command::Stop))>
                    <Icon name="i-stop"/>"Stop"
                </button>
            }
            .into_any();
        }
        let close = execution.is_shown().then(|| view! {
            <button type="button" class="btn ghost" on:click=handler(move |_| commands.act(Command::EndRun))>"End run"</button>
        });
        view! {
            {close}
            <button
                type="button" class="btn primary" id="run"
                on:click=handler(move |_| commands.act(Command::Run))
            >
                <Icon name="i-play"/>"Run"<kbd>{commands.key(Command::Run)}</kbd>
            </button>
        }
        .into_any()
    }
}
