//! Typed reading of an object's fields, with a diagnostic for each that does not fit.

use std::sync::Arc;

use super::super::expression::{Expression, PathField, Setting};
use super::super::machine::Reference;
use super::super::state::QueryLanguage;
use super::super::template::Template;
use super::super::validate::{MISSING_FIELD, WRONG_TYPE, closest};
use super::UNRESOLVED;
use crate::source::json::{Member, Node, NodeKind, Number, Pointer, Value};
use crate::source::{Diagnostic, Hint, Span, TextEdit};

/// The fields of one object and where its problems go.
///
/// A string with `${…}` in it is accepted for any type: a deployment tool will put
/// the real value there, so the field counts as given but unknown.
pub(super) struct Fields<'a> {
    members: &'a [Member],
    pub node: &'a Node,
    pub pointer: Pointer,
    pub language: QueryLanguage,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// Where a diagnostic about the object as a whole is shown.
    label: Span,
    /// What the object is, for messages: `The state "A"`.
    owner: String,
}

impl<'a> Fields<'a> {
    pub fn new(
        node: &'a Node,
        label: Span,
        owner: String,
        pointer: Pointer,
        language: QueryLanguage,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let members = node.members().unwrap_or_default();
        if node.members().is_none() && node.kind != NodeKind::Missing {
            let message = format!("{owner} must be an object, not {}", node.describe());
            diagnostics.push(Diagnostic::error(WRONG_TYPE.code, node.span, message));
        }
        Self {
            members,
            node,
            pointer,
            language,
            diagnostics,
            label,
            owner,
        }
    }

    pub fn member(&self, name: &str) -> Option<&'a Member> {
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

    /// Whether the object is one; if not, that is reported already.
    pub fn is_object(&self) -> bool {
        self.node.members().is_some()
    }

    /// Reports that a field is missing; of several that would do, `names` lists all.
    pub fn missing(&mut self, names: &str) {
        if !self.is_object() {
            return;
        }
        let message = format!("{} needs {names}", self.owner);
        let wanted = || names.split([',', ' ']).filter(|name| is_field_name(name));
        let misspelt = self.members.iter().find_map(|member| {
            let close = closest(&member.key.name, wanted())?;
            Some((member.key.span, close.to_owned()))
        });
        self.diagnostics.push(match misspelt {
            None => Diagnostic::error(MISSING_FIELD.code, self.label, message),
            Some((span, name)) => {
                let quoted = Value::from(name.as_str()).to_string();
                let edit = TextEdit::replace(span, quoted);
                Diagnostic::error(
                    MISSING_FIELD.code,
                    span,
                    format!("{message}; is this {name}?"),
                )
                .with_fix(format!("Change to {name}"), edit)
            }
        });
    }

    /// Reports an object that has nothing of a state machine.
    pub fn missing_both(&mut self) {
        self.missing("StartAt and States");
        if let Some(problem) = self
            .diagnostics
            .last_mut()
            .filter(|last| last.fixes.is_empty())
        {
            let hint = "States holds the states by name, StartAt says where to begin";
            problem.hints.push(Hint(hint.into()));
        }
    }

    pub fn wrong_type(&mut self, name: &str, node: &Node, expected: &str) {
        if node.kind == NodeKind::Missing {
            return;
        }
        if let Some(text) = substituted(node) {
            let message = format!("{name} must be {expected}, so {text} needs a value");
            self.diagnostics
                .push(Diagnostic::error(UNRESOLVED, node.span, message));
            return;
        }
        let found = match &node.kind {
            // “a number, not a number” says nothing.
            NodeKind::Number(number) => shorten(&number.to_string()),
            _ => node.describe().to_owned(),
        };
        let message = format!("{name} must be {expected}, not {found}");
        let problem = Diagnostic::error(WRONG_TYPE.code, node.span, message);
        let bare = node.as_str().filter(|text| match expected {
            "true or false" => matches!(&***text, "true" | "false"),
            _ => expected.contains("number") && Number::parse(text).is_some(),
        });
        self.diagnostics.push(match bare {
            None => problem,
            Some(bare) => {
                let edit = TextEdit::replace(node.span, bare.to_string());
                problem.with_fix("Remove the quotes", edit)
            }
        });
    }

    /// Reads field `name` with `read`; a diagnostic if that gives nothing.
    fn typed<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(name)?;
        let value = read(node);
        if value.is_none() {
            self.wrong_type(name, node, expected);
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

    pub fn array(&mut self, name: &str) -> Option<&'a [Node]> {
        self.typed(name, "an array", Node::items)
    }

    /// The strings of an array; elements of other types are reported and left out.
    pub fn strings(&mut self, name: &str) -> Option<Vec<Arc<str>>> {
        let items = self.array(name)?;
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(string) => strings.push(string.clone()),
                None => self.wrong_type(&format!("Each element of {name}"), item, "a string"),
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

/// Whether a word of a list such as `Next or End` is a field.
fn is_field_name(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_uppercase())
}

fn shorten(text: &str) -> String {
    match text.get(..40) {
        Some(start) if text.len() > 40 => format!("{start}…"),
        _ => text.to_owned(),
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
