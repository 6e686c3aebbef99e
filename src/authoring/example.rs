//! The examples of the site: groups of definitions, each with an input and mocks.
//!
//! They lie in `www/examples`, one folder each; `scripts/examples.mjs` makes one file of
//! them, which the page fetches when somebody looks for one.

use crate::execution::item::GivenObject;
use crate::source::json::{Value, Wire, wire};

/// Examples that teach of one matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The matter.
    pub group: String,
    /// The examples, the plain ones first.
    pub examples: Vec<Example>,
}

/// A definition to learn from and to start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its name, as that of a state machine.
    pub name: String,
    /// What it teaches, in a sentence without a full stop.
    pub teaches: String,
    /// The fields and ideas that it shows.
    pub features: Vec<String>,
    /// The text of the definition.
    pub definition: String,
    /// The text of an input for it.
    pub input: String,
    /// A `MockConfigFile.json` for it; empty for none.
    pub mocks: String,
    /// The objects of S3 for it.
    pub objects: Vec<GivenObject>,
}

wire! { struct Group { group, examples, } }
wire! { struct Example { name, teaches, features, definition, input, mocks, objects, } }

/// Reads what `scripts/examples.mjs` has made; `None` if the text is something else.
pub fn read_groups(text: &str) -> Option<Vec<Group>> {
    Vec::from_value(&Value::parse(text).ok()?)
}

impl Example {
    /// Whether every word of a query stands in its name, its sentence or its features.
    pub fn matches(&self, query: &str) -> bool {
        let facts = format!("{} {} {}", self.name, self.teaches, self.features.join(" "));
        let facts = facts.to_lowercase();
        let query = query.to_lowercase();
        query.split_whitespace().all(|word| facts.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Example {
        Example {
            name: "trip-saga".into(),
            teaches: "Each Catch leads into the chain that takes back".into(),
            features: vec!["Catch".into(), "Compensation".into()],
            definition: "{\"StartAt\": \"A\"}\n".into(),
            input: "{}\n".into(),
            mocks: String::new(),
            objects: vec![GivenObject {
                path: "bucket/key".into(),
                text: "text".into(),
            }],
        }
    }

    #[test]
    fn groups_survive_the_way() {
        let groups = vec![Group {
            group: "When things fail".into(),
            examples: vec![example()],
        }];
        let text = groups.to_value().to_string();
        assert_eq!(read_groups(&text), Some(groups));
        for other in ["", "<html>", "{}", "[{\"group\": \"A\"}]", "[1]"] {
            assert_eq!(read_groups(other), None, "{other}");
        }
    }

    #[test]
    fn a_query_is_found_in_name_sentence_and_features() {
        for query in ["", "saga", "SAGA chain", "compensation catch", "  takes "] {
            assert!(example().matches(query), "{query}");
        }
        for query in ["map", "saga map"] {
            assert!(!example().matches(query), "{query}");
        }
    }
}
