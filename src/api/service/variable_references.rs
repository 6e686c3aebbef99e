//! `variableReferences`: the variables that each state reads.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::types::state_machine::VariableReferences;
use crate::source::json::{Object, Value};

/// Members that hold a machine of their own.
const MACHINES: [&str; 3] = ["ItemProcessor", "Iterator", "Branches"];

/// The variables that each state of a definition reads, in the order of the definition.
pub(super) fn of(definition: &Value) -> VariableReferences {
    let mut found = VariableReferences::new();
    machine(definition, "JSONPath", &mut found);
    found
}

/// Whether a definition uses what came with variables: JSONata or a variable itself.
pub(super) fn is_of_their_time(definition: &Value) -> bool {
    fn is_new(value: &Value) -> bool {
        match value {
            Value::Object(object) => {
                object.contains_key("Assign")
                    || object.get("QueryLanguage").and_then(Value::as_str) == Some("JSONata")
                    || object.values().any(is_new)
            }
            Value::Array(items) => items.items().iter().any(is_new),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }
    is_new(definition) || !of(definition).is_empty()
}

fn machine(machine_value: &Value, outer: &str, found: &mut VariableReferences) {
    let language = language(machine_value, outer);
    let states = machine_value.get("States").and_then(Value::as_object);
    for (name, state) in states.map(Object::iter).into_iter().flatten() {
        let language = self::language(state, language);
        let mut names = Vec::new();
        if let Some(members) = state.as_object() {
            let own = members
                .iter()
                .filter(|(key, _)| !MACHINES.contains(&&***key));
            for (key, value) in own {
                texts(key, value, language, &mut names);
            }
        }
        if !names.is_empty() {
            found.insert(name.clone(), names);
        }
        for key in MACHINES {
            match state.get(key) {
                Some(Value::Array(branches)) => {
                    for branch in branches.items() {
                        machine(branch, language, found);
                    }
                }
                Some(inner) => machine(inner, language, found),
                None => {}
            }
        }
    }
}

fn language<'a>(value: &'a Value, outer: &'a str) -> &'a str {
    let own = value.get("QueryLanguage").and_then(Value::as_str);
    own.unwrap_or(outer)
}

/// The variables in the expressions of a member.
fn texts(key: &str, value: &Value, language: &str, names: &mut Vec<Arc<str>>) {
    match value {
        Value::String(text) => {
            let found = match language {
                "JSONata" => match text.strip_prefix("{%").and_then(|t| t.strip_suffix("%}")) {
                    Some(expression) => in_jsonata(expression),
                    None => return,
                },
                _ if key.ends_with(".$") || key.ends_with("Path") || key == "Variable" => {
                    in_path(text)
                }
                _ => return,
            };
            for name in found {
                if !names.iter().any(|known| **known == *name) {
                    names.push(name.into());
                }
            }
        }
        Value::Array(items) => {
            for item in items.items() {
                texts(key, item, language, names);
            }
        }
        Value::Object(members) => {
            for (key, value) in members.iter() {
                texts(key, value, language, names);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A piece of an expression.
enum Token<'a> {
    /// `$name`
    Variable(&'a str),
    /// Anything else but white space.
    Other(char),
}

/// The variables, words and signs of an expression; texts and comments are passed over.
fn tokens<'a>(text: &'a str, quotes: &[char]) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let tail = rest.get(char.len_utf8()..).unwrap_or_default();
        if quotes.contains(&char) {
            rest = after_quote(tail, char);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
        } else if char == '$' {
            let is_part = |char: char| char.is_alphanumeric() || char == '_';
            let end = tail.find(|char| !is_part(char)).unwrap_or(tail.len());
            let (name, after) = tail.split_at(end);
            match name.chars().next() {
                Some(first) if !first.is_ascii_digit() => tokens.push(Token::Variable(name)),
                _ => tokens.push(Token::Other('$')),
            }
            rest = after;
        } else {
            if !char.is_whitespace() {
                tokens.push(Token::Other(char));
            }
            rest = tail;
        }
    }
    tokens
}

fn after_quote(text: &str, quote: char) -> &str {
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        if char == '\\' {
            chars.next();
        } else if char == quote {
            return text.get(at + char.len_utf8()..).unwrap_or_default();
        }
    }
    ""
}

/// The variables in a path or an intrinsic function.
fn in_path(text: &str) -> Vec<&str> {
    let mut previous = ' ';
    let mut found = Vec::new();
    for token in tokens(text, &['\'']) {
        match token {
            // `$$` is the context object.
            Token::Variable(name) if previous != '$' => found.push(name),
            Token::Variable(_) => previous = ' ',
            Token::Other(char) => previous = char,
        }
    }
    found
}

/// The variables in a JSONata expression: names that it neither calls nor binds.
fn in_jsonata(text: &str) -> Vec<&str> {
    let tokens = tokens(text, &['"', '\'', '`']);
    let mut bound = BTreeSet::from(["states"]);
    let mut in_parameters = false;
    let mut word = String::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Variable(name) => {
                let is_assigned = matches!(tokens.get(index + 1), Some(Token::Other(':')))
                    && matches!(tokens.get(index + 2), Some(Token::Other('=')));
                if is_assigned || in_parameters {
                    bound.insert(*name);
                }
                word.clear();
            }
            Token::Other('(') => {
                in_parameters = word.ends_with("function") || word.ends_with('λ');
                word.clear();
            }
            Token::Other(')') => in_parameters = false,
            Token::Other(char) => word.push(*char),
        }
    }
    let variables = tokens.iter().enumerate().filter_map(|(index, token)| {
        let Token::Variable(name) = token else {
            return None;
        };
        let is_called = matches!(tokens.get(index + 1), Some(Token::Other('(')));
        (!is_called && !bound.contains(name)).then_some(*name)
    });
    variables.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_variables_by_state() {
        let definition = Value::parse(
            r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"},
            "B": {"Type": "Task", "InputPath": "$y.z", "Parameters": {
                "a.$": "$x", "b.$": "States.Format('$no {}', $x, $$.Execution)", "c": "$no", "d.$": "$.no"}},
            "C": {"Type": "Map", "ItemsPath": "$items", "ItemProcessor": {"StartAt": "D", "States": {
                "D": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% ($t := $w; $map($states.input, function($v) { $v + $t + $u }) & '$no' & $sum(1)) %}"}}}},
            "E": {"Type": "Choice", "Choices": [{"Variable": "$x", "StringEqualsPath": "$q"}]}}}"#,
        );
        let found = of(&definition.unwrap());
        let shown: Vec<String> = found
            .iter()
            .map(|(state, names)| format!("{state}:{}", names.join(",")))
            .collect();
        assert_eq!(shown, ["B:y,x", "C:items", "D:w,u", "E:x,q"]);
    }

    #[test]
    fn tells_definitions_from_before_variables() {
        let is_new = |text: &str| is_of_their_time(&Value::parse(text).unwrap());
        assert!(!is_new(
            r#"{"States": {"A": {"Type": "Pass", "InputPath": "$.a"}}}"#
        ));
        assert!(is_new(r#"{"States": {"A": {"QueryLanguage": "JSONata"}}}"#));
        assert!(is_new(r#"{"States": {"A": {"InputPath": "$a"}}}"#));
    }
}
