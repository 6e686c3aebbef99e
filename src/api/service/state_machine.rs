//! Create, update, describe, delete, list and validate state machines.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::machine::{Machine, Revision, Target, workflow_type};
use super::{Request, Service, configuration, definition, name, tag, uuid, variable_references};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{Change, RevisionFacts};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::configuration::EncryptionConfiguration;
use crate::api::types::state_machine::{
    CreateStateMachineInput, CreateStateMachineOutput, DeleteStateMachineInput,
    DeleteStateMachineOutput, DescribeStateMachineForExecutionInput,
    DescribeStateMachineForExecutionOutput, DescribeStateMachineInput, DescribeStateMachineOutput,
    ListStateMachinesInput, ListStateMachinesOutput, StateMachineListItem, UpdateStateMachineInput,
    UpdateStateMachineOutput, ValidateStateMachineDefinitionInput,
    ValidateStateMachineDefinitionOutput,
};

/// The most state machines that an account has.
const MOST_MACHINES: usize = 10_000;

impl Handle<operation::CreateStateMachine> for Service {
    /// Idempotent by name, definition, type, configurations, `publish` and
    /// `versionDescription`; role and tags of a second request are ignored.
    ///
    /// Learned from recordings: the same definition in other white space is another one.
    fn handle(
        &mut self,
        input: CreateStateMachineInput,
        request: &Request,
    ) -> Result<Answer<CreateStateMachineOutput>, ApiError> {
        name::check(&input.name)?;
        let workflow_type = workflow_type(input.machine_type.as_deref());
        let publish = input.publish.unwrap_or(false);
        check_version_description(publish, input.version_description.as_ref())?;
        let facts = RevisionFacts {
            number: 0,
            id: None,
            role_arn: role(input.role_arn)?,
            logging: configuration::logging(input.logging_configuration)?,
            tracing: configuration::tracing(input.tracing_configuration),
            encryption: configuration::encryption(input.encryption_configuration)?,
            updated: request.now,
            definition: input.definition,
        };
        let tags = tag::read(input.tags.unwrap_or_default())?;
        let arn = self.machine_arn(&input.name);
        let creation = (publish, input.version_description.clone());
        if let Some(machine) = self.machines.get(&input.name) {
            if machine.is_deleting {
                return Err(ApiError::about(ErrorCode::StateMachineDeleting, arn));
            }
            let current = &machine.current.facts;
            let is_same = machine.workflow_type == workflow_type
                && machine.creation == creation
                && current.definition == facts.definition
                && current.logging == facts.logging
                && current.tracing == facts.tracing
                && current.encryption == facts.encryption;
            if !is_same {
                return Err(ApiError::about(ErrorCode::StateMachineAlreadyExists, arn));
            }
            let created = machine.created;
            return Ok(Answer::Now(CreateStateMachineOutput {
                state_machine_arn: arn,
                creation_date: created,
                state_machine_version_arn: publish.then(|| self.version_arn(&input.name, 1)),
            }));
        }
        let parsed = definition::read(&facts.definition, workflow_type)?;
        if self.machines.len() >= MOST_MACHINES {
            let message = format!("An account has at most {MOST_MACHINES} state machines");
            return Err(ApiError::new(ErrorCode::StateMachineLimitExceeded, message));
        }
        let revision = Arc::new(Revision {
            facts,
            machine: parsed,
        });
        let mut machine = Machine {
            name: input.name.clone(),
            workflow_type,
            created: request.now,
            creation,
            current: revision,
            versions: BTreeMap::new(),
            latest_version: 0,
            aliases: IndexMap::new(),
            tags,
            is_deleting: false,
        };
        let version = match publish {
            true => Some(machine.publish(input.version_description, request.now)?),
            false => None,
        };
        self.note_revision(&input.name, &machine.current.clone());
        self.machines.insert(input.name.clone(), machine);
        self.machine_changed(&input.name);
        let version_arn = version.map(|number| self.version_arn(&input.name, number));
        Ok(Answer::Now(CreateStateMachineOutput {
            state_machine_arn: arn,
            creation_date: request.now,
            state_machine_version_arn: version_arn,
        }))
    }
}

impl Handle<operation::UpdateStateMachine> for Service {
    /// What changes makes a revision with an identifier of its own; what does not keeps
    /// the revision there is.
    ///
    /// Learned from recordings: a state machine whose first update names more than its
    /// definition gets its first identifier then, even if nothing differs; `publish`
    /// without a change publishes the revision there is and names none.
    fn handle(
        &mut self,
        input: UpdateStateMachineInput,
        request: &Request,
    ) -> Result<Answer<UpdateStateMachineOutput>, ApiError> {
        let has_configuration = input.role_arn.is_some()
            || input.logging_configuration.is_some()
            || input.tracing_configuration.is_some()
            || input.encryption_configuration.is_some();
        if input.definition.is_none() && !has_configuration {
            return Err(ApiError::new(
                ErrorCode::MissingRequiredParameter,
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
            ));
        }
        let publish = input.publish.unwrap_or(false);
        check_version_description(publish, input.version_description.as_ref())?;
        let machine = self.machine(&input.state_machine_arn)?;
        if machine.is_deleting {
            let arn = &input.state_machine_arn;
            return Err(ApiError::about(ErrorCode::StateMachineDeleting, arn));
        }
        let (name, current) = (machine.name.clone(), machine.current.clone());
        let mut facts = current.facts.clone();
        let mut parsed = current.machine.clone();
        if let Some(text) = input.definition
            && text != facts.definition
        {
            parsed = definition::read(&text, machine.workflow_type)?;
            facts.definition = text;
        }
        if let Some(role_arn) = input.role_arn {
            facts.role_arn = role(role_arn)?;
        }
        if input.logging_configuration.is_some() {
            facts.logging = configuration::logging(input.logging_configuration)?;
        }
        if input.tracing_configuration.is_some() {
            facts.tracing = configuration::tracing(input.tracing_configuration);
        }
        if input.encryption_configuration.is_some() {
            facts.encryption = configuration::encryption(input.encryption_configuration)?;
        }
        let is_first = facts.id.is_none() && has_configuration;
        let revision = match facts != current.facts || is_first {
            false => current,
            true => {
                facts.number += 1;
                facts.id = Some(uuid(&mut request.entropy()));
                facts.updated = request.now;
                let revision = Arc::new(Revision {
                    facts,
                    machine: parsed,
                });
                self.note_revision(&name, &revision);
                revision
            }
        };
        let revision_id = revision.facts.id.clone();
        let Some(machine) = self.machines.get_mut(&name) else {
            return Err(self.no_machine(&input.state_machine_arn));
        };
        machine.current = revision;
        let version = match publish {
            true => Some(machine.publish(input.version_description, request.now)?),
            false => None,
        };
        self.machine_changed(&name);
        Ok(Answer::Now(UpdateStateMachineOutput {
            update_date: request.now,
            revision_id,
            state_machine_version_arn: version.map(|number| self.version_arn(&name, number)),
        }))
    }
}

impl Handle<operation::DescribeStateMachine> for Service {
    fn handle(
        &mut self,
        input: DescribeStateMachineInput,
        request: &Request,
    ) -> Result<Answer<DescribeStateMachineOutput>, ApiError> {
        let text = &input.state_machine_arn;
        if let Some(output) = self.describe_map_state(text, &input)? {
            return Ok(Answer::Now(output));
        }
        let (machine, target) = self.target(text, draw(request))?;
        let Target {
            revision, version, ..
        } = target;
        let number = version.as_ref().map(|(number, _)| *number);
        let version = version.map(|(_, version)| version);
        let with_data = input.included_data.as_deref() != Some("METADATA_ONLY");
        let facts = &revision.facts;
        let arn = match number {
            Some(number) => self.version_arn(&machine.name, number),
            None => self.machine_arn(&machine.name),
        };
        let status = match machine.is_deleting {
            true => "DELETING",
            false => "ACTIVE",
        };
        let created = version.as_ref().map_or(machine.created, |v| v.created);
        Ok(Answer::Now(DescribeStateMachineOutput {
            state_machine_arn: arn,
            name: machine.name.clone(),
            status: status.into(),
            definition: with_data.then(|| facts.definition.clone()),
            role_arn: facts.role_arn.clone(),
            machine_type: machine.workflow_type.as_str().into(),
            creation_date: created,
            logging_configuration: facts.logging.clone(),
            tracing_configuration: facts.tracing.clone(),
            label: None,
            revision_id: facts.id.clone(),
            description: version.and_then(|version| version.description),
            encryption_configuration: shown_encryption(&revision),
            variable_references: variables(&revision, with_data),
        }))
    }
}

impl Service {
    /// The state machine inside a distributed Map state, by its labelled ARN.
    fn describe_map_state(
        &self,
        text: &Arc<str>,
        input: &DescribeStateMachineInput,
    ) -> Result<Option<DescribeStateMachineOutput>, ApiError> {
        let arn = Arn::parse(text)?;
        let Resource::MapState(name, label) = &arn.resource else {
            return Ok(None);
        };
        let machine = self.machines.get(name).filter(|_| self.is_home(&arn));
        let machine = machine.ok_or_else(|| self.no_machine(text))?;
        let revision = &machine.current;
        let found = definition::labelled(revision, label);
        let (inner, workflow_type) = found.ok_or_else(|| self.no_machine(text))?;
        let with_data = input.included_data.as_deref() != Some("METADATA_ONLY");
        let facts = &revision.facts;
        Ok(Some(DescribeStateMachineOutput {
            state_machine_arn: text.clone(),
            name: format!("{name}/{label}").into(),
            status: "ACTIVE".into(),
            definition: with_data.then_some(inner),
            role_arn: facts.role_arn.clone(),
            machine_type: workflow_type.as_str().into(),
            creation_date: machine.created,
            logging_configuration: facts.logging.clone(),
            tracing_configuration: facts.tracing.clone(),
            label: Some(label.clone()),
            revision_id: facts.id.clone(),
            description: None,
            encryption_configuration: shown_encryption(revision),
            variable_references: None,
        }))
    }

    /// Notes a revision.
    pub(super) fn note_revision(&mut self, machine: &Arc<str>, revision: &Revision) {
        self.changes.push(Change::Revision {
            machine: machine.clone(),
            revision: revision.facts.clone(),
        });
    }

    /// Forgets a state machine that is being deleted once nothing of it runs.
    pub(super) fn delete_if_idle(&mut self, name: &Arc<str>) {
        let is_deleting = self.machines.get(name).is_some_and(|m| m.is_deleting);
        if is_deleting && !self.runs.has_running(name) {
            self.machines.remove(name);
            self.runs.forget_machine(name);
            self.changes
                .push(Change::MachineGone { name: name.clone() });
        }
    }
}

impl Handle<operation::DescribeStateMachineForExecution> for Service {
    fn handle(
        &mut self,
        input: DescribeStateMachineForExecutionInput,
        _: &Request,
    ) -> Result<Answer<DescribeStateMachineForExecutionOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        let (revision, map_run) = (run.revision.clone(), run.map_run.clone());
        let with_data = input.included_data.as_deref() != Some("METADATA_ONLY");
        let facts = &revision.facts;
        let name = run.facts.machine.clone();
        let (definition, label) = match &map_run {
            None => (Some(facts.definition.clone()), None),
            Some(map_run) => (
                definition::labelled(&revision, &map_run.label).map(|(text, _)| text),
                Some(map_run.label.clone()),
            ),
        };
        Ok(Answer::Now(DescribeStateMachineForExecutionOutput {
            state_machine_arn: self.machine_arn_of(&run),
            name: match &label {
                None => name,
                Some(label) => format!("{name}/{label}").into(),
            },
            definition: definition.filter(|_| with_data),
            role_arn: facts.role_arn.clone(),
            update_date: facts.updated,
            logging_configuration: facts.logging.clone(),
            tracing_configuration: facts.tracing.clone(),
            map_run_arn: map_run.map(|map_run| map_run.arn.clone()),
            label,
            revision_id: facts.id.clone(),
            encryption_configuration: shown_encryption(&revision),
            variable_references: variables(&revision, with_data),
        }))
    }
}

impl Handle<operation::DeleteStateMachine> for Service {
    /// Learned from recordings: what is not there is deleted already.
    fn handle(
        &mut self,
        input: DeleteStateMachineInput,
        _: &Request,
    ) -> Result<Answer<DeleteStateMachineOutput>, ApiError> {
        let name = match self.unqualified(&input.state_machine_arn) {
            Ok(name) => name,
            Err(error) if error.code == ErrorCode::StateMachineDoesNotExist => {
                return Ok(Answer::Now(DeleteStateMachineOutput {}));
            }
            Err(error) => return Err(error),
        };
        if let Some(machine) = self.machines.get_mut(&name) {
            machine.is_deleting = true;
            self.machine_changed(&name);
            self.delete_if_idle(&name);
        }
        Ok(Answer::Now(DeleteStateMachineOutput {}))
    }
}

impl Handle<operation::ListStateMachines> for Service {
    fn handle(
        &mut self,
        input: ListStateMachinesInput,
        request: &Request,
    ) -> Result<Answer<ListStateMachinesOutput>, ApiError> {
        let machines = self.machines.values().filter(|m| !m.is_deleting);
        let item = |machine: &Machine| StateMachineListItem {
            state_machine_arn: self.machine_arn(&machine.name),
            name: machine.name.clone(),
            machine_type: machine.workflow_type.as_str().into(),
            creation_date: machine.created,
        };
        let wanted = Wanted {
            question: "ListStateMachines",
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let items = machines.map(item).collect();
        let (state_machines, next_token) = page(items, |item| &item.name, wanted)?;
        Ok(Answer::Now(ListStateMachinesOutput {
            state_machines,
            next_token,
        }))
    }
}

impl Handle<operation::ValidateStateMachineDefinition> for Service {
    fn handle(
        &mut self,
        input: ValidateStateMachineDefinitionInput,
        _: &Request,
    ) -> Result<Answer<ValidateStateMachineDefinitionOutput>, ApiError> {
        const MOST: usize = 100;
        let workflow_type = workflow_type(input.machine_type.as_deref());
        let all = definition::diagnostics(&input.definition, workflow_type);
        let is_ok = all
            .iter()
            .all(|diagnostic| &*diagnostic.severity != "ERROR");
        let with_warnings = input.severity.as_deref() == Some("WARNING");
        let mut diagnostics = all;
        diagnostics.retain(|diagnostic| with_warnings || &*diagnostic.severity == "ERROR");
        let most = match input.max_results {
            None | Some(0) => MOST,
            Some(most) => most as usize,
        };
        let truncated = diagnostics.len() > most;
        diagnostics.truncate(most);
        Ok(Answer::Now(ValidateStateMachineDefinitionOutput {
            result: if is_ok { "OK" } else { "FAIL" }.into(),
            diagnostics,
            truncated,
        }))
    }
}

/// A number below 100, for the routes of an alias.
pub(super) fn draw(request: &Request) -> u32 {
    (request.entropy().next_u64() % 100) as u32
}

fn check_version_description(
    publish: bool,
    description: Option<&Arc<str>>,
) -> Result<(), ApiError> {
    match description.is_some() && !publish {
        true => Err(ApiError::validation(
            "Version description can only be set when publish is true",
        )),
        false => Ok(()),
    }
}

fn role(arn: Arc<str>) -> Result<Arc<str>, ApiError> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "iam", "", account, role]
            if account.len() == 12 && role.starts_with("role/") =>
        {
            Ok(arn)
        }
        ["arn", ..] => Err(ApiError::about(
            ErrorCode::InvalidArn,
            format!("Invalid Role Arn: {arn}"),
        )),
        _ => Err(ApiError::about(
            ErrorCode::InvalidArn,
            format!("Invalid ARN prefix: {arn}"),
        )),
    }
}

fn variables(
    revision: &Revision,
    with_data: bool,
) -> Option<crate::api::types::state_machine::VariableReferences> {
    let found = variable_references::of(&definition::value(revision));
    (with_data && !found.is_empty()).then_some(found)
}

/// The encryption that descriptions show.
///
/// Learned from recordings: those of definitions from before JSONata and variables do not
/// show the key that the service has anyway, later ones do.
fn shown_encryption(revision: &Revision) -> Option<EncryptionConfiguration> {
    let encryption = &revision.facts.encryption;
    let is_default = *encryption == configuration::owned_key();
    let is_shown =
        !is_default || variable_references::is_of_their_time(&definition::value(revision));
    is_shown.then(|| encryption.clone())
}
