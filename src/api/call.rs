//! What a call brings and what it gets.

use std::sync::Arc;

use crate::execution::interpreter::Entropy;
use crate::time::Timestamp;

/// What a call brings along: the only time and the only randomness there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it happens.
    pub now: Timestamp,
    /// What randomness starts from; different for every call.
    pub seed: u64,
}

impl Request {
    pub(super) fn entropy(&self) -> Entropy {
        Entropy::new(self.seed)
    }
}

/// What the service says to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer<T> {
    /// This.
    Now(T),
    /// Nothing yet. Ask again with [`resume`](super::resume) when the service says that the
    /// ticket is due, at the latest at the ticket's deadline.
    Later(Ticket),
}

/// An answer that comes later.
#[derive(Clone, Debug, PartialEq)]
pub enum Ticket {
    /// The end of a synchronous execution.
    SyncExecution(SyncTicket),
    /// A task of an activity.
    ActivityTask(PollTicket),
}

/// A synchronous execution that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncTicket {
    /// Its ARN.
    pub execution_arn: Arc<str>,
    /// Whether the answer holds input and output.
    pub with_data: bool,
}

/// A poll that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct PollTicket {
    /// The activity's ARN.
    pub activity_arn: Arc<str>,
    /// Who polls.
    pub worker: Option<Arc<str>>,
    /// When it gives up.
    pub until: Timestamp,
}

impl Ticket {
    /// What the service names in [`Service::take_due`](super::Service::take_due) when the
    /// answer may be there.
    pub fn key(&self) -> &Arc<str> {
        match self {
            Ticket::SyncExecution(ticket) => &ticket.execution_arn,
            Ticket::ActivityTask(ticket) => &ticket.activity_arn,
        }
    }

    /// When to ask at the latest.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self {
            Ticket::SyncExecution(_) => None,
            Ticket::ActivityTask(ticket) => Some(ticket.until),
        }
    }
}
