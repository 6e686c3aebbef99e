//! Evaluates a call: its arguments first, then its function.

use std::sync::Arc;

use super::{
    Argument, Call, Intrinsic, IntrinsicError, IntrinsicErrorKind, Random, array, encode, format,
    json, math, parse,
};
use crate::expr::Roots;
use crate::expr::jsonpath::{Path, PathError, Root};
use crate::source::json::{Number, Value};

pub(super) type Outcome = Result<Value, IntrinsicErrorKind>;

/// The result of a call.
pub(super) fn evaluate(
    call: &Call,
    roots: &Roots,
    random: &mut dyn Random,
) -> Result<Value, IntrinsicError> {
    nested(call, &call.text, roots, random)
}

fn nested(
    call: &Call,
    expression: &Arc<str>,
    roots: &Roots,
    random: &mut dyn Random,
) -> Result<Value, IntrinsicError> {
    let error = |kind| IntrinsicError {
        expression: expression.clone(),
        call: call.text.clone(),
        function: call.function,
        kind,
    };
    let mut values = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        values.push(match argument {
            Argument::Value(value) => value.clone(),
            Argument::Text(raw) => parse::unescape(raw).into(),
            Argument::Path(path) => find(path, roots).map_err(error)?,
            Argument::Call(inner) => nested(inner, expression, roots, random)?,
        });
    }
    apply(call, &Arguments(&values), random).map_err(error)
}

fn apply(call: &Call, arguments: &Arguments, random: &mut dyn Random) -> Outcome {
    match call.function {
        Intrinsic::Format => format::format(call.arguments.first(), arguments),
        Intrinsic::StringSplit => format::split(arguments),
        Intrinsic::StringToJson => json::from_text(arguments),
        Intrinsic::JsonToString => json::to_text(arguments),
        Intrinsic::JsonMerge => json::merge(arguments),
        Intrinsic::Array => Ok(arguments.0.to_vec().into()),
        Intrinsic::ArrayPartition => array::partition(arguments),
        Intrinsic::ArrayContains => array::contains(arguments),
        Intrinsic::ArrayRange => array::range(arguments),
        Intrinsic::ArrayGetItem => array::get_item(arguments),
        Intrinsic::ArrayLength => array::length(arguments),
        Intrinsic::ArrayUnique => array::unique(arguments),
        Intrinsic::Base64Encode => encode::base64_encode(arguments),
        Intrinsic::Base64Decode => encode::base64_decode(arguments),
        Intrinsic::Hash => encode::hash(arguments),
        Intrinsic::Uuid => Ok(encode::uuid(random)),
        Intrinsic::MathRandom => math::random(arguments, random),
        Intrinsic::MathAdd => math::add(arguments),
    }
}

fn find(path: &Path, roots: &Roots) -> Outcome {
    path.evaluate(roots).map_err(|error| match error {
        // The one failure of a path whose own words the service lets through.
        PathError::NotAnArray { .. } => IntrinsicErrorKind::Path(error),
        error if error.is_not_found() => IntrinsicErrorKind::PathNotFound {
            path: path.text().into(),
            input: match path.root() {
                Root::Input => roots.input.clone(),
                Root::Context => roots.context.clone(),
                Root::Variable(name) => (roots.variables)(name).unwrap_or_default(),
            },
        },
        error => IntrinsicErrorKind::Path(error),
    })
}

/// The values that a function is called with; their number is right.
pub(super) struct Arguments<'a>(pub &'a [Value]);

impl<'a> Arguments<'a> {
    /// The argument at `index`, from 0.
    pub fn value(&self, index: usize) -> &'a Value {
        self.0.get(index).unwrap_or(&Value::Null)
    }

    pub fn text(&self, index: usize) -> Result<&'a str, IntrinsicErrorKind> {
        let value = self.value(index);
        value
            .as_str()
            .ok_or_else(|| wrong_type(index, "a string", value))
    }

    pub fn items(&self, index: usize) -> Result<&'a [Value], IntrinsicErrorKind> {
        let value = self.value(index);
        value
            .as_array()
            .ok_or_else(|| wrong_type(index, "an array", value))
    }

    pub fn number(&self, index: usize) -> Result<&'a Number, IntrinsicErrorKind> {
        let value = self.value(index);
        value
            .as_number()
            .ok_or_else(|| wrong_type(index, "a number", value))
    }

    /// A number without its fraction. The documentation says that it is rounded; the
    /// service cuts it off.
    pub fn int(&self, index: usize) -> Result<i64, IntrinsicErrorKind> {
        to_int32(self.number(index)?, f64::trunc)
    }
}

/// A number as a whole one of 32 bits.
pub(super) fn to_int32(number: &Number, round: fn(f64) -> f64) -> Result<i64, IntrinsicErrorKind> {
    let rounded = round(number.as_f64());
    if !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&rounded) {
        return Err(IntrinsicErrorKind::OutOfRange);
    }
    Ok(rounded as i64)
}

pub(super) fn wrong_type(
    index: usize,
    expected: &'static str,
    found: &Value,
) -> IntrinsicErrorKind {
    IntrinsicErrorKind::WrongType {
        position: index + 1,
        expected,
        found: found.type_name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(call: &str, input: &str) -> String {
        let input = Value::parse(input).unwrap();
        let call = Call::parse(call).unwrap();
        match call.evaluate(&Roots::of(&input), &mut || 0) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn reports_a_missing_path_for_the_whole_expression() {
        assert_eq!(
            answer("States.Array( 1,States.Array($.no))", r#"{"a":1}"#),
            "The function 'States.Array( 1,States.Array($.no))' had the following error: The \
             JsonPath argument for the field '$.no' could not be found in the input '{\"a\":1}'"
        );
        assert!(
            answer("States.Array($.a[0])", r#"{"a":1}"#)
                .ends_with("Filter: [0] can only be applied to arrays. Current context is: 1")
        );
    }

    #[test]
    fn reports_wrong_arguments_for_the_call_that_fails() {
        assert_eq!(
            answer("States.Array(States.MathAdd('1', 2))", "{}"),
            "There was an error while evaluating the intrinsic function: \
             States.MathAdd('1', 2). Invalid arguments in States.MathAdd"
        );
    }
}
