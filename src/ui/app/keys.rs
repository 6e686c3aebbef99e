//! Keys that work wherever the focus is.

use leptos::ev::KeyboardEvent;

use crate::ui::dom::element::{has_command_key, is_in_text_field, on_key};
use crate::ui::store::{DocumentStore, ExecutionStore, LayoutStore};

/// Listens for the keys of the page: Ctrl or Cmd with Enter runs; with Z, Shift+Z
/// and Y it undoes and redoes, but for text fields, which have an undo of their own.
pub(super) fn listen(document: DocumentStore, execution: ExecutionStore, layout: LayoutStore) {
    on_key(move |event: KeyboardEvent| {
        if !has_command_key(&event) || event.default_prevented() {
            return;
        }
        let key = event.key().to_lowercase();
        if key == "enter" {
            event.prevent_default();
            if !execution.is_active_untracked() {
                execution.start(document, layout);
            }
            return;
        }
        if is_in_text_field(&event) {
            return;
        }
        match (key.as_str(), event.shift_key()) {
            ("z", false) => document.undo(),
            ("z", true) | ("y", false) => document.redo(),
            _ => return,
        }
        event.prevent_default();
    });
}
