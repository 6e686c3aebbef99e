//! The panel: new and open above, the list, what concerns all below.

use leptos::prelude::*;

use super::forget::Forget;
use super::list::List;
use crate::ui::command::{Command, Commands};
use crate::ui::erased::{handler, show};
use crate::ui::store::DocumentsStore;
use crate::ui::widget::Icon;

/// The documents of this device.
#[component]
pub fn Documents() -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let commands = expect_context::<Commands>();
    let title = commands.hint("Open files, or drop them anywhere", Command::OpenFiles);
    let is_forgetting = RwSignal::new(false);
    view! {
        <div class="documents">
            <div class="documents-head">
                <button type="button" class="btn small" on:click=handler(move |_| documents.create_blank())>
                    <Icon name="i-plus"/>"New"
                </button>
                <button
                    type="button" class="btn small" title=title
                    on:click=handler(move |_| documents.pick_files())
                >
                    <Icon name="i-open"/>"Open…"
                </button>
            </div>
            <List/>
            {show(move || if is_forgetting.get() {
                view! { <Forget is_forgetting/> }.into_any()
            } else {
                view! {
                    <div class="documents-foot">
                        <button type="button" class="link" on:click=handler(move |_| documents.export_all())>"Download all"</button>
                        <button type="button" id="forget" class="link" on:click=handler(move |_| is_forgetting.set(true))>"Forget all…"</button>
                    </div>
                }
                .into_any()
            })}
        </div>
    }
}
