//! One event and its wire form.

use std::fmt;

use super::details::EventDetails;
use super::event_type::HistoryEventType;
use crate::source::json::{Number, Object, SyntaxError, Value, Wire, take};
use crate::source::sort::sort_by_number;
use crate::time::Timestamp;

/// The number of an event: 1, 2, 3 …; 0 stands for "before the first".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u64);

impl EventId {
    /// Its place in a complete history; `None` for 0.
    pub fn index(self) -> Option<usize> {
        usize::try_from(self.0).ok()?.checked_sub(1)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `HistoryEvent` of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened.
    pub event_type: HistoryEventType,
    /// Its number.
    pub id: EventId,
    /// The event that led to it.
    pub previous_event_id: EventId,
    /// What there is to know beside the type.
    pub details: Option<EventDetails>,
}

impl Wire for HistoryEvent {
    /// What `GetExecutionHistory` answers: the time in seconds since the epoch, absent
    /// members left out.
    fn to_value(&self) -> Value {
        let mut event = Object::default();
        event.insert("timestamp", seconds(self.timestamp));
        event.insert("type", self.event_type.as_str());
        event.insert("id", Number::from(self.id.0));
        event.insert("previousEventId", Number::from(self.previous_event_id.0));
        if let Some(details) = &self.details {
            event.insert(details.member(), details.to_value());
        }
        event.into()
    }

    /// Reads what `GetExecutionHistory` answers. Times may also be RFC 3339 text, as
    /// the command line tools print them; unknown members are ignored.
    fn from_value(value: &Value) -> Option<Self> {
        let event = value.as_object()?;
        let mut details = None;
        for (name, value) in event.iter() {
            if EventDetails::MEMBERS.contains(&&**name) {
                details = Some(EventDetails::read(name, value)?);
            }
        }
        Some(HistoryEvent {
            timestamp: read_time(event.get("timestamp")?)?,
            event_type: HistoryEventType::parse(event.get("type")?.as_str()?)?,
            id: EventId(take(event, "id")?),
            previous_event_id: EventId(take::<Option<u64>>(event, "previousEventId")?.unwrap_or(0)),
            details,
        })
    }
}

/// Why a text is not a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryError {
    /// It is not JSON.
    Syntax(SyntaxError),
    /// It holds no list of events.
    NoEvents,
    /// This event, counted from 1 as they stand in the text, is not one.
    NoEvent(usize),
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HistoryError::Syntax(error) => write!(f, "The history is not JSON: {}", error.kind),
            HistoryError::NoEvents => f.write_str("The history has no list of events"),
            HistoryError::NoEvent(count) => {
                write!(
                    f,
                    "Entry {count} of the history is no event with a type, an id and a time"
                )
            }
        }
    }
}

impl std::error::Error for HistoryError {}

/// Reads a history: the answer of `GetExecutionHistory` or its list of events.
/// Events come out in the order of their ids.
pub fn parse_history(text: &str) -> Result<Vec<HistoryEvent>, HistoryError> {
    let answer = Value::parse(text).map_err(HistoryError::Syntax)?;
    let events = answer.get("events").unwrap_or(&answer);
    let events = events.as_array().ok_or(HistoryError::NoEvents)?.iter();
    let events = events.enumerate().map(|(index, event)| {
        HistoryEvent::from_value(event).ok_or(HistoryError::NoEvent(index + 1))
    });
    let mut events = events.collect::<Result<Vec<HistoryEvent>, _>>()?;
    sort_by_number(&mut events, |event| event.id.0);
    Ok(events)
}

/// The list of events, as [`parse_history`] reads it.
pub fn write_history(events: &[HistoryEvent]) -> Value {
    events.iter().map(HistoryEvent::to_value).collect()
}

/// Seconds with the digits that they have, at least one of them behind the point.
fn seconds(time: Timestamp) -> Value {
    let millis = time.as_millis();
    let (sign, magnitude) = (if millis < 0 { "-" } else { "" }, millis.unsigned_abs());
    let text = format!("{sign}{}.{:03}", magnitude / 1000, magnitude % 1000);
    let zeros = text.len() - text.trim_end_matches('0').len();
    let digits = text.get(..text.len() - zeros.min(2)).unwrap_or(&text);
    Number::parse(digits).map_or(Value::Null, Value::from)
}

fn read_time(value: &Value) -> Option<Timestamp> {
    if let Some(seconds) = value.as_f64() {
        return Some(Timestamp::from_millis((seconds * 1000.0).round() as i64));
    }
    let text = value.as_str()?;
    Timestamp::parse_rfc3339(text).or_else(|| Timestamp::parse_rfc3339(&text.replacen(' ', "T", 1)))
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    #[test]
    fn writes_the_wire_form() {
        let event = HistoryEvent {
            timestamp: Timestamp::from_millis(1_700_000_000_123),
            event_type: HistoryEventType::PassStateEntered,
            id: EventId(2),
            previous_event_id: EventId(0),
            details: Some(EventDetails::StateEntered(StateEnteredEventDetails {
                name: Some("A".into()),
                input: Some(Value::empty_object().into()),
                input_details: Some(DataDetails::default()),
            })),
        };
        let text = event.to_value().to_string();
        assert_eq!(
            text,
            r#"{"timestamp":1700000000.123,"type":"PassStateEntered","id":2,"previousEventId":0,"stateEnteredEventDetails":{"name":"A","input":"{}","inputDetails":{"truncated":false}}}"#
        );
        assert_eq!(parse_history(&format!("[{text}]")).unwrap(), [event]);
    }

    #[test]
    fn writes_seconds_with_the_digits_that_they_have() {
        for (millis, text) in [
            (0, "0.0"),
            (1_700_000_000_000, "1700000000.0"),
            (1_700_000_000_120, "1700000000.12"),
            (-1_001, "-1.001"),
            (100_000, "100.0"),
        ] {
            let time = Timestamp::from_millis(millis);
            assert_eq!(seconds(time).to_string(), text);
            assert_eq!(serde_json::json!(millis as f64 / 1000.0).to_string(), text);
            assert_eq!(read_time(&seconds(time)), Some(time));
        }
    }

    #[test]
    fn reads_what_the_tools_print() {
        let text = r#"{"events":[
            {"id":2,"type":"ExecutionSucceeded","timestamp":"2024-01-01T00:00:01.5+00:00","previousEventId":1},
            {"id":1,"type":"ExecutionStarted","timestamp":"2024-01-01 00:00:00+00:00","unknownMember":{}}
        ],"nextToken":null}"#;
        let events = parse_history(text).unwrap();
        assert_eq!(events[0].event_type, HistoryEventType::ExecutionStarted);
        assert_eq!(
            events[1].timestamp.since(events[0].timestamp).as_millis(),
            1500
        );
        for (text, error) in [
            (r#"[{"id":1}]"#, HistoryError::NoEvent(1)),
            (
                r#"[{"id":1,"type":"Pass","timestamp":0}]"#,
                HistoryError::NoEvent(1),
            ),
            (
                r#"[{"id":1,"type":"PassStateEntered","timestamp":"soon"}]"#,
                HistoryError::NoEvent(1),
            ),
            (
                r#"[{"id":1,"type":"PassStateEntered","timestamp":0,"stateEnteredEventDetails":{"name":1}}]"#,
                HistoryError::NoEvent(1),
            ),
            (r#"{"events":{}}"#, HistoryError::NoEvents),
            ("7", HistoryError::NoEvents),
        ] {
            assert_eq!(parse_history(text), Err(error), "{text}");
        }
        assert!(matches!(parse_history("["), Err(HistoryError::Syntax(_))));
    }

    /// Every member of the API's shape is there, in its order.
    #[test]
    fn knows_every_member() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/aws/stepfunctions-service-2.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: the API model is not beside the project");
            return;
        };
        let model: serde_json::Value = serde_json::from_str(&text).unwrap();
        let members = model["shapes"]["HistoryEvent"]["members"]
            .as_object()
            .unwrap();
        let details = members.keys().filter(|name| name.ends_with("EventDetails"));
        assert!(details.eq(EventDetails::MEMBERS.iter()));
        let types = model["shapes"]["HistoryEventType"]["enum"]
            .as_array()
            .unwrap();
        let ours = HistoryEventType::ALL
            .iter()
            .map(|event_type| event_type.as_str());
        assert!(types.iter().map(|name| name.as_str().unwrap()).eq(ours));
    }
}
