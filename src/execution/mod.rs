//! What happens when a state machine runs: the history of an execution, the items that a
//! distributed Map reads, the interpreter that writes a history, inputs and mocks made for one, projections that read one,
//! and named test cases.

pub mod history;
pub mod interpreter;
pub mod item;

pub mod generate;

pub mod projection;

pub mod testing;
