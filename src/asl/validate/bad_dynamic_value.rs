//! A field that ends in `.$` holds nothing that can be evaluated.

use super::finding::{Report, Said};
use super::location::Location;
use super::{Rule, bad_intrinsic, bad_path};
use crate::expr::intrinsic::{Call, is_intrinsic};
use crate::expr::jsonpath::Path;
use crate::source::json::{Member, NodeKind};
use crate::source::{Code, Diagnostic, edit};

/// What ends in `.$` is evaluated.
pub const BAD_DYNAMIC_VALUE: Rule = Rule {
    code: Code("BAD_DYNAMIC_VALUE"),
    demand: "The value of a field whose name ends in .$ is a JSONPath or the call of an intrinsic \
             function.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "order"}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$.order"}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// Checks a member whose name ends in `.$`; the location is that of the template's field, at
/// which the service reports all that is in it.
pub(super) fn check(report: &mut Report<'_>, member: &Member, template: &Location<'_>) {
    let node = &member.value;
    let name = &*member.key.name;
    let own = match &node.kind {
        NodeKind::Missing | NodeKind::Substitution(_) => return,
        NodeKind::String(text) if text.contains("${") => return,
        NodeKind::String(text) if is_intrinsic(text) => match Call::parse(text) {
            Ok(call) => return bad_path::reads_in(report, node, &call, template),
            Err(error) => bad_intrinsic::own(report, node, &error),
        },
        NodeKind::String(text) => match Path::parse(text) {
            Ok(path) => return bad_path::reads(report, node, &path, template),
            Err(error) if text.starts_with('$') => bad_path::problem(report.text, node, &error),
            Err(_) => not_evaluated(report.text, member, "a string that is neither"),
        },
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_) => not_evaluated(report.text, member, node.describe()),
    };
    let said = format!(
        "The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"
    );
    report.add(own, Said::schema(template, said));
}

fn not_evaluated(source: &str, member: &Member, found: &str) -> Diagnostic {
    let name = &*member.key.name;
    let bare = name.strip_suffix(".$").unwrap_or(name);
    let message = format!("{name} must hold a path or an intrinsic function, not {found}");
    let edit = edit::rename(source, member, bare);
    Diagnostic::error(BAD_DYNAMIC_VALUE.code, member.value.span, message)
        .with_hint("A path begins with $, an intrinsic function with States.")
        .with_fix(format!("Change the name to {bare}"), edit)
}
