//! The document that the page starts with, found without waiting for anything.

use crate::ui::dom::clock;
use crate::ui::dom::mirror::{self, Writing};
use crate::ui::example;
use crate::web::documents::record::{Beside, DocumentId, Record};

/// What the page starts with.
pub struct Start {
    /// The document.
    pub record: Record,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where the first document comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The mirror of the last visit.
    Mirror,
    /// It has yet to come from the database; until then an empty one is shown.
    Database,
    /// Nobody was here before: it is an example.
    FirstVisit,
    /// It is new, and nobody else has it.
    New,
}

impl Start {
    /// Reads what the last visit has left.
    pub fn read() -> Self {
        if let Some(id) = mirror::last_shown() {
            return match mirror::read(&id) {
                Some(record) => {
                    mirror::open(&record, Writing::Later);
                    Self {
                        record,
                        origin: Origin::Mirror,
                    }
                }
                None => Self {
                    record: Record::new(id, "…", "", Beside::default(), clock::now()),
                    origin: Origin::Database,
                },
            };
        }
        if let Some(record) = mirror::take_over_only_document() {
            return Self {
                record,
                origin: Origin::New,
            };
        }
        let record = first_document();
        mirror::open(&record, Writing::Now);
        Self {
            record,
            origin: Origin::FirstVisit,
        }
    }
}

/// What a first visit shows.
pub(super) fn first_document() -> Record {
    let beside = Beside {
        input: example::FIRST.input.to_owned(),
        mocks: example::FIRST.mocks.to_owned(),
        ..Beside::default()
    };
    let (name, text) = (example::FIRST.name, example::FIRST.definition);
    Record::new(DocumentId::random(), name, text, beside, clock::now())
}
