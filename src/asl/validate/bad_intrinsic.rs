//! The call of an intrinsic function cannot be read.

use super::Rule;
use super::bad_path::visible;
use super::finding::Report;
use super::suggest::closest;
use crate::expr::intrinsic::{Intrinsic, IntrinsicSyntaxError, IntrinsicSyntaxErrorKind};
use crate::source::json::Node;
use crate::source::{Code, Diagnostic};

/// Intrinsic functions exist and get as many arguments as they take.
pub const BAD_INTRINSIC: Rule = Rule {
    code: Code("BAD_INTRINSIC"),
    demand: "A call names one of the intrinsic functions and gives it as many arguments as it takes; \
             strings stand in single quotes, and a backslash only before ', {, } and itself.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID(1)"}, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": true}}}"#,
    ..Rule::STANDARD
};

/// What people are told of a call that cannot be read.
pub(super) fn own(report: &Report<'_>, node: &Node, error: &IntrinsicSyntaxError) -> Diagnostic {
    let span = visible(node.span_within(report.text, error.span.range()), node);
    let problem = Diagnostic::error(BAD_INTRINSIC.code, span, error.kind.to_string());
    let IntrinsicSyntaxErrorKind::UnknownFunction(name) = &error.kind else {
        return problem;
    };
    match closest(
        name,
        Intrinsic::ALL.iter().map(|intrinsic| intrinsic.name()),
    ) {
        Some(close) => problem.with_hint(format!("Is it {close}?")),
        None => problem.with_hint("Intrinsic functions begin with States., as States.Format does"),
    }
}
