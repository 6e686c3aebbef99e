//! The values that the definition's `${…}` placeholders have in simulations.

use leptos::prelude::*;

use super::ExecutionStore;
use crate::asl::{Substitutions, read_substitutions};
use crate::authoring::document::Document;
use crate::source::json::{Object, Value};

impl ExecutionStore {
    /// The document with its placeholders replaced as far as they have values.
    pub(super) fn with_values(self, document: Document) -> Document {
        let values = untrack(|| self.substitution_values());
        document.with_values(&values).unwrap_or(document)
    }

    /// The values of placeholders.
    pub fn substitution_values(self) -> Substitutions {
        let values = self.substitutions.with(|text| Value::parse(text).ok());
        values
            .and_then(|values| read_substitutions(&values))
            .unwrap_or_default()
    }

    /// Gives a placeholder a value; an empty one takes the value away.
    pub fn set_substitution(self, name: &str, value: &str) {
        if self.is_read_only.get_untracked() {
            return;
        }
        let mut values = untrack(|| self.substitution_values());
        match value {
            "" => values.remove(name),
            value => values.insert(name.to_owned(), value.to_owned()),
        };
        let members = values.into_iter();
        let object: Object = members
            .map(|(name, value)| (name, Value::from(value)))
            .collect();
        self.substitutions.set(Value::from(object).to_string());
    }
}
