//! Files opened together: an input and mocks beside their definition belong to it.

use super::name::{document_name, stem};

const INPUT: &str = ".input.json";
const MOCKS: &str = ".mocks.json";

/// What one document is opened from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// The definition.
    pub text: String,
    /// The text of an input that came along.
    pub input: Option<String>,
    /// The text of mocks that came along.
    pub mocks: Option<String>,
}

/// The documents in files of these names and texts, in the files' order.
///
/// `order.input.json` and `order.mocks.json` come along with `order.asl.json`; without it
/// they are documents like any other, as nobody knows what they are.
pub fn bundle(files: &[(String, String)]) -> Vec<Opened> {
    let companion = |name: &str, ending: &str| {
        let file = files
            .iter()
            .find(|(other, _)| other.strip_suffix(ending) == Some(stem(name)));
        file.map(|(_, text)| text.clone())
    };
    let is_companion = |name: &str| {
        let of = [INPUT, MOCKS]
            .iter()
            .find_map(|ending| name.strip_suffix(ending));
        of.is_some_and(|of| files.iter().any(|(main, _)| stem(main) == of))
    };
    let mains = files.iter().filter(|(name, _)| !is_companion(name));
    mains
        .map(|(name, text)| Opened {
            name: document_name(name),
            text: text.clone(),
            input: companion(name, INPUT),
            mocks: companion(name, MOCKS),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companions_join_their_definition_and_stand_alone_without_it() {
        let names = [
            "b.input.json",
            "a.asl.json",
            "a.mocks.json",
            "a.input.json",
            "c.json",
        ];
        let files = names.map(|name| (name.to_owned(), format!("text of {name}")));
        let opened = |name: &str, file: &str| Opened {
            name: name.into(),
            text: format!("text of {file}"),
            ..Opened::default()
        };
        let a = Opened {
            input: Some("text of a.input.json".into()),
            mocks: Some("text of a.mocks.json".into()),
            ..opened("a", "a.asl.json")
        };
        let expected = [opened("b.input", "b.input.json"), a, opened("c", "c.json")];
        assert_eq!(bundle(&files), expected);
    }
}
