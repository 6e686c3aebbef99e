//! What a history means: pure folds over its events.
//!
//! They need nothing but the events and the definition, so a history fetched from
//! the real service reads like one the interpreter wrote.

mod data_flow;
mod status;
mod table;
mod trace;
mod visit;

pub use data_flow::{context, data_flow, variables};
pub use status::{StateStatus, Status, TakenTransition};
pub use table::{Row, summary, table};
pub use trace::{Trace, trace};
pub use visit::{Attempt, Visit, VisitId};
