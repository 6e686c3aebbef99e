//! A path cannot be read.

use super::finding::{Report, Said};
use super::location::Location;
use super::place::{Place, is_placeholder};
use super::reference_path::{NOT_A_REFERENCE_PATH, reason};
use super::{Rule, wrong_type};
use crate::asl::field::{Owner, PathForm};
use crate::expr::intrinsic::{Call, is_intrinsic};
use crate::expr::jsonpath::{Path, PathSyntaxError, ReferencePath, Root};
use crate::source::json::{Node, NodeKind};
use crate::source::{Code, Diagnostic, Span};

/// Paths are JSONPath.
pub const BAD_PATH: Rule = Rule {
    code: Code("BAD_PATH"),
    demand: "InputPath, OutputPath and every other path is JSONPath and begins with $: the input, $$ for \
             the context object, or $name for a variable.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "order", "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.order", "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks a field that takes a path of this form.
pub(super) fn check(report: &mut Report<'_>, place: &Place<'_>, form: PathForm) {
    let takes_null = matches!(form, PathForm::Selecting | PathForm::Placing);
    let expected = if takes_null {
        "a path or null"
    } else {
        "a path"
    };
    let text = match (&place.node.kind, takes_null) {
        (NodeKind::Null, true) => return,
        (NodeKind::String(text), _) => text,
        _ => return wrong_type::report(report, place, expected, wrong_type::STRING),
    };
    if is_placeholder(place.node) && Path::parse(text).is_err() {
        // Without its value it is no path, and the service never sees it so.
        return add(report, place, None, VALID_PATH.into());
    }
    match form {
        PathForm::Computing if is_intrinsic(text) => match Call::parse(text) {
            Ok(call) => reads_in(report, place.node, &call, place.location),
            Err(error) => {
                let own = super::bad_intrinsic::own(report, place.node, &error);
                add(report, place, Some(own), VALID_PATH.into());
            }
        },
        PathForm::Selecting | PathForm::Computing => match Path::parse(text) {
            Ok(path) => reads(report, place.node, &path, place.location),
            Err(error) => {
                let own = own(report, place, &error);
                add(report, place, Some(own), VALID_PATH.into());
            }
        },
        PathForm::Placing | PathForm::Reading => reference(report, place, form, text),
    }
}

/// The service's sentence for what is no path.
const VALID_PATH: &str = "Value must be a valid JSONPath.";

fn add(report: &mut Report<'_>, place: &Place<'_>, own: Option<Diagnostic>, said: String) {
    report.add(own, Said::schema(place.location, said));
}

fn reference(report: &mut Report<'_>, place: &Place<'_>, form: PathForm, text: &str) {
    let reason = reason(text);
    let not_one = |reason: &str| format!("Value is not a Reference Path{reason}");
    match ReferencePath::parse(text) {
        Err(error) => {
            let own = if Path::parse(text).is_err() {
                own(report, place, &error)
            } else {
                let message = format!("{} must name one place", place.name());
                Diagnostic::error(NOT_A_REFERENCE_PATH.code, place.node.span, message)
                    .with_hint(format!("{}", error.kind))
            };
            add(report, place, Some(own), not_one(&reason));
        }
        Ok(path) if form == PathForm::Placing && *path.root() != Root::Input => {
            let message = "ResultPath puts a value into the state's input, so it begins with $";
            let own = Diagnostic::error(NOT_A_REFERENCE_PATH.code, place.node.span, message)
                .with_hint("Variables are set by Assign; the context object cannot be changed");
            add(report, place, Some(own), not_one(&reason));
        }
        Ok(path) if is_number_of_map(place) && *path.root() == Root::Context => {
            let message = format!("{} cannot read the context object", place.name());
            let own = Diagnostic::error(NOT_A_REFERENCE_PATH.code, place.node.span, message);
            add(report, place, Some(own), not_one(""));
        }
        Ok(path) => reads(report, place.node, path.path(), place.location),
    }
}

/// Notes the variable that a path begins with.
pub(super) fn reads(report: &mut Report<'_>, node: &Node, path: &Path, location: &Location<'_>) {
    if let Root::Variable(name) = path.root() {
        let scopes = &mut report.scopes;
        scopes.reads(name, node.span, || location.to_string());
    }
}

/// Notes the variables that the paths of a call begin with.
pub(super) fn reads_in(report: &mut Report<'_>, node: &Node, call: &Call, location: &Location<'_>) {
    for path in call.paths() {
        reads(report, node, path, location);
    }
}

/// Numbers of a Map are read from the input or a variable alone, as the service was seen to
/// refuse the context object there and nowhere else.
fn is_number_of_map(place: &Place<'_>) -> bool {
    match place.object.owner {
        Owner::ItemBatcher | Owner::ReaderConfig => true,
        Owner::State(_) => matches!(
            place.name(),
            "MaxConcurrencyPath" | "ToleratedFailureCountPath" | "ToleratedFailurePercentagePath"
        ),
        _ => false,
    }
}

fn own(report: &Report<'_>, place: &Place<'_>, error: &PathSyntaxError) -> Diagnostic {
    problem(report.text, place.node, error)
}

/// A path that cannot be read, at the exact spot.
pub(super) fn problem(text: &str, node: &Node, error: &PathSyntaxError) -> Diagnostic {
    let span = node.span_within(text, error.span.range());
    Diagnostic::error(BAD_PATH.code, visible(span, node), error.kind.to_string())
}

/// The place in a string; the whole of it where the place would not be seen.
pub(super) fn visible(span: Span, node: &Node) -> Span {
    if span.is_empty() { node.span } else { span }
}
