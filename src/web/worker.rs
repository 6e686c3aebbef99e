//! The worker: runs one simulation at a time, a slice between two looks at its
//! messages, so that Stop and answers get through however long the run is. It also lays
//! out large graphs, reads texts and helps to edit them; the page keeps a worker for each
//! of these.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::assist::Assistant;
use super::generate::generated;
use super::layout;
use super::messages::{Command, Report};
use super::run::{Next, Run};
use super::wire::Parcel;
use crate::asl::WorkflowType;
use crate::authoring::document::read;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
    static ASSISTANT: RefCell<Assistant> = RefCell::default();
}

/// Starts listening. Called once, by the worker's `main`.
pub fn start() {
    console_error_panic_hook::set_once();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        match Parcel::from_js(&event.data()) {
            Some(Parcel::Message(command)) => obey(command),
            Some(Parcel::Numbers(order)) => lay_out(&order),
            None => {}
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    post(Report::Ready);
}

fn obey(command: Command) {
    RUN.with_borrow_mut(|current| match command {
        Command::Start(start) => {
            *current = None;
            match Run::start(&start) {
                Ok(run) => *current = Some(run),
                Err(rejection) => post(Report::Rejected {
                    run: start.run,
                    reason: rejection.to_string(),
                }),
            }
        }
        Command::Answer { run, task, answer } => {
            if let Some(current) = current.as_mut().filter(|current| current.id() == run)
                && let Err(refusal) = current.answer(task, answer)
            {
                post(Report::Refused {
                    run,
                    reason: refusal.to_string(),
                });
                post(current.pending());
            }
        }
        Command::Stop { run } => {
            if let Some(current) = current.as_mut().filter(|current| current.id() == run) {
                current.stop();
            }
        }
        Command::Generate {
            order,
            name,
            definition,
        } => post(generated(order, &name, &definition)),
        Command::Read { order, text } => post(Report::Read {
            order,
            reading: Box::new(read(&text, WorkflowType::default())),
        }),
        Command::Check { order, text } => post(Report::Checked {
            order,
            diagnostics: ASSISTANT.with_borrow_mut(|assistant| assistant.check(&text)),
        }),
        Command::Ask { order, question } => post(Report::Told {
            order,
            answer: ASSISTANT.with_borrow_mut(|assistant| assistant.answer(&question)),
        }),
    });
    slice();
}

fn lay_out(order: &[f64]) {
    if let Some(answer) = layout::fill(order) {
        send(Parcel::Numbers(answer));
    }
}

/// Advances the run once, says what happened, and comes back after the messages
/// that have arrived meanwhile.
fn slice() {
    let next = RUN.with_borrow_mut(|current| {
        let Some(run) = current else {
            return Next::Wait;
        };
        if !run.is_due() {
            return Next::Wait;
        }
        let (reports, next) = run.slice();
        reports.into_iter().for_each(post);
        if next == Next::Over {
            *current = None;
        }
        next
    });
    if next == Next::Again {
        Timeout::new(0, slice).forget();
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(report: Report) {
    send(Parcel::Message(report));
}

fn send(parcel: Parcel<Report>) {
    // Texts and numbers can always be cloned to the page.
    let _ = scope().post_message(&parcel.to_js());
}
