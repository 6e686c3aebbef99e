//! A heartbeat is due later than the task has to be done.

use super::Rule;
use super::finding::Report;
use super::place::Object;
use crate::source::json::{Node, NodeKind};
use crate::source::{Code, Diagnostic};

/// Heartbeats come before the timeout.
pub const LATE_HEARTBEAT: Rule = Rule {
    code: Code("LATE_HEARTBEAT"),
    demand: "HeartbeatSeconds is less than TimeoutSeconds.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "TimeoutSeconds": 10, "HeartbeatSeconds": 10, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "TimeoutSeconds": 10, "HeartbeatSeconds": 5, "End": true}}}"#,
    ..Rule::STANDARD
};

fn seconds(node: Option<&Node>) -> Option<i64> {
    match &node?.kind {
        NodeKind::Number(number) => number.as_i64(),
        _ => None,
    }
}

/// Checks a Task. The service takes it as it is; the heartbeat then says nothing.
pub(super) fn check(report: &mut Report<'_>, state: &Object<'_>) {
    let heartbeat = state.get("HeartbeatSeconds");
    let timeout = seconds(state.get("TimeoutSeconds"));
    let (Some(node), Some(heartbeat), Some(timeout)) = (heartbeat, seconds(heartbeat), timeout)
    else {
        return;
    };
    if heartbeat < timeout {
        return;
    }
    let message =
        format!("A heartbeat after {heartbeat} seconds comes too late for a timeout of {timeout}");
    report.add(
        Diagnostic::warning(LATE_HEARTBEAT.code, node.span, message),
        None,
    );
}
