//! The whole page takes files, and shows that it does.

use leptos::prelude::*;

use crate::ui::dom::page::on_files_dragged;
use crate::ui::store::DocumentsStore;
use crate::ui::widget::Icon;

/// What covers the page while files are dragged over it.
#[component]
pub fn DropTarget() -> impl IntoView {
    let documents = expect_context::<DocumentsStore>();
    let is_over = RwSignal::new(false);
    on_files_dragged(
        move |over| is_over.set(over),
        move |dropped| documents.open_files(dropped),
    );
    move || {
        is_over.get().then(|| {
            view! {
                <div class="drop-target" aria-hidden="true">
                    <p><Icon name="i-open"/>"Drop to open as new documents"</p>
                </div>
            }
        })
    }
}
