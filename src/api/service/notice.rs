//! What EventBridge tells when the status of a Standard execution changes.

use std::sync::Arc;

use super::Service;
use crate::execution::interpreter::{Entropy, WorkflowType};
use crate::source::json::{Number, Object, Value};
use crate::time::Timestamp;

/// An event "Step Functions Execution Status Change".
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The execution.
    pub execution_arn: Arc<str>,
    /// The event as EventBridge delivers it.
    pub event: Value,
}

impl Service {
    /// Tells the status of an execution. Learned from recordings: what there is not shows
    /// as null.
    pub(super) fn notify(&mut self, number: u64) {
        let Some(run) = self.runs.by_number.get(&number) else {
            return;
        };
        if run.workflow_type != WorkflowType::Standard || run.map_run.is_some() {
            return;
        }
        let end = run.end();
        let at = end.map_or_else(
            || run.redrives.last().copied().unwrap_or(run.facts.started),
            |end| end.at,
        );
        let (redrive_status, reason) = self.redrive_status(run, at);
        let text = |text: Option<&Arc<str>>| text.map_or(Value::Null, |text| text.clone().into());
        let millis = |at: Timestamp| Value::from(Number::from(at.as_millis()));
        let included = || Value::from([("included", Value::from(true))]);
        let output = end.and_then(|end| end.output.as_ref());
        let mut detail = Object::default();
        detail.insert("executionArn", run.arn.clone());
        detail.insert("stateMachineArn", self.machine_arn(&run.facts.machine));
        detail.insert("name", run.facts.name.clone());
        detail.insert("status", run.status());
        detail.insert("startDate", millis(run.facts.started));
        detail.insert("stopDate", end.map_or(Value::Null, |end| millis(end.at)));
        detail.insert("input", run.facts.input.clone());
        detail.insert("output", text(output));
        detail.insert("stateMachineVersionArn", text(run.version_arn.as_ref()));
        detail.insert("stateMachineAliasArn", text(run.alias_arn.as_ref()));
        detail.insert("redriveCount", run.redrives.len() as i64);
        let redriven = run.redrives.last().copied();
        detail.insert("redriveDate", redriven.map_or(Value::Null, millis));
        detail.insert("redriveStatus", redrive_status);
        detail.insert(
            "redriveStatusReason",
            reason.map_or(Value::Null, Value::from),
        );
        detail.insert("inputDetails", included());
        detail.insert("outputDetails", output.map_or(Value::Null, |_| included()));
        detail.insert("error", text(end.and_then(|end| end.error.as_ref())));
        detail.insert("cause", text(end.and_then(|end| end.cause.as_ref())));
        let seed = run.facts.seed ^ at.as_millis().unsigned_abs();
        let id = Entropy::new(seed).uuid();
        let event = Value::from([
            ("version", Value::from("0")),
            ("id", Value::from(id)),
            (
                "detail-type",
                Value::from("Step Functions Execution Status Change"),
            ),
            ("source", Value::from("aws.states")),
            ("account", Value::from(self.settings.account.clone())),
            ("time", Value::from(at.to_string())),
            ("region", Value::from(self.settings.region.clone())),
            ("resources", Value::from(vec![Value::from(run.arn.clone())])),
            ("detail", Value::from(detail)),
        ]);
        self.notices.push(Notice {
            execution_arn: run.arn.clone(),
            event,
        });
    }
}
