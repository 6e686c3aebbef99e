//! What a state machine looks like: a graph of its states, and where they stand.
//!
//! [`graph`] says what is shown, [`sizing`] how large it is, [`layout`] where it stands,
//! and [`draw`] does all of it; [`view`] says what of it is in sight, [`render`] makes a
//! picture of it.

mod drawing;
pub mod geometry;
pub mod graph;
pub mod layout;
pub mod path;
pub mod render;
pub mod sizing;
pub mod view;

pub use drawing::{Drawing, DrawnEdge, DrawnLane, DrawnNode, draw, place};
pub use graph::{StateGraph, state_graph};
pub use layout::{Direction, LayoutOptions};
pub use sizing::{Measure, TextStyle};

#[cfg(test)]
mod testing {
    use std::sync::Arc;

    use crate::asl::{self, StateMachine};

    /// The model of a text.
    pub(super) fn machine(text: &str) -> Arc<StateMachine> {
        asl::lower(&crate::source::json::parse(text).root).machine
    }
}
