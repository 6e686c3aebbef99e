//! A service integration is called without what it needs.

use super::finding::{Report, Said};
use super::place::Object;
use super::{Rule, bad_resource};
use crate::asl::integration::optimized_integration;
use crate::asl::resource::{Integration, Resource};
use crate::asl::state::QueryLanguage;
use crate::source::json::Node;
use crate::source::{Code, Diagnostic};

/// Service integrations get their parameters.
pub const MISSING_PARAMETER: Rule = Rule {
    code: Code("MISSING_PARAMETER"),
    demand: "A Task that calls a service integration has Parameters, or Arguments in JSONata, with what \
             the action cannot do without.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"Payload": {}}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks the parameters of a Task.
pub(super) fn check(report: &mut Report<'_>, state: &Object<'_>) {
    let Some(member) = state.node.member("Resource") else {
        return;
    };
    let Some(text) = member.value.as_str() else {
        return;
    };
    let resource = Resource::read(text.clone(), member.value.span);
    let Integration::Service {
        service,
        action,
        is_sdk,
        pattern,
    } = &resource.integration
    else {
        return;
    };
    // What there is not needs nothing.
    if bad_resource::is_unknown(service, action, *pattern, *is_sdk) {
        return;
    }
    let name = match state.language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let Some(parameters) = state.get(name) else {
        // A field of the other language says enough.
        let is_other = state.has("Parameters") || state.has("Arguments");
        let message = format!(
            "{} calls a service integration and needs {name}",
            state.title
        );
        let own = Diagnostic::error(MISSING_PARAMETER.code, state.label, message);
        let said = format!("{name} field is required for resource ARN: {text}");
        let location = state.location.field("Resource");
        let own = Some(own).filter(|_| !is_other);
        return report.add(own, Said::schema(location, said));
    };
    let integration = optimized_integration(service, action).filter(|_| !is_sdk);
    let required = integration.map_or(&[][..], |integration| integration.required);
    let missing: Vec<&str> = required
        .iter()
        .copied()
        .filter(|required| is_missing(parameters, required))
        .collect();
    for (index, required) in missing.iter().enumerate() {
        let own = (index == 0).then(|| {
            let all = missing.join(" and ");
            let message = format!("{service}:{action} needs {all} in {name}");
            let member = state.node.member(name);
            let span = member.map_or(state.label, |member| member.key.span);
            Diagnostic::error(MISSING_PARAMETER.code, span, message)
        });
        let said = format!("The field '{required}' is required but was missing");
        report.add(own, Said::schema(state.location.field(name), said));
    }
}

/// What comes from an expression may have it.
fn is_missing(parameters: &Node, name: &str) -> bool {
    let dynamic = format!("{name}.$");
    parameters.members().is_some()
        && parameters.get(name).is_none()
        && parameters.get(&dynamic).is_none()
}
