//! Who runs what, for ARNs and the context object.

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

use super::quota::Quotas;
use crate::asl::StateMachine;
use crate::execution::item::Objects;

pub use crate::asl::WorkflowType;

/// The facts about an execution that its definition does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The name of the execution.
    pub name: Arc<str>,
    /// What tells Express executions of the same name apart, the last part of their ARN.
    pub express_id: Option<Arc<str>>,
    /// The name of the state machine.
    pub machine_name: Arc<str>,
    /// The account, twelve digits.
    pub account: Arc<str>,
    /// The region.
    pub region: Arc<str>,
    /// The role of the state machine.
    pub role_arn: Arc<str>,
    /// The version it was started by.
    pub version_arn: Option<Arc<str>>,
    /// The alias it was started by.
    pub alias_arn: Option<Arc<str>>,
    /// Standard or Express.
    pub workflow_type: WorkflowType,
    /// What randomness starts from: UUIDs, task tokens, jitter.
    pub seed: u64,
    /// The service's limits.
    pub quotas: Quotas,
    /// What item readers find.
    pub objects: Arc<Objects>,
    /// The state machines that tasks can start, by name.
    pub machines: Arc<IndexMap<Arc<str>, Arc<StateMachine>>>,
}

/// The longest run that a type of state machine allows.
pub(super) fn longest(workflow_type: WorkflowType) -> Option<Duration> {
    match workflow_type {
        WorkflowType::Standard => None,
        WorkflowType::Express => Some(Duration::from_secs(300)),
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "execution".into(),
            express_id: None,
            machine_name: "statemachine".into(),
            account: "123456789012".into(),
            region: "us-east-1".into(),
            role_arn: "arn:aws:iam::123456789012:role/statelab".into(),
            version_arn: None,
            alias_arn: None,
            workflow_type: WorkflowType::Standard,
            seed: 0,
            quotas: Quotas::SERVICE,
            objects: Arc::default(),
            machines: Arc::default(),
        }
    }
}

impl Options {
    /// The ARN of the execution.
    pub fn execution_arn(&self) -> String {
        let Self {
            name,
            machine_name,
            account,
            region,
            ..
        } = self;
        match self.workflow_type {
            WorkflowType::Standard => {
                format!("arn:aws:states:{region}:{account}:execution:{machine_name}:{name}")
            }
            WorkflowType::Express => {
                let id = self.express_id.iter().map(|id| format!(":{id}"));
                let id: String = id.collect();
                format!("arn:aws:states:{region}:{account}:express:{machine_name}:{name}{id}")
            }
        }
    }

    /// The ARN of the state machine.
    pub fn machine_arn(&self) -> String {
        let Self {
            machine_name,
            account,
            region,
            ..
        } = self;
        format!("arn:aws:states:{region}:{account}:stateMachine:{machine_name}")
    }
}
