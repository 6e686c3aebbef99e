//! Values as the evaluator sees them.
//!
//! What comes from outside stays shared and is looked at where it lies; nothing is copied
//! to be read. Missing values are `None`, never a [`Val`].

mod array;
mod compare;
mod drop;
mod object;
mod text;

use std::rc::Rc;
use std::sync::Arc;

pub(crate) use array::{Array, Flag, Seq};
pub(crate) use compare::order;
pub(crate) use object::{Members, Object, order_of_members};
pub(crate) use text::{Layout, quoted, upper_case, write_json};

use super::error::Error;
use super::evaluate::{Env, Frame};
use super::function::Function;
use super::limit::{MAX_VALUE_DEPTH, TOO_DEEP};
use crate::source::json::{self, Number, Value};

/// A value that is there.
#[derive(Clone, Debug)]
pub(crate) enum Val {
    Null,
    Bool(bool),
    Num(f64),
    Str(Arc<str>),
    Array(Array),
    Object(Object),
    Function(Rc<Function>),
    /// An item of a path with what it binds; never leaves the path.
    Tuple(Rc<Tuple>),
}

/// An item of a path that binds variables (`@`, `#`, `%`).
#[derive(Clone, Debug)]
pub(crate) struct Tuple {
    pub(crate) item: Option<Val>,
    pub(crate) bindings: Vec<(Arc<str>, Option<Val>)>,
}

impl Tuple {
    /// A scope in which the bindings hold.
    pub(crate) fn scope(&self, env: &Env) -> Env {
        Frame::with(env, self.bindings.clone())
    }

    pub(crate) fn bind(&mut self, name: &Arc<str>, value: Option<Val>) {
        let mut bindings = self.bindings.iter_mut();
        match bindings.find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.bindings.push((name.clone(), value)),
        }
    }
}

/// Whether JavaScript takes a value for true.
pub(crate) fn js_truth(value: Option<&Val>) -> bool {
    match value {
        None | Some(Val::Null) => false,
        Some(Val::Bool(bool)) => *bool,
        Some(Val::Num(number)) => *number != 0.0 && !number.is_nan(),
        Some(Val::Str(text)) => !text.is_empty(),
        Some(_) => true,
    }
}

impl Val {
    pub(crate) fn string(text: impl Into<Arc<str>>) -> Self {
        Val::Str(text.into())
    }

    /// An array that is no sequence: one element stays one element.
    pub(crate) fn array(items: Vec<Val>) -> Self {
        Val::Array(Array::plain(items))
    }

    /// A sequence: one element stands for itself.
    pub(crate) fn sequence(items: Vec<Val>) -> Self {
        Val::Array(Array::sequence(items))
    }

    pub(crate) fn object(members: Members) -> Self {
        Val::Object(Object::Built(Rc::new(members)))
    }

    pub(crate) fn empty_object() -> Self {
        Val::object(Members::default())
    }

    pub(crate) fn as_array(&self) -> Option<&Array> {
        match self {
            Val::Array(array) => Some(array),
            _ => None,
        }
    }

    pub(crate) fn is_container(&self) -> bool {
        matches!(
            self,
            Val::Array(_) | Val::Object(_) | Val::Function(_) | Val::Tuple(_)
        )
    }

    /// Whether it holds as a condition: what is empty, zero or null does not, and what is
    /// infinite is an error. Adds to `steps` how many elements were looked at.
    pub(crate) fn truth(&self, steps: &mut usize) -> Result<bool, Error> {
        Ok(match self {
            Val::Null => false,
            Val::Function(function) => function.is_object(),
            Val::Bool(bool) => *bool,
            Val::Num(number) if number.is_infinite() => return Err(infinite()),
            Val::Num(number) => *number != 0.0 && !number.is_nan(),
            Val::Str(text) => !text.is_empty(),
            Val::Array(array) => {
                let mut depth = 0;
                array_truth(array, &mut depth, steps)?
            }
            Val::Object(object) => object.len() > 0,
            Val::Tuple(_) => true,
        })
    }

    /// The number to count with, if it is one; what is infinite is an error.
    pub(crate) fn numeric(&self) -> Result<Option<f64>, Error> {
        match self {
            Val::Num(number) if number.is_infinite() => Err(infinite()),
            Val::Num(number) if !number.is_nan() => Ok(Some(*number)),
            _ => Ok(None),
        }
    }

    /// Whether all can be counted with. Each is looked at: one that is infinite is an error
    /// wherever it stands.
    pub(crate) fn are_numeric(mut items: impl Iterator<Item = Val>) -> Result<bool, Error> {
        items.try_fold(true, |are, item| Ok(item.numeric()?.is_some() && are))
    }

    /// The value of `key`, in every element of an array.
    pub(crate) fn lookup(&self, key: &str) -> Option<Val> {
        match self {
            Val::Object(object) => object.get(key),
            Val::Array(array) => {
                let mut found = Vec::new();
                lookup_all(array, key, &mut found, 0);
                Some(Val::sequence(found))
            }
            _ => None,
        }
    }

    /// For the world outside: functions are left out, as in JSON.
    pub(crate) fn to_value(&self, depth: usize) -> Result<Option<Value>, Error> {
        if depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        Ok(Some(match self {
            Val::Null => Value::Null,
            Val::Bool(bool) => Value::Bool(*bool),
            Val::Num(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
            Val::Str(text) => Value::String(text.clone()),
            Val::Array(Array::Json(array)) => Value::Array(array.clone()),
            Val::Array(array) => {
                let mut items = Vec::with_capacity(array.len());
                for item in array.iter() {
                    items.push(item.to_value(depth + 1)?.unwrap_or_default());
                }
                Value::from(items)
            }
            Val::Object(Object::Json(object)) => Value::Object(object.clone()),
            Val::Object(built) => {
                let mut object = json::Members::with_capacity(built.len());
                for (key, value) in built.entries() {
                    if let Some(value) = value.to_value(depth + 1)? {
                        object.insert(key, value);
                    }
                }
                Value::from(json::Object::from(object))
            }
            Val::Function(_) | Val::Tuple(_) => return Ok(None),
        }))
    }

    /// As it stands in an error's message.
    pub(crate) fn to_message(&self) -> String {
        let mut text = String::new();
        match write_json(&mut text, self, Layout::Message, 0) {
            Ok(()) => text,
            Err(_) => String::from("…"),
        }
    }
}

/// The elements are gone through without a limit of depth: all of them where one was made in
/// evaluation and may be infinite, or else no further than the first that holds.
fn array_truth(array: &Array, depth: &mut usize, steps: &mut usize) -> Result<bool, Error> {
    *depth += 1;
    let mut holds = false;
    if *depth > MAX_VALUE_DEPTH {
        return Ok(holds);
    }
    for item in array.iter() {
        *steps += 1;
        holds |= match &item {
            Val::Array(inner) => {
                let holds = array_truth(inner, depth, steps)?;
                *depth -= 1;
                holds
            }
            other => other.truth(steps)?,
        };
        if holds && !matches!(array, Array::Built(_)) {
            break;
        }
    }
    Ok(holds)
}

/// A number is infinite. The reference finds that where it is used next.
pub(crate) fn infinite() -> Error {
    Error::new(super::code::Code::D1001).value("value", Some(&Val::Null))
}

fn lookup_all(array: &Array, key: &str, found: &mut Vec<Val>, depth: usize) {
    for item in array.iter() {
        match &item {
            Val::Object(object) => match object.get(key) {
                Some(Val::Array(values)) => found.extend(values.iter()),
                Some(value) => found.push(value),
                None => {}
            },
            Val::Array(inner) if depth < MAX_VALUE_DEPTH => {
                lookup_all(inner, key, found, depth + 1);
            }
            _ => {}
        }
    }
}

/// Values nest too deeply to be walked through.
pub(crate) fn too_deep() -> Error {
    Error::new(super::code::Code::U1001).text("message", TOO_DEEP)
}

impl From<bool> for Val {
    fn from(bool: bool) -> Self {
        Val::Bool(bool)
    }
}

impl From<f64> for Val {
    fn from(number: f64) -> Self {
        Val::Num(number)
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Val::Str(text.into())
    }
}

impl From<String> for Val {
    fn from(text: String) -> Self {
        Val::Str(text.into())
    }
}

impl From<&Value> for Val {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Val::Null,
            Value::Bool(bool) => Val::Bool(*bool),
            Value::Number(number) => Val::Num(number.as_f64()),
            Value::String(text) => Val::Str(text.clone()),
            Value::Array(array) => Val::Array(Array::Json(array.clone())),
            Value::Object(object) => Val::Object(Object::Json(object.clone())),
        }
    }
}
