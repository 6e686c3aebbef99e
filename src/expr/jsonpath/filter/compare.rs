//! Comparisons between the two sides of a filter, with Jayway's conversions.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Operator;
use super::parse::number;
use crate::expr::java;
use crate::expr::regex::{OutOfFuel, Regex};
use crate::source::json::{Number, Value};

/// One side of a comparison, evaluated.
#[derive(Clone, Debug)]
pub(super) enum Side<'a> {
    /// A path that finds nothing; equals nothing.
    Undefined,
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    /// An array or an object.
    Json(Value),
    /// The same, written in the filter itself.
    Literal(&'a Value),
    Pattern(&'a Regex),
}

/// Why a comparison has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// The sides are of the wrong kind: the element is passed over.
    WrongKind,
    /// `a exists b`, neither of them a boolean: the evaluation fails.
    BadExistence,
    /// The search for a regular expression takes too long: the evaluation fails.
    TooManySteps,
}

impl From<OutOfFuel> for Unanswered {
    fn from(_: OutOfFuel) -> Self {
        Self::TooManySteps
    }
}

impl From<Value> for Side<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Side::Null,
            Value::Bool(bool) => Side::Bool(bool),
            Value::Number(number) => Side::Number(number),
            Value::String(string) => Side::String(string),
            json @ (Value::Array(_) | Value::Object(_)) => Side::Json(json),
        }
    }
}

impl Side<'_> {
    fn items(&self) -> Option<&[Value]> {
        match self {
            Side::Json(value) => value.as_array(),
            Side::Literal(value) => value.as_array(),
            _ => None,
        }
    }

    fn is_json(&self) -> bool {
        matches!(self, Side::Json(_) | Side::Literal(_))
    }
}

/// Whether `left operator right` holds. A regular expression takes from the `steps`.
pub(super) fn holds(
    left: &Side,
    operator: Operator,
    right: &Side,
    steps: &mut u64,
) -> Result<bool, Unanswered> {
    let ordering = |test: fn(Ordering) -> bool| Ok(order(left, right).is_some_and(test));
    match operator {
        Operator::Equal => Ok(equals(left, right)),
        Operator::NotEqual => Ok(!equals(left, right)),
        Operator::Same => Ok(is_same_kind(left, right) && equals(left, right)),
        Operator::NotSame => Ok(!(is_same_kind(left, right) && equals(left, right))),
        Operator::Less => ordering(Ordering::is_lt),
        Operator::LessOrEqual => ordering(Ordering::is_le),
        Operator::Greater => ordering(Ordering::is_gt),
        Operator::GreaterOrEqual => ordering(Ordering::is_ge),
        Operator::Matches => Ok(matches_pattern(left, right, steps)?),
        Operator::In => Ok(list(right)?.is_some_and(|items| is_in(left, items))),
        Operator::NotIn => Ok(!list(right)?.is_some_and(|items| is_in(left, items))),
        Operator::SubsetOf => over_lists(left, right, |left, right| {
            left.iter().all(|item| is_in(&item.clone().into(), right))
        }),
        Operator::AnyOf => over_lists(left, right, |left, right| {
            left.iter().any(|item| is_in(&item.clone().into(), right))
        }),
        Operator::NoneOf => over_lists(left, right, |left, right| {
            !left.iter().any(|item| is_in(&item.clone().into(), right))
        }),
        Operator::Contains => Ok(match (left, right) {
            (Side::String(text), Side::String(part)) => text.contains(&**part),
            (left, right) => left.items().is_some_and(|items| is_in(right, items)),
        }),
        Operator::Size => Ok(has_size(left, right)),
        Operator::Empty => is_empty(left, right),
        Operator::Exists => exists(left, right),
        Operator::Never => Err(Unanswered::WrongKind),
    }
}

/// Equality, which converts the right side to the type of the left: `1 == '1.0'` and
/// not `'1.0' == 1`.
fn equals(left: &Side, right: &Side) -> bool {
    match (left, right) {
        (Side::Null, Side::Null) => true,
        (Side::Bool(left), Side::Bool(right)) => left == right,
        (Side::Number(left), Side::Number(right)) => left == right,
        (Side::String(left), Side::String(right)) => left == right,
        (Side::String(left), Side::Number(right)) => **left == *java::number_text(right),
        (Side::Number(left), Side::String(right)) => {
            number(right).is_some_and(|right| *left == right)
        }
        (Side::Json(left), Side::Json(right)) => java::equals(left, right),
        (Side::Json(left), Side::Literal(right)) => java::equals(left, right),
        _ => false,
    }
}

fn is_same_kind(left: &Side, right: &Side) -> bool {
    left.is_json() && right.is_json()
        || std::mem::discriminant(left) == std::mem::discriminant(right)
}

fn order(left: &Side, right: &Side) -> Option<Ordering> {
    match (left, right) {
        (Side::Number(left), Side::Number(right)) => left.partial_cmp(right),
        (Side::String(left), Side::String(right)) => Some(compare_text(left, right)),
        _ => None,
    }
}

/// By UTF-16 units, as Java compares.
fn compare_text(left: &str, right: &str) -> Ordering {
    left.encode_utf16().cmp(right.encode_utf16())
}

fn is_in(side: &Side, items: &[Value]) -> bool {
    items.iter().any(|item| equals(side, &item.clone().into()))
}

/// The elements; `None` for an object, unanswered for anything else.
fn list<'a>(side: &'a Side) -> Result<Option<&'a [Value]>, Unanswered> {
    if !side.is_json() {
        return Err(Unanswered::WrongKind);
    }
    Ok(side.items())
}

fn over_lists(
    left: &Side,
    right: &Side,
    test: fn(&[Value], &[Value]) -> bool,
) -> Result<bool, Unanswered> {
    let Some(right) = list(right)? else {
        return Ok(false);
    };
    Ok(list(left)?.is_some_and(|left| test(left, right)))
}

fn matches_pattern(left: &Side, right: &Side, steps: &mut u64) -> Result<bool, OutOfFuel> {
    let (pattern, side) = match (left, right) {
        (Side::Pattern(_), Side::Pattern(_)) => return Ok(false),
        (Side::Pattern(pattern), side) | (side, Side::Pattern(pattern)) => (pattern, side),
        _ => return Ok(false),
    };
    let mut is_match = |side: &Side| {
        let found = pattern.find(&text_to_match(side), 0, steps)?;
        Ok(found.is_some())
    };
    let Some(items) = side.items() else {
        return is_match(side);
    };
    for item in items {
        if is_match(&item.clone().into())? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn text_to_match(side: &Side) -> String {
    match side {
        Side::String(string) => string.to_string(),
        Side::Number(number) => java::number_text(number),
        Side::Bool(bool) => bool.to_string(),
        _ => String::new(),
    }
}

fn has_size(left: &Side, right: &Side) -> bool {
    let Side::Number(size) = right else {
        return false;
    };
    let len = match left {
        Side::String(string) => string.encode_utf16().count(),
        left => match left.items() {
            Some(items) => items.len(),
            None => return false,
        },
    };
    size.as_f64().trunc() == len as f64
}

fn is_empty(left: &Side, right: &Side) -> Result<bool, Unanswered> {
    let is_empty = match left {
        Side::String(string) => string.is_empty(),
        Side::Json(value) => is_container_empty(value),
        Side::Literal(value) => is_container_empty(value),
        _ => return Ok(false),
    };
    match right {
        Side::Bool(wanted) => Ok(is_empty == *wanted),
        _ => Err(Unanswered::WrongKind),
    }
}

fn is_container_empty(value: &Value) -> bool {
    match value.as_object() {
        Some(object) => object.is_empty(),
        None => value.as_array().is_none_or(<[Value]>::is_empty),
    }
}

fn exists(left: &Side, right: &Side) -> Result<bool, Unanswered> {
    match (left, right) {
        (Side::Bool(left), Side::Bool(right)) => Ok(left == right),
        (Side::Bool(_), _) | (_, Side::Bool(_)) => Err(Unanswered::WrongKind),
        _ => Err(Unanswered::BadExistence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(json: &str) -> Side<'static> {
        Value::parse(json).unwrap().into()
    }

    fn test(left: &str, operator: Operator, right: &str) -> bool {
        answer(&side(left), operator, &side(right)).unwrap()
    }

    fn answer(left: &Side, operator: Operator, right: &Side) -> Result<bool, Unanswered> {
        holds(left, operator, right, &mut 1000)
    }

    #[test]
    fn searching_takes_steps() {
        let pattern = Regex::parse_java(r"(a+)+\1b", "").unwrap();
        let text = side(&format!("\"{}\"", "a".repeat(100)));
        let answer = answer(&text, Operator::Matches, &Side::Pattern(&pattern));
        assert_eq!(answer, Err(Unanswered::TooManySteps));
    }

    #[test]
    fn converts_the_right_side() {
        assert!(test("1", Operator::Equal, "\"1.0\""));
        assert!(!test("\"1.0\"", Operator::Equal, "1"));
        assert!(test("\"1\"", Operator::Equal, "1"));
        assert!(!test("\"1\"", Operator::Same, "1"));
        assert!(test("1", Operator::Same, "1.0"));
    }

    #[test]
    fn orders_text_and_numbers_only() {
        assert!(test("\"10\"", Operator::Less, "\"9\""));
        assert!(!test("\"10\"", Operator::Less, "11"));
        assert!(test("10", Operator::Greater, "9"));
        assert!(!test("null", Operator::Less, "1"));
        assert!(!test("true", Operator::GreaterOrEqual, "true"));
    }

    #[test]
    fn undefined_equals_nothing() {
        assert!(!equals(&Side::Undefined, &Side::Undefined));
        assert!(answer(&Side::Undefined, Operator::NotEqual, &Side::Null).unwrap());
        assert!(answer(&Side::Undefined, Operator::NotIn, &side("[null]")).unwrap());
    }

    #[test]
    fn a_list_is_due_where_lists_are_compared() {
        let wrong = Err(Unanswered::WrongKind);
        assert_eq!(answer(&side("1"), Operator::In, &side("1")), wrong);
        assert_eq!(answer(&side("1"), Operator::NotIn, &side("1")), wrong);
        assert!(!test("1", Operator::In, "{}"));
        assert!(test("[1]", Operator::SubsetOf, "[1,2]"));
        assert!(test("[]", Operator::NoneOf, "[1,2]"));
    }
}
