//! Which errors a Retrier or a Catcher is for.

use super::finding::{Report, Said};
use super::place::Place;
use super::suggest::closest;
use super::{Rule, empty_list, wrong_type};
use crate::source::json::Node;
use crate::source::{Code, Diagnostic, TextEdit, edit};

/// `States.ALL` stands alone, and last.
pub const CATCH_ALL: Rule = Rule {
    code: Code("CATCH_ALL"),
    demand: "States.ALL, which stands for every error, is alone in its ErrorEquals and in the last entry of \
             Retry or Catch.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["Busy"]}], "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Retry": [{"ErrorEquals": ["Busy"]}, {"ErrorEquals": ["States.ALL"]}], "End": true}}}"#,
    ..Rule::STANDARD
};

/// Names that begin with `States.` are those of the language.
pub const UNKNOWN_ERROR: Rule = Rule {
    code: Code("UNKNOWN_ERROR"),
    demand: "Error names that begin with States. are those that the language defines.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Retry": [{"ErrorEquals": ["States.TimeOut"]}], "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Retry": [{"ErrorEquals": ["States.Timeout"]}], "End": true}}}"#,
    ..Rule::STANDARD
};

const ALL: &str = "States.ALL";

/// The errors that the language defines.
pub(super) const ERRORS: [&str; 17] = [
    ALL,
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.Http.Socket",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.TaskFailed",
    "States.Timeout",
];

/// Checks `ErrorEquals`.
pub(super) fn check_names(report: &mut Report<'_>, place: &Place<'_>) {
    wrong_type::check_texts(report, place);
    let items = place.node.items();
    if items.is_some_and(<[Node]>::is_empty) {
        empty_list::report(report, place);
    }
    for item in items.unwrap_or_default() {
        let Some(name) = item.as_str() else { continue };
        let is_known = ERRORS.contains(&&**name) || name.starts_with("States.Http.StatusCode.");
        if !name.starts_with("States.") || is_known || name.contains("${") {
            continue;
        }
        let message = format!("The language has no error {name}");
        let own = Diagnostic::warning(UNKNOWN_ERROR.code, item.span, message);
        let own = match closest(name, ERRORS.into_iter()) {
            None => own,
            Some(close) => {
                let edit = edit::set(report.text, item, close);
                own.with_fix(format!("Change to {close}"), edit)
            }
        };
        report.add(own, None);
    }
}

/// Checks where `States.ALL` stands in `Retry` or `Catch`.
pub(super) fn check_catch_all(report: &mut Report<'_>, place: &Place<'_>, entries: &[Node]) {
    for (number, entry) in entries.iter().enumerate() {
        let Some(names) = entry.get("ErrorEquals").and_then(Node::items) else {
            continue;
        };
        let is_all = |node: &Node| node.as_str().is_some_and(|name| &**name == ALL);
        let Some(at) = names.iter().position(is_all) else {
            continue;
        };
        let is_last = number + 1 == entries.len();
        if names.len() == 1 && is_last {
            continue;
        }
        let Some(name) = names.get(at) else { continue };
        let message = if names.len() > 1 {
            format!("{ALL} stands for every error, so nothing can stand beside it")
        } else {
            format!("Nothing after {ALL} in {} is ever looked at", place.name())
        };
        let mut own = Diagnostic::error(CATCH_ALL.code, name.span, message);
        if names.len() > 1 && is_last {
            let list = names.first().zip(names.last());
            if let Some((first, last)) = list {
                let edit = TextEdit::replace(first.span.cover(last.span), format!("\"{ALL}\""));
                own = own.with_fix(format!("Leave {ALL} alone"), edit);
            }
        } else {
            own = own.with_hint("Move it to an entry of its own at the end");
        }
        let entry = place.location.index(number);
        let list = entry.field("ErrorEquals");
        let said = "States.ALL must appear alone and at end of list";
        report.add(own, Said::schema(list.index(at), said));
    }
}
