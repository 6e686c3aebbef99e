//! What happens when a state machine runs: the history of an execution, the
//! interpreter that writes one, and projections that read one.

pub mod history;
pub mod interpreter;
pub mod projection;
