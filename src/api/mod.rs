//! The Step Functions service: its operations, its structures, and a service that
//! performs them in memory.
//!
//! [`dispatch`] takes what a client sends and gives what the service answers. The
//! [`Service`] is a value without IO, clock or randomness: a [`Request`] brings the time
//! and a seed, so the same service runs behind a socket, in a worker and in tests.
//! Structures have the names that the API has for them.

mod error;

mod arn;

mod shape;

pub mod types;

mod page;

mod call;

pub mod operation;

pub mod journal;

mod service;

mod protocol;

pub use arn::{Arn, Resource};
pub use call::{Answer, PollTicket, Request, SyncTicket, Ticket};
pub use error::{ApiError, ErrorCode};
pub use journal::Change;
pub use operation::{Handle, Operation, OperationName};
pub use protocol::{MAX_BODY_BYTES, Response, dispatch, resume};
pub use service::{ActionShapes, Notice, Progress, Service, Settings, Unmocked, WrittenObject};
pub use shape::{Member, Pattern, Shape};
