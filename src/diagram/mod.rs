//! What a state machine looks like: a graph of its states and where they stand.

pub mod geometry;
pub mod layout;
