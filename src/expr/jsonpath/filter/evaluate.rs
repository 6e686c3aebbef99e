//! Whether an element passes a filter.

use super::super::evaluate::Evaluation;
use super::super::place::Missing;
use super::super::{PathError, step::Steps};
use super::compare::{Side, Unanswered, holds};
use super::{Expression, Operand};
use crate::source::json::Value;

/// Whether `element` passes. A comparison of the wrong kinds rejects it; an error is
/// what fails the whole evaluation.
pub(in super::super) fn accepts(
    filter: &Expression,
    element: &Value,
    evaluation: &Evaluation,
) -> Result<bool, PathError> {
    match test(filter, element, evaluation) {
        Ok(is_accepted) => Ok(is_accepted),
        Err(Stop::Reject) => Ok(false),
        Err(Stop::Fail(error)) => Err(error),
    }
}

enum Stop {
    Reject,
    Fail(PathError),
}

impl From<PathError> for Stop {
    fn from(error: PathError) -> Self {
        if error.is_invalid_path() {
            return Stop::Reject;
        }
        Stop::Fail(error)
    }
}

impl From<Unanswered> for Stop {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::WrongKind => Stop::Reject,
            Unanswered::BadExistence => Stop::Fail(PathError::BadExistence),
            Unanswered::TooManySteps => Stop::Fail(PathError::TooManySteps),
        }
    }
}

fn test(filter: &Expression, element: &Value, evaluation: &Evaluation) -> Result<bool, Stop> {
    match filter {
        Expression::Any(parts) => {
            for part in parts {
                if test(part, element, evaluation)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Expression::All(parts) => {
            for part in parts {
                if !test(part, element, evaluation)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Expression::Not(inner) => Ok(!test(inner, element, evaluation)?),
        Expression::Exists { path, is_wanted } => {
            Ok(exists(path, element, evaluation)? == *is_wanted)
        }
        Expression::Compare {
            left,
            operator,
            right,
        } => {
            let left = side(left, element, evaluation)?;
            let right = side(right, element, evaluation)?;
            let mut steps = evaluation.steps_left.get();
            let answer = holds(&left, *operator, &right, &mut steps);
            evaluation.steps_left.set(steps);
            Ok(answer?)
        }
    }
}

/// Existence is asked of the element, even by a path that starts with `$`, and demands
/// every name on the way: Jayway's answers to both.
fn exists(path: &Steps, element: &Value, evaluation: &Evaluation) -> Result<bool, Stop> {
    match evaluation.run(path, element, Missing::Refuse) {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn side<'a>(
    operand: &'a Operand,
    element: &Value,
    evaluation: &Evaluation,
) -> Result<Side<'a>, Stop> {
    let found = match operand {
        Operand::Element(path) => evaluation.run(path, element, Missing::Skip),
        Operand::Document(path) => evaluation.run(path, evaluation.document, Missing::Skip),
        Operand::Null => return Ok(Side::Null),
        Operand::Bool(bool) => return Ok(Side::Bool(*bool)),
        Operand::Number(number) => return Ok(Side::Number(number.clone())),
        Operand::String(string) => return Ok(Side::String(string.clone())),
        Operand::Json(value) => return Ok(Side::Literal(value)),
        Operand::Pattern(pattern) => return Ok(Side::Pattern(pattern)),
    };
    match found {
        Ok(value) => Ok(value.into()),
        Err(error) if error.is_not_found() => Ok(Side::Undefined),
        Err(error) => Err(error.into()),
    }
}
