//! Data flow of states whose query language is JSONata: `Arguments`, `Output`, `Assign`
//! and all fields whose strings stand between `{%` and `%}`.
//!
//! What an expression may see is bound when its text mentions it: `$states` with input,
//! result, error output and context, and the variables in sight.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::data_flow::{Passed, Surroundings};
use super::fault::Fault;
use crate::asl::{Expression, Template};
use crate::expr::jsonata::{self, Answer, Dialect};
use crate::source::json::{Object, Value};

/// Evaluates expressions for one state.
pub(super) struct Evaluator<'a> {
    around: Surroundings<'a>,
    programs: &'a mut Programs,
    /// What `$states.result` shows.
    pub result: Option<Value>,
    /// What `$states.errorOutput` shows.
    pub error_output: Option<Value>,
}

/// Expressions by their text, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs(BTreeMap<Arc<str>, Arc<Program>>);

#[derive(Debug)]
struct Program {
    expression: Result<jsonata::Expression, jsonata::Error>,
    mentions: Mentions,
}

/// What the text of an expression names with `$`. Functions and its own variables may be
/// among the names; they bind nothing.
#[derive(Debug, Default, PartialEq, Eq)]
struct Mentions {
    states: bool,
    context: bool,
    names: Vec<Arc<str>>,
}

impl Programs {
    fn get(&mut self, text: &Arc<str>) -> Arc<Program> {
        if let Some(program) = self.0.get(text) {
            return program.clone();
        }
        let program = Arc::new(Program {
            expression: jsonata::compile(text, Dialect::States),
            mentions: Mentions::read(text),
        });
        self.0.insert(text.clone(), program.clone());
        program
    }
}

impl Mentions {
    fn read(text: &str) -> Self {
        let mut mentions = Self::default();
        for part in text.split('$').skip(1) {
            let name = word(part);
            if name == "states" {
                mentions.states = true;
                let after = part.get(name.len()..).unwrap_or_default();
                let member = after.trim_start().strip_prefix('.').map(str::trim_start);
                // Whoever takes `$states` whole sees the context too.
                let is_other = member.is_some_and(|member| {
                    matches!(word(member), "input" | "result" | "errorOutput")
                });
                mentions.context |= !is_other;
            } else if !name.is_empty() && !mentions.names.iter().any(|known| &**known == name) {
                mentions.names.push(name.into());
            }
        }
        mentions
    }
}

/// The word that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|char: char| !char.is_alphanumeric() && char != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

impl<'a> Evaluator<'a> {
    /// An evaluator that has neither result nor error output to show.
    pub fn new(around: Surroundings<'a>, programs: &'a mut Programs) -> Self {
        Self {
            around,
            programs,
            result: None,
            error_output: None,
        }
    }

    /// `Output` and `Assign`, which stand at `place` in the state; without `Output` it is
    /// `otherwise` that goes on.
    pub fn hand_on(
        &mut self,
        place: &str,
        output: Option<&Template>,
        assign: Option<&Template>,
        input: &Value,
        otherwise: &Value,
    ) -> Result<Passed, Fault> {
        let output = match output {
            Some(output) => self.template(&format!("{place}Output"), output, input)?,
            None => otherwise.clone(),
        };
        let assigned = match assign {
            Some(assign) => self.template(&format!("{place}Assign"), assign, input)?,
            None => Value::Null,
        };
        let assigned = assigned.as_object().map(|object| object.iter());
        let assigned = assigned.into_iter().flatten();
        Ok(Passed {
            output,
            assigned: assigned
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        })
    }

    /// A value with expressions in its strings. A fault names the place: `Output/a[0]`.
    pub fn template(
        &mut self,
        field: &str,
        template: &Template,
        input: &Value,
    ) -> Result<Value, Fault> {
        match template {
            Template::Literal(value) => Ok(value.clone()),
            Template::Expression(expression) => self.value(field, expression, input),
            Template::Array(items) => {
                let item = |(index, item)| self.template(&format!("{field}[{index}]"), item, input);
                items.iter().enumerate().map(item).collect()
            }
            Template::Object(members) => {
                let mut object = Object::default();
                for (name, member) in members {
                    let value = match member {
                        Template::Literal(value) => value.clone(),
                        member => self.template(&format!("{field}/{name}"), member, input)?,
                    };
                    object.insert(name.clone(), value);
                }
                Ok(object.into())
            }
        }
    }

    /// `Condition` of a Choice Rule.
    pub fn condition(
        &mut self,
        field: &str,
        expression: &Expression,
        input: &Value,
    ) -> Result<bool, Fault> {
        let value = self.value(field, expression, input)?;
        value
            .as_bool()
            .ok_or_else(|| unexpected(field, expression, "boolean", &value))
    }

    /// A field that is a text.
    pub fn text(
        &mut self,
        field: &str,
        expression: &Expression,
        input: &Value,
    ) -> Result<Arc<str>, Fault> {
        match self.value(field, expression, input)? {
            Value::String(text) => Ok(text),
            value => Err(unexpected(field, expression, "string", &value)),
        }
    }

    /// `Items`: an array, or the input if the field is not there.
    pub fn items(&mut self, items: Option<&Template>, input: &Value) -> Result<Vec<Value>, Fault> {
        let value = match items {
            None => input.clone(),
            Some(items) => self.template("Items", items, input)?,
        };
        match (value, items) {
            (Value::Array(items), _) => Ok(items.into_items()),
            (value, Some(Template::Expression(expression))) => {
                Err(unexpected("Items", expression, "array", &value))
            }
            (value, _) => Err(Fault::evaluation(
                "Items",
                format!(
                    "The field 'Items' has an unexpected type. Expected 'array', but was '{}' for value: {value}",
                    value.type_name()
                ),
            )),
        }
    }

    /// The value of an expression. Wordings are those of recordings, but for an expression
    /// that fails, which public reports tell.
    pub fn value(
        &mut self,
        field: &str,
        expression: &Expression,
        input: &Value,
    ) -> Result<Value, Fault> {
        let program = self.programs.get(&expression.text);
        let outcome = match &program.expression {
            Ok(compiled) => self.evaluate(compiled, &program.mentions, input),
            Err(error) => Err(error.clone()),
        };
        let what = match outcome {
            Ok(Answer::Value(value)) => return Ok(value),
            Ok(Answer::Nothing) => "returned nothing (undefined).".to_owned(),
            Ok(Answer::Function) => "returned an unsupported result type.".to_owned(),
            Err(error) if error.is_limit() => {
                format!("threw an error during evaluation: {error}")
            }
            Err(error) => format!(
                "threw an error during evaluation. {}: {error}",
                error.code().as_str()
            ),
        };
        Err(Fault::evaluation(field, sentence(field, expression, &what)))
    }

    fn evaluate(
        &mut self,
        compiled: &jsonata::Expression,
        mentions: &Mentions,
        input: &Value,
    ) -> Result<Answer, jsonata::Error> {
        let variables = &self.around.variables;
        let names = mentions.names.iter();
        let mut bindings: Vec<(Arc<str>, Value)> = names
            .filter_map(|name| Some((name.clone(), variables.get(name)?.clone())))
            .collect();
        if mentions.states {
            let mut states = Object::default();
            states.insert("input", input.clone());
            if mentions.context {
                states.insert("context", self.around.context.value().clone());
            }
            if let Some(result) = &self.result {
                states.insert("result", result.clone());
            }
            if let Some(error) = &self.error_output {
                states.insert("errorOutput", error.clone());
            }
            bindings.push(("states".into(), states.into()));
        }
        let entropy = &mut self.around.entropy;
        let mut entropy = || entropy.next_u64();
        let mut options = jsonata::Options::new(self.around.now, &mut entropy);
        compiled.evaluate(None, &bindings, &mut options)
    }
}

/// The fault of an expression whose value is of another type than its field.
pub(super) fn unexpected(
    field: &str,
    expression: &Expression,
    expected: &str,
    value: &Value,
) -> Fault {
    let what = format!(
        "returned an unexpected result type. Expected '{expected}', but was '{}' for value: {value}",
        value.type_name()
    );
    Fault::evaluation(field, sentence(field, expression, &what))
}

fn sentence(field: &str, expression: &Expression, what: &str) -> String {
    format!(
        "The JSONata expression '{}' specified for the field '{field}' {what}",
        expression.text
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_an_expression_mentions() {
        let read = |text: &str| {
            let Mentions {
                states,
                context,
                names,
            } = Mentions::read(text);
            (states, context, names.join(" "))
        };
        for (text, expected) in [
            ("1 + 2", (false, false, "")),
            ("$states.input.a", (true, false, "")),
            ("$states . result", (true, false, "")),
            ("$states.context.State.Name", (true, true, "")),
            ("$keys($states)", (true, true, "keys")),
            ("$a & $states.errorOutput.Cause & $a.b", (true, false, "a")),
            ("$statesOf", (false, false, "statesOf")),
        ] {
            let (states, context, names) = expected;
            assert_eq!(read(text), (states, context, names.to_owned()), "{text}");
        }
    }
}
