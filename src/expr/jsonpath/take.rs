//! The steps that name elements and members, taken at one value.

use std::sync::Arc;

use super::PathError;
use super::place::{Missing, Place};
use super::step::Step;
use crate::expr::java;
use crate::source::json::{Number, Object, Value};

pub(super) fn take_names(
    place: Place,
    names: &[Arc<str>],
    value: &Value,
    found: &mut Vec<Value>,
) -> Result<(), PathError> {
    let Some(object) = value.as_object() else {
        if !place.is_definite {
            return Ok(());
        }
        return Err(PathError::NotAnObject {
            property: place.step().map(Step::to_string).unwrap_or_default(),
            path: place.path(),
            found: java_type(value),
        });
    };
    if names.len() > 1 && place.is_last() {
        found.push(merged(place, names, object)?);
        return Ok(());
    }
    for name in names {
        match object.get(name) {
            Some(value) => found.push(value.clone()),
            None if place.missing == Missing::Skip && place.is_last() => {}
            None if place.missing == Missing::Skip && !(place.is_definite && names.len() == 1) => {}
            None => {
                return Err(PathError::MissingProperty {
                    path: place.path_with_step(),
                });
            }
        }
    }
    Ok(())
}

/// The members with these names as one object.
fn merged(place: Place, names: &[Arc<str>], object: &Object) -> Result<Value, PathError> {
    let mut merged = Object::default();
    for name in names {
        match object.get(name) {
            Some(value) => {
                merged.insert(name.clone(), value.clone());
            }
            None if place.missing == Missing::Skip => {}
            None => {
                return Err(PathError::MissingProperty {
                    path: place.path_with_step(),
                });
            }
        }
    }
    Ok(merged.into())
}

/// The elements; `None` where something else is passed over.
pub(super) fn array_at<'a>(
    place: Place,
    value: &'a Value,
) -> Result<Option<&'a [Value]>, PathError> {
    if let Some(items) = value.as_array() {
        return Ok(Some(items));
    }
    if !place.is_definite {
        return Ok(None);
    }
    if value.is_null() {
        return Err(PathError::Null { path: place.path() });
    }
    Err(PathError::NotAnArray {
        filter: place.rest(),
        found: java::text(value),
    })
}

pub(super) fn item_at(items: &[Value], index: i64) -> Option<Value> {
    let index = match usize::try_from(index) {
        Ok(index) => index,
        Err(_) => usize::try_from(index.checked_add_unsigned(items.len() as u64)?).ok()?,
    };
    items.get(index).cloned()
}

/// Between two bounds only the upper one is cut to the array, and a negative lower one
/// counts up through the end: `[-1:1]` is the last element and the first.
pub(super) fn take_slice(
    items: &[Value],
    from: Option<i64>,
    to: Option<i64>,
    found: &mut Vec<Value>,
) {
    let len = items.len() as i64;
    let from_end = |bound: i64| if bound < 0 { len + bound } else { bound };
    let (start, end) = match (from, to) {
        (Some(from), Some(to)) => (from.max(-len), to.min(len)),
        (Some(from), None) => (from_end(from).max(0), len),
        (None, Some(to)) => (0, from_end(to).min(len)),
        (None, None) => (0, 0),
    };
    found.extend((start..end.max(start)).filter_map(|index| item_at(items, index)));
}

fn java_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(number) => number_type(number),
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "net.minidev.json.JSONArray",
        Value::Object(_) => "java.util.LinkedHashMap",
    }
}

fn number_type(number: &Number) -> &'static str {
    if !number.is_integer_literal() {
        return "java.lang.Double";
    }
    match number.as_i64() {
        Some(int) if i32::try_from(int).is_ok() => "java.lang.Integer",
        Some(_) => "java.lang.Long",
        None => "java.math.BigInteger",
    }
}
