//! What the service keeps of a state machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::api::arn::{Arn, Resource};
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{Alias, Change, RevisionFacts};
use crate::asl::StateMachine;
use crate::execution::interpreter::WorkflowType;
use crate::time::Timestamp;

use super::Service;

/// A state machine: its current revision, its versions and aliases.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub name: Arc<str>,
    pub workflow_type: WorkflowType,
    pub created: Timestamp,
    /// `publish` and `versionDescription` of its creation, for idempotency.
    pub creation: (bool, Option<Arc<str>>),
    pub current: Arc<Revision>,
    pub versions: BTreeMap<u64, Version>,
    /// The number of the latest version, also if it is gone.
    pub latest_version: u64,
    pub aliases: IndexMap<Arc<str>, Alias>,
    pub tags: IndexMap<Arc<str>, Arc<str>>,
    /// Deleted, but executions still run.
    pub is_deleting: bool,
}

/// What a state machine does, at one time in its life. Never changed.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    pub facts: RevisionFacts,
    pub machine: Arc<StateMachine>,
}

/// A version.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub revision: Arc<Revision>,
    pub description: Option<Arc<str>>,
    pub created: Timestamp,
}

/// What a state machine ARN leads to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The revision that runs.
    pub revision: Arc<Revision>,
    /// The number and the facts of the version, if the ARN names one or an alias drew one.
    pub version: Option<(u64, Version)>,
    /// The alias, if the ARN names one.
    pub alias: Option<Arc<str>>,
}

impl Service {
    /// The error for a state machine, version or alias that is not there.
    pub(super) fn no_machine(&self, arn: &str) -> ApiError {
        ApiError::about(ErrorCode::StateMachineDoesNotExist, arn)
    }

    /// The name in the ARN of a state machine, without version, alias or label.
    pub(super) fn unqualified(&self, text: &str) -> Result<Arc<str>, ApiError> {
        let arn = Arn::parse(text)?;
        match &arn.resource {
            Resource::StateMachine(name) if self.is_home(&arn) => Ok(name.clone()),
            Resource::StateMachine(_) => Err(self.no_machine(text)),
            Resource::MapState(..) => Err(labelled()),
            Resource::Version(..) | Resource::Alias(..) => Err(qualified(text)),
            Resource::Execution(..)
            | Resource::Express(..)
            | Resource::Activity(_)
            | Resource::MapRun(..) => Err(arn.out_of_place()),
        }
    }

    /// The state machine of an unqualified ARN.
    pub(super) fn machine(&self, text: &str) -> Result<&Machine, ApiError> {
        let name = self.unqualified(text)?;
        self.machines
            .get(&name)
            .ok_or_else(|| self.no_machine(text))
    }

    /// What the ARN of a state machine, a version or an alias leads to. `draw` is a number
    /// below 100 that decides between the routes of an alias.
    pub(super) fn target(&self, text: &str, draw: u32) -> Result<(&Machine, Target), ApiError> {
        let arn = Arn::parse(text)?;
        let missing = || self.no_machine(text);
        let (name, version, alias) = match &arn.resource {
            Resource::StateMachine(name) => (name, None, None),
            Resource::Version(name, number) => (name, Some(*number), None),
            Resource::Alias(name, alias) => (name, None, Some(alias)),
            Resource::MapState(..) => return Err(labelled()),
            Resource::Execution(..)
            | Resource::Express(..)
            | Resource::Activity(_)
            | Resource::MapRun(..) => return Err(arn.out_of_place()),
        };
        let machine = self.machines.get(name).filter(|_| self.is_home(&arn));
        let machine = machine.ok_or_else(missing)?;
        let version = match alias {
            Some(alias) => {
                let alias = machine.aliases.get(alias).ok_or_else(missing)?;
                Some(drawn(alias, draw).ok_or_else(missing)?)
            }
            None => version,
        };
        let version = match version {
            Some(number) => {
                let version = machine.versions.get(&number).ok_or_else(missing)?;
                Some((number, version.clone()))
            }
            None => None,
        };
        let target = Target {
            revision: match &version {
                Some((_, version)) => version.revision.clone(),
                None => machine.current.clone(),
            },
            version,
            alias: alias.cloned(),
        };
        Ok((machine, target))
    }

    /// Notes that a state machine is as it now is.
    pub(super) fn machine_changed(&mut self, name: &str) {
        if let Some(machine) = self.machines.get(name) {
            self.changes.push(Change::Machine(machine.facts()));
        }
    }

    /// The ARN of a state machine.
    pub(super) fn machine_arn(&self, name: &Arc<str>) -> Arc<str> {
        self.arn(Resource::StateMachine(name.clone()))
    }

    /// The ARN of a version.
    pub(super) fn version_arn(&self, name: &Arc<str>, number: u64) -> Arc<str> {
        self.arn(Resource::Version(name.clone(), number))
    }

    /// The ARN of an alias.
    pub(super) fn alias_arn(&self, name: &Arc<str>, alias: &Arc<str>) -> Arc<str> {
        self.arn(Resource::Alias(name.clone(), alias.clone()))
    }
}

/// The error for a distributed Map state where a state machine is due.
fn labelled() -> ApiError {
    ApiError::validation_for(
        "API_DOES_NOT_SUPPORT_LABELED_ARNS",
        "This API does not support labeled ARNs",
    )
}

/// The error for a version or alias where a state machine is due.
fn qualified(text: &str) -> ApiError {
    ApiError::validation(format!(
        "State machine version or alias ARNs are not supported in this context: '{text}'"
    ))
}

impl Machine {
    /// Makes a version of the current revision, or finds the one there is.
    pub fn publish(
        &mut self,
        description: Option<Arc<str>>,
        now: Timestamp,
    ) -> Result<u64, ApiError> {
        const MOST: usize = 1000;
        let current = self.current.facts.number;
        let mut versions = self.versions.iter().rev();
        let found = versions.find(|(_, version)| version.revision.facts.number == current);
        if let Some((number, _)) = found {
            return Ok(*number);
        }
        if self.versions.len() >= MOST {
            let message = format!("A state machine has at most {MOST} versions");
            let code = ErrorCode::ServiceQuotaExceededException;
            return Err(ApiError::new(code, message));
        }
        self.latest_version += 1;
        let version = Version {
            revision: self.current.clone(),
            description,
            created: now,
        };
        self.versions.insert(self.latest_version, version);
        Ok(self.latest_version)
    }
}

/// The version of an alias that a number below 100 falls on.
fn drawn(alias: &Alias, draw: u32) -> Option<u64> {
    let mut left = draw % 100;
    let route = alias.routes.iter().find(|route| {
        let is_hit = left < route.weight;
        left = left.saturating_sub(route.weight);
        is_hit
    });
    let route = route.or(alias.routes.first())?;
    match Arn::parse(&route.state_machine_version_arn).ok()?.resource {
        Resource::Version(_, number) => Some(number),
        _ => None,
    }
}

/// `STANDARD` or `EXPRESS` as the interpreter knows it.
pub(super) fn workflow_type(text: Option<&str>) -> WorkflowType {
    match text {
        Some("EXPRESS") => WorkflowType::Express,
        _ => WorkflowType::Standard,
    }
}
