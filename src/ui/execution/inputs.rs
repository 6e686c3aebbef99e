//! Input, mocks, and what happens to a Task without a mock.

use leptos::prelude::*;

use super::generate::GenerateMocks;
use super::keep::StepNotice;
use super::objects::ObjectTable;
use super::substitutions::SubstitutionTable;
use super::test_case::ChooseTestCase;
use crate::execution::interpreter::Mocks;
use crate::source::json::Value;
use crate::source::text::LineIndex;
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::ExecutionStore;
use crate::ui::store::execution::Unmocked;
use crate::ui::store::layout::SideView;
use crate::ui::store::settled::Settled;

/// The form.
#[component]
pub fn Inputs() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let (input, mocks) = (Settled::of(execution.input), execution.settled_mocks);
    view! {
        <JsonField
            id="run-input"
            label="Input"
            hint="The JSON document that the execution starts with"
            text=execution.input
            change=Callback::new(move |text: String| execution.set_input(&text))
            fault=memo(move || input.with(json_fault))
            is_read_only=execution.is_read_only
        />
        <JsonField
            id="run-mocks"
            label="Mocks"
            hint="A MockConfigFile.json: results of Task states by test case; empty for none"
            text=execution.mocks
            change=Callback::new(move |text: String| execution.set_mocks(&text))
            fault=memo(move || mocks.with(mocks_fault))
            is_read_only=execution.is_read_only
        />
        <StepNotice place=SideView::Input/>
        <div class="row"><GenerateMocks/></div>
        <TestCase/>
        <UnmockedTasks/>
        <SubstitutionTable/>
        <ObjectTable/>
    }
}

#[component]
fn JsonField(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    #[prop(into)] text: Signal<String>,
    change: Callback<String>,
    fault: Memo<Option<String>>,
    #[prop(into)] is_read_only: Signal<bool>,
) -> impl IntoView {
    let fault_id = format!("{id}-fault");
    let described_by = fault_id.clone();
    view! {
        <div class="field is-tall">
            <label for=id>{label}<span class="faint">{hint}</span></label>
            <textarea
                id=id
                class="input"
                spellcheck="false"
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=live(move || fault.get().is_some().to_string())
                prop:readOnly=live(move || is_read_only.get())
                prop:value=live(move || text.get())
                on:input=handler(move |event| change.run(event_target_value(&event)))
            ></textarea>
            <p class="fault" id=fault_id>{show(move || fault.get())}</p>
        </div>
    }
}

/// The test cases of the mocks, where there are any.
#[component]
fn TestCase() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let is_there = memo(move || execution.test_cases.with(|names| !names.is_empty()));
    move || {
        is_there.get().then(|| {
            view! {
                <div class="field">
                    <label for="test-case">"Test case"</label>
                    <ChooseTestCase id="test-case"/>
                </div>
            }
        })
    }
}

#[component]
fn UnmockedTasks() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let choice = move |value: Unmocked, label: &'static str| {
        view! {
            <label>
                <input
                    type="radio" name="unmocked"
                    prop:checked=live(move || execution.unmocked.get() == value)
                    on:change=handler(move |_| execution.unmocked.set(value))
                />
                {label}
            </label>
        }
    };
    let fault = memo(move || {
        (execution.unmocked.get() == Unmocked::Default)
            .then(|| json_fault(&execution.default_result.get()))
            .flatten()
    });
    view! {
        <fieldset class="field">
            <legend class="label">"A Task without a mock"</legend>
            <div class="radio-row">
                {choice(Unmocked::Ask, "asks for its result")}
                {choice(Unmocked::Default, "gets this result")}
            </div>
            <input
                class="input mono"
                aria-label="Result of Tasks without a mock"
                spellcheck="false"
                prop:disabled=live(move || execution.unmocked.get() == Unmocked::Ask)
                prop:value=live(move || execution.default_result.get())
                aria-invalid=live(move || fault.get().is_some().to_string())
                on:input=handler(move |event| execution.default_result.set(event_target_value(&event)))
            />
            <p class="fault">{show(move || fault.get())}</p>
        </fieldset>
    }
}

/// What is wrong with a JSON text, with its place; an empty text is fine.
pub(super) fn json_fault(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let error = Value::parse(text).err()?;
    let position = LineIndex::new(text).position(text, error.span.start as usize);
    Some(format!("{}, {position}", error.kind))
}

fn mocks_fault(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let errors = Mocks::parse(text).err()?;
    let error = errors.first()?;
    let position = LineIndex::new(text).position(text, error.span.start as usize);
    Some(format!("{}, {position}", error.message))
}
