//! Definitions as requests bring them: read, refused, looked into.

use std::sync::Arc;

use super::machine::Revision;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::types::state_machine::ValidateStateMachineDefinitionDiagnostic;
use crate::asl::{self, ServiceDiagnostic, StateMachine};
use crate::execution::interpreter::WorkflowType;
use crate::source::json::{Object, Value, parse};

/// Reads a definition, or refuses it with all that is wrong.
pub(super) fn read(text: &str, workflow_type: WorkflowType) -> Result<Arc<StateMachine>, ApiError> {
    refuse(&asl::service_diagnostics(text, workflow_type))?;
    Ok(asl::lower(&parse(text).root).machine)
}

/// Refuses a definition with errors.
pub(super) fn refuse(diagnostics: &[ServiceDiagnostic]) -> Result<(), ApiError> {
    match asl::invalid_definition(diagnostics) {
        Some(message) => Err(ApiError::new(ErrorCode::InvalidDefinition, message)),
        None => Ok(()),
    }
}

/// What is wrong with a definition, in the service's words.
pub(super) fn diagnostics(
    text: &str,
    workflow_type: WorkflowType,
) -> Vec<ValidateStateMachineDefinitionDiagnostic> {
    let all = asl::service_diagnostics(text, workflow_type).into_iter();
    all.map(|diagnostic| ValidateStateMachineDefinitionDiagnostic {
        severity: match diagnostic.severity.is_error() {
            true => "ERROR",
            false => "WARNING",
        }
        .into(),
        code: diagnostic.code.to_string().into(),
        message: diagnostic.message.into(),
        location: diagnostic.location.map(Arc::from),
    })
    .collect()
}

/// The definition of a revision as a value.
pub(super) fn value(revision: &Revision) -> Value {
    Value::parse(&revision.facts.definition).unwrap_or_default()
}

/// The machine inside the distributed Map state of a label: its text and its type.
///
/// A Map state without a `Label` gets one made up for each run, so it cannot be asked for.
pub(super) fn labelled(revision: &Revision, label: &str) -> Option<(Arc<str>, WorkflowType)> {
    fn find<'a>(value: &'a Value, label: &str) -> Option<&'a Object> {
        match value {
            Value::Object(object) => {
                let own = object.get("Label").and_then(Value::as_str);
                if own == Some(label) {
                    return Some(object);
                }
                object.values().find_map(|value| find(value, label))
            }
            Value::Array(items) => items.items().iter().find_map(|value| find(value, label)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
    let definition = value(revision);
    let state = find(&definition, label)?;
    let processor = state.get("ItemProcessor").or(state.get("Iterator"))?;
    let configuration = processor.get("ProcessorConfig");
    let kind = configuration.and_then(|configuration| configuration.get("ExecutionType")?.as_str());
    let mut inner = processor.as_object()?.clone();
    inner.remove("ProcessorConfig");
    let text = Value::from(inner).to_string().into();
    Some((text, super::machine::workflow_type(kind)))
}
