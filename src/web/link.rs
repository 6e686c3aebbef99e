//! The page's link to the worker.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, Event, MessageEvent, Worker};

use super::messages::{Command, Report};
use super::wire::Parcel;

/// A worker and the commands it has yet to be sent.
///
/// The worker starts with the first command, so a page that never runs anything
/// never loads it. Dropping the link ends the worker.
pub struct WorkerLink {
    inner: Rc<Inner>,
}

struct Inner {
    script: String,
    state: RefCell<State>,
    on_report: Box<dyn Fn(Parcel<Report>)>,
    on_fault: Box<dyn Fn(String)>,
}

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    is_ready: bool,
    waiting: Vec<Parcel<Command>>,
    callbacks: Vec<Closure<dyn FnMut(MessageEvent)>>,
    fault: Option<Closure<dyn FnMut(Event)>>,
}

impl WorkerLink {
    /// A link to the worker whose start script is at `script`.
    pub fn new(
        script: &str,
        on_report: impl Fn(Parcel<Report>) + 'static,
        on_fault: impl Fn(String) + 'static,
    ) -> Self {
        let inner = Inner {
            script: script.to_owned(),
            state: RefCell::default(),
            on_report: Box::new(on_report),
            on_fault: Box::new(on_fault),
        };
        Self {
            inner: Rc::new(inner),
        }
    }

    /// Sends a command, at once or as soon as the worker listens.
    pub fn send(&self, parcel: Parcel<Command>) {
        if self.inner.state.borrow().worker.is_none() {
            self.start();
        }
        let mut state = self.inner.state.borrow_mut();
        if !state.is_ready {
            state.waiting.push(parcel);
            return;
        }
        if let Some(worker) = &state.worker {
            post(worker, &parcel);
        }
    }

    /// Ends the worker, whatever it is doing; the next command starts another.
    pub fn terminate(&self) {
        self.inner.state.take();
    }

    fn start(&self) {
        let worker = match Worker::new(&self.inner.script) {
            Ok(worker) => worker,
            Err(error) => {
                (self.inner.on_fault)(format!("The browser refused to start a worker: {error:?}"));
                return;
            }
        };
        let inner = Rc::downgrade(&self.inner);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(inner) = inner.upgrade()
                && let Some(parcel) = Parcel::from_js(&event.data())
            {
                inner.receive(parcel);
            }
        });
        let inner = Rc::downgrade(&self.inner);
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            if let Some(inner) = inner.upgrade() {
                inner.state.take();
                // A script that cannot be loaded is told by an event without a message.
                let message = event
                    .dyn_ref::<ErrorEvent>()
                    .map(ErrorEvent::message)
                    .filter(|message| !message.is_empty())
                    .unwrap_or_else(|| "it could not be loaded".into());
                (inner.on_fault)(format!("The simulator stopped working: {message}"));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let mut state = self.inner.state.borrow_mut();
        state.worker = Some(worker);
        state.callbacks.push(on_message);
        state.fault = Some(on_error);
    }
}

impl Inner {
    fn receive(&self, parcel: Parcel<Report>) {
        if parcel == Parcel::Message(Report::Ready) {
            let mut state = self.state.borrow_mut();
            state.is_ready = true;
            let waiting = std::mem::take(&mut state.waiting);
            if let Some(worker) = &state.worker {
                waiting.iter().for_each(|parcel| post(worker, parcel));
            }
            return;
        }
        (self.on_report)(parcel);
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if let Some(worker) = &self.worker {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

fn post(worker: &Worker, parcel: &Parcel<Command>) {
    // Texts and numbers can always be cloned into the worker.
    let _ = worker.post_message(&parcel.to_js());
}
