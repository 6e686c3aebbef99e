//! JSON text inside an event, shared until somebody wants to read it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::source::json::{Value, Wire};

/// An `input`, `output` or `parameters` member: JSON as text on the wire, a shared
/// [`Value`] in memory, so a history of thousands of events costs what differs.
///
/// The text is kept where it is not the compact text of the value: the service
/// hands the white space of an execution's input on to the first events.
#[derive(Clone, Debug)]
pub struct Payload {
    value: Value,
    text: Option<Arc<str>>,
}

impl Payload {
    /// The payload with a text of its own; text that is no JSON counts as a string.
    pub fn from_text(text: &str) -> Self {
        let value = Value::parse(text).unwrap_or_else(|_| Value::from(text));
        let is_compact = value.text_len() == text.len() && value.to_string() == text;
        let text = (!is_compact).then(|| text.into());
        Self { value, text }
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The text as it stands in the history.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.value.to_string()),
        }
    }

    /// Length of the text in bytes, the measure of the payload quota.
    pub fn len(&self) -> usize {
        match &self.text {
            Some(text) => text.len(),
            None => self.value.text_len(),
        }
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Value> for Payload {
    /// The payload whose text is compact.
    fn from(value: Value) -> Self {
        Self { value, text: None }
    }
}

impl PartialEq for Payload {
    /// By text: two spellings of one value are two payloads.
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Wire for Payload {
    fn to_value(&self) -> Value {
        match &self.text {
            Some(text) => text.clone().into(),
            None => self.value.to_string().into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_white_space_and_only_then_text() {
        let spaced = Payload::from_text("{ \"a\": 1 }");
        assert_eq!(spaced.text(), "{ \"a\": 1 }");
        assert_eq!(spaced.len(), 10);
        let compact = Payload::from_text("{\"a\":1}");
        assert!(compact.text.is_none());
        assert_eq!(spaced.value(), compact.value());
        assert_ne!(spaced, compact);
    }
}
