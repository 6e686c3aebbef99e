//! The interpreter, sans-IO: definition, input, answers to tasks, clock and seed go
//! in; events and effects come out.
//!
//! An [`Execution`] holds *frames*, one for each thread of control: the machine, a
//! branch, an iteration. Frames that can go on wait in a queue and take one step each
//! in turn, so events of concurrent branches interleave evenly and a slice can end
//! between any two steps. What a state does is in `state`, how data flows through it
//! in `data_flow`, one seam for every query language. [`Simulation`] drives an
//! execution under a virtual clock.

mod alone;
mod assign;
mod catch;
mod child;
mod context;
mod data_flow;
mod end;
mod entropy;
mod execution;
mod fault;
mod frame;
mod generate;
mod inspect;
mod jsonata;
mod jsonpath;
mod leave;
mod map_run;
mod mock;
mod nested;
mod options;
mod order;
mod quota;
mod redrive;
mod retry;
mod run;
mod scope;
mod setting;
mod setup;
mod signal;
mod simulate;
mod state;
mod task;
mod timer;

pub use alone::{Alone, Sighting};
pub use entropy::Entropy;
pub use execution::{Execution, Fuel, Outcome, Progress};
pub use generate::Generator;
pub use inspect::{Given, MapInputs, Stages, items, map_inputs, stages};
pub use map_run::{ChildExecution, Counts, MapRun, MapRunStatus, MapRunUpdate, Visits};
pub use mock::{Answered, Mock, MockError, MockHandler, Mocks, Unmocked};
pub use options::{Options, WorkflowType};
pub use quota::Quotas;
pub use redrive::NotRedrivable;
pub use setup::{Setup, SetupError, SetupText};
pub use simulate::{Reply, Simulation, Status, TaskHandler, run_to_end};
pub use state::holds;
pub use task::{Effect, FailedAt, TaskId, TaskRequest, TaskResult, UnknownTask};
