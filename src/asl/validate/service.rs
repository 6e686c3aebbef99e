//! The service's own diagnostics, word for word where recordings show them.
//!
//! `ValidateStateMachineDefinition` answers them as a list, `CreateStateMachine` and
//! `UpdateStateMachine` as the text of an `InvalidDefinition` error. They come from the same
//! rules as what people are told; each rule has both wordings side by side.

use std::fmt::Write;

use super::finding::{Finding, Phase};
use super::findings;
use crate::asl::lower::lower;
use crate::asl::workflow_type::WorkflowType;
use crate::source::json::parse;
use crate::source::{Code, Severity};

/// One element of `diagnostics` of `ValidateStateMachineDefinition`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceDiagnostic {
    /// `ERROR` or `WARNING`.
    pub severity: Severity,
    /// `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET` …
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// `/States/Sort/Choices[0]/Next`; nothing for the workflow as a whole.
    pub location: Option<String>,
}

/// What the service says of a definition, errors and warnings, in its order.
///
/// Without errors it accepts the definition.
pub fn service_diagnostics(text: &str, workflow_type: WorkflowType) -> Vec<ServiceDiagnostic> {
    let parse = parse(text);
    if let Some(invalid) = super::invalid_json::service(text, &parse) {
        return vec![invalid];
    }
    let machine = lower(&parse.root).machine;
    said(findings(text, &parse.root, &machine, workflow_type))
}

/// What the service says of a single state, as `TestState` takes it.
pub fn service_diagnostics_of_state(text: &str) -> Vec<ServiceDiagnostic> {
    let parse = parse(text);
    if let Some(invalid) = super::invalid_json::service(text, &parse) {
        return vec![invalid];
    }
    said(super::findings_of_state(text, &parse.root))
}

/// The message of the `InvalidDefinition` error that the diagnostics make the service answer;
/// nothing if there is no error among them.
pub fn invalid_definition(diagnostics: &[ServiceDiagnostic]) -> Option<String> {
    let mut list = String::new();
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity.is_error());
    for error in errors {
        if !list.is_empty() {
            list.push_str(", ");
        }
        // A problem of the workflow as a whole stands at a place called null.
        let location = error.location.as_deref().unwrap_or("null");
        let _ = write!(list, "{}: {} at {location}", error.code, error.message);
    }
    (!list.is_empty()).then(|| format!("Invalid State Machine Definition: '{list}'"))
}

/// The service looks at transitions only where all fields are right.
fn said(findings: Vec<Finding>) -> Vec<ServiceDiagnostic> {
    let mut said: Vec<(Phase, ServiceDiagnostic)> = findings
        .into_iter()
        .filter_map(|finding| finding.service)
        .collect();
    let is_error = |(phase, diagnostic): &(Phase, ServiceDiagnostic)| {
        *phase == Phase::Schema && diagnostic.severity.is_error()
    };
    if said.iter().any(is_error) {
        said.retain(|(phase, _)| *phase == Phase::Schema);
    }
    said.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}
