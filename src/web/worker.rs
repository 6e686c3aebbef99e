//! The program of the worker that runs: one simulation at a time, a slice between two looks
//! at its messages, so that Stop and answers get through however long the run is. It makes
//! inputs and mocks as well, and evaluates expressions against the values of the last run.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

use super::generate::generated;
use super::messages::{Command, Report};
use super::run::{Next, Run};
use super::scope::{listen, post};
use super::trial::evaluate;
use super::wire::Parcel;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// Starts listening. Called once, by the program's `main`.
pub fn start() {
    listen(|parcel| {
        if let Parcel::Message(command) = parcel {
            obey(command);
        }
    });
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
        Command::Evaluate { order, trial } => {
            post(Report::Evaluated {
                order,
                outcome: evaluate(&trial, current.as_mut()),
            });
        }
        Command::Generate {
            order,
            name,
            definition,
        } => post(generated(order, &name, &definition)),
        // The other program's.
        Command::Read { .. }
        | Command::Check { .. }
        | Command::Draw { .. }
        | Command::Ask { .. } => {}
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
        reports.into_iter().for_each(post);
        next
    });
    if next == Next::Again {
        Timeout::new(0, slice).forget();
    }
}
