//! What a run needs and what it shows: input and mocks, pending tasks, events.

mod event_list;
mod events;
mod generate;
mod inputs;
mod keep;
mod objects;
mod pending;
mod substitutions;
mod test_case;

pub use events::Events;
pub(crate) use events::clock_text;
pub use inputs::Inputs;
pub use test_case::ChooseTestCase;
