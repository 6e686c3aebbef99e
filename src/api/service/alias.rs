//! Aliases.

use std::sync::Arc;

use super::{Request, Service};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::Alias;
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::alias::{
    CreateStateMachineAliasInput, CreateStateMachineAliasOutput, DeleteStateMachineAliasInput,
    DeleteStateMachineAliasOutput, DescribeStateMachineAliasInput, DescribeStateMachineAliasOutput,
    ListStateMachineAliasesInput, ListStateMachineAliasesOutput, RoutingConfigurationListItem,
    StateMachineAliasListItem, UpdateStateMachineAliasInput, UpdateStateMachineAliasOutput,
};

/// A state machine and one of its aliases.
type Names = (Arc<str>, Arc<str>);

/// The most aliases that a state machine has.
const MOST: usize = 100;

impl Handle<operation::CreateStateMachineAlias> for Service {
    /// Idempotent by name, description and routes.
    fn handle(
        &mut self,
        input: CreateStateMachineAliasInput,
        request: &Request,
    ) -> Result<Answer<CreateStateMachineAliasOutput>, ApiError> {
        let name = self.routed_machine(&input.routing_configuration, None)?;
        let alias_arn = self.alias_arn(&name, &input.name);
        let machine_arn = self.machine_arn(&name);
        let Some(machine) = self.machines.get_mut(&name) else {
            return Err(self.no_machine(&machine_arn));
        };
        if machine.is_deleting {
            return Err(ApiError::about(
                ErrorCode::StateMachineDeleting,
                machine_arn,
            ));
        }
        if let Some(alias) = machine.aliases.get(&input.name) {
            let is_same = alias.description == input.description
                && alias.routes == input.routing_configuration;
            if !is_same {
                return Err(ApiError::new(
                    ErrorCode::ConflictException,
                    "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
                ));
            }
            return Ok(Answer::Now(CreateStateMachineAliasOutput {
                creation_date: alias.created,
                state_machine_alias_arn: alias_arn,
            }));
        }
        if machine.aliases.len() >= MOST {
            let message = format!("A state machine has at most {MOST} aliases");
            let code = ErrorCode::ServiceQuotaExceededException;
            return Err(ApiError::new(code, message));
        }
        let alias = Alias {
            name: input.name.clone(),
            description: input.description,
            routes: input.routing_configuration,
            created: request.now,
            updated: request.now,
        };
        machine.aliases.insert(input.name, alias);
        self.machine_changed(&name);
        Ok(Answer::Now(CreateStateMachineAliasOutput {
            creation_date: request.now,
            state_machine_alias_arn: alias_arn,
        }))
    }
}

impl Service {
    /// The state machine whose versions the routes of an alias lead to, if the routes are
    /// as they must be.
    fn routed_machine(
        &self,
        routes: &[RoutingConfigurationListItem],
        owner: Option<&Arc<str>>,
    ) -> Result<Arc<str>, ApiError> {
        let refuse = |message: String| {
            Err(ApiError::validation_for(
                "INVALID_ROUTING_CONFIGURATION",
                message,
            ))
        };
        let arns = || {
            let arns = routes.iter().map(|route| &*route.state_machine_version_arn);
            arns.collect::<Vec<_>>().join(", ")
        };
        let mut versions = Vec::new();
        for route in routes {
            let arn = Arn::parse(&route.state_machine_version_arn)?;
            let Resource::Version(name, number) = &arn.resource else {
                return refuse(format!(
                    "Routing configuration must contain state machine version ARNs. Received: [{}]",
                    arns()
                ));
            };
            let name = self.is_home(&arn).then(|| name.clone());
            versions.push((name, *number));
        }
        if let [a, b] = versions.as_slice() {
            if a == b {
                return refuse(format!(
                    "Routing configuration must contain distinct state machine version ARNs. Received: [{}]",
                    arns()
                ));
            }
            if a.0 != b.0 {
                return refuse(format!(
                    "Routing configuration must contain versions of the same state machine. Received: [{}]",
                    arns()
                ));
            }
        }
        let sum: u32 = routes.iter().map(|route| route.weight).sum();
        if sum != 100 {
            let weights = routes.iter().map(|route| route.weight.to_string());
            let weights = weights.collect::<Vec<_>>().join(", ");
            return refuse(format!(
                "Sum of routing configuration weights must equal 100. Received: [{weights}]"
            ));
        }
        let name = versions.first().and_then(|(name, _)| name.clone());
        let name = name.ok_or_else(|| missing(&arns()))?;
        if owner.is_some_and(|owner| *owner != name) {
            return refuse(format!(
                "Routing configuration must contain versions of the state machine of the alias. Received: [{}]",
                arns()
            ));
        }
        let machine = self.machines.get(&name).ok_or_else(|| missing(&arns()))?;
        let mut numbers = versions.iter().map(|(_, number)| number);
        match numbers.all(|number| machine.versions.contains_key(number)) {
            true => Ok(name),
            false => Err(missing(&arns())),
        }
    }

    /// The state machine and the name in the ARN of an alias.
    fn alias_names(&self, text: &str) -> Result<Option<Names>, ApiError> {
        let arn = Arn::parse(text)?;
        match &arn.resource {
            Resource::Alias(machine, alias) => {
                let is_home = self.is_home(&arn);
                Ok(is_home.then(|| (machine.clone(), alias.clone())))
            }
            Resource::StateMachine(_) | Resource::Version(..) | Resource::MapState(..) => {
                let message = format!("A state machine alias ARN is required: '{text}'");
                Err(ApiError::validation(message))
            }
            Resource::Execution(..)
            | Resource::Express(..)
            | Resource::Activity(_)
            | Resource::MapRun(..) => Err(arn.out_of_place()),
        }
    }

    fn alias(&self, text: &str) -> Result<(Arc<str>, &Alias), ApiError> {
        let (machine, alias) = self.alias_names(text)?.ok_or_else(|| missing(text))?;
        let found = self.machines.get(&machine);
        let alias = found.and_then(|machine| machine.aliases.get(&alias));
        Ok((machine, alias.ok_or_else(|| missing(text))?))
    }
}

/// The error for a version or an alias that is not there.
fn missing(arn: &str) -> ApiError {
    ApiError::new(
        ErrorCode::ResourceNotFound,
        format!("Resource not found: '{arn}'"),
    )
}

impl Handle<operation::UpdateStateMachineAlias> for Service {
    fn handle(
        &mut self,
        input: UpdateStateMachineAliasInput,
        request: &Request,
    ) -> Result<Answer<UpdateStateMachineAliasOutput>, ApiError> {
        let (machine, alias) = self.alias(&input.state_machine_alias_arn)?;
        if input.description.is_none() && input.routing_configuration.is_none() {
            return Err(ApiError::validation_for(
                "MISSING_REQUIRED_PARAMETER",
                "Either the description or the routing configuration must be specified",
            ));
        }
        let mut alias = alias.clone();
        if let Some(routes) = input.routing_configuration {
            self.routed_machine(&routes, Some(&machine))?;
            alias.routes = routes;
        }
        if input.description.is_some() {
            alias.description = input.description;
        }
        alias.updated = request.now;
        if let Some(machine) = self.machines.get_mut(&machine) {
            machine.aliases.insert(alias.name.clone(), alias);
        }
        self.machine_changed(&machine);
        Ok(Answer::Now(UpdateStateMachineAliasOutput {
            update_date: request.now,
        }))
    }
}

impl Handle<operation::DescribeStateMachineAlias> for Service {
    fn handle(
        &mut self,
        input: DescribeStateMachineAliasInput,
        _: &Request,
    ) -> Result<Answer<DescribeStateMachineAliasOutput>, ApiError> {
        let (_, alias) = self.alias(&input.state_machine_alias_arn)?;
        Ok(Answer::Now(DescribeStateMachineAliasOutput {
            state_machine_alias_arn: input.state_machine_alias_arn,
            name: alias.name.clone(),
            description: alias.description.clone(),
            routing_configuration: alias.routes.clone(),
            creation_date: alias.created,
            update_date: alias.updated,
        }))
    }
}

impl Handle<operation::DeleteStateMachineAlias> for Service {
    /// Learned from recordings: an alias that is not there is deleted already.
    fn handle(
        &mut self,
        input: DeleteStateMachineAliasInput,
        _: &Request,
    ) -> Result<Answer<DeleteStateMachineAliasOutput>, ApiError> {
        if let Some((name, alias)) = self.alias_names(&input.state_machine_alias_arn)?
            && let Some(machine) = self.machines.get_mut(&name)
            && machine.aliases.shift_remove(&alias).is_some()
        {
            self.machine_changed(&name);
        }
        Ok(Answer::Now(DeleteStateMachineAliasOutput {}))
    }
}

impl Handle<operation::ListStateMachineAliases> for Service {
    /// All aliases of a state machine, or those that lead to a version.
    ///
    /// Learned from recordings: the oldest first, not the latest as documented.
    fn handle(
        &mut self,
        input: ListStateMachineAliasesInput,
        request: &Request,
    ) -> Result<Answer<ListStateMachineAliasesOutput>, ApiError> {
        let text = &input.state_machine_arn;
        let arn = Arn::parse(text)?;
        let (machine, target) = self.target(text, 0)?;
        if target.alias.is_some() {
            return Err(arn.out_of_place());
        }
        let aliases = machine.aliases.values().filter(|alias| {
            let mut routes = alias.routes.iter();
            target.version.is_none() || routes.any(|route| route.state_machine_version_arn == *text)
        });
        let items = aliases.map(|alias| StateMachineAliasListItem {
            state_machine_alias_arn: self.alias_arn(&machine.name, &alias.name),
            creation_date: alias.created,
        });
        let wanted = Wanted {
            question: &format!("ListStateMachineAliases {text}"),
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let items = items.collect();
        let (state_machine_aliases, next_token) =
            page(items, |item| &item.state_machine_alias_arn, wanted)?;
        Ok(Answer::Now(ListStateMachineAliasesOutput {
            state_machine_aliases,
            next_token,
        }))
    }
}
