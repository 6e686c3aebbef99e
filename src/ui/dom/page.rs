//! What happens to the page as a whole: files dragged over it, leaving it.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, DragEvent, Event};

use super::file::{self, Dropped};

/// Calls `over` while files are dragged over the page (and with `false` when they leave
/// it), and `dropped` when they are let go. No element sees these events.
pub fn on_files_dragged(
    over: impl Fn(bool) + Clone + 'static,
    dropped: impl Fn(Dropped) + 'static,
) {
    let enter = over.clone();
    listen("dragover", move |event: DragEvent| {
        if file::carries_files(&event) {
            take(&event);
            enter(true);
        }
    });
    let leave = over.clone();
    listen("dragleave", move |event: DragEvent| {
        // Between two elements of the page there is always a next one.
        if event.related_target().is_none() {
            leave(false);
        }
    });
    listen("drop", move |event: DragEvent| {
        over(false);
        if file::carries_files(&event) {
            take(&event);
            dropped(file::dropped(&event));
        }
    });
}

fn take(event: &DragEvent) {
    event.prevent_default();
    event.stop_propagation();
}

/// Calls `act` when the page is hidden, which may be the last that it sees.
pub fn on_hidden(act: impl Fn() + Clone + 'static) {
    let left = act.clone();
    listen("pagehide", move |_: Event| left());
    listen("visibilitychange", move |_: Event| act());
}

/// Asks the user before the page is left while `is_needed`.
pub fn ask_before_leaving(is_needed: impl Fn() -> bool + 'static) {
    listen("beforeunload", move |event: BeforeUnloadEvent| {
        if is_needed() {
            event.prevent_default();
        }
    });
}

/// Calls `act` when the mirror of documents begins to fail or recovers.
pub fn on_storage_changed(act: impl Fn() + 'static) {
    listen("statelab-storage", move |_: Event| act());
}

/// Listens before any element does, as long as the page lives.
fn listen<E: JsCast + wasm_bindgen::convert::FromWasmAbi + 'static>(
    name: &str,
    act: impl Fn(E) + 'static,
) {
    let callback = Closure::<dyn Fn(E)>::new(act).into_js_value();
    if let Some(window) = web_sys::window() {
        // A constant event name is always accepted.
        let _ =
            window.add_event_listener_with_callback_and_bool(name, callback.unchecked_ref(), true);
    }
}
