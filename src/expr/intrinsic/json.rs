//! `States.StringToJson`, `States.JsonToString` and `States.JsonMerge`.

use super::IntrinsicErrorKind;
use super::evaluate::{Arguments, Outcome, wrong_type};
use crate::source::json::{Object, SyntaxErrorKind, Value};

/// Reads a text as JSON; the empty text is null.
pub(super) fn from_text(arguments: &Arguments) -> Outcome {
    let text = arguments.text(0)?;
    match Value::parse(text) {
        Ok(value) => Ok(value),
        Err(error) if error.kind == SyntaxErrorKind::Empty => Ok(Value::Null),
        Err(error) => Err(IntrinsicErrorKind::NotJson(error.kind)),
    }
}

/// The compact text of a value.
pub(super) fn to_text(arguments: &Arguments) -> Outcome {
    Ok(arguments.value(0).to_string().into())
}

/// The members of two objects in one; those of the second win. The third argument asks
/// for deep merging, which only `true` does and the service does not have.
pub(super) fn merge(arguments: &Arguments) -> Outcome {
    let mut merged = object(arguments, 0)?.clone();
    for (key, value) in object(arguments, 1)?.iter() {
        merged.insert(key.clone(), value.clone());
    }
    if arguments.value(2).as_bool() == Some(true) {
        return Err(IntrinsicErrorKind::DeepMerge);
    }
    Ok(merged.into())
}

fn object<'a>(arguments: &Arguments<'a>, index: usize) -> Result<&'a Object, IntrinsicErrorKind> {
    let value = arguments.value(index);
    value
        .as_object()
        .ok_or_else(|| wrong_type(index, "an object", value))
}
