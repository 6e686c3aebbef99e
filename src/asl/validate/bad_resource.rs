//! The `Resource` of a Task names nothing that can be called.

use super::finding::{Report, Said};
use super::place::{Place, is_placeholder};
use super::suggest::closest;
use super::{Rule, wrong_type};
use crate::asl::integration::{OPTIMIZED_INTEGRATIONS, optimized_integration};
use crate::asl::resource::{Integration, Pattern, Resource};
use crate::source::{Code, Diagnostic, TextEdit};

/// A Task calls something that exists.
pub const BAD_RESOURCE: Rule = Rule {
    code: Code("BAD_RESOURCE"),
    demand: "Resource is the ARN of a Lambda function, of an activity, or of a service integration with a \
             pattern that the integration has; other actions are called through aws-sdk.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:query", "Parameters": {}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:query", "Parameters": {}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks the resource of a Task.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>) {
    let Some(text) = place.node.as_str() else {
        return wrong_type::report(report, place, "an ARN", wrong_type::STRING);
    };
    if is_placeholder(place.node) {
        // Part of it may be wrong, but nobody can tell which.
        return;
    }
    let resource = Resource::read(text.clone(), place.node.span);
    let own = match &resource.integration {
        Integration::LambdaFunction { .. } | Integration::Activity { .. } => return,
        Integration::Substituted => return,
        Integration::Unknown if !is_arn(text) => {
            let own =
                Diagnostic::error(BAD_RESOURCE.code, place.node.span, "Resource is not an ARN")
                    .with_hint("An ARN is written like arn:aws:states:::lambda:invoke");
            let said = "Value is not a valid resource ARN";
            return report.add(own, Said::schema(place.location, said));
        }
        Integration::Unknown => Diagnostic::error(
            BAD_RESOURCE.code,
            place.node.span,
            "A Task can call Lambda functions, activities and service integrations only",
        ),
        Integration::Service {
            service,
            action,
            pattern,
            is_sdk,
        } => match fault(service, action, *pattern, *is_sdk) {
            None => return,
            Some(fault) => problem(place, text, service, action, *pattern, fault),
        },
    };
    let said = format!(
        "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the \
         resource is not available in this region."
    );
    report.add(own, Said::schema(place.location, said));
}

/// Six parts, the first of which says what it is.
fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

/// What is wrong with a service integration.
#[derive(Clone, Copy)]
enum Fault {
    /// The service has no integration of its own for the action.
    NotOptimized,
    /// The integration cannot be waited for in this way.
    Pattern,
    /// The name of the service or the action is missing.
    Incomplete,
}

/// Whether there is no such integration, or none that is waited for in this way.
pub(super) fn is_unknown(service: &str, action: &str, pattern: Pattern, is_sdk: bool) -> bool {
    fault(service, action, pattern, is_sdk).is_some()
}

fn fault(service: &str, action: &str, pattern: Pattern, is_sdk: bool) -> Option<Fault> {
    if service.is_empty() || action.is_empty() || action.contains(':') {
        return Some(Fault::Incomplete);
    }
    if is_sdk {
        let is_job = matches!(pattern, Pattern::Sync | Pattern::Sync2);
        return is_job.then_some(Fault::Pattern);
    }
    match optimized_integration(service, action) {
        None => Some(Fault::NotOptimized),
        Some(integration) if integration.patterns.contains(&pattern) => None,
        Some(_) => Some(Fault::Pattern),
    }
}

fn problem(
    place: &Place<'_>,
    text: &str,
    service: &str,
    action: &str,
    pattern: Pattern,
    fault: Fault,
) -> Diagnostic {
    let span = place.node.span;
    let error = |message: String| Diagnostic::error(BAD_RESOURCE.code, span, message);
    let change = |problem: Diagnostic, arn: String| {
        let edit = TextEdit::replace(span, format!("\"{arn}\""));
        problem.with_fix(format!("Change to {arn}"), edit)
    };
    match fault {
        Fault::Incomplete => error(format!("{text} names no action of a service")),
        Fault::Pattern => {
            let problem = error(format!(
                "{service}:{action} cannot be waited for with {}",
                pattern.suffix()
            ));
            let bare = text.strip_suffix(pattern.suffix()).unwrap_or(text);
            change(problem, bare.to_owned())
        }
        Fault::NotOptimized => {
            let problem = error(format!("{service}:{action} is no optimized integration"));
            let of_service = OPTIMIZED_INTEGRATIONS
                .iter()
                .filter(|integration| integration.service == service);
            if let Some(close) = closest(action, of_service.map(|integration| integration.action)) {
                return change(problem, text.replacen(action, close, 1));
            }
            let services = OPTIMIZED_INTEGRATIONS
                .iter()
                .map(|integration| integration.service);
            let known = closest(service, services).filter(|known| *known != service);
            match known.filter(|known| optimized_integration(known, action).is_some()) {
                Some(known) => change(problem, text.replacen(service, known, 1)),
                None => change(
                    problem,
                    text.replacen(
                        &format!(":{service}:{action}"),
                        &format!(":aws-sdk:{service}:{action}"),
                        1,
                    ),
                ),
            }
        }
    }
}
