//! Objects and values of a definition on the walk over it: what rules look at.

use std::fmt;

use super::location::Location;
use crate::asl::field::{Field, Owner};
use crate::asl::state::QueryLanguage;
use crate::source::Span;
use crate::source::json::{Member, Node, NodeKind};

/// An object that has fields of the language.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    /// Its node; an object.
    pub node: &'a Node,
    /// Which fields it may have.
    pub owner: Owner,
    /// The query language in force.
    pub language: QueryLanguage,
    /// Where it stands.
    pub location: &'a Location<'a>,
    /// Where problems of the object as a whole are shown.
    pub label: Span,
    /// What it is.
    pub title: Title<'a>,
    /// What expressions in it can ask of `$states`.
    pub offers: Offers,
}

/// What an object is called in messages.
#[derive(Clone, Copy)]
pub(super) enum Title<'a> {
    /// A state, by its name.
    State(&'a str),
    /// Anything else.
    Of(Owner),
}

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Title::State(name) => write!(f, "State {name}"),
            Title::Of(owner) => f.write_str(owner.title()),
        }
    }
}

/// What expressions can ask of `$states` beside `input` and `context`.
#[derive(Clone, Copy, Default)]
pub(super) struct Offers {
    /// `$states.result`
    pub result: bool,
    /// `$states.errorOutput`
    pub error_output: bool,
}

impl<'a> Object<'a> {
    /// The members.
    pub fn members(&self) -> &'a [Member] {
        self.node.members().unwrap_or_default()
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.node.get(name)
    }

    /// Whether it has a field.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Whether a deployment tool will put a value here, so that nothing can be said of it yet.
pub(super) fn is_placeholder(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Substitution(_) => true,
        NodeKind::String(text) => text.contains("${"),
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_) => false,
    }
}

/// A value and where it stands.
pub(super) struct Place<'a> {
    /// The object around it.
    pub object: &'a Object<'a>,
    /// Its row of the table.
    pub field: &'a Field,
    /// The value.
    pub node: &'a Node,
    /// Where it stands.
    pub location: &'a Location<'a>,
}

impl Place<'_> {
    /// The name of the field.
    pub fn name(&self) -> &'static str {
        self.field.name
    }

    /// Whether JSONata takes an expression here.
    pub fn takes_jsonata(&self) -> bool {
        self.field.is_evaluated && self.object.language == QueryLanguage::Jsonata
    }
}

/// What can be said of fields of the other query language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LanguageCheck {
    /// The language is clear.
    #[default]
    Sure,
    /// The name of the language is misspelt: only the service believes to know which it is.
    Unsure,
    /// The state may not have the language that it names, which says enough.
    Off,
}
