//! Mocks that are made from what the definition asks for. The worker makes them.

use leptos::prelude::*;

use super::answers::{UnreadableMocks, read_mocks};
use super::document::DocumentStore;
use super::execution::{ExecutionStore, machine_name};
use super::layout::{LayoutStore, SideView};
use super::steps::{Deed, Step, Swap};
use crate::asl::StateKind;
use crate::execution::generate::TEST_CASE;
use crate::execution::interpreter::Mocks;
use crate::web::messages::Command;

/// What happens when the mocks are there.
#[derive(Clone, Copy)]
pub enum Then {
    /// They are shown.
    Show(LayoutStore),
    /// The document is run with them.
    Run(DocumentStore, LayoutStore),
}

/// What the worker was asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Order {
    number: u32,
    then: Option<Then>,
}

impl ExecutionStore {
    /// Has a result made for every Task of a document, and an input where there is none.
    pub fn generate(self, document: DocumentStore, then: Then) {
        let name = machine_name(&document.name_untracked());
        let snapshot = self.with_values(document.get_untracked());
        self.order.update(|order| {
            order.number += 1;
            order.then = Some(then);
        });
        self.send(Command::Generate {
            order: self.order.get_untracked().number,
            name,
            definition: snapshot.definition().to_string(),
        });
    }

    /// Why no mocks can be made; nothing if they can.
    pub fn generation_obstacle(self, document: DocumentStore) -> Option<&'static str> {
        let document = document.get();
        let mut states = document.machine().walk();
        let has_task = states.any(|state| matches!(state.kind, StateKind::Task(_)));
        match (has_task, self.has_readable_mocks.get()) {
            (false, _) => Some("there is no Task that needs a result"),
            (true, false) => Some("the mocks cannot be read"),
            (true, true) => None,
        }
    }

    /// Whether mocks are being made.
    pub fn is_generating(self) -> bool {
        self.order.with(|order| order.then.is_some())
    }

    /// Whatever comes of the order is not wanted any more.
    pub(super) fn forget_order(self) {
        self.order.update(|order| order.then = None);
    }

    pub(super) fn receive_generated(self, number: u32, input: String, mocks: &str) {
        let Order {
            number: current,
            then,
        } = self.order.get_untracked();
        let Some(then) = then.filter(|_| number == current) else {
            return;
        };
        self.forget_order();
        let given = (self.input.get_untracked(), self.mocks.get_untracked());
        match step(given, input, mocks) {
            Ok(step) => self.take(step),
            Err(UnreadableMocks) => {
                return self.fault.set(Some(
                    "The mocks cannot be read. Repair or empty them first.".into(),
                ));
            }
        }
        self.test_case.set(TEST_CASE.into());
        match then {
            Then::Show(layout) => layout.show_side(SideView::Input),
            Then::Run(document, layout) => self.start(document, layout),
        }
    }
}

/// The generated test case beside those that are there; an input of somebody's own stays.
fn step(
    (input, mocks): (String, String),
    generated_input: String,
    generated_mocks: &str,
) -> Result<Step, UnreadableMocks> {
    let mut merged = read_mocks(&mocks)?;
    merged.adopt(Mocks::parse(generated_mocks).map_err(|_| UnreadableMocks)?);
    let is_blank = matches!(input.trim(), "" | "{}" | "null");
    Ok(Step {
        input: (is_blank && generated_input != input).then_some(Swap {
            before: input,
            after: generated_input,
        }),
        mocks: Swap {
            before: mocks,
            after: merged.to_text(),
        },
        deed: Deed::Generated {
            case: TEST_CASE.into(),
        },
    })
}
