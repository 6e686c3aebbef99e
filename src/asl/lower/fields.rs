//! Typed reading of an object's fields.

use std::sync::Arc;

use super::super::expression::{Expression, PathField, Setting};
use super::super::field;
use super::super::machine::Reference;
use super::super::state::QueryLanguage;
use super::super::template::Template;
use super::UNRESOLVED;
use crate::source::Diagnostic;
use crate::source::json::{Member, Node, NodeKind, Pointer};

/// The fields of one object, and where placeholders go that need a value.
///
/// A string with `${…}` in it is accepted for any type: a deployment tool will put
/// the real value there, so the field counts as given but unknown.
pub(super) struct Fields<'a> {
    members: &'a [Member],
    pub node: &'a Node,
    pub pointer: Pointer,
    pub language: QueryLanguage,
    pub unresolved: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    pub fn new(
        node: &'a Node,
        pointer: Pointer,
        language: QueryLanguage,
        unresolved: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            members: node.members().unwrap_or_default(),
            node,
            pointer,
            language,
            unresolved,
        }
    }

    pub fn member(&self, name: &str) -> Option<&'a Member> {
        debug_assert!(
            field::all().any(|field| field.name == name),
            "{name} is not in the table of fields"
        );
        self.members
            .iter()
            .rev()
            .find(|member| &*member.key.name == name)
    }

    pub fn node(&self, name: &str) -> Option<&'a Node> {
        self.member(name).map(|member| &member.value)
    }

    pub fn names(&self) -> impl Iterator<Item = &'a Member> + use<'a> {
        self.members.iter()
    }

    /// Notes a value of another type, if a deployment tool will put the right one there.
    pub fn unresolved(&mut self, name: &str, node: &Node, expected: &str) {
        if let Some(text) = substituted(node) {
            let message = format!("{name} must be {expected}, so {text} needs a value");
            self.unresolved
                .push(Diagnostic::error(UNRESOLVED, node.span, message));
        }
    }

    /// Reads field `name` with `read`; nothing if it does not fit.
    fn typed<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(name)?;
        let value = read(node);
        if value.is_none() {
            self.unresolved(name, node, expected);
        }
        value
    }

    pub fn string(&mut self, name: &str) -> Option<Arc<str>> {
        self.typed(name, "a string", |node| node.as_str().cloned())
    }

    pub fn reference(&mut self, name: &str) -> Option<Reference> {
        self.typed(name, "the name of a state", |node| {
            Some(Reference {
                name: node.as_str()?.clone(),
                span: node.span,
            })
        })
    }

    pub fn boolean(&mut self, name: &str) -> Option<bool> {
        self.typed(name, "true or false", |node| match node.kind {
            NodeKind::Bool(value) => Some(value),
            _ => None,
        })
    }

    pub fn count(&mut self, name: &str) -> Option<u64> {
        self.typed(name, "a whole number that is not negative", as_count)
    }

    pub fn number(&mut self, name: &str) -> Option<f64> {
        self.typed(name, "a number", as_number)
    }

    /// `Field` as a value, `FieldPath` as a path, or `Field` as a JSONata string.
    pub fn setting<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Option<Setting<T>> {
        let language = self.language;
        let path =
            (language == QueryLanguage::JsonPath).then(|| self.expression(&format!("{name}Path")));
        if let Some(Some(path)) = path {
            return Some(Setting::Dynamic(path));
        }
        self.typed(name, expected, |node| {
            if language == QueryLanguage::Jsonata
                && let Some(text) = node.as_str()
                && let Some(expression) = Expression::jsonata(text, node.span)
            {
                return Some(Setting::Dynamic(expression));
            }
            read(node).map(Setting::Fixed)
        })
    }

    pub fn count_setting(&mut self, name: &str) -> Option<Setting<u64>> {
        self.setting(name, "a whole number that is not negative", as_count)
    }

    pub fn number_setting(&mut self, name: &str) -> Option<Setting<f64>> {
        self.setting(name, "a number", as_number)
    }

    pub fn string_setting(&mut self, name: &str) -> Option<Setting<Arc<str>>> {
        self.setting(name, "a string", |node| node.as_str().cloned())
    }

    pub fn expression(&mut self, name: &str) -> Option<Expression> {
        self.typed(name, "a path", |node| {
            Some(Expression::read(node.as_str()?.clone(), node.span))
        })
    }

    pub fn path(&mut self, name: &str) -> Option<PathField> {
        self.typed(name, "a path or null", |node| match &node.kind {
            NodeKind::Null => Some(PathField::Null),
            NodeKind::String(text) => {
                Some(PathField::Path(Expression::read(text.clone(), node.span)))
            }
            _ => None,
        })
    }

    pub fn template(&mut self, name: &str) -> Option<Template> {
        let node = self.node(name)?;
        (node.kind != NodeKind::Missing).then(|| Template::read(node, self.language))
    }

    /// The fields of the object `name`.
    pub fn object(&mut self, name: &str) -> Option<Fields<'_>> {
        let node = self.typed(name, "an object", |node| node.members().map(|_| node))?;
        let pointer = self.pointer.child(name);
        Some(Fields::new(node, pointer, self.language, self.unresolved))
    }

    pub fn array(&mut self, name: &str) -> Option<&'a [Node]> {
        self.typed(name, "an array", Node::items)
    }

    /// The strings of an array; elements of other types are left out.
    pub fn strings(&mut self, name: &str) -> Option<Vec<Arc<str>>> {
        let items = self.array(name)?;
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(string) => strings.push(string.clone()),
                None => self.unresolved(&format!("Each element of {name}"), item, "a string"),
            }
        }
        Some(strings)
    }
}

/// The text that a deployment tool will put a value into; nothing where it will not.
pub(super) fn substituted(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Substitution(text) => Some(text),
        NodeKind::String(text) => text.contains("${").then_some(text),
        _ => None,
    }
}

fn as_count(node: &Node) -> Option<u64> {
    match &node.kind {
        NodeKind::Number(number) => number
            .as_i64()
            .and_then(|number| u64::try_from(number).ok()),
        _ => None,
    }
}

fn as_number(node: &Node) -> Option<f64> {
    match &node.kind {
        NodeKind::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}
