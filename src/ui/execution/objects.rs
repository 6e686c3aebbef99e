//! The table of S3 objects: what distributed Maps read their items from, and what they wrote
//! in the last run.

use leptos::prelude::*;

use crate::authoring::file::decode;
use crate::ui::dom::file::{self, GivenFile};
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::ExecutionStore;
use crate::ui::widget::Icon;
use crate::web::objects::GivenObject;

/// Longer texts are not put into a field: they are there, and can be removed.
const MOST_SHOWN: usize = 20_000;

/// The bucket of a file until somebody names another one.
const BUCKET: &str = "bucket";

/// The table.
#[component]
pub(super) fn ObjectTable() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let count = memo(move || execution.objects.with(Vec::len));
    let is_read_only = move || execution.is_read_only.get();
    let put_back = move || {
        let path = execution
            .removed
            .with(|removed| removed.as_ref().map(|(_, object)| object.path.clone()))?;
        Some(view! {
            <button type="button" class="btn small ghost" on:click=handler(move |_| execution.put_object_back())>
                {format!("Put {path} back")}
            </button>
        })
    };
    view! {
        <div class="field">
            <p class="label" id="objects-label">
                "S3 objects"
                <span class="faint">"What distributed Maps read their items from"</span>
            </p>
            <ul class="objects" aria-labelledby="objects-label">
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <ObjectRow index/>
                </For>
            </ul>
            <div class="row">
                <button type="button" class="btn small" id="add-object" prop:disabled=live(is_read_only) on:click=handler(move |_| {
                    execution.add_object(GivenObject::default());
                })>
                    <Icon name="i-plus"/>"Add an object"
                </button>
                <button type="button" class="btn small" prop:disabled=live(is_read_only) on:click=handler(move |_| {
                    file::pick_any(move |files| add_files(execution, files));
                })>
                    "Add files…"
                </button>
                {put_back}
            </div>
            <Written/>
        </div>
    }
}

#[component]
fn ObjectRow(index: usize) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let object = memo(move || {
        let object = execution.objects.with(|all| all.get(index).cloned());
        object.unwrap_or_default()
    });
    let path = move || object.with(|object| object.path.clone());
    let name = move || match path() {
        path if path.is_empty() => format!("object {}", index + 1),
        path => path,
    };
    let fault = memo(move || {
        let is_wrong = object.with(|object| !object.path.is_empty() && !object.has_path());
        is_wrong.then_some("A bucket and a key, parted by a slash")
    });
    let is_long = memo(move || object.with(|object| object.text.len() > MOST_SHOWN));
    let is_read_only = move || execution.is_read_only.get();
    let fault_id = format!("object-fault-{index}");
    let described_by = fault_id.clone();
    let text = move || match is_long.get() {
        true => {
            let size = move || object.with(|object| size_of(object.text.len()));
            view! { <p class="quiet">{show(size)}" of text, too long to be shown here"</p> }
                .into_any()
        }
        false => view! {
            <textarea
                class="input mono" rows="3" spellcheck="false" autocomplete="off"
                aria-label=live(move || format!("Text of {}", name()))
                prop:readOnly=live(is_read_only)
                prop:value=live(move || object.with(|object| object.text.to_string()))
                on:input=handler(move |event| {
                    let text = event_target_value(&event);
                    execution.change_object(index, |object| object.text = text.into());
                })
            ></textarea>
        }
        .into_any(),
    };
    view! {
        <li class="object">
            <div class="row">
                <input
                    class="input mono grow" placeholder="bucket/key" spellcheck="false" autocomplete="off"
                    aria-label=live(move || format!("Bucket and key of {}", name()))
                    aria-describedby=described_by
                    aria-invalid=live(move || fault.get().is_some().to_string())
                    prop:readOnly=live(is_read_only)
                    prop:value=live(path)
                    on:input=handler(move |event| {
                        let path = event_target_value(&event);
                        execution.change_object(index, |object| object.path = path);
                    })
                />
                <button
                    type="button" class="btn ghost small square"
                    aria-label=live(move || format!("Remove {}", name()))
                    title="Remove"
                    prop:disabled=live(is_read_only)
                    on:click=handler(move |_| execution.remove_object(index))
                ><Icon name="i-times"/></button>
            </div>
            <p class="fault" id=fault_id>{show(move || fault.get())}</p>
            {show(text)}
        </li>
    }
}

/// What the last run wrote.
#[component]
fn Written() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    move || {
        let written = execution.written.get();
        (!written.is_empty()).then(|| {
            let rows = written.into_iter().map(|object| {
                let text: String = object.text.chars().take(MOST_SHOWN).collect();
                view! {
                    <li><details><summary class="mono truncate">{object.path}</summary><pre class="mono written" tabindex="0">{text}</pre></details></li>
                }
            });
            view! {
                <p class="label" id="written-label">"Written by the last run"</p>
                <ul class="objects" aria-labelledby="written-label">{rows.collect_view()}</ul>
            }
        })
    }
}

fn add_files(execution: ExecutionStore, files: Vec<GivenFile>) {
    for file in files {
        leptos::task::spawn_local(async move {
            let Some(bytes) = file.read().await else {
                return execution
                    .fault
                    .set(Some(format!("{} cannot be read", file.name())));
            };
            match decode(&bytes) {
                Ok(text) => execution.add_object(GivenObject {
                    path: format!("{BUCKET}/{}", file.name()),
                    text: text.into(),
                }),
                Err(error) => execution
                    .fault
                    .set(Some(format!("{}: {error}", file.name()))),
            }
        });
    }
}

/// A length for people.
fn size_of(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
