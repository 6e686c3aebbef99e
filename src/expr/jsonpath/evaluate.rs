//! Walks the steps of a path through a document.
//!
//! Step by step: the matches of one step are what the next one starts from. That
//! gives matches in document order and needs no recursion over the length of a path.

use std::cell::Cell;
use std::sync::Arc;

use super::PathError;
use super::filter::{Expression, accepts};
use super::function;
use super::place::{Missing, Place};
use super::step::{Step, Steps, render};
use super::take::{array_at, item_at, take_names, take_slice};
use crate::expr::java;
use crate::source::json::Value;

/// How many values an evaluation may visit. Deep scans within deep scans would
/// otherwise take time without bounds.
pub const MAX_VISITS: u32 = 2_000_000;

/// How many steps an evaluation may take to search for regular expressions.
pub const MAX_STEPS: u64 = 20_000_000;

/// The value that `steps` yield from `root`.
pub(super) fn evaluate(steps: &Steps, root: &Value) -> Result<Value, PathError> {
    let evaluation = Evaluation {
        document: root,
        visits_left: Cell::new(MAX_VISITS),
        steps_left: Cell::new(MAX_STEPS),
    };
    evaluation.run(steps, root, Missing::Skip)
}

/// What all paths of one evaluation share: those of filters and arguments, too.
pub(super) struct Evaluation<'a> {
    /// What `$` is.
    pub document: &'a Value,
    visits_left: Cell<u32>,
    /// What is left for regular expressions.
    pub steps_left: Cell<u64>,
}

impl Evaluation<'_> {
    /// The value of a definite path, the array of matches of any other.
    pub fn run(&self, steps: &Steps, start: &Value, missing: Missing) -> Result<Value, PathError> {
        let mut matches = vec![start.clone()];
        let mut place = Place {
            steps: &steps.0,
            index: 0,
            is_definite: true,
            missing,
        };
        while let Some(step) = place.step() {
            let mut found = Vec::new();
            if matches!(step, Step::Scan) {
                place = place.following();
                for value in &matches {
                    self.scan(place, value, &mut found)?;
                }
            } else {
                for value in &matches {
                    self.take(place, step, value, &mut found)?;
                }
            }
            matches = found;
            place = place.following();
        }
        if !steps.is_definite() {
            return Ok(matches.into());
        }
        matches.pop().ok_or_else(|| PathError::NoResults {
            path: render(&steps.0),
        })
    }

    fn visit(&self) -> Result<(), PathError> {
        let left = self.visits_left.get().checked_sub(1);
        self.visits_left.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(PathError::TooManyVisits)
    }

    fn take(
        &self,
        place: Place,
        step: &Step,
        value: &Value,
        found: &mut Vec<Value>,
    ) -> Result<(), PathError> {
        self.visit()?;
        match step {
            Step::Names(names) => take_names(place, names, value, found),
            Step::Wildcard => {
                match (value.as_array(), value.as_object()) {
                    (Some(items), _) => found.extend(items.iter().cloned()),
                    (None, Some(object)) => found.extend(object.values().cloned()),
                    (None, None) => {}
                }
                self.charge(found.len())
            }
            Step::Indices(indices) => {
                if let Some(items) = array_at(place, value)? {
                    found.extend(indices.iter().filter_map(|index| item_at(items, *index)));
                }
                Ok(())
            }
            Step::Slice { from, to } => {
                if let Some(items) = array_at(place, value)? {
                    take_slice(items, *from, *to, found);
                }
                self.charge(found.len())
            }
            Step::Filter(filter) => self.take_filtered(place, filter, value, found),
            Step::Function(function, arguments) => {
                found.push(function::call(function, arguments, value, self)?);
                Ok(())
            }
            Step::Scan => Ok(()),
        }
    }

    /// Stops an evaluation that has gathered more than it may visit.
    fn charge(&self, len: usize) -> Result<(), PathError> {
        if len > MAX_VISITS as usize {
            return Err(PathError::TooManyVisits);
        }
        Ok(())
    }

    fn take_filtered(
        &self,
        place: Place,
        filter: &Arc<Expression>,
        value: &Value,
        found: &mut Vec<Value>,
    ) -> Result<(), PathError> {
        if let Some(items) = value.as_array() {
            for item in items {
                self.visit()?;
                if accepts(filter, item, self)? {
                    found.push(item.clone());
                }
            }
            return Ok(());
        }
        if value.as_object().is_some() {
            if accepts(filter, value, self)? {
                found.push(value.clone());
            }
            return Ok(());
        }
        if place.is_definite {
            return Err(PathError::NotFilterable {
                filter: place.rest(),
                found: java::text(value),
            });
        }
        Ok(())
    }

    /// Takes the step of `place` at every object and array within `value`, outermost
    /// first.
    fn scan(&self, place: Place, value: &Value, found: &mut Vec<Value>) -> Result<(), PathError> {
        let Some(step) = place.step() else {
            return Ok(());
        };
        let mut waiting = vec![value.clone()];
        while let Some(value) = waiting.pop() {
            self.visit()?;
            if let Some(items) = value.as_array() {
                if self.is_scanned(place, step, &value)? {
                    match step {
                        // Jayway's scan has tested the array itself, not its elements.
                        Step::Filter(_) if !place.is_last() => found.extend(items.iter().cloned()),
                        _ => self.take(place, step, &value, found)?,
                    }
                }
                waiting.extend(
                    items
                        .iter()
                        .rev()
                        .filter(|item| is_container(item))
                        .cloned(),
                );
            } else if let Some(object) = value.as_object() {
                if self.is_scanned(place, step, &value)? {
                    self.take(place, step, &value, found)?;
                }
                let start = waiting.len();
                waiting.extend(object.values().filter(|value| is_container(value)).cloned());
                if let Some(added) = waiting.get_mut(start..) {
                    added.reverse();
                }
            }
        }
        self.charge(found.len())
    }

    /// Whether a scan takes the step at `value` at all.
    fn is_scanned(&self, place: Place, step: &Step, value: &Value) -> Result<bool, PathError> {
        Ok(match step {
            Step::Names(names) => match value.as_object() {
                None => false,
                Some(object) => {
                    place.missing == Missing::Refuse
                        || !step.is_definite(place.is_last())
                        || names.iter().all(|name| object.contains_key(name))
                }
            },
            Step::Indices(_) | Step::Slice { .. } => value.as_array().is_some(),
            Step::Wildcard => true,
            Step::Filter(filter) => accepts(filter, value, self)?,
            Step::Function(..) | Step::Scan => false,
        })
    }
}

fn is_container(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

#[cfg(test)]
mod tests {
    use super::super::Path;
    use super::*;

    fn answer(json: &str, path: &str) -> String {
        let value = Value::parse(json).unwrap();
        match Path::parse(path).unwrap().evaluate_from(&value) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn says_what_is_missing_as_jayway_does() {
        let json = r#"{"foo":123,"n":null,"bar":[1]}"#;
        for (path, error) in [
            ("$.nope", "No results for path: $['nope']"),
            ("$.nope.x", "Missing property in path $['nope']"),
            ("$.bar[9]", "No results for path: $['bar'][9]"),
            ("$.n[0]", "The path $['n'] is null"),
            (
                "$.foo[0].a",
                "Filter: [0]['a'] can only be applied to arrays. Current context is: 123",
            ),
            (
                "$.foo[?(@.a)]",
                "Filter: [?] can not be applied to primitives. Current context is: 123",
            ),
            ("$.foo.pop()", "Function with name: pop does not exist."),
        ] {
            assert_eq!(answer(json, path), error, "{path}");
        }
        assert!(answer(json, "$.foo.x").starts_with(
            "Expected to find an object with property ['x'] in path $['foo'] but found \
             'java.lang.Integer'."
        ));
    }

    #[test]
    fn numbers_keep_their_spelling() {
        assert_eq!(answer(r#"{"a":[1.50,1e3]}"#, "$.a"), "[1.50,1e3]");
    }

    #[test]
    fn slices_as_jayway_does() {
        let json = "[0,1,2,3]";
        assert_eq!(answer(json, "$[-1:1]"), "[3,0]");
        assert_eq!(answer(json, "$[1:-1]"), "[]");
        assert_eq!(answer(json, "$[-9:1]"), "[0,1,2,3,0]");
        assert_eq!(answer(json, "$[:-1]"), "[0,1,2]");
        assert_eq!(answer(json, "$[-9223372036854775808:2]"), "[0,1,2,3,0,1]");
        assert_eq!(
            answer(json, "$[9223372036854775807]"),
            "No results for path: $[9223372036854775807]"
        );
    }

    #[test]
    fn scans_in_document_order() {
        let json = r#"{"a":{"x":1},"x":2,"b":[{"x":3},[{"x":4}]]}"#;
        assert_eq!(answer(json, "$..x"), "[2,1,3,4]");
        assert_eq!(answer(json, "$.b..*"), r#"[{"x":3},[{"x":4}],3,{"x":4},4]"#);
    }

    #[test]
    fn a_variable_and_the_context_are_roots() {
        let (input, context) = (Value::Null, Value::parse(r#"{"a":[1]}"#).unwrap());
        let roots = crate::expr::Roots {
            input: &input,
            context: &context,
            variables: &|name| (name == "v").then(|| Value::from(5)),
        };
        let value = |path| Path::parse(path).unwrap().evaluate(&roots);
        assert_eq!(value("$$.a[0]"), Ok(1.into()));
        assert_eq!(value("$v"), Ok(5.into()));
        assert_eq!(value("$w"), Err(PathError::UndefinedVariable("w".into())));
    }

    #[test]
    fn work_is_bounded() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        let path = format!("${}", "..*".repeat(20));
        assert_eq!(answer(&deep, &path), PathError::TooManyVisits.to_string());
    }
}
