//! What a request must look like: types, limits, patterns, enumerations.
//!
//! [`structure!`](super::shape::structure) declares a structure of the API once: the Rust type, its JSON
//! form and the constraints on its members. [`check`] holds a request against them and
//! words what is wrong as the service does.

use std::fmt::Write;

use super::error::{ApiError, ErrorCode};
use crate::source::json::{Object, Value};

/// The type of a member and its limits.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything; for members of answers, which nobody checks.
    Any,
    /// Text of a length, in characters.
    String {
        /// Not shorter.
        min: usize,
        /// Not longer.
        max: usize,
        /// What it consists of.
        pattern: Option<Pattern>,
        /// Whether messages leave the value out.
        is_sensitive: bool,
    },
    /// One of some words.
    Enum(&'static [&'static str]),
    /// A whole number.
    Integer {
        /// Not less.
        min: i64,
        /// Not more.
        max: i64,
    },
    /// A number.
    Float {
        /// Not less.
        min: f64,
        /// Not more.
        max: f64,
    },
    /// `true` or `false`.
    Boolean,
    /// A list.
    List {
        /// What is in it.
        member: &'static Shape,
        /// Not fewer.
        min: usize,
        /// Not more.
        max: usize,
    },
    /// A structure.
    Structure {
        /// Its name.
        name: &'static str,
        /// Its members, in the model's order.
        members: &'static [Member],
    },
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name.
    pub key: &'static str,
    /// What it is.
    pub shape: Shape,
    /// Whether it must be there.
    pub is_required: bool,
}

/// The patterns of the model.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// As messages show it.
    pub text: &'static str,
    /// Whether a text fits.
    pub fits: fn(&str) -> bool,
}

/// Declares structures of the API.
///
/// A member is a field, its name on the wire, its type, and the shape it must have if it
/// is part of a request; `required` after the shape says that it must be there.
macro_rules! structure {
    ($($(#[$doc:meta])* $name:ident {
        $($field:ident $key:literal : $type:ty $(= $shape:expr $(, $required:ident)?)?;)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(#[doc = concat!("`", $key, "`")] pub $field: $type,)*
        }

        impl $name {
            /// What a request must look like that holds it.
            pub const SHAPE: $crate::api::shape::Shape = $crate::api::shape::Shape::Structure {
                name: stringify!($name),
                members: &[$($crate::api::shape::Member {
                    key: $key,
                    shape: structure!(@shape $($shape)?),
                    is_required: structure!(@required $($($required)?)?),
                },)*],
            };
        }

        $crate::source::json::wire! { struct $name { $($field as $key,)* } }
    )*};
    (@shape) => { $crate::api::shape::Shape::Any };
    (@shape $shape:expr) => { $shape };
    (@required) => { false };
    (@required required) => { true };
}
pub(crate) use structure;

impl Shape {
    /// Text of a length.
    pub const fn text(min: usize, max: usize) -> Self {
        Self::String {
            min,
            max,
            pattern: None,
            is_sensitive: false,
        }
    }

    /// Text of a length that messages do not repeat.
    pub const fn secret(min: usize, max: usize) -> Self {
        Self::String {
            min,
            max,
            pattern: None,
            is_sensitive: true,
        }
    }
}

/// Holds a request against its shape.
///
/// A value of another type is a SerializationException; everything else that is wrong is
/// told in one ValidationException.
pub fn check(shape: &Shape, value: &Value) -> Result<(), ApiError> {
    let mut problems = Vec::new();
    walk(shape, value, "", &mut problems)?;
    if problems.is_empty() {
        return Ok(());
    }
    let errors = if problems.len() == 1 {
        "error"
    } else {
        "errors"
    };
    let (count, problems) = (problems.len(), problems.join("; "));
    let message = format!("{count} validation {errors} detected: {problems}");
    Err(ApiError::validation(message))
}

fn walk(
    shape: &Shape,
    value: &Value,
    path: &str,
    problems: &mut Vec<String>,
) -> Result<(), ApiError> {
    match shape {
        Shape::Any => {}
        Shape::String {
            min,
            max,
            pattern,
            is_sensitive,
        } => {
            let text = value.as_str().ok_or_else(|| mismatch(value, "a String"))?;
            let count = text.chars().count();
            let shown = if *is_sensitive { None } else { Some(text) };
            length(count, *min, *max, shown, path, problems);
            if let Some(pattern) = pattern
                && !(pattern.fits)(text)
            {
                let rule = format!("satisfy regular expression pattern: {}", pattern.text);
                problems.push(problem(shown, path, &rule));
            }
        }
        Shape::Enum(words) => {
            let text = value.as_str().ok_or_else(|| mismatch(value, "a String"))?;
            if !words.contains(&text) {
                let rule = format!("satisfy enum value set: [{}]", words.join(", "));
                problems.push(problem(Some(text), path, &rule));
            }
        }
        Shape::Integer { min, max } => {
            let number = value.as_f64().filter(|_| value.as_number().is_some());
            let number = number.ok_or_else(|| mismatch(value, "an Integer"))?;
            range(number, *min as f64, *max as f64, value, path, problems);
        }
        Shape::Float { min, max } => {
            let number = value.as_f64().ok_or_else(|| mismatch(value, "a Float"))?;
            range(number, *min, *max, value, path, problems);
        }
        Shape::Boolean => {
            value
                .as_bool()
                .ok_or_else(|| mismatch(value, "a Boolean"))?;
        }
        Shape::List { member, min, max } => {
            let items = value.as_array().ok_or_else(|| mismatch(value, "a List"))?;
            let shown = java_text(shape, value);
            length(items.len(), *min, *max, Some(&shown), path, problems);
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}.{}.member", index + 1);
                match item {
                    Value::Null => problems.push(missing(&path)),
                    item => walk(member, item, &path, problems)?,
                }
            }
        }
        Shape::Structure { members, .. } => {
            let object = value
                .as_object()
                .ok_or_else(|| mismatch(value, "a Structure"))?;
            structure_members(members, object, path, problems)?;
        }
    }
    Ok(())
}

fn structure_members(
    members: &[Member],
    object: &Object,
    path: &str,
    problems: &mut Vec<String>,
) -> Result<(), ApiError> {
    for member in members {
        let path = match path {
            "" => member.key.to_owned(),
            path => format!("{path}.{}", member.key),
        };
        match object.get(member.key) {
            None | Some(Value::Null) if member.is_required => problems.push(missing(&path)),
            None | Some(Value::Null) => {}
            Some(value) => walk(&member.shape, value, &path, problems)?,
        }
    }
    Ok(())
}

fn length(
    count: usize,
    min: usize,
    max: usize,
    shown: Option<&str>,
    path: &str,
    problems: &mut Vec<String>,
) {
    if count < min {
        let rule = format!("have length greater than or equal to {min}");
        problems.push(problem(shown, path, &rule));
    } else if count > max {
        let rule = format!("have length less than or equal to {max}");
        problems.push(problem(shown, path, &rule));
    }
}

fn range(number: f64, min: f64, max: f64, value: &Value, path: &str, problems: &mut Vec<String>) {
    let shown = value.to_string();
    if number < min {
        let rule = format!("have value greater than or equal to {min}");
        problems.push(problem(Some(&shown), path, &rule));
    } else if number > max {
        let rule = format!("have value less than or equal to {max}");
        problems.push(problem(Some(&shown), path, &rule));
    }
}

fn problem(shown: Option<&str>, path: &str, rule: &str) -> String {
    let value = shown.map(|shown| format!(" '{shown}'")).unwrap_or_default();
    format!("Value{value} at '{path}' failed to satisfy constraint: Member must {rule}")
}

fn missing(path: &str) -> String {
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

fn mismatch(value: &Value, wanted: &str) -> ApiError {
    let found = match value {
        Value::Array(_) => {
            let message = "Start of list found where not expected";
            return ApiError::new(ErrorCode::SerializationException, message);
        }
        Value::Object(_) => {
            let message = "Start of structure or map found where not expected.";
            return ApiError::new(ErrorCode::SerializationException, message);
        }
        Value::String(_) => "STRING_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Null => "NULL_VALUE",
    };
    let message = format!("{found} can not be converted to {wanted}");
    ApiError::new(ErrorCode::SerializationException, message)
}

/// A value as the service's messages show it: `[Tag(key=a, value=b)]`.
fn java_text(shape: &Shape, value: &Value) -> String {
    let mut text = String::new();
    match (shape, value) {
        (Shape::List { member, .. }, Value::Array(items)) => {
            let items = items.items().iter();
            let items: Vec<_> = items.map(|item| java_text(member, item)).collect();
            let _ = write!(text, "[{}]", items.join(", "));
        }
        (Shape::Structure { name, members }, Value::Object(object)) => {
            let members = members
                .iter()
                .filter_map(|member| Some((member, object.get(member.key)?)));
            let members: Vec<_> = members
                .map(|(member, value)| {
                    format!("{}={}", member.key, java_text(&member.shape, value))
                })
                .collect();
            let _ = write!(text, "{name}({})", members.join(", "));
        }
        (_, Value::String(content)) => text.push_str(content),
        (_, value) => {
            let _ = write!(text, "{value}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: Shape = Shape::Structure {
        name: "Item",
        members: &[
            Member {
                key: "name",
                shape: Shape::text(1, 3),
                is_required: true,
            },
            Member {
                key: "weight",
                shape: Shape::Integer { min: 0, max: 9 },
                is_required: false,
            },
        ],
    };
    const LIST: Shape = Shape::Structure {
        name: "Request",
        members: &[
            Member {
                key: "items",
                shape: Shape::List {
                    member: &ITEM,
                    min: 0,
                    max: 2,
                },
                is_required: true,
            },
            Member {
                key: "level",
                shape: Shape::Enum(&["ALL", "OFF"]),
                is_required: false,
            },
            Member {
                key: "secret",
                shape: Shape::secret(0, 2),
                is_required: false,
            },
        ],
    };

    fn said(text: &str) -> String {
        let checked = check(&LIST, &Value::parse(text).unwrap());
        checked.map_or_else(|error| error.to_string(), |()| "fine".into())
    }

    #[test]
    fn words_what_is_wrong_as_the_service_does() {
        for (request, message) in [
            (r#"{"items":[],"level":"OFF","more":1}"#, "fine"),
            (
                "{}",
                "ValidationException: 1 validation error detected: Value null at 'items' failed to satisfy constraint: Member must not be null",
            ),
            (
                r#"{"items":[{"name":"a","weight":12}],"level":"LOUD"}"#,
                "ValidationException: 2 validation errors detected: Value '12' at 'items.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 9; Value 'LOUD' at 'level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, OFF]",
            ),
            (
                r#"{"items":[{"name":"a"},{"name":"b"},{"name":"c","weight":1}]}"#,
                "ValidationException: 1 validation error detected: Value '[Item(name=a), Item(name=b), Item(name=c, weight=1)]' at 'items' failed to satisfy constraint: Member must have length less than or equal to 2",
            ),
            (
                r#"{"items":[{"name":""}],"secret":"long"}"#,
                "ValidationException: 2 validation errors detected: Value '' at 'items.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 2",
            ),
            (
                r#"{"items":[{}]}"#,
                "ValidationException: 1 validation error detected: Value null at 'items.1.member.name' failed to satisfy constraint: Member must not be null",
            ),
            (
                r#"{"items":7}"#,
                "SerializationException: NUMBER_VALUE can not be converted to a List",
            ),
            (
                r#"{"items":[{"name":{}}]}"#,
                "SerializationException: Start of structure or map found where not expected.",
            ),
        ] {
            assert_eq!(said(request), message, "{request}");
        }
    }
}
