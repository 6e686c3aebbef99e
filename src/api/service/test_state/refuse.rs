//! Which requests are refused, and with which words.
//!
//! The sentences that recordings have are theirs; the others follow their pattern.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::error::{ApiError, ErrorCode};
use crate::api::service::definition;
use crate::api::types::test_state::TestStateInput;
use crate::asl::{self, Integration, Pattern, State, StateKind, StateMachine};
use crate::execution::interpreter::WorkflowType;
use crate::source::json::{Object, Value, parse};

/// What the service calls a state that comes without a name.
pub(super) const STATE_NAME: &str = "StateName";

/// The state under test and the machine right around it.
pub(super) fn find(input: &TestStateInput) -> Result<(Arc<StateMachine>, State), ApiError> {
    let Some(name) = &input.state_name else {
        definition::refuse(&asl::service_diagnostics_of_state(&input.definition))?;
        let text = wrapped(&input.definition);
        let machine = asl::lower(&parse(&text).root).machine;
        let state = machine.states.get(STATE_NAME).cloned();
        return Ok((machine, state.ok_or_else(not_found)?));
    };
    if let Ok(value) = Value::parse(&input.definition)
        && !has_state(&value, name)
    {
        return Err(not_found());
    }
    let machine = definition::read(&input.definition, WorkflowType::Standard)?;
    let around = around(&machine, name).ok_or_else(not_found)?;
    let state = around.states.get(name).cloned();
    Ok((around, state.ok_or_else(not_found)?))
}

fn not_found() -> ApiError {
    ApiError::validation("State not found in definition")
}

/// The definition of a machine with a state that is given alone, and with a state for each
/// that it may go on to. Text that is no JSON stays as it is, for the message.
fn wrapped(definition: &str) -> String {
    let Ok(state @ Value::Object(_)) = Value::parse(definition) else {
        return definition.to_owned();
    };
    let mut targets = BTreeSet::new();
    add_targets(&state, &mut targets);
    for key in ["Choices", "Catch"] {
        let rules = state.get(key).and_then(Value::as_array);
        for rule in rules.unwrap_or_default() {
            add_targets(rule, &mut targets);
        }
    }
    targets.remove(STATE_NAME);
    let mut states = format!(r#""{STATE_NAME}":{definition}"#);
    for name in targets {
        let name = Value::from(name);
        states.push_str(&format!(r#",{name}:{{"Type":"Succeed"}}"#));
    }
    format!(r#"{{"StartAt":"{STATE_NAME}","States":{{{states}}}}}"#)
}

fn add_targets<'a>(value: &'a Value, targets: &mut BTreeSet<&'a str>) {
    let names = ["Next", "Default"].into_iter();
    targets.extend(names.filter_map(|key| value.get(key)?.as_str()));
}

/// Whether a machine or one inside it has a state of that name.
fn has_state(machine: &Value, name: &str) -> bool {
    let states = machine.get("States").and_then(Value::as_object);
    states.is_some_and(|states| {
        states.contains_key(name) || states.values().any(|state| inside(state, name))
    })
}

fn inside(state: &Value, name: &str) -> bool {
    let members = ["ItemProcessor", "Iterator"].into_iter();
    let mut machines = members.filter_map(|key| state.get(key));
    let branches = state.get("Branches").and_then(Value::as_array);
    machines.any(|machine| has_state(machine, name))
        || branches.is_some_and(|list| list.iter().any(|machine| has_state(machine, name)))
}

fn around(machine: &Arc<StateMachine>, name: &str) -> Option<Arc<StateMachine>> {
    if machine.states.contains_key(name) {
        return Some(machine.clone());
    }
    machine.states.values().find_map(|state| {
        let inner: Vec<&Arc<StateMachine>> = match &state.kind {
            StateKind::Parallel(parallel) => parallel.branches.iter().collect(),
            StateKind::Map(map) => map.item_processor.iter().collect(),
            StateKind::Task(_)
            | StateKind::Pass { .. }
            | StateKind::Choice { .. }
            | StateKind::Wait { .. }
            | StateKind::Succeed
            | StateKind::Fail { .. }
            | StateKind::Unknown { .. } => Vec::new(),
        };
        inner.into_iter().find_map(|machine| around(machine, name))
    })
}

/// Refuses what does not go together.
pub(super) fn combinations(input: &TestStateInput, state: &State) -> Result<(), ApiError> {
    let refuse = |message: String| Err(ApiError::validation(message));
    let kind = state.kind.state_type().map_or("", |kind| kind.as_str());
    let takes_mock = matches!(
        state.kind,
        StateKind::Task(_) | StateKind::Map(_) | StateKind::Parallel(_)
    );
    if let Some(mock) = &input.mock {
        if !takes_mock {
            return refuse(format!(
                "State type '{kind}' is not supported when a mock is specified"
            ));
        }
        match (&mock.result, &mock.error_output) {
            (Some(_), Some(_)) => {
                return refuse("A test mock should have only one of the following fields: [result, errorOutput].".into());
            }
            (None, None) => {
                return refuse(
                    "A test mock should have one of the following fields: [result, errorOutput]."
                        .into(),
                );
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        if input.reveal_secrets == Some(true) {
            return refuse(
                "TestState does not support RevealSecrets when a mock is specified.".into(),
            );
        }
        return Ok(());
    }
    let configuration = input.state_configuration.as_ref();
    let has = |is_set: bool, what: &str| is_set.then(|| what.to_owned());
    let needs_mock = [
        has(input.context.is_some(), "Context"),
        has(
            configuration.is_some_and(|c| c.retrier_retry_count.is_some()),
            "RetrierRetryCount",
        ),
        has(
            configuration.is_some_and(|c| c.error_caused_by_state.is_some()),
            "ErrorCausedByState",
        ),
        has(
            configuration.is_some_and(|c| c.map_iteration_failure_count.is_some()),
            "MapIterationFailureCount",
        ),
        has(
            configuration.is_some_and(|c| c.map_item_reader_data.is_some()),
            "MapItemReaderData",
        ),
    ];
    if let Some(what) = needs_mock.into_iter().flatten().next() {
        return refuse(format!(
            "TestState does not support {what} when a mock is not specified."
        ));
    }
    match &state.kind {
        StateKind::Map(_) | StateKind::Parallel(_) => Err(ApiError::new(
            ErrorCode::InvalidDefinition,
            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
        )),
        StateKind::Task(task) => {
            let integration = task.resource.as_ref().map(|resource| &resource.integration);
            unmocked_task(integration)?;
            match input.role_arn {
                Some(_) => Ok(()),
                None => refuse("RoleArn must be specified when testing a Task state".into()),
            }
        }
        StateKind::Pass { .. }
        | StateKind::Choice { .. }
        | StateKind::Wait { .. }
        | StateKind::Succeed
        | StateKind::Fail { .. }
        | StateKind::Unknown { .. } => Ok(()),
    }
}

/// Tasks that somebody else answers need a mock.
fn unmocked_task(integration: Option<&Integration>) -> Result<(), ApiError> {
    let what = match integration {
        Some(Integration::Activity { .. }) => "Activity ARN",
        Some(integration) => match integration.pattern() {
            Pattern::RequestResponse => return Ok(()),
            Pattern::Sync | Pattern::Sync2 => "'.sync' service integration",
            Pattern::WaitForTaskToken => "'.waitForTaskToken' service integration",
        },
        None => return Ok(()),
    };
    Err(ApiError::new(
        ErrorCode::InvalidDefinition,
        format!("TestState API does not support {what} when a mock is not specified"),
    ))
}

/// The variables to start with.
pub(super) fn variables(text: Option<&str>) -> Result<Value, ApiError> {
    let Some(text) = text else {
        return Ok(Object::default().into());
    };
    match Value::parse(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) | Err(_) => Err(ApiError::validation(
            "Variables must be a valid JSON object",
        )),
    }
}
