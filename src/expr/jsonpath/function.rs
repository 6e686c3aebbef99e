//! The functions at the end of a path: `$.items.length()`.

use std::sync::Arc;

use super::PathError;
use super::evaluate::Evaluation;
use super::place::Missing;
use super::step::{Step, Steps};
use crate::expr::java;
use crate::source::json::Value;

/// A function, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Length,
    Keys,
    Min,
    Max,
    Avg,
    Sum,
    Stddev,
    Concat,
    Append,
    First,
    Last,
    Index,
    /// Fails when it is evaluated, not before.
    Unknown(Arc<str>),
}

/// An argument of a function.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    Value(Value),
    /// A path from the document.
    Path(Steps),
}

impl Function {
    pub fn named(name: &str) -> Self {
        match name {
            "length" | "size" => Self::Length,
            "keys" => Self::Keys,
            "min" => Self::Min,
            "max" => Self::Max,
            "avg" => Self::Avg,
            "sum" => Self::Sum,
            "stddev" => Self::Stddev,
            "concat" => Self::Concat,
            "append" => Self::Append,
            "first" => Self::First,
            "last" => Self::Last,
            "index" => Self::Index,
            name => Self::Unknown(name.into()),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Length => "length",
            Self::Keys => "keys",
            Self::Min => "min",
            Self::Max => "max",
            Self::Avg => "avg",
            Self::Sum => "sum",
            Self::Stddev => "stddev",
            Self::Concat => "concat",
            Self::Append => "append",
            Self::First => "first",
            Self::Last => "last",
            Self::Index => "index",
            Self::Unknown(name) => name,
        }
    }
}

/// Calls `function` on `model`, the value of the path before it.
pub(super) fn call(
    function: &Function,
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
) -> Result<Value, PathError> {
    match function {
        Function::Length => length(arguments, model, evaluation),
        Function::Keys => Ok(match model.as_object() {
            Some(object) => object.keys().cloned().map(Value::String).collect(),
            None => Value::Null,
        }),
        Function::Min => fold(arguments, model, evaluation, |numbers| {
            numbers.iter().copied().fold(f64::MAX, f64::min)
        }),
        Function::Max => fold(arguments, model, evaluation, |numbers| {
            numbers.iter().copied().fold(f64::MIN, f64::max)
        }),
        Function::Avg => fold(arguments, model, evaluation, |numbers| {
            numbers.iter().sum::<f64>() / numbers.len() as f64
        }),
        Function::Sum => fold(arguments, model, evaluation, |numbers| numbers.iter().sum()),
        Function::Stddev => fold(arguments, model, evaluation, deviation),
        Function::Concat => concat(arguments, model, evaluation),
        Function::Append => append(arguments, model, evaluation),
        Function::First => element(model, 0),
        Function::Last => element(model, -1),
        Function::Index => {
            let numbers = numbers(arguments, &Value::Null, evaluation)?;
            let index = numbers.first().ok_or(PathError::EmptyAggregation)?;
            element(model, *index as i64)
        }
        Function::Unknown(name) => Err(PathError::UnknownFunction(name.clone())),
    }
}

/// Number of elements or members; null for anything else. With a path as argument,
/// the number of children of all its matches.
fn length(
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
) -> Result<Value, PathError> {
    if let Some(Argument::Path(path)) = arguments.first() {
        let mut path = path.clone();
        if !path.ends_in_function() && !path.0.is_empty() {
            path.0.push(Step::Wildcard);
        }
        let found = evaluation.run(&path, model, Missing::Skip)?;
        if let Some(items) = found.as_array() {
            return Ok(count(items.len()));
        }
    }
    Ok(match (model.as_array(), model.as_object()) {
        (Some(items), _) => count(items.len()),
        (None, Some(object)) => count(object.len()),
        (None, None) => Value::Null,
    })
}

fn count(len: usize) -> Value {
    i64::try_from(len).unwrap_or(i64::MAX).into()
}

fn fold(
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
    result: fn(&[f64]) -> f64,
) -> Result<Value, PathError> {
    let numbers = numbers(arguments, model, evaluation)?;
    if numbers.is_empty() {
        return Err(PathError::EmptyAggregation);
    }
    Ok(java::double(result(&numbers)).map_or(Value::Null, Value::Number))
}

/// Deviation of the whole population.
fn deviation(numbers: &[f64]) -> f64 {
    let count = numbers.len() as f64;
    let sum: f64 = numbers.iter().sum();
    let sum_of_squares: f64 = numbers.iter().map(|number| number * number).sum();
    (sum_of_squares / count - sum * sum / count / count).sqrt()
}

/// The numbers among the elements of `model` and the arguments; others are passed over.
fn numbers(
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
) -> Result<Vec<f64>, PathError> {
    let mut numbers: Vec<f64> = model
        .as_array()
        .unwrap_or(&[])
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    for value in values(arguments, evaluation)? {
        match value.as_array() {
            Some(items) => numbers.extend(items.iter().filter_map(Value::as_f64)),
            None => numbers.extend(value.as_f64()),
        }
    }
    Ok(numbers)
}

fn values(arguments: &[Argument], evaluation: &Evaluation) -> Result<Vec<Value>, PathError> {
    arguments
        .iter()
        .map(|argument| match argument {
            Argument::Value(value) => Ok(value.clone()),
            Argument::Path(path) => evaluation.run(path, evaluation.document, Missing::Skip),
        })
        .collect()
}

/// The strings of an array and of the arguments in one text. Lists among the
/// arguments give the text of everything in them but null.
fn concat(
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
) -> Result<Value, PathError> {
    let mut text: String = model
        .as_array()
        .unwrap_or(&[])
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for value in values(arguments, evaluation)? {
        match value.as_array() {
            Some(items) => text.extend(items.iter().filter(|item| !item.is_null()).map(java::text)),
            None => text.extend(value.as_str()),
        }
    }
    Ok(text.into())
}

fn append(
    arguments: &[Argument],
    model: &Value,
    evaluation: &Evaluation,
) -> Result<Value, PathError> {
    let Some(items) = model.as_array() else {
        return Ok(model.clone());
    };
    let appended = values(arguments, evaluation)?;
    Ok(items.iter().cloned().chain(appended).collect())
}

/// The element at `index`, from the end if negative. Jayway does not find the first
/// element from the end, so `last()` fails on an array of one.
fn element(model: &Value, index: i64) -> Result<Value, PathError> {
    let Some(items) = model.as_array() else {
        return Err(PathError::EmptyAggregation);
    };
    let len = items.len();
    let found = match usize::try_from(index) {
        Ok(index) => items.get(index),
        Err(_) => usize::try_from(index + len as i64)
            .ok()
            .filter(|index| *index > 0)
            .and_then(|index| items.get(index)),
    };
    found
        .cloned()
        .ok_or(PathError::IndexTooLarge { index, len })
}
