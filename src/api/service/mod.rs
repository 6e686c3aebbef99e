//! The service itself: state machines, executions, activities and what they hold, in
//! memory and without IO.
//!
//! Everything that happens is a call: an operation by way of [`dispatch`](super::dispatch),
//! or [`Service::advance`], which lets executions run on by slices, each in its turn.
//! What changes is noted as [`Change`]s, facts that bring an empty service to where this
//! one stands (see [`journal`](super::journal)).

mod activity;
mod alias;
mod configuration;
mod definition;
mod drive;
mod execution;
mod history;
mod machine;
mod map_run;
mod name;
mod nested;
mod notice;
mod redrive;
mod restore;
mod run;
mod state_machine;
mod store;
mod sync;
mod tag;
mod task;
mod test_state;
mod variable_references;
mod version;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use drive::Progress;
pub use notice::Notice;
pub use test_state::ActionShapes;

use super::arn::{Arn, Resource};
use super::call::{PollTicket, Request, SyncTicket, Ticket};
use super::journal::Change;
use crate::execution::interpreter::{Entropy, Mocks};
use crate::execution::item::{Objects, Text};

/// What the service depends on besides the calls.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The account that everything belongs to, twelve digits.
    pub account: Arc<str>,
    /// The region.
    pub region: Arc<str>,
    /// Results of tasks, by test case; `#TestCase` behind a state machine's ARN chooses one.
    pub mocks: Arc<Mocks>,
    /// What becomes of a task that nobody can answer.
    pub unmocked: Unmocked,
    /// What actions answer, to check mocked results of `TestState` against.
    pub action_shapes: Option<Arc<ActionShapes>>,
    /// The objects of S3 that item readers find.
    pub objects: Arc<Objects>,
}

/// What becomes of a task that has no mock, no worker and no token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmocked {
    /// It fails and says so.
    #[default]
    Fail,
    /// It waits.
    Wait,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            account: "123456789012".into(),
            region: "us-east-1".into(),
            mocks: Arc::default(),
            unmocked: Unmocked::Fail,
            action_shapes: None,
            objects: Arc::default(),
        }
    }
}

/// The service.
#[derive(Debug, Default)]
pub struct Service {
    settings: Settings,
    machines: BTreeMap<Arc<str>, machine::Machine>,
    activities: BTreeMap<Arc<str>, activity::Activity>,
    runs: store::Runs,
    tokens: task::Tokens,
    changes: Vec<Change>,
    due: Vec<Arc<str>>,
    notices: Vec<Notice>,
    written: Vec<WrittenObject>,
}

/// An object of S3 that a result writer has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenObject {
    /// The bucket.
    pub bucket: Arc<str>,
    /// The key.
    pub key: Arc<str>,
    /// What is in it.
    pub text: Text,
}

impl Service {
    /// An empty service.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// What it was set up with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What has changed since the last time, to be kept.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// The keys of tickets whose answers may be there since the last time.
    pub fn take_due(&mut self) -> Vec<Arc<str>> {
        std::mem::take(&mut self.due)
    }

    /// The changes of executions since the last time, as EventBridge would tell them.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The objects that executions which have ended since the last time have written.
    pub fn take_written(&mut self) -> Vec<WrittenObject> {
        std::mem::take(&mut self.written)
    }

    fn arn(&self, resource: Resource) -> Arc<str> {
        let arn = Arn {
            partition: "aws".into(),
            region: self.settings.region.clone(),
            account: self.settings.account.clone(),
            resource,
        };
        arn.to_string().into()
    }

    /// Whether an ARN is of this account and region; others name nothing here.
    fn is_home(&self, arn: &Arn) -> bool {
        arn.account == self.settings.account && arn.region == self.settings.region
    }
}

/// A random identifier.
fn uuid(entropy: &mut Entropy) -> Arc<str> {
    entropy.uuid().into()
}
