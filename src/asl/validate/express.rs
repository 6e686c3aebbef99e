//! An Express state machine asks for what only Standard ones do.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use crate::asl::resource::{Integration, Pattern, Resource};
use crate::asl::workflow_type::WorkflowType;
use crate::source::{Code, Diagnostic, edit};

/// Express state machines wait for nothing.
pub const EXPRESS_UNSUPPORTED: Rule = Rule {
    code: Code("EXPRESS_UNSUPPORTED"),
    demand: "An Express state machine has no activities, does not wait for jobs (.sync) or callbacks \
             (.waitForTaskToken), and starts no Map Runs.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish.waitForTaskToken", "Parameters": {"Message": "m"}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"Message": "m"}, "End": true}}}"#,
    workflow_type: WorkflowType::Express,
};

/// Checks the resource of a Task.
pub(super) fn check_task(report: &mut Report<'_>, state: &Object<'_>) {
    if report.workflow_type == WorkflowType::Standard {
        return;
    }
    let Some(node) = state.get("Resource") else {
        return;
    };
    let Some(text) = node.as_str() else { return };
    let resource = Resource::read(text.clone(), node.span);
    let location = state.location.field("Resource");
    let (message, said) = match (&resource.integration, resource.integration.pattern()) {
        (Integration::Activity { .. }, _) => (
            "Express state machines cannot wait for activities".to_owned(),
            "Express state machine does not support Activity ARN",
        ),
        (_, Pattern::RequestResponse) => return,
        (_, Pattern::Sync | Pattern::Sync2) => (
            format!(
                "Express state machines cannot wait with {}",
                resource.integration.pattern().suffix()
            ),
            "Express state machine does not support '.sync' service integration",
        ),
        // The blank at its end is the service's.
        (_, Pattern::WaitForTaskToken) => (
            "Express state machines cannot wait with .waitForTaskToken".to_owned(),
            "Express state machine does not support '.waitForTaskToken' service integration ",
        ),
    };
    let mut own = Diagnostic::error(EXPRESS_UNSUPPORTED.code, node.span, message)
        .with_hint("Standard state machines can; so can the child executions of a Standard type");
    let suffix = resource.integration.pattern().suffix();
    if let Some(bare) = text.strip_suffix(suffix).filter(|_| !suffix.is_empty()) {
        let edit = edit::set(report.text, node, bare);
        own = own.with_fix(format!("Remove {suffix}"), edit);
    }
    report.add(own, Said::schema(location, said));
}

/// Checks the mode of a Map's processor.
pub(super) fn check_mode(report: &mut Report<'_>, config: &Object<'_>) {
    let is_express = report.workflow_type == WorkflowType::Express;
    let mode = config.get("Mode");
    let is_distributed =
        mode.is_some_and(|mode| mode.as_str().is_some_and(|mode| &**mode == "DISTRIBUTED"));
    let Some(mode) = mode.filter(|_| is_express && is_distributed) else {
        return;
    };
    let message = "Express state machines cannot start Map Runs";
    let own = Diagnostic::error(EXPRESS_UNSUPPORTED.code, mode.span, message)
        .with_fix("Change to INLINE", edit::set(report.text, mode, "INLINE"));
    let said = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
    report.add(own, Said::schema(config.location.field("Mode"), said));
}
