//! The worker: listens to the page.

use wasm_bindgen::JsCast;

use super::messages::{Report, encode};

/// Starts listening. Called once, by the worker's `main`.
pub fn start() {
    console_error_panic_hook::set_once();
    post(&Report::Ready);
}

fn post(report: &Report) {
    let scope: web_sys::DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // A string can always be cloned to the page.
    let _ = scope.post_message(&encode(report).into());
}
