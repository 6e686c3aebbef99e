//! A short word in the corner, read out, with the way back where there is one.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::erased::{effect, handler, show};
use crate::ui::store::DocumentsStore;
use crate::ui::store::documents::{Toast, ToastAction};
use crate::ui::widget::Icon;

/// What offers nothing goes by itself; a way back stays until it is closed or replaced.
const STAYS: Duration = Duration::from_secs(8);

/// What documents say of what was done.
#[component]
pub fn Toasts() -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    effect(move || {
        let Some(toast) = documents.toast().filter(|toast| toast.action.is_none()) else {
            return;
        };
        let go = move || {
            if untrack(|| documents.toast()).as_ref() == Some(&toast) {
                documents.dismiss_toast();
            }
        };
        set_timeout(go, STAYS);
    });
    show(move || documents.toast().map(|toast| view! { <Shown toast/> }))
}

#[component]
fn Shown(toast: Toast) -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let lines = toast
        .lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect_view();
    let action = toast.action.map(|action| {
        let label = match action {
            ToastAction::Restore(_) => "Undo",
        };
        view! { <button type="button" class="link" on:click=handler(move |_| documents.act_on_toast())>{label}</button> }
    });
    view! {
        <div class="toast">
            <div class="toast-text">{lines}</div>
            {action}
            <button
                type="button" class="btn ghost small square" aria-label="Dismiss"
                on:click=handler(move |_| documents.dismiss_toast())
            ><Icon name="i-close"/></button>
        </div>
    }
}
