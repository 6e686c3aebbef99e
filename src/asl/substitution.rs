//! `${…}` placeholders, which a deployment tool replaces before the service sees a
//! definition: where they stand, and the definition with values put in.
//!
//! The text keeps its placeholders; values are for a simulation. A placeholder may stand
//! anywhere inside a string, be the whole of it, or stand bare in the place of a value. What
//! is inside the braces is taken as it is: `Name`, `AWS::Region`, `Table.Arn`. Names of
//! states, and transitions to them, stay as written, so that a state is the same one with
//! and without values.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;

use super::lower::lower;
use crate::source::json::{Node, NodeKind, Pointer, Value, parse};
use crate::source::sort::sort_by_number;
use crate::source::{Span, TextEdit};

/// The values of placeholders by their names.
pub type Substitutions = BTreeMap<String, String>;

/// The values of an object: texts as they are, others as JSON. Nothing for anything else.
pub fn read_substitutions(value: &Value) -> Option<Substitutions> {
    let text = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let members = value.as_object()?.iter();
    Some(
        members
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
    )
}

/// A placeholder and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// What is between the braces.
    pub name: Arc<str>,
    /// Where it stands, in the order of the text; never empty.
    pub places: Vec<Place>,
}

/// One place of a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The value it stands in.
    pub pointer: Pointer,
    /// The bytes of `${Name}`.
    pub span: Span,
    /// What surrounds it.
    pub form: Form,
}

/// How a placeholder stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With other text in a string.
    Part,
    /// As a whole string; the bytes with its quotes.
    Whole(Span),
    /// Without quotes.
    Bare,
}

impl Place {
    /// The field it stands in, and of which state: `Resource of Ship`.
    pub fn title(&self) -> String {
        let tokens: Vec<_> = self.pointer.tokens().collect();
        let is_name = |token: &str| token.parse::<usize>().is_err();
        let field = tokens.iter().rev().find(|token| is_name(token));
        let states = tokens.iter().rposition(|token| token == "States");
        let state = states.and_then(|at| tokens.get(at + 1));
        match (field, state) {
            (Some(field), Some(state)) if field != state => format!("{field} of {state}"),
            (Some(field), _) => field.to_string(),
            (None, _) => "the definition".to_owned(),
        }
    }
}

/// Every placeholder that can be given a value, in the order of the text.
pub fn placeholders(text: &str, root: &Node) -> Vec<Placeholder> {
    if !text.contains("${") {
        return Vec::new();
    }
    let mut search = Search {
        text,
        names: state_names(root),
        found: IndexMap::new(),
    };
    search.node(root, &Pointer::root());
    let found = search.found.into_iter();
    found
        .map(|(name, places)| Placeholder { name, places })
        .collect()
}

/// A definition with values put in, escaped as the place needs it.
///
/// Where only a number, a boolean or the like can stand and the value is one, a whole
/// string gives way to it. A placeholder without a value stays.
pub fn substitute(text: &str, values: &Substitutions) -> String {
    if values.is_empty() || !text.contains("${") {
        return text.to_owned();
    }
    let root = parse(text).root;
    let typed: HashSet<Span> = lower(&root)
        .unresolved
        .into_iter()
        .map(|problem| problem.span)
        .collect();
    let mut edits: Vec<(Span, String)> = Vec::new();
    for placeholder in placeholders(text, &root) {
        let Some(value) = values.get(&*placeholder.name) else {
            continue;
        };
        let is_other = Value::parse(value).is_ok_and(|value| value.as_str().is_none());
        let quoted = Value::from(value.as_str()).to_string();
        let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
        for place in placeholder.places {
            edits.push(match place.form {
                Form::Whole(string) if is_other && typed.contains(&string) => {
                    (string, value.clone())
                }
                Form::Bare if !is_other => (place.span, quoted.clone()),
                Form::Bare => (place.span, value.clone()),
                Form::Whole(_) | Form::Part => (place.span, inner.to_owned()),
            });
        }
    }
    sort_by_number(&mut edits, |(span, _)| span.order());
    let replacements = edits
        .into_iter()
        .map(|(span, text)| crate::source::text::Replacement { span, text });
    let edit = TextEdit::new(replacements.collect());
    let applied = edit.ok().and_then(|edit| edit.apply(text).ok());
    applied.expect("placeholders stand in the text beside each other")
}

/// The names of the states of every machine, as far as they hold a placeholder.
fn state_names(root: &Node) -> HashSet<Arc<str>> {
    let mut names = HashSet::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        stack.extend(node.items().unwrap_or_default());
        for member in node.members().unwrap_or_default() {
            stack.push(&member.value);
            if &*member.key.name == "States" {
                let states = member.value.members().unwrap_or_default();
                let keys = states.iter().map(|state| &state.key.name);
                names.extend(keys.filter(|name| name.contains("${")).cloned());
            }
        }
    }
    names
}

struct Search<'a> {
    text: &'a str,
    names: HashSet<Arc<str>>,
    found: IndexMap<Arc<str>, Vec<Place>>,
}

impl Search<'_> {
    /// Trees nest no deeper than [`MAX_DEPTH`](crate::source::json::MAX_DEPTH).
    fn node(&mut self, node: &Node, pointer: &Pointer) {
        match &node.kind {
            NodeKind::String(text) if self.names.contains(text) => {}
            NodeKind::String(_) => self.string(node.span, pointer),
            NodeKind::Substitution(text) => {
                if let Some((name, _)) = named(text) {
                    self.add(name, node.span, Form::Bare, pointer);
                }
            }
            NodeKind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(item, &pointer.index(index));
                }
            }
            NodeKind::Object(members) => {
                for member in members {
                    let inner = pointer.child(&member.key.name);
                    if !self.names.contains(&member.key.name) {
                        self.string(member.key.span, &inner);
                    }
                    self.node(&member.value, &inner);
                }
            }
            NodeKind::Missing | NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) => {}
        }
    }

    fn string(&mut self, span: Span, pointer: &Pointer) {
        let raw = span.of(self.text);
        let mut at = 0;
        while let Some(found) = raw.get(at..).and_then(|rest| rest.find("${")) {
            let start = at + found;
            let Some((name, len)) = raw.get(start..).and_then(named) else {
                at = start + 2;
                continue;
            };
            let whole = Span::new(start, start + len);
            let form = if start == 1 && whole.end as usize + 1 == raw.len() {
                Form::Whole(span)
            } else {
                Form::Part
            };
            let begin = span.start as usize;
            let place = Span::new(begin + start, begin + start + len);
            self.add(name, place, form, pointer);
            at = start + len;
        }
    }

    fn add(&mut self, name: &str, span: Span, form: Form, pointer: &Pointer) {
        let places = self.found.entry(name.into()).or_default();
        places.push(Place {
            pointer: pointer.clone(),
            span,
            form,
        });
    }
}

/// The name of a placeholder that a text begins with, and the length of the whole.
fn named(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("${")?;
    let end = inner.find(['}', '"', '{', '$', '\\', '\n', '\r'])?;
    let (name, rest) = inner.split_at(end);
    (!name.is_empty() && rest.starts_with('}')).then_some((name, name.len() + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"StartAt": "${A}", "TimeoutSeconds": ${Limit}, "States": {"${A}": {
        "Type": "Task", "Resource": "arn:${AWS::Partition}:states:::${Call}", "TimeoutSeconds": "${Limit}",
        "Parameters": {"${Key}": "${Note}", "not one": "${ $ } ${} ${open"}, "Next": "B"},
        "B": {"Type": "Wait", "Seconds": "${Pause}", "End": true}}}"#;

    fn values(pairs: &[(&str, &str)]) -> Substitutions {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn finds_placeholders_with_their_places() {
        let found = placeholders(TEXT, &parse(TEXT).root);
        let names: Vec<(&str, usize)> = found
            .iter()
            .map(|found| (&*found.name, found.places.len()))
            .collect();
        let expected = [
            ("Limit", 2),
            ("AWS::Partition", 1),
            ("Call", 1),
            ("Key", 1),
            ("Note", 1),
            ("Pause", 1),
        ];
        assert_eq!(names, expected);
        for placeholder in &found {
            for place in &placeholder.places {
                assert_eq!(place.span.of(TEXT), format!("${{{}}}", placeholder.name));
            }
        }
        assert_eq!(found[0].places[0].form, Form::Bare);
        assert!(matches!(found[0].places[1].form, Form::Whole(_)));
        assert_eq!(found[5].places[0].title(), "Seconds of B");
        assert_eq!(found[0].places[0].title(), "TimeoutSeconds");
    }

    #[test]
    fn puts_values_in_as_their_places_need_them() {
        let values = values(&[
            ("A", "never"),
            ("Limit", "30"),
            ("AWS::Partition", "aws"),
            ("Key", "a\"b"),
            ("Note", "30"),
            ("Pause", "soon"),
        ]);
        let text = substitute(TEXT, &values);
        for part in [
            r#""StartAt": "${A}""#,
            r#""TimeoutSeconds": 30, "States""#,
            r#""TimeoutSeconds": 30,"#,
            r#""arn:aws:states:::${Call}""#,
            r#"{"a\"b": "30""#,
            r#""Seconds": "soon""#,
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert_eq!(substitute(TEXT, &Substitutions::new()), TEXT);
    }

    #[test]
    fn a_bare_text_is_quoted() {
        let text = r#"{"Result": ${R}, "Comment": "${R}"}"#;
        let put = |value| substitute(text, &values(&[("R", value)]));
        assert_eq!(put("[1]"), r#"{"Result": [1], "Comment": "[1]"}"#);
        assert_eq!(put("a\nb"), r#"{"Result": "a\nb", "Comment": "a\nb"}"#);
        assert_eq!(put(r#""x""#), r#"{"Result": "\"x\"", "Comment": "\"x\""}"#);
    }

    #[test]
    fn what_only_a_value_can_fill_is_unresolved() {
        let unresolved = |text: &str| -> Vec<String> {
            let lowered = lower(&parse(text).root);
            let problems = lowered.unresolved.into_iter();
            problems.map(|problem| problem.message).collect()
        };
        let open = unresolved(TEXT);
        assert_eq!(open.len(), 3, "{open:?}");
        assert!(open[0].contains("TimeoutSeconds") && open[0].contains("${Limit}"));
        assert!(open[2].starts_with("Seconds") && open[2].contains("${Pause}"));
        let filled = values(&[("Limit", "9"), ("Pause", "9")]);
        assert_eq!(unresolved(&substitute(TEXT, &filled)), [""; 0]);
        let to = r#"{"StartAt": "${Gone}", "States": {"B": {"Type": "Succeed"}}}"#;
        assert!(unresolved(to)[0].contains("${Gone}"));
    }
}
