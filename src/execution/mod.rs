//! What happens when a state machine runs: the history of an execution, the
//! interpreter that writes one, inputs and mocks made for one, and projections that read one.

pub mod history;
pub mod interpreter;

pub mod generate;

pub mod projection;
