//! Answers become mocks: the offer after a run, and the notice with the way back.

use leptos::prelude::*;

use crate::ui::erased::{handler, live, memo};
use crate::ui::store::layout::SideView;
use crate::ui::store::steps::{Deed, Step};
use crate::ui::store::{ExecutionStore, LayoutStore};
use crate::ui::widget::Icon;

/// Whether the answer that is about to be given is kept.
#[component]
pub(super) fn KeepAnswer() -> impl IntoView {
    let is_keeping = expect_context::<ExecutionStore>().answers.is_keeping;
    view! {
        <label class="check">
            <input
                type="checkbox" id="keep-answer"
                prop:checked=live(move || is_keeping.get())
                on:change=handler(move |event| is_keeping.set(event_target_checked(&event)))
            />
            <span>"Keep the answer as a mock"<small>"The next run does not ask again"</small></span>
        </label>
    }
}

/// What can be kept of the answers that were given, once nothing is asked any more.
#[component]
pub(super) fn KeepAnswers() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let count = memo(move || match execution.is_active() {
        true => 0,
        false => execution.answers.open_count(),
    });
    move || {
        let text = match count.get() {
            0 => return None,
            1 => "You answered a task of this run.".to_owned(),
            count => format!("You answered {count} tasks of this run."),
        };
        Some(view! {
            <p class="notice">
                <span class="grow">{text}</span>
                <button type="button" class="btn small" id="keep-answers" on:click=handler(move |_| execution.keep_answers())>
                    <Icon name="i-pin"/>"Keep all answers as mocks"
                </button>
            </p>
        })
    }
}

/// What was written into the mocks last, as long as it can be taken back.
#[component]
pub(super) fn StepNotice(
    /// Where the notice stands.
    place: SideView,
) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let layout = expect_context::<LayoutStore>();
    let step = memo(move || execution.steps.last(execution.input, execution.mocks));
    let notice = move |step: Step| {
        let show = (place != SideView::Input).then(|| {
            view! {
                <button type="button" class="btn ghost small" on:click=handler(move |_| layout.show_side(SideView::Input))>"Show mocks"</button>
            }
        });
        view! {
            <p class="notice" role="status">
                <span class="grow">{sentence(&step)}</span>
                {show}
                <button type="button" class="btn ghost small" on:click=handler(move |_| execution.take_back())>
                    <Icon name="i-undo"/>"Undo"
                </button>
            </p>
        }
    };
    move || step.get().map(notice)
}

/// What a step did, in a sentence.
fn sentence(step: &Step) -> String {
    match &step.deed {
        Deed::Kept { states, case } => {
            let answers = match states.len() {
                1 => "answer",
                _ => "answers",
            };
            let names = states.join(", ");
            format!("Kept the {answers} of {names} in the test case {case}.")
        }
        Deed::Generated { case } => {
            let input = match step.input {
                Some(_) => "an input and ",
                None => "",
            };
            format!("Made {input}a result for every Task, in the test case {case}.")
        }
    }
}
