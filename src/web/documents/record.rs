//! What is kept of a document.

use std::fmt;
use std::sync::Arc;

use crate::authoring::document::Target;
use crate::execution::item::GivenObject;
use crate::source::json::{Value, Wire};
use crate::time::Timestamp;
use crate::web::objects::{read_objects, write_objects};

/// The identity of a document on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(String);

impl DocumentId {
    /// The identity that was written down as `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// A new identity.
    pub fn random() -> Self {
        // 2 × 32 bits: enough for the documents of one device.
        let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        Self(format!("{:08x}{:08x}", half(), half()))
    }

    /// As it is written down.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a list shows of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its identity.
    pub id: DocumentId,
    /// Its name, not unique.
    pub name: String,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    /// When anything in it changed last, in milliseconds since 1970.
    pub changed: i64,
    /// The length of its text in bytes.
    pub bytes: usize,
}

/// What stands beside the text: all that a run of it starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The text of the input.
    pub input: String,
    /// The text of the mocks.
    pub mocks: String,
    /// The chosen test case in the mocks; empty for the first one.
    pub test_case: String,
    /// Values for `${…}` in the text, as JSON; empty for none.
    pub substitutions: String,
    /// The objects of S3.
    pub objects: Vec<GivenObject>,
    /// Which state machine of the text is meant, and as what.
    pub target: Target,
}

/// A document with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What a list shows.
    pub summary: Summary,
    /// The definition.
    pub text: Arc<str>,
    /// What stands beside it.
    pub beside: Beside,
}

impl Record {
    /// A document made at `now`.
    pub fn new(
        id: DocumentId,
        name: &str,
        text: impl Into<Arc<str>>,
        beside: Beside,
        now: Timestamp,
    ) -> Self {
        let text = text.into();
        let now = now.as_millis();
        Self {
            summary: Summary {
                id,
                name: name.to_owned(),
                created: now,
                changed: now,
                bytes: text.len(),
            },
            text,
            beside,
        }
    }

    /// Whether both hold the same, whenever they were written.
    pub fn has_content_of(&self, other: &Record) -> bool {
        self.summary.name == other.summary.name
            && self.text == other.text
            && self.beside == other.beside
    }
}

impl Summary {
    /// As one text.
    pub fn to_json(&self) -> String {
        let members: [(&str, Value); 5] = [
            ("id", self.id.as_str().into()),
            ("name", self.name.as_str().into()),
            ("created", self.created.into()),
            ("changed", self.changed.into()),
            ("bytes", (self.bytes as i64).into()),
        ];
        Value::from(members).to_string()
    }

    /// Reads [`to_json`](Self::to_json); nothing if it is no summary.
    pub fn from_json(json: &str) -> Option<Self> {
        let value = Value::parse(json).ok()?;
        let text = |key| value.get(key)?.as_str();
        let number = |key| value.get(key)?.as_i64();
        Some(Self {
            id: DocumentId::new(text("id")?),
            name: text("name")?.to_owned(),
            created: number("created")?,
            changed: number("changed")?,
            bytes: usize::try_from(number("bytes")?).ok()?,
        })
    }
}

impl Beside {
    /// As one text.
    pub fn to_json(&self) -> String {
        let members: [(&str, Value); 6] = [
            ("input", self.input.as_str().into()),
            ("mocks", self.mocks.as_str().into()),
            ("testCase", self.test_case.as_str().into()),
            ("substitutions", self.substitutions.as_str().into()),
            ("objects", write_objects(&self.objects).into()),
            ("target", self.target.to_value()),
        ];
        Value::from(members).to_string()
    }

    /// Reads [`to_json`](Self::to_json); whatever is missing is empty.
    pub fn from_json(json: &str) -> Self {
        let value = Value::parse(json).unwrap_or_else(|_| Value::empty_object());
        let member = |key| {
            let member = value.get(key).and_then(Value::as_str);
            member.unwrap_or_default().to_owned()
        };
        Self {
            input: member("input"),
            mocks: member("mocks"),
            test_case: member("testCase"),
            substitutions: member("substitutions"),
            objects: read_objects(&member("objects")),
            target: value
                .get("target")
                .and_then(Target::from_value)
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_survives_members_that_come_and_go() {
        let beside = Beside {
            input: "{\"a\": \"\u{1F600}\"}".into(),
            test_case: "Happy".into(),
            objects: vec![GivenObject {
                path: "bucket/key".into(),
                text: "1\n".into(),
            }],
            target: Target {
                machine: Some("Orders".into()),
                ..Target::default()
            },
            ..Beside::default()
        };
        assert_eq!(Beside::from_json(&beside.to_json()), beside);
        let of_another_version = r#"{"input": "1", "colour": "red"}"#;
        assert_eq!(Beside::from_json(of_another_version).input, "1");
        assert_eq!(Beside::from_json(""), Beside::default());
    }

    #[test]
    fn a_summary_survives_the_way() {
        let at = Timestamp::from_millis(1_700_000_000_123);
        let record = Record::new(DocumentId::new("a"), "\"A\"\n", "{}", Beside::default(), at);
        let json = record.summary.to_json();
        assert_eq!(Summary::from_json(&json), Some(record.summary));
        assert_eq!(Summary::from_json("{\"id\": \"a\"}"), None);
    }
}
