//! The fields of the language: one table of where each is allowed, in which query
//! language, of what kind, whether it is needed, and what it is for.
//!
//! Validation, completion, hover and forms all read this table, so that they cannot
//! disagree. What a field's value means to a run is in the model; what the table says
//! is what may be written.

mod choice;
mod error_handling;
mod machine;
mod map;
mod owner;
mod state;

use std::sync::LazyLock;

use super::state::QueryLanguage;

pub use owner::{Owner, Owners};

/// One field, in every object that has it with the same meaning.
///
/// A name may have several rows: `Parameters` of a Map state is not that of a Task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The objects that may have it.
    pub owners: Owners,
    /// The query language that has it; `None` for both.
    pub language: Option<QueryLanguage>,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub presence: Presence,
    /// Fields of the same object that cannot stand beside it.
    pub excludes: &'static [&'static str],
    /// Whether JSONata takes an expression between `{%` and `%}` in its place, evaluated
    /// when the state runs. Template kinds always do.
    pub is_evaluated: bool,
    /// What it is for, in one or two sentences.
    pub doc: &'static str,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// Exactly one of these must be there; those of the other query language do not count.
    OneOf(&'static [&'static str]),
    /// It was replaced by another name, which is to be preferred.
    Legacy(&'static str),
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A whole number, both ends included.
    Integer {
        /// The least.
        min: u64,
        /// The greatest.
        max: u64,
    },
    /// A number, both ends included.
    Number {
        /// The least.
        min: f64,
        /// The greatest; infinite for none.
        max: f64,
    },
    /// A string that is an RFC 3339 time.
    Timestamp,
    /// A path that may find several values, an intrinsic function where the table says so,
    /// or a variable.
    Path(PathForm),
    /// Any JSON, never evaluated.
    Json,
    /// JSON with places that are evaluated: keys that end in `.$`, strings between `{%` and `%}`.
    Template,
    /// JSONata between `{%` and `%}` that gives true or false, or one of the two.
    Condition,
    /// The ARN of what a Task calls.
    TaskResource,
    /// The ARN of what a Map reads items with, or writes results with.
    StorageResource,
    /// The ARN of an IAM role.
    RoleArn,
    /// The name of a state of the same machine.
    StateName,
    /// The name of a state of the same machine, where it begins.
    StartState,
    /// Error names.
    ErrorNames,
    /// Texts.
    Texts,
    /// An object with fields of its own.
    Object(Owner),
    /// Objects with fields of their own.
    Objects(Owner),
    /// States by name.
    States,
    /// Variables by name, with templates as values.
    Variables,
}

/// The forms of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathForm {
    /// `InputPath` and `OutputPath`: any path, or null.
    Selecting,
    /// `ResultPath`: a Reference Path without variables or context object, or null.
    Placing,
    /// A value read from the input, the context object or a variable.
    Reading,
    /// The same, or an intrinsic function: `ErrorPath`, `CausePath`.
    Computing,
}

/// The fields of an object, in the order in which they are usually written.
pub fn fields(owner: Owner) -> impl Iterator<Item = &'static Field> {
    static BY_OWNER: LazyLock<Vec<Vec<&'static Field>>> = LazyLock::new(|| {
        let of = |owner| all().filter(|row| row.owners.contains(owner)).collect();
        Owner::ALL.into_iter().map(of).collect()
    });
    let own = BY_OWNER.get(owner.number()).map(Vec::as_slice);
    own.unwrap_or_default().iter().copied()
}

/// The field `name` of an object, if it has one in either query language.
pub fn field(owner: Owner, name: &str) -> Option<&'static Field> {
    fields(owner).find(|field| field.name == name)
}

/// Every row of the table.
pub fn all() -> impl Iterator<Item = &'static Field> {
    [
        machine::FIELDS,
        state::FIELDS,
        map::FIELDS,
        choice::FIELDS,
        error_handling::FIELDS,
    ]
    .into_iter()
    .flatten()
}

impl Field {
    /// Whether a query language has it.
    pub fn is_allowed_in(&self, language: QueryLanguage) -> bool {
        self.language.is_none_or(|own| own == language)
    }

    /// Whether it must be there without regard to other fields.
    pub fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// Whether it must be there and nothing stands for it, in an object of which `has` tells
    /// the fields.
    pub fn is_lacking(&self, has: impl Fn(&str) -> bool) -> bool {
        match self.presence {
            Presence::Required => !has(self.name),
            Presence::OneOf(names) => !names.iter().any(|name| has(name)),
            Presence::Optional | Presence::Legacy(_) => false,
        }
    }

    /// An optional field of both query languages.
    const fn new(name: &'static str, owners: &[Owner], kind: FieldKind, doc: &'static str) -> Self {
        Self {
            name,
            owners: Owners::of(owners),
            language: None,
            kind,
            presence: Presence::Optional,
            excludes: &[],
            is_evaluated: matches!(
                kind,
                FieldKind::Template | FieldKind::Condition | FieldKind::Variables
            ),
            doc,
        }
    }

    const fn json_path(mut self) -> Self {
        self.language = Some(QueryLanguage::JsonPath);
        self
    }

    const fn jsonata(mut self) -> Self {
        self.language = Some(QueryLanguage::Jsonata);
        self
    }

    const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }

    const fn one_of(mut self, names: &'static [&'static str]) -> Self {
        self.presence = Presence::OneOf(names);
        self
    }

    const fn legacy(mut self, successor: &'static str) -> Self {
        self.presence = Presence::Legacy(successor);
        self
    }

    const fn excludes(mut self, names: &'static [&'static str]) -> Self {
        self.excludes = names;
        self
    }

    const fn evaluated(mut self) -> Self {
        self.is_evaluated = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::asl::{Operator, StateType};

    #[test]
    fn owners_stand_at_their_numbers() {
        for (index, owner) in Owner::ALL.into_iter().enumerate() {
            assert_eq!(owner.number(), index, "{owner:?}");
        }
    }

    #[test]
    fn a_name_means_one_thing_in_an_object() {
        for owner in Owner::ALL {
            let mut seen = HashSet::new();
            for field in fields(owner) {
                assert!(seen.insert(field.name), "{owner:?} {}", field.name);
            }
            assert!(!seen.is_empty(), "{owner:?}");
        }
    }

    #[test]
    fn fields_that_are_named_exist() {
        for row in all() {
            let named: Vec<&str> = match row.presence {
                Presence::OneOf(names) => names.to_vec(),
                Presence::Legacy(name) => vec![name],
                Presence::Optional | Presence::Required => vec![],
            };
            for owner in Owner::ALL
                .into_iter()
                .filter(|&owner| row.owners.contains(owner))
            {
                for name in named.iter().chain(row.excludes) {
                    // `Parameters` is the old `ItemSelector` of Map alone; other states have theirs.
                    assert!(
                        field(owner, name).is_some(),
                        "{owner:?} {} names {name}",
                        row.name
                    );
                }
                for name in row.excludes {
                    let back = field(owner, name).map(|field| field.excludes);
                    assert!(
                        back.is_some_and(|back| back.contains(&row.name)),
                        "{owner:?} {name} does not exclude {}",
                        row.name
                    );
                }
            }
        }
    }

    #[test]
    fn every_row_says_what_it_is_for() {
        for row in all() {
            assert!(row.doc.ends_with('.'), "{}: {}", row.name, row.doc);
            assert!(row.doc.len() > 15, "{}", row.name);
        }
    }

    #[test]
    fn every_operator_has_its_field_and_twin() {
        for operator in Operator::ALL {
            let name = operator.as_str();
            for owner in [Owner::ChoiceRule, Owner::DataTest] {
                assert!(field(owner, name).is_some(), "{name}");
                assert_eq!(
                    field(owner, &format!("{name}Path")).is_some(),
                    operator.has_path(),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn every_state_type_has_what_all_have() {
        for state_type in StateType::ALL {
            for name in ["Type", "Comment", "QueryLanguage"] {
                assert!(
                    field(Owner::State(state_type), name).is_some(),
                    "{state_type} {name}"
                );
            }
        }
    }
}
