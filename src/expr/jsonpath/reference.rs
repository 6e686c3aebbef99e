//! Reference paths: names and indices only, so that they name exactly one place.

use std::fmt;
use std::sync::Arc;

use super::step::Step;
use super::{Path, PathError, PathSyntaxError, PathSyntaxErrorKind, Root};
use crate::expr::Roots;
use crate::source::json::{Array, Object, Value};
use crate::source::text::Span;

/// A path that names one place, to read from and to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferencePath(Path);

/// A value has no place for what is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePathError {
    /// The path.
    pub path: Arc<str>,
    /// The value it was applied to.
    pub target: Value,
}

impl ReferencePath {
    /// Reads a path and refuses what is not a reference: wildcards, scans, slices,
    /// unions, filters and functions.
    pub fn parse(text: &str) -> Result<Self, PathSyntaxError> {
        Path::parse(text)?.try_into()
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where it starts.
    pub fn root(&self) -> &Root {
        self.0.root()
    }

    /// Whether it is a root and nothing more.
    pub fn is_root(&self) -> bool {
        self.0.steps.0.is_empty()
    }

    /// The value at the place.
    pub fn get(&self, roots: &Roots) -> Result<Value, PathError> {
        self.0.evaluate(roots)
    }

    /// `target` with `new` at the place, as `ResultPath` puts a result into an input:
    /// objects that are missing on the way are created, members that exist are
    /// replaced, other members stay. Fails where a name is asked of something that is
    /// not an object, or an index of something that is not an array of that length.
    ///
    /// The root is taken to be `target`, whatever it is called.
    pub fn set(&self, target: Value, new: Value) -> Result<Value, ReferencePathError> {
        put(&self.0.steps.0, target.clone(), new).ok_or_else(|| ReferencePathError {
            path: self.0.text.clone(),
            target,
        })
    }
}

impl TryFrom<Path> for ReferencePath {
    type Error = PathSyntaxError;

    fn try_from(path: Path) -> Result<Self, PathSyntaxError> {
        let is_reference = path.steps.0.iter().all(|step| match step {
            Step::Names(names) => names.len() == 1,
            Step::Indices(indices) => indices.len() == 1,
            Step::Wildcard
            | Step::Scan
            | Step::Slice { .. }
            | Step::Filter(_)
            | Step::Function(..) => false,
        });
        if is_reference {
            return Ok(Self(path));
        }
        Err(PathSyntaxError {
            kind: PathSyntaxErrorKind::NotAReference,
            span: Span::new(0, path.text.len()),
        })
    }
}

/// Takes the containers on the way out of the target, puts the value into the last and
/// each back into the one before.
fn put(steps: &[Step], target: Value, new: Value) -> Option<Value> {
    let mut containers = Vec::with_capacity(steps.len());
    let mut current = Some(target);
    for step in steps {
        let (container, child) = open(step, current)?;
        containers.push(container);
        current = child;
    }
    Some(
        containers
            .into_iter()
            .rev()
            .fold(new, |value, container| container.close(value)),
    )
}

/// A container with a gap for one of its children.
enum Opened {
    Object { object: Object, name: Arc<str> },
    Array { items: Vec<Value>, index: usize },
}

impl Opened {
    fn close(self, child: Value) -> Value {
        match self {
            Self::Object { mut object, name } => {
                object.insert(name, child);
                object.into()
            }
            Self::Array { mut items, index } => {
                if let Some(item) = items.get_mut(index) {
                    *item = child;
                }
                items.into()
            }
        }
    }
}

fn open(step: &Step, current: Option<Value>) -> Option<(Opened, Option<Value>)> {
    match (step, current) {
        (Step::Names(names), current) => {
            let name = names.first()?.clone();
            let object = match current {
                None => Object::default(),
                Some(Value::Object(object)) => Arc::unwrap_or_clone(object),
                Some(_) => return None,
            };
            let child = object.get(&name).cloned();
            Some((Opened::Object { object, name }, child))
        }
        (Step::Indices(indices), Some(Value::Array(array))) => {
            let items = Array::into_items(array);
            let index = *indices.first()?;
            let index = match usize::try_from(index) {
                Ok(index) => index,
                Err(_) => items
                    .len()
                    .checked_sub(index.unsigned_abs().try_into().ok()?)?,
            };
            let child = items.get(index)?.clone();
            Some((Opened::Array { items, index }, Some(child)))
        }
        _ => None,
    }
}

impl fmt::Display for ReferencePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ReferencePathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Unable to apply ReferencePath {} to input {}",
            self.path, self.target
        )
    }
}

impl std::error::Error for ReferencePathError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &str, target: &str) -> String {
        let target = Value::parse(target).unwrap();
        match ReferencePath::parse(path).unwrap().set(target, 9.into()) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn replaces_creates_and_keeps() {
        assert_eq!(set("$", "[1]"), "9");
        assert_eq!(set("$.a", r#"{"a":1,"b":2}"#), r#"{"a":9,"b":2}"#);
        assert_eq!(set("$.a.b.c", r#"{"x":1}"#), r#"{"x":1,"a":{"b":{"c":9}}}"#);
        assert_eq!(
            set("$.a[1]['b c']", r#"{"a":[1,{}]}"#),
            r#"{"a":[1,{"b c":9}]}"#
        );
        assert_eq!(set("$[-1]", "[1,2]"), "[1,9]");
    }

    #[test]
    fn fails_where_there_is_no_place() {
        assert_eq!(
            set("$.a.b", r#"{"a":"text"}"#),
            r#"Unable to apply ReferencePath $.a.b to input {"a":"text"}"#
        );
        for (path, target) in [
            ("$.a", "[]"),
            ("$[1]", "[0]"),
            ("$.a[0]", "{}"),
            ("$[-9]", "[]"),
        ] {
            assert!(set(path, target).starts_with("Unable"), "{path}");
        }
    }

    #[test]
    fn refuses_other_paths() {
        for path in [
            "$..a",
            "$.*",
            "$[0,1]",
            "$[1:]",
            "$['a','b']",
            "$[?(@)]",
            "$.length()",
        ] {
            let error = ReferencePath::parse(path).unwrap_err();
            assert_eq!(error.kind, PathSyntaxErrorKind::NotAReference, "{path}");
        }
    }
}
