//! The table of S3 objects: what distributed Maps read their items from, and what they wrote
//! in the last run.

use leptos::prelude::*;

use crate::authoring::file::decode;
use crate::execution::item::GivenObject;
use crate::ui::dom::file::{self, GivenFile};
use crate::ui::erased::{handler, live, memo, show};
use crate::ui::store::ExecutionStore;
use crate::ui::widget::Icon;
use crate::web::objects::{MOST_SHOWN, WrittenObject};

/// The bucket of a file until somebody names another one.
const BUCKET: &str = "bucket";

/// The table.
#[component]
pub(super) fn ObjectTable() -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    // The rows are made anew only where one comes, goes, or becomes too long.
    let are_long = memo(move || {
        let is_long = |object: &GivenObject| object.text.len() > MOST_SHOWN;
        execution
            .objects
            .with(|all| all.iter().map(is_long).collect::<Vec<bool>>())
    });
    let is_read_only = move || execution.is_read_only.get();
    let rows = move || {
        let are_long = are_long.get();
        let rows = are_long.iter().enumerate();
        rows.map(|(index, is_long)| object_row(execution, index, *is_long))
            .collect::<Vec<AnyView>>()
    };
    let put_back = move || {
        let removed = execution.removed.with(|removed| {
            let (_, object) = removed.as_ref()?;
            Some(format!("Put {} back", object.path))
        });
        removed.map(|label| {
            let act = handler(move |_| execution.put_object_back());
            view! { <button type="button" class="btn small ghost" on:click=act>{label}</button> }
        })
    };
    view! {
        <div class="field">
            <p class="label" id="objects-label">
                "S3 objects"
                <span class="faint">"What distributed Maps read their items from"</span>
            </p>
            <ul class="objects" aria-labelledby="objects-label">{show(rows)}</ul>
            <div class="row">
                <button type="button" class="btn small" prop:disabled=live(is_read_only) on:click=handler(move |_| {
                    execution.add_object(GivenObject::default());
                })>
                    <Icon name="i-plus"/>"Add an object"
                </button>
                <button type="button" class="btn small" prop:disabled=live(is_read_only) on:click=handler(move |_| {
                    file::pick_any(move |files| add_files(execution, files));
                })>
                    "Add files…"
                </button>
                {show(put_back)}
            </div>
            {show(move || written(execution))}
        </div>
    }
}

fn object_row(execution: ExecutionStore, index: usize, is_long: bool) -> AnyView {
    let path = move || {
        execution.objects.with(|all| {
            all.get(index)
                .map(|object| object.path.clone())
                .unwrap_or_default()
        })
    };
    let name = move |what: &str| match path() {
        path if path.is_empty() => format!("{what} object {}", index + 1),
        path => format!("{what} {path}"),
    };
    let text = move || {
        execution.objects.with(|all| {
            all.get(index)
                .map(|object| object.text.to_string())
                .unwrap_or_default()
        })
    };
    let is_wrong = move || {
        let with = |all: &Vec<GivenObject>| {
            all.get(index)
                .is_some_and(|object| !object.path.is_empty() && !object.has_path())
        };
        execution.objects.with(with)
    };
    let is_read_only = move || execution.is_read_only.get();
    let fault_id = format!("object-fault-{index}");
    let described_by = fault_id.clone();
    let kilobytes = move || text().len() / 1000;
    let body = match is_long {
        true => view! { <p class="quiet">{show(move || kilobytes().to_string())}" kB of text, too long to be shown here"</p> }.into_any(),
        false => view! {
            <textarea
                class="input mono" rows="3" spellcheck="false" autocomplete="off"
                aria-label=live(move || name("Text of"))
                prop:readOnly=live(is_read_only)
                prop:value=live(text)
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
                    aria-label=live(move || name("Bucket and key of"))
                    aria-describedby=described_by
                    aria-invalid=live(move || is_wrong().to_string())
                    prop:readOnly=live(is_read_only)
                    prop:value=live(path)
                    on:input=handler(move |event| {
                        let path = event_target_value(&event);
                        execution.change_object(index, |object| object.path = path);
                    })
                />
                <button
                    type="button" class="btn ghost small square"
                    aria-label=live(move || name("Remove"))
                    title="Remove"
                    prop:disabled=live(is_read_only)
                    on:click=handler(move |_| execution.remove_object(index))
                ><Icon name="i-times"/></button>
            </div>
            <p class="fault" id=fault_id>{show(move || is_wrong().then_some("A bucket and a key, parted by a slash"))}</p>
            {body}
        </li>
    }
    .into_any()
}

/// What the last run wrote.
fn written(execution: ExecutionStore) -> Option<AnyView> {
    let row = |object: &WrittenObject| {
        let (text, bytes) = (object.head.clone(), object.bytes);
        let rest =
            (bytes > text.len() as u64).then(|| format!("The beginning of {} kB", bytes / 1000));
        view! {
            <li><details><summary class="mono">{object.path.clone()}</summary><pre class="mono written" tabindex="0">{text}</pre>{rest}</details></li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = execution
        .written
        .with(|written| written.iter().map(row).collect());
    if rows.is_empty() {
        return None;
    }
    let list = view! {
        <p class="label" id="written-label">"Written by the last run"</p>
        <ul class="objects" aria-labelledby="written-label">{rows}</ul>
    };
    Some(list.into_any())
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
