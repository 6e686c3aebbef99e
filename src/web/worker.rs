//! The worker: runs one simulation at a time, a slice between two looks at its
//! messages, so that Stop and answers get through however long the run is.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::generate::generated;
use super::messages::{Command, Report, decode, encode};
use super::run::{Next, Run};

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// Starts listening. Called once, by the worker's `main`.
pub fn start() {
    console_error_panic_hook::set_once();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(command) = event.data().as_string().as_deref().and_then(decode) {
            obey(command);
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    post(&Report::Ready);
}

fn obey(command: Command) {
    RUN.with_borrow_mut(|current| match command {
        Command::Start(start) => {
            *current = None;
            match Run::start(&start) {
                Ok(run) => *current = Some(run),
                Err(rejection) => post(&Report::Rejected {
                    run: start.run,
                    reason: rejection.to_string(),
                }),
            }
        }
        Command::Answer { run, task, answer } => {
            if let Some(current) = current.as_mut().filter(|current| current.id() == run)
                && let Err(refusal) = current.answer(task, answer)
            {
                post(&Report::Refused {
                    run,
                    reason: refusal.to_string(),
                });
                post(&current.pending());
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
        } => post(&generated(order, &name, &definition)),
    });
    slice();
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
        reports.iter().for_each(post);
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

fn post(report: &Report) {
    // A string can always be cloned to the page.
    let _ = scope().post_message(&encode(report).into());
}
