//! The line below the top bar: what stands in the way of the page or of keeping its document.

use leptos::prelude::*;

use crate::ui::erased::{handler, show};
use crate::ui::later::Later;
use crate::ui::widget::Icon;

/// Nothing, usually.
#[component]
pub(super) fn KeepingNotice() -> impl IntoView {
    let later = expect_context::<Later>();
    let missing = move || {
        later.is_missing().then(|| {
            view! {
                <div class="notice is-warning" role="alert">
                    <Icon name="i-warn"/>
                    <span class="grow"><b>"Only editor and canvas have come."</b>" What is written is kept; lists, panels and runs are still missing."</span>
                    <button type="button" class="btn small" on:click=handler(move |_| later.fetch())>"Try again"</button>
                </div>
            }
        })
    };
    view! {
        <div role="status" class="keeping" id="keeping">
            {show(missing)}
            {later.view(|parts| parts.keeping)}
        </div>
    }
}
