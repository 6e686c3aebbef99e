//! What a program in a worker hears and says.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::messages::{Command, Report};
use super::wire::Parcel;

/// Listens as long as the worker lives.
pub(super) fn listen(hear: impl Fn(Parcel<Command>) + 'static) {
    console_error_panic_hook::set_once();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(parcel) = Parcel::from_js(&event.data()) {
            hear(parcel);
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(Report::Ready);
}

pub(super) fn post(report: Report) {
    send(Parcel::Message(report));
}

pub(super) fn send(parcel: Parcel<Report>) {
    // Texts and numbers can always be cloned to the page.
    let _ = scope().post_message(&parcel.to_js());
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
