//! Events as CloudWatch Logs has them, where a state machine logs its executions.

use super::event::HistoryEvent;
use super::event_type::{EventPhase, HistoryEventType};
use crate::source::json::{Object, Value};

/// `level` of a logging configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogLevel {
    /// `ALL`
    All,
    /// `ERROR`
    Error,
    /// `FATAL`
    Fatal,
    /// `OFF`
    #[default]
    Off,
}

/// What makes records of the events of one execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log<'a> {
    /// Which events are logged.
    pub level: LogLevel,
    /// `includeExecutionData`: whether inputs, outputs and causes stand in the records.
    pub includes_data: bool,
    /// The ARN of the execution.
    pub execution_arn: &'a str,
    /// How often it was redriven.
    pub redrive_count: u64,
}

/// Members of details that are execution data.
const DATA: [&str; 8] = [
    "input",
    "inputDetails",
    "output",
    "outputDetails",
    "parameters",
    "cause",
    "assignedVariables",
    "assignedVariablesDetails",
];

impl LogLevel {
    /// Reads the API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "ALL" => Self::All,
            "ERROR" => Self::Error,
            "FATAL" => Self::Fatal,
            "OFF" => Self::Off,
            _ => return None,
        })
    }

    /// Whether events of a type are logged, by the table of the developer guide.
    pub fn includes(self, event_type: HistoryEventType) -> bool {
        let is_fatal = matches!(
            event_type,
            HistoryEventType::ExecutionAborted
                | HistoryEventType::ExecutionFailed
                | HistoryEventType::ExecutionTimedOut
        );
        let is_error = matches!(
            event_type.phase(),
            EventPhase::TaskFailed
                | EventPhase::TaskTimedOut
                | EventPhase::StateAborted
                | EventPhase::ContainerFailed
                | EventPhase::IterationFailed
                | EventPhase::IterationAborted
                | EventPhase::Evaluation
        ) || matches!(
            event_type,
            HistoryEventType::FailStateEntered
                | HistoryEventType::MapRunFailed
                | HistoryEventType::MapRunAborted
        );
        match self {
            Self::All => true,
            Self::Error => is_fatal || is_error,
            Self::Fatal => is_fatal,
            Self::Off => false,
        }
    }
}

impl Log<'_> {
    /// The record of an event; `None` if its level is not logged. Members are those of
    /// recordings; numbers are texts there.
    pub fn record(&self, event: &HistoryEvent) -> Option<Value> {
        if !self.level.includes(event.event_type) {
            return None;
        }
        let mut record = Object::default();
        record.insert("id", event.id.0.to_string());
        record.insert("type", event.event_type.as_str());
        record.insert("details", self.details(event));
        record.insert("redrive_count", self.redrive_count.to_string());
        record.insert("previous_event_id", event.previous_event_id.0.to_string());
        record.insert("event_timestamp", event.timestamp.as_millis().to_string());
        record.insert("execution_arn", self.execution_arn);
        Some(record.into())
    }

    fn details(&self, event: &HistoryEvent) -> Value {
        let Some(Value::Object(details)) = event.details.as_ref().map(|details| details.to_value())
        else {
            return Value::empty_object();
        };
        if self.includes_data {
            return Value::Object(details);
        }
        let members = details.iter();
        let members = members.filter(|(name, _)| !DATA.contains(&&***name));
        members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect::<Object>()
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execution::history::{EventDetails, EventId, Failure};
    use crate::time::Timestamp;

    #[test]
    fn records_have_the_names_of_the_log() {
        let event = HistoryEvent {
            timestamp: Timestamp::from_millis(5),
            event_type: HistoryEventType::ExecutionFailed,
            id: EventId(4),
            previous_event_id: EventId(3),
            details: Some(EventDetails::ExecutionFailed(Failure::new("E", "c"))),
        };
        let log = |level, includes_data| Log {
            level,
            includes_data,
            execution_arn: "arn",
            redrive_count: 0,
        };
        assert_eq!(
            log(LogLevel::Fatal, true)
                .record(&event)
                .unwrap()
                .to_string(),
            r#"{"id":"4","type":"ExecutionFailed","details":{"error":"E","cause":"c"},"redrive_count":"0","previous_event_id":"3","event_timestamp":"5","execution_arn":"arn"}"#
        );
        let quiet = log(LogLevel::All, false).record(&event).unwrap();
        assert_eq!(
            quiet.get("details").unwrap().to_string(),
            r#"{"error":"E"}"#
        );
        assert_eq!(log(LogLevel::Off, true).record(&event), None);
    }

    #[test]
    fn levels_hold_more_and_more() {
        for &event_type in HistoryEventType::ALL {
            let levels = [
                LogLevel::Off,
                LogLevel::Fatal,
                LogLevel::Error,
                LogLevel::All,
            ];
            let held = levels.map(|level| level.includes(event_type));
            assert!(held.is_sorted(), "{event_type}: {held:?}");
        }
        assert!(LogLevel::Error.includes(HistoryEventType::FailStateEntered));
        assert!(!LogLevel::Error.includes(HistoryEventType::TaskStateEntered));
    }
}
