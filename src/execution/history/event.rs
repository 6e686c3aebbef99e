//! One event and its wire form.

use std::fmt;

use serde::de::Error;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::details::EventDetails;
use super::event_type::HistoryEventType;
use crate::time::Timestamp;

/// The number of an event: 1, 2, 3 …; 0 stands for "before the first".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
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

impl Serialize for HistoryEvent {
    /// Writes what `GetExecutionHistory` answers: the time in seconds since the
    /// epoch, absent members left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timestamp", &self.timestamp.as_secs_f64())?;
        map.serialize_entry("type", &self.event_type)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("previousEventId", &self.previous_event_id)?;
        if let Some(details) = &self.details {
            details.write(&mut map)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for HistoryEvent {
    /// Reads what `GetExecutionHistory` answers. Times may also be RFC 3339 text, as
    /// the command line tools print them; unknown members are ignored.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            timestamp: serde_json::Value,
            r#type: HistoryEventType,
            id: EventId,
            #[serde(default)]
            previous_event_id: EventId,
            #[serde(flatten)]
            rest: serde_json::Map<String, serde_json::Value>,
        }
        let wire = Wire::deserialize(deserializer)?;
        let mut details = None;
        for (name, value) in wire.rest {
            if let Some(read) = EventDetails::read(&name, value) {
                details = Some(read.map_err(D::Error::custom)?);
            }
        }
        Ok(HistoryEvent {
            timestamp: read_time(&wire.timestamp)
                .ok_or_else(|| D::Error::custom("the timestamp of an event is not a time"))?,
            event_type: wire.r#type,
            id: wire.id,
            previous_event_id: wire.previous_event_id,
            details,
        })
    }
}

/// Reads a history: the answer of `GetExecutionHistory` or its list of events.
/// Events come out in the order of their ids.
pub fn parse_history(text: &str) -> Result<Vec<HistoryEvent>, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Wire {
        Answer { events: Vec<serde_json::Value> },
        List(Vec<serde_json::Value>),
    }
    let (Wire::Answer { events } | Wire::List(events)) = serde_json::from_str(text)?;
    let events = events.into_iter().map(serde_json::from_value);
    let mut events = events.collect::<Result<Vec<HistoryEvent>, _>>()?;
    events.sort_by_key(|event| event.id);
    Ok(events)
}

fn read_time(value: &serde_json::Value) -> Option<Timestamp> {
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
    use crate::source::json::Value;

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
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(
            text,
            r#"{"timestamp":1700000000.123,"type":"PassStateEntered","id":2,"previousEventId":0,"stateEnteredEventDetails":{"name":"A","input":"{}","inputDetails":{"truncated":false}}}"#
        );
        assert_eq!(serde_json::from_str::<HistoryEvent>(&text).unwrap(), event);
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
        assert!(parse_history("[{\"id\":1}]").is_err());
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
