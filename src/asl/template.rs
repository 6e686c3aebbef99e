//! Payload templates: JSON with places that are evaluated.

use std::sync::Arc;

use super::expression::Expression;
use super::state::QueryLanguage;
use crate::source::json::{Node, NodeKind, Object, Value};

/// A payload template (JSONPath) or a value with `{% … %}` strings in it (JSONata).
///
/// Subtrees in which nothing is evaluated are kept as one shared value.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// Nothing to evaluate.
    Literal(Value),
    /// The value of an expression.
    Expression(Expression),
    /// An object; names without their `.$`.
    Object(Vec<(Arc<str>, Template)>),
    /// An array.
    Array(Vec<Template>),
}

impl Template {
    /// Reads a template of the given language.
    pub fn read(node: &Node, language: QueryLanguage) -> Template {
        match language {
            QueryLanguage::JsonPath => read_json_path(node),
            QueryLanguage::Jsonata => read_jsonata(node),
        }
    }

    /// The value, if nothing is evaluated.
    pub fn literal(&self) -> Option<Value> {
        match self {
            Template::Literal(value) => Some(value.clone()),
            Template::Expression(_) | Template::Object(_) | Template::Array(_) => None,
        }
    }

    /// Every expression in it, in order.
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut found = Vec::new();
        let mut stack = vec![self];
        while let Some(template) = stack.pop() {
            match template {
                Template::Literal(_) => {}
                Template::Expression(expression) => found.push(expression),
                Template::Object(members) => {
                    stack.extend(members.iter().rev().map(|(_, inner)| inner))
                }
                Template::Array(items) => stack.extend(items.iter().rev()),
            }
        }
        found
    }

    /// The template of member `name`, if this is an object.
    pub fn get(&self, name: &str) -> Option<Template> {
        match self {
            Template::Literal(value) => value.get(name).cloned().map(Template::Literal),
            Template::Object(members) => members
                .iter()
                .find(|(key, _)| &**key == name)
                .map(|(_, template)| template.clone()),
            Template::Expression(_) | Template::Array(_) => None,
        }
    }
}

/// A name that ends in `.$` marks an expression; arrays are searched too.
fn read_json_path(node: &Node) -> Template {
    if let Some(items) = node.items() {
        return fold_array(items.iter().map(read_json_path).collect());
    }
    let Some(members) = node.members() else {
        return Template::Literal(node.to_value());
    };
    let members = members
        .iter()
        .map(|member| {
            let name = &member.key.name;
            match (name.strip_suffix(".$"), member.value.as_str()) {
                (Some(name), Some(text)) => {
                    let expression = Expression::read(text.clone(), member.value.span);
                    (name.into(), Template::Expression(expression))
                }
                _ => (name.clone(), read_json_path(&member.value)),
            }
        })
        .collect();
    fold_object(members)
}

/// A string that begins with `{%` and ends with `%}` is an expression.
fn read_jsonata(node: &Node) -> Template {
    match &node.kind {
        NodeKind::String(text) => match Expression::jsonata(text, node.span) {
            Some(expression) => Template::Expression(expression),
            None => Template::Literal(node.to_value()),
        },
        NodeKind::Array(items) => fold_array(items.iter().map(read_jsonata).collect()),
        NodeKind::Object(members) => {
            let members = members
                .iter()
                .map(|member| (member.key.name.clone(), read_jsonata(&member.value)));
            fold_object(members.collect())
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Substitution(_) => Template::Literal(node.to_value()),
    }
}

/// An array in which nothing is evaluated is one value.
fn fold_array(items: Vec<Template>) -> Template {
    let values: Option<Vec<Value>> = items.iter().map(Template::literal).collect();
    values.map_or(Template::Array(items), |values| {
        Template::Literal(values.into())
    })
}

/// An object in which nothing is evaluated is one value.
fn fold_object(members: Vec<(Arc<str>, Template)>) -> Template {
    let values: Option<Object> = members
        .iter()
        .map(|(name, member)| Some((name.clone(), member.literal()?)))
        .collect();
    values.map_or(Template::Object(members), |values| {
        Template::Literal(values.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    fn expressions(text: &str, language: QueryLanguage) -> Vec<String> {
        let template = Template::read(&parse(text).root, language);
        template
            .expressions()
            .iter()
            .map(|expression| expression.text.to_string())
            .collect()
    }

    #[test]
    fn finds_expressions_by_language() {
        let text = r#"{"a.$":"$.x","b":[{"c.$":"$.y"},1],"d":"{% $z %}","e":{"f":"g"}}"#;
        assert_eq!(expressions(text, QueryLanguage::JsonPath), ["$.x", "$.y"]);
        assert_eq!(expressions(text, QueryLanguage::Jsonata), ["$z"]);
    }

    #[test]
    fn keeps_plain_subtrees_as_values() {
        let node = parse(r#"{"a":{"b":[1,2]}}"#).root;
        assert_eq!(
            Template::read(&node, QueryLanguage::JsonPath),
            Template::Literal(node.to_value())
        );
    }
}
