//! Log records: the events of an execution as CloudWatch Logs gets them.

use crate::execution::history::{HistoryEvent, HistoryEventType};
use crate::source::json::{Object, Value, Wire};

use super::history::without_data;

/// The records of a history at a level: all events, those of errors, those that end an
/// execution badly, or none.
///
/// Learned from recordings: ids are texts, and the details have one name for all types.
pub fn log_records(
    events: &[HistoryEvent],
    level: &str,
    include_execution_data: bool,
    execution_arn: &str,
    redrive_count: u32,
) -> Vec<Value> {
    let events = events.iter().filter(|event| is_logged(event, level));
    let record = |event: &HistoryEvent| {
        let shown = match include_execution_data {
            true => event.clone(),
            false => without_data(event.clone()),
        };
        let mut record = Object::default();
        record.insert("id", event.id.to_string());
        record.insert("type", event.event_type.as_str());
        let member = shown.details.as_ref().map(|details| details.member());
        let details = member.and_then(|member| shown.to_value().get(member).cloned());
        record.insert("details", details.unwrap_or_else(Value::empty_object));
        record.insert("previous_event_id", event.previous_event_id.to_string());
        record.insert("event_timestamp", event.timestamp.as_millis().to_string());
        record.insert("execution_arn", execution_arn);
        record.insert("redrive_count", redrive_count.to_string());
        Value::from(record)
    };
    events.map(record).collect()
}

fn is_logged(event: &HistoryEvent, level: &str) -> bool {
    use HistoryEventType as Type;
    let is_fatal = matches!(
        event.event_type,
        Type::ExecutionFailed | Type::ExecutionAborted | Type::ExecutionTimedOut
    );
    match level {
        "ALL" => true,
        "FATAL" => is_fatal,
        "ERROR" => {
            let name = event.event_type.as_str();
            is_fatal
                || name.ends_with("Failed")
                || name.ends_with("TimedOut")
                || name.ends_with("Aborted")
                || event.event_type == Type::FailStateEntered
        }
        _ => false,
    }
}
