//! A value looks as if it should be evaluated, where nothing is.

use super::Rule;
use super::finding::{Report, Said};
use super::location::Location;
use super::place::Object;
use crate::asl::field;
use crate::asl::state::QueryLanguage;
use crate::expr::intrinsic::{Call, is_intrinsic};
use crate::expr::jsonpath::Path;
use crate::source::json::{Member, Node, NodeKind};
use crate::source::{Code, Diagnostic, edit};

/// What should be evaluated says so.
pub const LOOKS_LIKE_PATH: Rule = Rule {
    code: Code("LOOKS_LIKE_PATH"),
    demand: "A path or an intrinsic function is evaluated only in a field whose name ends in .$ or Path; \
             in any other it is a text like any other.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a": "$.order"}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$.order"}, "End": true}}}"#,
    ..Rule::STANDARD
};

const NO_DOLLAR: Code = Code("NO_DOLLAR");
const NO_PATH: Code = Code("NO_PATH");
const STATIC_RESULT: Code = Code("PASS_RESULT_IS_STATIC");

/// What a text looks like, in the service's words.
fn looks_like(text: &str) -> Option<&'static str> {
    if is_intrinsic(text) {
        return Call::parse(text).is_ok().then_some("Intrinsic Function");
    }
    let is_path = text == "$"
        || ["$.", "$$", "$["]
            .iter()
            .any(|start| text.starts_with(start));
    (is_path && Path::parse(text).is_ok()).then_some("JSONPath")
}

/// Checks a member of a payload template whose name does not end in `.$`.
pub(super) fn check(report: &mut Report<'_>, member: &Member, template: &Location<'_>) {
    let Some(text) = member.value.as_str() else {
        return;
    };
    let Some(what) = looks_like(text) else { return };
    let name = &*member.key.name;
    let dynamic = format!("{name}.$");
    let message = format!("{text} is not evaluated here, as {name} does not end in .$");
    let own = Diagnostic::warning(LOOKS_LIKE_PATH.code, member.key.span, message).with_fix(
        format!("Change to {dynamic}"),
        edit::rename(report.text, member, &dynamic),
    );
    let article = article(what);
    let said = format!(
        "The value of '{name}' looks like {article} {what}. Instead of '{name}', use '{dynamic}' to \
         evaluate it as {article} {what} at runtime."
    );
    report.add(own, Said::warning(NO_DOLLAR, template, said));
}

fn article(what: &str) -> &'static str {
    if what.starts_with('I') { "an" } else { "a" }
}

/// Checks `Result` of a Pass state, in which nothing is evaluated.
pub(super) fn check_result(report: &mut Report<'_>, state: &Object<'_>) {
    let Some(member) = state.node.member("Result") else {
        return;
    };
    if state.language == QueryLanguage::Jsonata {
        return;
    }
    let location = state.location.field("Result");
    result(report, state, member, &location);
}

fn result(report: &mut Report<'_>, state: &Object<'_>, result: &Member, location: &Location<'_>) {
    let mut stack: Vec<&Node> = vec![&result.value];
    while let Some(node) = stack.pop() {
        match &node.kind {
            NodeKind::Array(items) => stack.extend(items.iter().rev()),
            NodeKind::Object(members) => {
                for member in members.iter().rev() {
                    stack.push(&member.value);
                    let name = &*member.key.name;
                    let is_path = member
                        .value
                        .as_str()
                        .is_some_and(|text| looks_like(text).is_some());
                    if !(name.ends_with(".$") && is_path) {
                        continue;
                    }
                    let message =
                        format!("Nothing is evaluated in Result, so {name} stays as it is");
                    let mut own =
                        Diagnostic::warning(LOOKS_LIKE_PATH.code, member.key.span, message);
                    if !state.has("Parameters") {
                        let edit = edit::rename(report.text, result, "Parameters");
                        own = own.with_fix("Change Result to Parameters", edit);
                    }
                    let said = format!(
                        "The value of '{name}' will not evaluate as a JSONPath or Intrinsic Function at \
                         runtime. Instead of 'Result', use 'Parameters' to evaluate it as a JSONPath or \
                         Intrinsic Function at runtime."
                    );
                    report.add(own, Said::warning(STATIC_RESULT, location, said));
                }
            }
            NodeKind::Missing
            | NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Substitution(_) => {}
        }
    }
}

/// Checks `Error` and `Cause` of a Fail state.
pub(super) fn check_fail(report: &mut Report<'_>, state: &Object<'_>) {
    if state.language == QueryLanguage::Jsonata {
        return;
    }
    for name in ["Error", "Cause"] {
        let Some(member) = state.node.member(name) else {
            continue;
        };
        let what = member.value.as_str().and_then(|text| looks_like(text));
        let Some(what) = what else { continue };
        let twin = format!("{name}Path");
        let message = format!("{name} is a plain text; {twin} reads it from a path");
        let mut own = Diagnostic::warning(LOOKS_LIKE_PATH.code, member.value.span, message);
        if field::field(state.owner, &twin).is_some() && !state.has(&twin) {
            let edit = edit::rename(report.text, member, &twin);
            own = own.with_fix(format!("Change to {twin}"), edit);
        } else {
            own = own.with_fix(
                format!("Remove {name}"),
                edit::remove(report.text, state.node, member),
            );
        }
        let article = article(what);
        let said = format!(
            "The value of '{name}' looks like {article} {what}. Instead of '{name}', use '{twin}' to \
             evaluate it as {article} {what} at runtime."
        );
        let location = state.location.field(name);
        report.add(own, Said::warning(NO_PATH, location, said));
    }
}
