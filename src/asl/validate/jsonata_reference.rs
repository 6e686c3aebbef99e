//! A JSONata expression reads what there is not.

use super::Rule;
use super::finding::{Report, Said};
use super::location::Location;
use super::place::Offers;
use super::suggest::closest;
use crate::expr::jsonata::{Dialect, ReferenceKind, function_names};
use crate::source::{Code, Diagnostic, Span, TextEdit};

/// Expressions read `$states` and variables.
pub const UNKNOWN_REFERENCE: Rule = Rule {
    code: Code("UNKNOWN_REFERENCE"),
    demand: "A JSONata expression has no input of its own: it reads $states.input, $states.context, \
             $states.result after a Task, Parallel or Map, $states.errorOutput in a Catcher, and \
             variables.",
    invalid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% order.id %}", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": "{% $states.input.order.id %}", "End": true}}}"#,
    ..Rule::STANDARD
};

/// The service's code for it.
const UNSUPPORTED: Code = Code("UNSUPPORTED_JSONATA_EXPRESSION");

/// The members of `$states`.
const MEMBERS: [&str; 4] = ["input", "result", "errorOutput", "context"];

/// Checks one reference of an expression. Variables are noted, and looked at when all are known.
pub(super) fn check(
    report: &mut Report<'_>,
    kind: &ReferenceKind,
    span: Span,
    offers: Offers,
    location: &Location<'_>,
) {
    let code = UNKNOWN_REFERENCE.code;
    match kind {
        ReferenceKind::Input(name) => {
            let message = format!(
                "{name} has nothing to be read from: an expression has no input of its own"
            );
            let own = match &**name {
                "$" => Diagnostic::error(code, span, message).with_fix(
                    "Change to $states.input",
                    TextEdit::replace(span, "$states.input"),
                ),
                "*" | "**" => Diagnostic::error(code, span, message)
                    .with_hint("Begin with $states.input or a variable"),
                _ => Diagnostic::error(code, span, message).with_fix(
                    format!("Change to $states.input.{name}"),
                    TextEdit::insert(span.start as usize, "$states.input."),
                ),
            };
            let said = format!("Reference to '{name}' at the top level is not supported.");
            report.add(own, Said::error(UNSUPPORTED, location, said));
        }
        ReferenceKind::Root => {
            let own = Diagnostic::error(code, span, "There is no $$ in Step Functions").with_fix(
                "Change to $states.context",
                TextEdit::replace(span, "$states.context"),
            );
            let said = "Reference to '$$' is not supported.";
            report.add(own, Said::error(UNSUPPORTED, location, said));
        }
        ReferenceKind::Variable { name, member } if &**name == "states" => {
            if let Some(member) = member {
                states(report, member, span, offers, location);
            }
        }
        ReferenceKind::Variable { name, .. } => {
            let scopes = &mut report.scopes;
            scopes.reads(name, span, || location.to_string());
        }
        ReferenceKind::Function(name) => function(report, name, span),
    }
}

fn states(
    report: &mut Report<'_>,
    member: &str,
    span: Span,
    offers: Offers,
    location: &Location<'_>,
) {
    let message = match member {
        "input" | "context" => return,
        "result" if offers.result => return,
        "errorOutput" if offers.error_output => return,
        "result" => {
            "There is no $states.result here: only Task, Parallel and Map have a result".to_owned()
        }
        "errorOutput" => "There is no $states.errorOutput here: only Catchers have it".to_owned(),
        member => format!("There is no $states.{member}"),
    };
    let mut own = Diagnostic::error(UNKNOWN_REFERENCE.code, span, message);
    if !MEMBERS.contains(&member) {
        own = match closest(member, MEMBERS.into_iter()) {
            Some(close) => own.with_hint(format!("Is it $states.{close}?")),
            None => own.with_hint("It has input, context, result and errorOutput"),
        };
    }
    let said = format!("Field '$states.{member}' does not exist.");
    report.add(own, Said::error(UNSUPPORTED, location, said));
}

/// The service lets it pass; the execution fails when it comes there.
fn function(report: &mut Report<'_>, name: &str, span: Span) {
    let message = format!("There is no function ${name}");
    let own = Diagnostic::warning(UNKNOWN_REFERENCE.code, span, message);
    let own = match closest(name, function_names(Dialect::States)) {
        Some(close) => own.with_fix(
            format!("Change to ${close}"),
            TextEdit::replace(span, format!("${close}")),
        ),
        None => own,
    };
    report.add(own, None);
}
