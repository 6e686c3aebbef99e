//! A Task that waits for its result: succeed with …, fail with …, time out.

use leptos::prelude::*;

use super::generate::GenerateAndRun;
use super::inputs::json_fault;
use super::keep::KeepAnswer;
use crate::asl::Pointer;
use crate::source::json::Value;
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::{ExecutionStore, Origin, SelectionStore};
use crate::ui::widget::{Icon, JsonView};
use crate::web::messages::{Answer, PendingTask};

/// The card that asks.
#[component]
pub(super) fn Pending(task: PendingTask, others: usize) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let selection = expect_context::<SelectionStore>();
    let output = RwSignal::new(String::from("{}"));
    let error = RwSignal::new(String::from("States.TaskFailed"));
    let cause = RwSignal::new(String::new());
    let fault = memo(move || {
        output.with(|text| {
            if text.trim().is_empty() {
                Some("A result is missing".into())
            } else {
                json_fault(text)
            }
        })
    });
    let asked = StoredValue::new(task.clone());
    let answer = move |answer: Answer| asked.with_value(|task| execution.answer(task, answer));
    let pointer = Pointer::parse(&task.pointer);
    let succeed = move |_| {
        if fault.get_untracked().is_none() {
            answer(Answer::Succeed {
                output: output.get_untracked(),
            });
        }
    };
    let fail = move |_| {
        answer(Answer::Fail {
            error: error.get_untracked(),
            cause: cause.get_untracked(),
        });
    };
    let input = Value::parse(&task.input).unwrap_or_default();
    let attempt = (task.attempt > 0).then(|| format!(", attempt {}", task.attempt + 1));
    let others = (others > 0).then(|| format!("{others} more wait after this one."));
    view! {
        <section class="card pending-card is-pending" aria-label="Pending task">
            <div class="section-head">
                <Icon name="s-pending" class="status-icon"/>
                <h2><button type="button" class="link" on:click=handler(move |_| selection.select(Some(pointer.clone()), Origin::Panel))>
                    {task.state.clone()}
                </button>" waits for its result"{attempt}</h2>
            </div>
            <p class="quiet truncate mono" title=task.resource.clone()>{task.resource.clone()}</p>
            <details>
                <summary class="label">"What it sends"</summary>
                <JsonView value=input label=format!("Input of {}", task.state)/>
            </details>
            <div class="field">
                <label for="pending-output">"Result"</label>
                <textarea
                    id="pending-output" class="input" rows="4" spellcheck="false"
                    aria-invalid=live(move || fault.get().is_some().to_string())
                    prop:value=live(move || output.get())
                    on:input=handler(move |event| output.set(event_target_value(&event)))
                ></textarea>
                <p class="fault">{show(move || fault.get())}</p>
            </div>
            <div class="row">
                <button type="button" class="btn" id="pending-succeed" aria-disabled=live(move || fault.get().is_some().to_string()) on:click=handler(succeed)>
                    <Icon name="i-check"/>"Succeed with this result"
                </button>
            </div>
            <div class="row">
                <div class="field grow">
                    <label for="pending-error">"Error"</label>
                    <input id="pending-error" class="input mono" spellcheck="false" prop:value=live(move || error.get()) on:input=handler(move |event| error.set(event_target_value(&event)))/>
                </div>
                <div class="field grow">
                    <label for="pending-cause">"Cause"</label>
                    <input id="pending-cause" class="input" prop:value=live(move || cause.get()) on:input=handler(move |event| cause.set(event_target_value(&event)))/>
                </div>
            </div>
            <div class="row">
                <button type="button" class="btn" id="pending-fail" on:click=handler(fail)>"Fail with this error"</button>
                <button type="button" class="btn" on:click=handler(move |_| answer(Answer::TimeOut))>"Time out"</button>
            </div>
            <KeepAnswer/>
            <div class="row">
                <p class="faint grow">{others}</p>
                <GenerateAndRun/>
            </div>
        </section>
    }
}
