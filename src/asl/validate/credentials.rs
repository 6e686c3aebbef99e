//! `Credentials` of a Task do not say which role.

use super::Rule;
use super::finding::{Report, Said};
use super::place::Object;
use crate::asl::resource::{Integration, Resource};
use crate::source::{Code, Diagnostic, edit};

/// Credentials name a role, and activities have none.
pub const BAD_CREDENTIALS: Rule = Rule {
    code: Code("BAD_CREDENTIALS"),
    demand: "Credentials have RoleArn, the role that the task assumes; a task that waits for an activity \
             has no Credentials.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Credentials": {}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Credentials": {"RoleArn.$": "$.role"}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks the object of `Credentials`.
pub(super) fn check(report: &mut Report<'_>, credentials: &Object<'_>) {
    if credentials.has("RoleArn") || credentials.has("RoleArn.$") {
        return;
    }
    let own = Diagnostic::error(
        BAD_CREDENTIALS.code,
        credentials.label,
        "Credentials needs RoleArn",
    );
    let said = "The field 'RoleArn' is required but was missing";
    report.add(own, Said::schema(credentials.location, said));
}

/// Checks that a Task with an activity has no `Credentials`.
pub(super) fn check_activity(report: &mut Report<'_>, state: &Object<'_>) {
    let resource = state
        .get("Resource")
        .and_then(|node| Some(Resource::read(node.as_str()?.clone(), node.span)));
    let is_activity = resource
        .is_some_and(|resource| matches!(resource.integration, Integration::Activity { .. }));
    let Some(member) = state.node.member("Credentials").filter(|_| is_activity) else {
        return;
    };
    let message = "An activity has no use for Credentials";
    let own = Diagnostic::error(BAD_CREDENTIALS.code, member.key.span, message).with_fix(
        "Remove Credentials",
        edit::remove(report.text, state.node, member),
    );
    let said = "The field 'Credentials' is not supported for activities";
    report.add(own, Said::schema(state.location.field("Credentials"), said));
}
