//! What actions of AWS services answer, to hold mocked results against.
//!
//! The shapes come from the models that AWS publishes, made small by
//! `scripts/action-shapes.py`. Actions that are not among them are accepted.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::api::error::ApiError;
use crate::asl::{Integration, Pattern};
use crate::source::json::Value;

/// The shapes of what actions answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionShapes {
    /// The place of an action's shape, by `kms:encrypt` or `aws-sdk:kms:encrypt`.
    actions: BTreeMap<Arc<str>, usize>,
    shapes: Vec<ActionShape>,
}

/// The shape of a part of an answer; numbers are places in the list of shapes.
#[derive(Clone, Debug, PartialEq)]
enum ActionShape {
    Any,
    Boolean,
    /// Text, bytes in Base64 and times.
    Text {
        min: Option<usize>,
        max: Option<usize>,
        words: Vec<Arc<str>>,
    },
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    List(usize),
    Map(usize),
    Structure {
        members: Vec<(Arc<str>, usize)>,
        required: Vec<Arc<str>>,
    },
}

/// How a result is held against its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// What is required must be there, and what is there must fit.
    Strict,
    /// What is there must fit.
    Present,
}

impl ActionShapes {
    /// Reads the data file; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let file = Value::parse(text).ok()?;
        let actions = file.get("actions")?.as_object()?.iter();
        let actions = actions.map(|(name, place)| Some((name.clone(), number(place)?)));
        let shapes = file.get("shapes")?.as_array()?.iter().map(shape);
        Some(Self {
            actions: actions.collect::<Option<_>>()?,
            shapes: shapes.collect::<Option<_>>()?,
        })
    }

    /// How many actions are known.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }
}

fn number(value: &Value) -> Option<usize> {
    usize::try_from(value.as_i64()?).ok()
}

/// `["s", min, max, words]`, `["n", min, max]`, `["L", of]`, `["M", of]`,
/// `["S", members, required]`, `["b"]`, `["a"]`.
fn shape(value: &Value) -> Option<ActionShape> {
    let limit = |index| value.at(index).and_then(number).filter(|limit| *limit > 0);
    let words = |list: Option<&Value>| -> Option<Vec<Arc<str>>> {
        let words = list.and_then(Value::as_array).unwrap_or_default().iter();
        words.map(|word| Some(word.as_str()?.into())).collect()
    };
    Some(match value.at(0)?.as_str()? {
        "a" => ActionShape::Any,
        "b" => ActionShape::Boolean,
        "s" => ActionShape::Text {
            min: limit(1),
            max: limit(2),
            words: words(value.at(3)).unwrap_or_default(),
        },
        "n" => ActionShape::Number {
            min: value.at(1).and_then(Value::as_f64),
            max: value.at(2).and_then(Value::as_f64),
        },
        "L" => ActionShape::List(number(value.at(1)?)?),
        "M" => ActionShape::Map(number(value.at(1)?)?),
        "S" => {
            let members = value.at(1)?.as_object()?.iter();
            let members = members.map(|(name, place)| Some((name.clone(), number(place)?)));
            ActionShape::Structure {
                members: members.collect::<Option<_>>()?,
                required: words(value.at(2)).unwrap_or_default(),
            }
        }
        _ => return None,
    })
}

/// Holds a result against what the called action answers. A task that waits for a job or
/// a token may get anything.
pub(super) fn check(
    shapes: &ActionShapes,
    integration: &Integration,
    result: &Value,
    strictness: Strictness,
) -> Result<(), ApiError> {
    let Integration::Service {
        service,
        action,
        pattern: Pattern::RequestResponse,
        is_sdk,
    } = integration
    else {
        return Ok(());
    };
    let name = match is_sdk {
        true => format!("aws-sdk:{service}:{action}"),
        false => format!("{service}:{action}"),
    };
    let place = shapes.actions.get(&*name);
    let shape = place.and_then(|place| shapes.shapes.get(*place));
    let Some(shape) = shape else { return Ok(()) };
    walk(shapes, shape, "", result, strictness).map_err(|problem| {
        ApiError::validation(format!("Mock result schema validation error: {problem}"))
    })
}

fn walk(
    shapes: &ActionShapes,
    shape: &ActionShape,
    field: &str,
    value: &Value,
    strictness: Strictness,
) -> Result<(), String> {
    let inner = |place: &usize| shapes.shapes.get(*place).unwrap_or(&ActionShape::Any);
    let must_be = |what: &str| Err(format!("Field '{field}' must be {what}"));
    match shape {
        ActionShape::Any => Ok(()),
        ActionShape::Boolean => match value.as_bool() {
            Some(_) => Ok(()),
            None => must_be("a boolean"),
        },
        ActionShape::Text { min, max, words } => {
            let Some(text) = value.as_str() else {
                return must_be("a string");
            };
            let count = text.chars().count();
            if min.is_some_and(|min| count < min) {
                return Err(format!(
                    "Field '{field}' is smaller than the minimum length"
                ));
            }
            if max.is_some_and(|max| count > max) {
                return Err(format!("Field '{field}' exceeds the maximum length"));
            }
            match words.is_empty() || words.iter().any(|word| **word == *text) {
                true => Ok(()),
                false => Err(format!("Field '{field}' is not an expected value")),
            }
        }
        ActionShape::Number { min, max } => {
            let Some(number) = value.as_f64() else {
                return must_be("a number");
            };
            if min.is_some_and(|min| number < min) {
                return Err(format!("Field '{field}' is less than the minimum value"));
            }
            match max.is_some_and(|max| number > max) {
                true => Err(format!("Field '{field}' exceeds the maximum value")),
                false => Ok(()),
            }
        }
        ActionShape::List(of) => match value.as_array() {
            None => must_be("an array"),
            Some(items) => items
                .iter()
                .try_for_each(|item| walk(shapes, inner(of), field, item, strictness)),
        },
        ActionShape::Map(of) => match value.as_object() {
            None => must_be("an object"),
            Some(members) => members
                .iter()
                .try_for_each(|(name, value)| walk(shapes, inner(of), name, value, strictness)),
        },
        ActionShape::Structure { members, required } => {
            let Some(object) = value.as_object() else {
                return must_be("an object");
            };
            let missing = required.iter().find(|name| object.get(name).is_none());
            if strictness == Strictness::Strict
                && let Some(name) = missing
            {
                return Err(format!("Required field '{name}' is missing"));
            }
            members
                .iter()
                .try_for_each(|(name, place)| match object.get(name) {
                    None => Ok(()),
                    Some(value) => walk(shapes, inner(place), name, value, strictness),
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"actions":{"aws-sdk:post:send":0},"shapes":[
        ["S",{"Letters":1,"State":4,"Weight":5,"Is":6},["State"]],["L",2],["S",{"Id":3},[]],
        ["s",1,3],["s",0,0,["SENT","LOST"]],["n",0,9],["b"]]}"#;

    fn said(result: &str, strictness: Strictness) -> String {
        let shapes = ActionShapes::parse(FILE).unwrap();
        let integration = Integration::Service {
            service: "post".into(),
            action: "send".into(),
            pattern: Pattern::RequestResponse,
            is_sdk: true,
        };
        let result = Value::parse(result).unwrap();
        let checked = check(&shapes, &integration, &result, strictness);
        let message = checked.map_or_else(|error| error.message, |()| "fine".into());
        message.replace("Mock result schema validation error: ", "")
    }

    #[test]
    fn says_what_does_not_fit() {
        for (result, message) in [
            ("{}", "fine"),
            (r#"{"More":1}"#, "fine"),
            (r#"{"Letters":{}}"#, "Field 'Letters' must be an array"),
            (
                r#"{"Letters":[{"Id":"a"},{"Id":7}]}"#,
                "Field 'Id' must be a string",
            ),
            (
                r#"{"Letters":[{"Id":""}]}"#,
                "Field 'Id' is smaller than the minimum length",
            ),
            (
                r#"{"Letters":[{"Id":"long"}]}"#,
                "Field 'Id' exceeds the maximum length",
            ),
            (r#"{"Letters":[1]}"#, "Field 'Letters' must be an object"),
            (
                r#"{"State":"FOUND"}"#,
                "Field 'State' is not an expected value",
            ),
            (
                r#"{"Weight":-1}"#,
                "Field 'Weight' is less than the minimum value",
            ),
            (
                r#"{"Weight":10}"#,
                "Field 'Weight' exceeds the maximum value",
            ),
            (r#"{"Weight":"1"}"#, "Field 'Weight' must be a number"),
            (r#"{"Is":"true"}"#, "Field 'Is' must be a boolean"),
        ] {
            assert_eq!(said(result, Strictness::Present), message, "{result}");
        }
        assert_eq!(
            said("{}", Strictness::Strict),
            "Required field 'State' is missing"
        );
    }
}
