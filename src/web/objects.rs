//! Objects of S3 as the page keeps them: a list of paths and texts, in the order of its rows.

use crate::execution::item::GivenObject;
use crate::source::json::{Value, Wire, wire};

/// So much of an object's text is shown.
pub const MOST_SHOWN: usize = 20_000;

/// What a run has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenObject {
    /// Bucket and key.
    pub path: String,
    /// How its text begins, or all of it.
    pub head: String,
    /// The bytes of all of it.
    pub bytes: u64,
}

wire! { struct WrittenObject { path, head, bytes, } }

impl WrittenObject {
    /// An object of a run.
    pub fn new(bucket: &str, key: &str, text: &str) -> Self {
        let end = text.char_indices().map(|(at, _)| at).nth(MOST_SHOWN);
        Self {
            path: format!("{bucket}/{key}"),
            head: text
                .get(..end.unwrap_or(text.len()))
                .unwrap_or_default()
                .to_owned(),
            bytes: text.len() as u64,
        }
    }
}

/// As one text; an empty one for none.
pub fn write_objects(given: &[GivenObject]) -> String {
    match given {
        [] => String::new(),
        given => given
            .iter()
            .map(Wire::to_value)
            .collect::<Value>()
            .to_string(),
    }
}

/// Reads [`write_objects`]; whatever is missing is empty.
pub fn read_objects(text: &str) -> Vec<GivenObject> {
    let value = Value::parse(text).ok();
    value
        .and_then(|value| Wire::from_value(&value))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execution::item::Objects;

    #[test]
    fn what_is_kept_is_what_was_given() {
        let given = |path: &str| GivenObject {
            path: path.into(),
            text: "a,b\n1,\"2\"\n".into(),
        };
        let both = vec![given("orders/2026/items.csv"), given("unfinish")];
        assert_eq!(read_objects(&write_objects(&both)), both);
        assert_eq!(read_objects(&write_objects(&[])), []);
        assert_eq!(read_objects("[1]"), []);
        assert_eq!(Objects::of(&both), Err("unfinish".into()));
        let found = Objects::of(&both[..1]).unwrap();
        assert!(found.get("orders", "2026/items.csv").is_some());
        assert!(both[0].has_path() && !both[1].has_path());
    }
}
