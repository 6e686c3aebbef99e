//! The worker that reads and checks texts and helps to edit them: questions, and who waits for the answer.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::authoring::document::{Document, Reading, Target};
use crate::source::Diagnostic;
use crate::ui::dom::element::assistant_script;
use crate::web::link::WorkerLink;
use crate::web::messages::{Command, Report, Subject, decode};
use crate::web::wire::Parcel;

/// Asks the worker. It is started by the first question.
#[derive(Clone, Copy)]
pub struct AssistantStore {
    waiting: StoredValue<HashMap<u32, Asker>, LocalStorage>,
    latest: StoredValue<u32>,
    link: StoredValue<Option<WorkerLink>, LocalStorage>,
}

/// Who waits for an answer; nothing comes where the worker cannot be had.
type Asker = Box<dyn FnOnce(Option<String>)>;

impl AssistantStore {
    /// Nobody has asked yet.
    pub fn new() -> Self {
        let store = Self {
            waiting: StoredValue::new_local(HashMap::new()),
            latest: StoredValue::new(0),
            link: StoredValue::new_local(None),
        };
        store.link.set_value(Some(WorkerLink::new(
            &assistant_script(),
            move |parcel| {
                if let Parcel::Message(report) = parcel {
                    store.receive(report);
                }
            },
            move |_| store.give_up(),
        )));
        store
    }

    /// Has a text read.
    pub fn read(self, document: &Document, then: impl FnOnce(Option<Reading>) + 'static) {
        let order = self.wait(Box::new(|answer| then(answer.and_then(|it| decode(&it)))));
        self.send(Command::Read {
            order,
            text: document.text().to_string(),
            target: document.target().clone(),
        });
    }

    /// Has the problems of a text looked for.
    pub fn check(
        self,
        text: String,
        target: Target,
        then: impl FnOnce(Option<Vec<Diagnostic>>) + 'static,
    ) {
        let order = self.wait(Box::new(|answer| then(answer.and_then(|it| decode(&it)))));
        self.send(Command::Check {
            order,
            text,
            target,
        });
    }

    /// Asks a question about a text; question and answer are JSON texts.
    pub fn ask(
        self,
        question: String,
        target: Target,
        then: impl FnOnce(Option<String>) + 'static,
    ) {
        let order = self.wait(Box::new(then));
        self.send(Command::Ask {
            order,
            question,
            target,
        });
    }

    /// Has a definition drawn as an SVG picture.
    pub fn draw(
        self,
        subject: Subject,
        target: Target,
        then: impl FnOnce(Option<String>) + 'static,
    ) {
        let order = self.wait(Box::new(then));
        self.send(Command::Draw {
            order,
            subject,
            target,
        });
    }

    fn wait(self, asker: Asker) -> u32 {
        self.latest.update_value(|latest| *latest += 1);
        let order = self.latest.get_value();
        self.waiting.update_value(|waiting| {
            waiting.insert(order, asker);
        });
        order
    }

    fn send(self, command: Command) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.send(Parcel::Message(command));
            }
        });
    }

    fn receive(self, report: Report) {
        // What is said of runs goes to another worker's page.
        let Report::Told { order, answer } = report else {
            return;
        };
        let asker = self
            .waiting
            .try_update_value(|waiting| waiting.remove(&order))
            .flatten();
        if let Some(then) = asker {
            then(Some(answer));
        }
    }

    fn give_up(self) {
        let waiting = self.waiting.try_update_value(std::mem::take);
        for then in waiting.unwrap_or_default().into_values() {
            then(None);
        }
    }
}
