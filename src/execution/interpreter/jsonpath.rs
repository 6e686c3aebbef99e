//! Data flow of states whose query language is JSONPath: `InputPath`, `Parameters`,
//! `ResultSelector`, `ResultPath`, `OutputPath`, payload templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::Context;
use super::data_flow::Passed;
use super::entropy::Entropy;
use super::fault::Fault;
use super::order;
use super::scope::Scope;
use super::state::holds;
use crate::asl::{Condition, DataFlow, Expression, Operand, Operator, PathField, Template};
use crate::expr::Roots;
use crate::expr::intrinsic::Call;
use crate::expr::jsonpath::{Path, PathError, ReferencePath};
use crate::source::json::{Object, Value};

/// Evaluates expressions for one state.
pub(super) struct Evaluator<'a> {
    /// What `$$` shows.
    pub context: Context,
    /// What `$name` shows.
    pub variables: Arc<Scope>,
    /// What random functions draw from.
    pub entropy: &'a mut Entropy,
    /// Expressions that were read before.
    pub programs: &'a mut Programs,
}

/// Expressions by their text, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs(BTreeMap<Arc<str>, Program>);

#[derive(Clone, Debug)]
enum Program {
    Path(Arc<Path>),
    Call(Arc<Call>),
    Broken(Arc<str>),
}

impl Programs {
    fn get(&mut self, text: &Arc<str>) -> Program {
        if let Some(program) = self.0.get(text) {
            return program.clone();
        }
        let program = if text.starts_with('$') {
            match Path::parse(text) {
                Ok(path) => Program::Path(Arc::new(path)),
                Err(error) => Program::Broken(error.to_string().into()),
            }
        } else {
            match Call::parse(text) {
                Ok(call) => Program::Call(Arc::new(call)),
                Err(error) => Program::Broken(error.to_string().into()),
            }
        };
        self.0.insert(text.clone(), program.clone());
        program
    }
}

/// Why an expression has no value.
enum Miss {
    /// A path finds nothing.
    Path(PathError),
    /// A fault with its final wording.
    Fault(Fault),
}

impl Evaluator<'_> {
    /// `InputPath`: what of the raw input a state sees.
    pub fn input_path(&mut self, field: Option<&PathField>, raw: &Value) -> Result<Value, Fault> {
        self.path_field(field, raw)
    }

    /// `OutputPath`: what of the output goes on.
    pub fn output_path(
        &mut self,
        field: Option<&PathField>,
        output: &Value,
    ) -> Result<Value, Fault> {
        self.path_field(field, output)
    }

    /// `Parameters`, `ResultSelector` or `ItemSelector`; `input` itself without one.
    pub fn selector(&mut self, template: Option<&Template>, input: &Value) -> Result<Value, Fault> {
        match template {
            Some(template) => self.template(template, input),
            None => Ok(input.clone()),
        }
    }

    /// What goes on with the result, selected already, in its place: `ResultPath`,
    /// `OutputPath`, `Assign`.
    pub fn placed(
        &mut self,
        flow: &DataFlow,
        raw: &Value,
        result: &Value,
    ) -> Result<Passed, Fault> {
        let output = self.result_path(flow.result_path.as_ref(), raw, result)?;
        Ok(Passed {
            output: self.output_path(flow.output_path.as_ref(), &output)?,
            assigned: self.assign(flow.assign.as_ref(), result)?,
        })
    }

    /// What goes on where there is no result: `OutputPath`, and the `Assign` that counts.
    pub fn chosen(
        &mut self,
        flow: &DataFlow,
        assign: Option<&Template>,
        input: &Value,
    ) -> Result<Passed, Fault> {
        Ok(Passed {
            output: self.output_path(flow.output_path.as_ref(), input)?,
            assigned: self.assign(assign, input)?,
        })
    }

    /// `ResultPath`: the raw input with the result in its place.
    pub fn result_path(
        &mut self,
        field: Option<&PathField>,
        raw: &Value,
        result: &Value,
    ) -> Result<Value, Fault> {
        let text = match field {
            None => return Ok(result.clone()),
            Some(PathField::Null) => return Ok(raw.clone()),
            Some(PathField::Path(path)) => &path.text,
        };
        let path = ReferencePath::parse(text)
            .map_err(|error| Fault::runtime(format!("Invalid ResultPath '{text}': {error}")))?;
        path.set(raw.clone(), result.clone())
            .map_err(|_| Fault::no_place(misfit(text, raw), raw))
    }

    /// The value of a path field that must be there, such as `SecondsPath`.
    pub fn setting(
        &mut self,
        field: &str,
        path: &Expression,
        input: &Value,
    ) -> Result<Value, Fault> {
        match self.expression(path, input) {
            Ok(value) => Ok(value),
            Err(Miss::Fault(fault)) => Err(fault),
            Err(Miss::Path(_)) => Err(Fault::runtime(format!(
                "The {field} parameter does not reference an input value: {}",
                path.text
            ))),
        }
    }

    /// A path field whose value must be a text: `ErrorPath`, `CausePath`.
    pub fn text(
        &mut self,
        field: &str,
        path: &Expression,
        input: &Value,
    ) -> Result<Arc<str>, Fault> {
        match self.setting(field, path, input)? {
            Value::String(text) => Ok(text),
            value => Err(Fault::runtime(format!(
                "The {field} field refers to value \"{value}\" which is not a string: {}",
                path.text
            ))),
        }
    }

    /// The array that `ItemsPath` names.
    pub fn items(&mut self, path: Option<&Expression>, input: &Value) -> Result<Vec<Value>, Fault> {
        let (path, items) = match path {
            None => ("$", Some(input.clone())),
            Some(path) => (&*path.text, self.operand(path, input)?),
        };
        match items {
            Some(Value::Array(items)) => Ok(items.into_items()),
            // Learned from recordings: a path into the context object is told by its own root.
            Some(_) => Err(Fault::runtime(format!(
                "Reference path \"{}\" must point to array.",
                path.replacen("$$", "$", 1)
            ))),
            None => Err(Fault::no_place(misfit(path, input), input)),
        }
    }

    /// Whether a condition holds. It nests no deeper than the definition's JSON may.
    pub fn matches(&mut self, condition: &Condition, input: &Value) -> Result<bool, Fault> {
        match condition {
            Condition::And(inner) => {
                for condition in inner {
                    if !self.matches(condition, input)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Or(inner) => {
                for condition in inner {
                    if self.matches(condition, input)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(inner) => Ok(!self.matches(inner, input)?),
            Condition::Constant(constant) => Ok(*constant),
            Condition::Expression(_) => Ok(false),
            Condition::Test {
                variable,
                operator,
                operand,
            } => {
                let value = self.operand(variable, input)?;
                if *operator == Operator::IsPresent {
                    let Operand::Value(wanted) = operand else {
                        return Ok(false);
                    };
                    return Ok(wanted.as_bool() == Some(value.is_some()));
                }
                let Some(value) = value else {
                    return Err(invalid(variable));
                };
                let other = match operand {
                    Operand::Value(value) => value.clone(),
                    Operand::Path(path) => {
                        self.operand(path, input)?.ok_or_else(|| invalid(path))?
                    }
                };
                Ok(holds(*operator, &value, &other))
            }
        }
    }

    /// `Variable` and operands of a Choice Rule; `None` if the path finds nothing.
    pub fn operand(&mut self, path: &Expression, input: &Value) -> Result<Option<Value>, Fault> {
        match self.expression(path, input) {
            Ok(value) => Ok(Some(value)),
            Err(Miss::Path(_)) => Ok(None),
            Err(Miss::Fault(fault)) => Err(fault),
        }
    }

    /// A payload template over `input`.
    pub fn template(&mut self, template: &Template, input: &Value) -> Result<Value, Fault> {
        match template {
            Template::Literal(value) => Ok(value.clone()),
            Template::Expression(expression) => self.member("", expression, input),
            Template::Array(items) => items
                .iter()
                .map(|item| self.template(item, input))
                .collect(),
            Template::Object(members) => {
                let mut object = Object::default();
                let mut computed: Vec<(Arc<str>, &Expression)> = Vec::new();
                for (name, member) in members {
                    match member {
                        Template::Expression(expression) => {
                            computed.push((name.clone(), expression))
                        }
                        Template::Literal(_) | Template::Object(_) | Template::Array(_) => {
                            object.insert(name.clone(), self.template(member, input)?);
                        }
                    }
                }
                order::sort(&mut computed);
                for (name, expression) in computed {
                    let value = self.member(&name, expression, input)?;
                    object.insert(name, value);
                }
                Ok(object.into())
            }
        }
    }

    /// A member of a payload template whose name ends in `.$`.
    fn member(
        &mut self,
        name: &str,
        expression: &Expression,
        input: &Value,
    ) -> Result<Value, Fault> {
        self.transform(expression, input).or_else(|miss| match miss {
            Miss::Fault(fault) => Err(fault),
            // Learned from recordings: a path that may find many is content with none.
            Miss::Path(error) if error.is_not_found() && self.finds_many(expression) => {
                Ok(Vec::new().into())
            }
            // Learned from the service: an index beyond an array is null.
            Miss::Path(error) if error.is_not_found() && self.is_beyond_array(expression, input) => {
                Ok(Value::Null)
            }
            // Worded as the service does.
            Miss::Path(error) if error.is_not_found() => Err(Fault::runtime(format!(
                "The JSONPath '{}' specified for the field '{name}.$' could not be found in the input '{input}'",
                expression.text
            ))),
            Miss::Path(error) => Err(Fault::runtime(error)),
        })
    }

    /// Whether an expression is a path that yields an array of matches.
    fn finds_many(&mut self, expression: &Expression) -> bool {
        matches!(self.programs.get(&expression.text), Program::Path(path) if !path.is_definite())
    }

    /// Whether an expression ends in an index into an array that is there.
    fn is_beyond_array(&mut self, expression: &Expression, input: &Value) -> bool {
        let text = expression.text.strip_suffix(']');
        let Some((array, index)) = text.and_then(|text| text.rsplit_once('[')) else {
            return false;
        };
        let array = Expression {
            text: array.into(),
            span: expression.span,
        };
        let is_index = index.trim().parse::<i64>().is_ok();
        is_index && matches!(self.expression(&array, input), Ok(Value::Array(_)))
    }

    fn path_field(&mut self, path: Option<&PathField>, input: &Value) -> Result<Value, Fault> {
        let path = match path {
            None => return Ok(input.clone()),
            Some(PathField::Null) => return Ok(Value::empty_object()),
            Some(PathField::Path(path)) if &*path.text == "$" => return Ok(input.clone()),
            Some(PathField::Path(path)) => path,
        };
        self.transform(path, input).map_err(|miss| match miss {
            Miss::Fault(fault) => fault,
            Miss::Path(error) => Fault::runtime(format!("Invalid path '{}' : {error}", path.text)),
        })
    }

    /// An expression that shapes data. Learned from the service: of a null input no
    /// path is taken.
    fn transform(&mut self, expression: &Expression, input: &Value) -> Result<Value, Miss> {
        let is_of_input = expression.text.starts_with("$.")
            || expression.text.starts_with("$[")
            || &*expression.text == "$";
        if input.is_null() && is_of_input {
            let cause = "Unable to apply Path transformation to null or empty input.";
            return Err(Miss::Fault(Fault::runtime(cause)));
        }
        self.expression(expression, input)
    }

    fn expression(&mut self, expression: &Expression, input: &Value) -> Result<Value, Miss> {
        if &*expression.text == "$" {
            return Ok(input.clone());
        }
        let variables = self.variables.clone();
        let context = match expression.text.contains("$$") {
            true => self.context.value(),
            false => &Value::Null,
        };
        let roots = Roots {
            input,
            context,
            variables: &|name| variables.get(name).cloned(),
        };
        match self.programs.get(&expression.text) {
            Program::Path(path) => path.evaluate(&roots).map_err(Miss::Path),
            Program::Call(call) => call
                .evaluate(&roots, &mut || self.entropy.next_u64())
                .map_err(|error| Miss::Fault(Fault::runtime(error))),
            Program::Broken(error) => Err(Miss::Fault(Fault::runtime(format!(
                "Invalid expression '{}': {error}",
                expression.text
            )))),
        }
    }
}

fn invalid(path: &Expression) -> Fault {
    Fault::runtime(format!(
        "Invalid path '{}': The choice state's condition path references an invalid value.",
        path.text
    ))
}

/// The first name of a reference path that a value has no place for.
fn misfit<'a>(path: &'a str, value: &Value) -> &'a str {
    let names = path.split(['.', '[']).skip(1);
    let names = names.map(|name| name.trim_end_matches(']').trim_matches(['\'', '"']));
    let mut current = Some(value);
    let mut last = "";
    for name in names.filter(|name| !name.is_empty()) {
        last = name;
        current = match current {
            Some(Value::Array(_)) => match name.parse() {
                Ok(index) => current.and_then(|value| value.at(index)),
                Err(_) => return name,
            },
            Some(value) => match value.as_object() {
                Some(object) => object.get(name),
                None => return name,
            },
            None => return name,
        };
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_that_does_not_fit() {
        let value = Value::parse(r#"{"a":{"b":"text"},"c":[{}]}"#).unwrap();
        for (path, name) in [
            ("$.a.b.c.d", "c"),
            ("$.c.x", "x"),
            ("$.c[0].x", "x"),
            ("$['a']['z']", "z"),
            ("$.none", "none"),
        ] {
            assert_eq!(misfit(path, &value), name, "{path}");
        }
    }
}
