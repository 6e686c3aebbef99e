//! The question before everything is removed.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::dom::element::{after_paint, focus_id};
use crate::ui::dom::theme::Theme;
use crate::ui::erased::handler;
use crate::ui::store::DocumentsStore;

/// Says what goes, and asks.
#[component]
pub(super) fn Forget(
    /// Whether the question is asked.
    is_forgetting: RwSignal<bool>,
) -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let theme = expect_context::<RwSignal<Theme>>();
    let close = move || {
        is_forgetting.set(false);
        after_paint(|| focus_id("forget"));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let forget = move |_| {
        documents.forget_everything();
        theme.set(Theme::System);
        Theme::System.apply();
        close();
    };
    let what = move || match documents.list().len() {
        1 => "1 document with its input and mocks".to_owned(),
        count => format!("{count} documents with their inputs and mocks"),
    };
    after_paint(|| focus_id("forget-cancel"));
    view! {
        <div
            class="documents-forget" role="alertdialog"
            aria-labelledby="forget-title" aria-describedby="forget-what" on:keydown=handler(on_key)
        >
            <h2 id="forget-title">"Forget everything on this device?"</h2>
            <p id="forget-what">
                {what}", the theme and the layout are removed from this browser, in every tab. This cannot be undone."
            </p>
            <button type="button" class="btn small" on:click=handler(move |_| documents.export_all())>"Download all first"</button>
            <div class="row">
                <button type="button" id="forget-cancel" class="btn small" on:click=handler(move |_| close())>"Cancel"</button>
                <button type="button" class="btn small danger" on:click=handler(forget)>"Forget everything"</button>
            </div>
        </div>
    }
}
