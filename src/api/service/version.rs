//! Versions.

use super::{Request, Service};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::version::{
    DeleteStateMachineVersionInput, DeleteStateMachineVersionOutput, ListStateMachineVersionsInput,
    ListStateMachineVersionsOutput, PublishStateMachineVersionInput,
    PublishStateMachineVersionOutput, StateMachineVersionListItem,
};

/// What the revision of a state machine that was never updated is called.
const INITIAL: &str = "INITIAL";

impl Handle<operation::PublishStateMachineVersion> for Service {
    fn handle(
        &mut self,
        input: PublishStateMachineVersionInput,
        request: &Request,
    ) -> Result<Answer<PublishStateMachineVersionOutput>, ApiError> {
        let machine = self.machine(&input.state_machine_arn)?;
        if machine.is_deleting {
            let arn = &input.state_machine_arn;
            return Err(ApiError::about(ErrorCode::StateMachineDeleting, arn));
        }
        let current = machine.current.facts.id.as_deref().unwrap_or(INITIAL);
        if let Some(wanted) = &input.revision_id
            && **wanted != *current
        {
            let message = format!(
                "Failed to publish the State Machine version for revision {wanted}. The current State Machine revision is {current}."
            );
            return Err(ApiError::new(ErrorCode::ConflictException, message));
        }
        let name = machine.name.clone();
        let Some(machine) = self.machines.get_mut(&name) else {
            return Err(self.no_machine(&input.state_machine_arn));
        };
        let number = machine.publish(input.description, request.now)?;
        let created = machine.versions.get(&number).map(|version| version.created);
        self.machine_changed(&name);
        Ok(Answer::Now(PublishStateMachineVersionOutput {
            creation_date: created.unwrap_or(request.now),
            state_machine_version_arn: self.version_arn(&name, number),
        }))
    }
}

impl Handle<operation::DeleteStateMachineVersion> for Service {
    /// A version that is not there is deleted already; one that an alias leads to stays.
    fn handle(
        &mut self,
        input: DeleteStateMachineVersionInput,
        _: &Request,
    ) -> Result<Answer<DeleteStateMachineVersionOutput>, ApiError> {
        let arn = Arn::parse(&input.state_machine_version_arn)?;
        let Resource::Version(name, number) = &arn.resource else {
            return Err(not_a_version(&arn));
        };
        if !self.is_home(&arn) {
            return Ok(Answer::Now(DeleteStateMachineVersionOutput {}));
        }
        let Some(machine) = self.machines.get_mut(name) else {
            return Ok(Answer::Now(DeleteStateMachineVersionOutput {}));
        };
        let leads_here = |alias: &&crate::api::journal::Alias| {
            let mut routes = alias.routes.iter();
            routes.any(|route| route.state_machine_version_arn == input.state_machine_version_arn)
        };
        let aliases = machine.aliases.values().filter(leads_here);
        let aliases: Vec<&str> = aliases.map(|alias| &*alias.name).collect();
        if !aliases.is_empty() {
            let message = format!(
                "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{}]",
                aliases.join(", ")
            );
            return Err(ApiError::new(ErrorCode::ConflictException, message));
        }
        if machine.versions.remove(number).is_some() {
            self.machine_changed(name);
        }
        Ok(Answer::Now(DeleteStateMachineVersionOutput {}))
    }
}

fn not_a_version(arn: &Arn) -> ApiError {
    match &arn.resource {
        Resource::StateMachine(_) | Resource::Alias(..) | Resource::MapState(..) => {
            ApiError::validation(format!("A state machine version ARN is required: '{arn}'"))
        }
        Resource::Version(..)
        | Resource::Execution(..)
        | Resource::Express(..)
        | Resource::Activity(_)
        | Resource::MapRun(..) => arn.out_of_place(),
    }
}

impl Handle<operation::ListStateMachineVersions> for Service {
    /// The latest first. A state machine that is not there has none.
    fn handle(
        &mut self,
        input: ListStateMachineVersionsInput,
        request: &Request,
    ) -> Result<Answer<ListStateMachineVersionsOutput>, ApiError> {
        let machine = match self.machine(&input.state_machine_arn) {
            Ok(machine) => Some(machine),
            Err(error) if error.code == ErrorCode::StateMachineDoesNotExist => None,
            Err(error) => return Err(error),
        };
        let versions = machine.into_iter().flat_map(|machine| {
            let versions = machine.versions.iter().rev();
            versions.map(|(number, version)| StateMachineVersionListItem {
                state_machine_version_arn: self.version_arn(&machine.name, *number),
                creation_date: version.created,
            })
        });
        let wanted = Wanted {
            question: &format!("ListStateMachineVersions {}", input.state_machine_arn),
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let key = |item: &StateMachineVersionListItem| item.state_machine_version_arn.clone();
        let items: Vec<_> = versions.map(|item| (key(&item), item)).collect();
        let (items, next_token) = page(items, |(key, _)| key, wanted)?;
        Ok(Answer::Now(ListStateMachineVersionsOutput {
            state_machine_versions: items.into_iter().map(|(_, item)| item).collect(),
            next_token,
        }))
    }
}
