//! The program of the workers that help to edit: one reads texts, checks them and answers
//! questions about them, and another lays out large graphs.

use std::cell::RefCell;

use super::assist::Assistant;
use super::layout::Draughtsman;
use super::messages::{Command, Report, encode};
use super::picture::picture;
use super::scope::{listen, post, send};
use super::wire::Parcel;
use crate::authoring::document::read;

thread_local! {
    static ASSISTANT: RefCell<Assistant> = RefCell::default();
    static DRAUGHTSMAN: RefCell<Draughtsman> = RefCell::default();
}

/// Starts listening. Called once, by the program's `main`.
pub fn start() {
    listen(|parcel| match parcel {
        Parcel::Message(command) => obey(command),
        Parcel::Numbers(order) => {
            let answer = DRAUGHTSMAN.with_borrow_mut(|draughtsman| draughtsman.fill(&order));
            if let Some(answer) = answer {
                send(Parcel::Numbers(answer));
            }
        }
    });
}

fn obey(command: Command) {
    let (order, answer) = match command {
        Command::Read {
            order,
            text,
            target,
        } => (order, encode(&read(&text, &target))),
        Command::Check {
            order,
            text,
            target,
        } => {
            let check = |assistant: &mut Assistant| encode(&assistant.check(&text, &target));
            (order, ASSISTANT.with_borrow_mut(check))
        }
        Command::Draw {
            order,
            subject,
            target,
        } => (order, picture(&subject, target)),
        Command::Ask {
            order,
            question,
            target,
        } => {
            let answer = |assistant: &mut Assistant| assistant.answer(&question, &target);
            (order, ASSISTANT.with_borrow_mut(answer))
        }
        // The other program's.
        Command::Start(_)
        | Command::Answer { .. }
        | Command::Stop { .. }
        | Command::Generate { .. }
        | Command::Evaluate { .. } => return,
    };
    post(Report::Told { order, answer });
}
