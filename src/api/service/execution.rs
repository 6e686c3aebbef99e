//! Start, describe, list, stop and redrive executions.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use super::run::{Live, Run, RunState};
use super::state_machine::draw;
use super::{Request, Service, name, uuid};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::journal::{Change, ParentTask, RunFacts, RunInputKind};
use crate::api::operation::{Handle, operation};
use crate::api::page::{Wanted, page};
use crate::api::types::execution::{
    CloudWatchEventsExecutionDataDetails, DescribeExecutionInput, DescribeExecutionOutput,
    ExecutionListItem, ListExecutionsInput, ListExecutionsOutput, StartExecutionInput,
    StartExecutionOutput, StopExecutionInput, StopExecutionOutput,
};
use crate::execution::interpreter::{Mocks, Unmocked as UnmockedTask, WorkflowType};
use crate::source::json::read_or_complain;
use crate::time::Timestamp;

/// How long the name of an execution stays taken after its end, and its history readable.
const RETENTION: Duration = Duration::from_secs(90 * 24 * 3600);

impl Service {
    /// Starts an execution, or finds the one that the same request has started.
    pub(super) fn start(
        &mut self,
        input: StartExecutionInput,
        request: &Request,
        parent: Option<ParentTask>,
    ) -> Result<StartExecutionOutput, ApiError> {
        let (text, test_case) = split_test_case(&input.state_machine_arn);
        let (machine, target) = self.target(&text, draw(request))?;
        if machine.is_deleting {
            return Err(ApiError::about(ErrorCode::StateMachineDeleting, text));
        }
        let (machine_name, workflow_type) = (machine.name.clone(), machine.workflow_type);
        let mut entropy = request.entropy();
        let name = match input.name {
            Some(name) => {
                name::check(&name)?;
                name
            }
            None => uuid(&mut entropy),
        };
        let content = check_input(input.input)?;
        let express_id = (workflow_type == WorkflowType::Express).then(|| uuid(&mut entropy));
        let arn = self.arn(match &express_id {
            None => Resource::Execution(machine_name.clone(), name.clone()),
            Some(id) => Resource::Express(machine_name.clone(), name.clone(), id.clone()),
        });
        if let Some(run) = self.runs.find(&arn) {
            let number = run.facts.number;
            self.catch_up(number, request.now);
        }
        if let Some(run) = self.runs.find(&arn) {
            let is_same = run.end().is_none() && run.facts.input == content;
            if is_same {
                return Ok(StartExecutionOutput {
                    execution_arn: arn,
                    start_date: run.facts.started,
                });
            }
            let is_free = run
                .end()
                .is_some_and(|end| request.now.since(end.at) > RETENTION);
            if !is_free {
                return Err(ApiError::about(ErrorCode::ExecutionAlreadyExists, arn));
            }
            let number = run.facts.number;
            self.runs.remove(number);
            self.changes.push(Change::RunGone { run: number });
        }
        let facts = RunFacts {
            number: self.runs.next_number(),
            name,
            express_id,
            machine: machine_name.clone(),
            revision: target.revision.facts.number,
            version: target.version.as_ref().map(|(number, _)| *number),
            alias: target.alias.clone(),
            input: content,
            trace_header: input.trace_header,
            test_case,
            seed: entropy.next_u64(),
            started: request.now,
            parent,
        };
        self.changes.push(Change::Started(facts.clone()));
        let run = self.build_run(facts, workflow_type, target.revision);
        let number = run.facts.number;
        self.runs.insert(run);
        self.notify(number);
        self.runs.wake(number);
        Ok(StartExecutionOutput {
            execution_arn: arn,
            start_date: request.now,
        })
    }

    /// An execution at its beginning.
    pub(super) fn build_run(
        &self,
        facts: RunFacts,
        workflow_type: WorkflowType,
        revision: Arc<super::machine::Revision>,
    ) -> Run {
        let machine = &facts.machine;
        let version_arn = facts
            .version
            .map(|number| self.version_arn(machine, number));
        let alias_arn = facts
            .alias
            .as_ref()
            .map(|alias| self.alias_arn(machine, alias));
        let arn = self.arn(match &facts.express_id {
            None => Resource::Execution(machine.clone(), facts.name.clone()),
            Some(id) => Resource::Express(machine.clone(), facts.name.clone(), id.clone()),
        });
        let mut run = Run {
            arn,
            workflow_type,
            revision,
            version_arn,
            alias_arn,
            map_run: None,
            inputs: Vec::new(),
            redrives: Vec::new(),
            state: RunState::Inside,
            facts,
        };
        let live = Live::new(run.begin(&self.settings), self.handler(&run.facts));
        run.state = RunState::Running(Box::new(live));
        run
    }

    /// Who answers the tasks of an execution.
    pub(super) fn handler(
        &self,
        facts: &RunFacts,
    ) -> Option<crate::execution::interpreter::MockHandler> {
        let mocks: &Mocks = &self.settings.mocks;
        let case = facts.test_case.as_deref()?;
        mocks.handler(Some(&facts.machine), case, UnmockedTask::Pending)
    }

    /// An execution by its ARN, children of Map Runs included; the ARN of an Express
    /// execution is refused, as it is kept nowhere but in log records.
    pub(super) fn standard_run(&self, text: &str) -> Result<Cow<'_, Run>, ApiError> {
        let arn = Arn::parse(text)?;
        let child = match &arn.resource {
            Resource::Execution(machine, name) => {
                let place = machine.split_once('/');
                place.and_then(|(machine, label)| self.child(machine, label, name))
            }
            Resource::StateMachine(_)
            | Resource::Version(..)
            | Resource::Alias(..)
            | Resource::MapState(..)
            | Resource::Express(..)
            | Resource::Activity(_)
            | Resource::MapRun(..) => return Err(arn.out_of_place()),
        };
        let run = self.runs.find(text).map(Cow::Borrowed);
        run.or(child.map(Cow::Owned))
            .ok_or_else(|| ApiError::about(ErrorCode::ExecutionDoesNotExist, text))
    }

    /// The ARN of the state machine that an execution is of.
    pub(super) fn machine_arn_of(&self, run: &Run) -> Arc<str> {
        match &run.map_run {
            None => self.machine_arn(&run.facts.machine),
            Some(map_run) => self.arn(Resource::MapState(
                run.facts.machine.clone(),
                map_run.label.clone(),
            )),
        }
    }
}

/// The ARN and the test case of `…:stateMachine:NAME#TestCase`, as Step Functions Local
/// has it.
pub(super) fn split_test_case(text: &str) -> (Arc<str>, Option<Arc<str>>) {
    match text.split_once('#') {
        Some((arn, case)) => (arn.into(), Some(case.into())),
        None => (text.into(), None),
    }
}

/// The text of an execution's input; `{}` if there is none.
///
/// Learned from recordings: an empty text has a sentence of its own.
pub(super) fn check_input(input: Option<Arc<str>>) -> Result<Arc<str>, ApiError> {
    let refuse = |what: &str| ApiError::about(ErrorCode::InvalidExecutionInput, what);
    let Some(text) = input else {
        return Ok("{}".into());
    };
    if text.trim().is_empty() {
        return Err(refuse("Invalid execution input."));
    }
    read_or_complain(&text).map_err(|message| refuse(&message))?;
    Ok(text)
}

/// What `inputDetails` and `outputDetails` say.
pub(super) fn included(is_included: bool) -> CloudWatchEventsExecutionDataDetails {
    CloudWatchEventsExecutionDataDetails {
        included: is_included,
    }
}

impl Handle<operation::DescribeExecution> for Service {
    fn handle(
        &mut self,
        input: DescribeExecutionInput,
        request: &Request,
    ) -> Result<Answer<DescribeExecutionOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        let with_data = input.included_data.as_deref() != Some("METADATA_ONLY");
        let end = run.end();
        let (redrive_status, reason) = self.redrive_status(&run, request.now);
        let output = end.and_then(|end| end.output.clone());
        Ok(Answer::Now(DescribeExecutionOutput {
            execution_arn: run.arn.clone(),
            state_machine_arn: self.machine_arn_of(&run),
            name: run.facts.name.clone(),
            status: run.status().into(),
            start_date: run.facts.started,
            stop_date: end.map(|end| end.at),
            input: with_data.then(|| run.facts.input.clone()),
            input_details: Some(included(with_data)),
            output_details: output.as_ref().map(|_| included(with_data)),
            output: output.filter(|_| with_data),
            trace_header: run.facts.trace_header.clone(),
            map_run_arn: run.map_run.as_ref().map(|map_run| map_run.arn.clone()),
            error: end.and_then(|end| end.error.clone()),
            cause: end.and_then(|end| end.cause.clone()),
            state_machine_version_arn: run.version_arn.clone(),
            state_machine_alias_arn: run.alias_arn.clone(),
            redrive_count: run.redrives.len() as u32,
            redrive_date: run.redrives.last().copied(),
            redrive_status: redrive_status.into(),
            redrive_status_reason: reason.map(Arc::from),
        }))
    }
}

impl Service {
    /// `redriveStatus` and its reason.
    pub(super) fn redrive_status(
        &self,
        run: &Run,
        now: Timestamp,
    ) -> (&'static str, Option<&'static str>) {
        const PERIOD: Duration = Duration::from_secs(14 * 24 * 3600);
        const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);
        const MOST_EVENTS: u64 = 24_999;
        let machine = self.machines.get(&run.facts.machine);
        let reason = match run.end() {
            None if matches!(run.state, RunState::PendingRedrive) => {
                "Execution is PENDING_REDRIVE and cannot be redriven"
            }
            None => "Execution is RUNNING and cannot be redriven",
            Some(end) if &*end.status == "SUCCEEDED" => {
                "Execution is SUCCEEDED and cannot be redriven"
            }
            Some(_) if machine.is_none_or(|machine| machine.is_deleting) => {
                "State machine is in DELETING status"
            }
            Some(end) if end.events >= MOST_EVENTS => "Execution history event limit exceeded",
            Some(_) if now.since(run.facts.started) > LONGEST => {
                "Execution has exceeded the max execution time"
            }
            Some(end) if now.since(end.at) > PERIOD => "Execution redrivable period exceeded",
            Some(_) if run.map_run.is_some() => return ("REDRIVABLE_BY_MAP_RUN", None),
            Some(_) => return ("REDRIVABLE", None),
        };
        ("NOT_REDRIVABLE", Some(reason))
    }

    fn listed(&self, run: &Run) -> ExecutionListItem {
        ExecutionListItem {
            execution_arn: run.arn.clone(),
            state_machine_arn: self.machine_arn_of(run),
            name: run.facts.name.clone(),
            status: run.status().into(),
            start_date: run.facts.started,
            stop_date: run.end().map(|end| end.at),
            map_run_arn: run.map_run.as_ref().map(|map_run| map_run.arn.clone()),
            item_count: run.map_run.as_ref().map(|map_run| map_run.items),
            state_machine_version_arn: run.version_arn.clone(),
            state_machine_alias_arn: run.alias_arn.clone(),
            redrive_count: Some(run.redrives.len() as u32),
            redrive_date: run.redrives.last().copied(),
        }
    }
}

impl Handle<operation::ListExecutions> for Service {
    /// The latest first: running executions by their start or redrive, others by their end.
    fn handle(
        &mut self,
        input: ListExecutionsInput,
        request: &Request,
    ) -> Result<Answer<ListExecutionsOutput>, ApiError> {
        let status = input.status_filter.as_deref();
        let mut runs: Vec<Cow<'_, Run>> = match (&input.state_machine_arn, &input.map_run_arn) {
            (Some(_), Some(_)) => {
                return Err(ApiError::validation(
                    "Only one of stateMachineArn and mapRunArn can be specified",
                ));
            }
            (None, None) => {
                return Err(ApiError::validation(
                    "Either stateMachineArn or mapRunArn must be specified",
                ));
            }
            (None, Some(arn)) => {
                let children = self.children_of(arn)?;
                children.into_iter().map(Cow::Owned).collect()
            }
            (Some(text), None) => {
                if status == Some("PENDING_REDRIVE") {
                    return Err(ApiError::validation(
                        "The statusFilter PENDING_REDRIVE needs a mapRunArn",
                    ));
                }
                let (machine, target) = self.target(text, 0)?;
                if machine.workflow_type == WorkflowType::Express {
                    return Err(type_not_supported());
                }
                let number = target.version.as_ref().map(|(number, _)| *number);
                let runs = self.runs.of_machine(&machine.name);
                runs.filter(|run| match (&target.alias, number) {
                    (Some(alias), _) => run.facts.alias.as_ref() == Some(alias),
                    (None, Some(number)) => run.facts.version == Some(number),
                    (None, None) => true,
                })
                .map(Cow::Borrowed)
                .collect()
            }
        };
        runs.retain(|run| {
            let is_redriven = !run.redrives.is_empty();
            status.is_none_or(|status| run.status() == status)
                && match input.redrive_filter.as_deref() {
                    Some("REDRIVEN") => is_redriven,
                    Some(_) => !is_redriven,
                    None => true,
                }
        });
        runs.sort_by_key(|run| {
            let begun = run.redrives.last().copied().unwrap_or(run.facts.started);
            let at = run.end().map_or(begun, |end| end.at);
            std::cmp::Reverse((at, run.facts.number))
        });
        let question = format!(
            "ListExecutions {:?} {:?} {:?} {:?}",
            input.state_machine_arn, input.map_run_arn, status, input.redrive_filter
        );
        let wanted = Wanted {
            question: &question,
            max_results: input.max_results,
            token: input.next_token.as_deref(),
            now: request.now,
        };
        let (runs, next_token) = page(runs, |run| &run.arn, wanted)?;
        Ok(Answer::Now(ListExecutionsOutput {
            executions: runs.iter().map(|run| self.listed(run)).collect(),
            next_token,
        }))
    }
}

/// The error for an operation that the other type of state machine has.
pub(super) fn type_not_supported() -> ApiError {
    ApiError::new(
        ErrorCode::StateMachineTypeNotSupported,
        "This operation is not supported by this type of state machine",
    )
}

impl Handle<operation::StopExecution> for Service {
    /// An execution that has ended already answers with its end.
    fn handle(
        &mut self,
        input: StopExecutionInput,
        request: &Request,
    ) -> Result<Answer<StopExecutionOutput>, ApiError> {
        let run = self.standard_run(&input.execution_arn)?;
        if let Some(end) = run.end() {
            let stop_date = end.at;
            return Ok(Answer::Now(StopExecutionOutput { stop_date }));
        }
        let number = run.facts.number;
        let (error, cause) = (input.error, input.cause);
        let what = match &run.map_run {
            None => RunInputKind::Stopped { error, cause },
            Some(map_run) => RunInputKind::ChildStopped {
                map_run: map_run.arn.clone(),
                name: run.facts.name.clone(),
                error,
                cause,
            },
        };
        self.catch_up(number, request.now);
        self.tell(number, what, request.now);
        self.catch_up(number, request.now);
        let run = self.standard_run(&input.execution_arn)?;
        Ok(Answer::Now(StopExecutionOutput {
            stop_date: run.end().map_or(request.now, |end| end.at),
        }))
    }
}
