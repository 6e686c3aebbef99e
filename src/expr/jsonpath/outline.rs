//! What a path asks of the value it is applied to, for those who build such a value.

use std::sync::Arc;

use super::Path;
use super::filter::{Expression, Operand, Operator};
use super::step::{Step, Steps};
use crate::source::json::Value;

/// What one step of a path asks of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// An object with this member.
    Member(Arc<str>),
    /// An object with these members; the answer is an object of them.
    Members(Vec<Arc<str>>),
    /// An array with this element; negative indices count from the end.
    Element(i64),
    /// An array, or something below the value for a deep scan: the path goes on from each element.
    Elements,
    /// An array with an element in which these places hold these values, or just exist.
    Elementwise(Vec<(Vec<Arc<str>>, Option<Value>)>),
    /// Anything that holds what the next step asks.
    Anywhere,
    /// Something a function takes: numbers for sums and the like, an array for a length.
    Function,
}

impl Path {
    /// What each step asks, in order.
    pub fn outline(&self) -> Vec<Asked> {
        self.steps.0.iter().map(asked).collect()
    }
}

fn asked(step: &Step) -> Asked {
    match step {
        Step::Names(names) => match names.as_slice() {
            [name] => Asked::Member(name.clone()),
            names => Asked::Members(names.to_vec()),
        },
        Step::Indices(indices) => match indices.as_slice() {
            [index] => Asked::Element(*index),
            _ => Asked::Elements,
        },
        Step::Wildcard | Step::Slice { .. } => Asked::Elements,
        Step::Scan => Asked::Anywhere,
        Step::Filter(filter) => {
            let mut places = Vec::new();
            collect(filter, &mut places);
            Asked::Elementwise(places)
        }
        Step::Function(..) => Asked::Function,
    }
}

/// The places of an element that make a filter accept it, as far as equality and presence go.
fn collect(filter: &Expression, places: &mut Vec<(Vec<Arc<str>>, Option<Value>)>) {
    match filter {
        Expression::All(parts) => parts.iter().for_each(|part| collect(part, places)),
        Expression::Any(parts) => {
            if let Some(part) = parts.first() {
                collect(part, places);
            }
        }
        Expression::Exists {
            path,
            is_wanted: true,
        } => places.extend(names(path).map(|names| (names, None))),
        Expression::Compare {
            left: Operand::Element(path),
            operator,
            right,
        } => {
            let is_equality = matches!(operator, Operator::Equal | Operator::Same);
            let value = is_equality.then(|| literal(right)).flatten();
            places.extend(names(path).map(|names| (names, value)));
        }
        Expression::Exists { .. } | Expression::Compare { .. } | Expression::Not(_) => {}
    }
}

fn names(path: &Steps) -> Option<Vec<Arc<str>>> {
    let name = |step: &Step| match step {
        Step::Names(names) => names.first().filter(|_| names.len() == 1).cloned(),
        _ => None,
    };
    path.0.iter().map(name).collect()
}

fn literal(operand: &Operand) -> Option<Value> {
    match operand {
        Operand::Null => Some(Value::Null),
        Operand::Bool(bool) => Some(Value::Bool(*bool)),
        Operand::Number(number) => Some(number.clone().into()),
        Operand::String(text) => Some(text.clone().into()),
        Operand::Json(value) => Some(value.clone()),
        Operand::Element(_) | Operand::Document(_) | Operand::Pattern(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_each_step_asks() {
        let outline = |text| Path::parse(text).unwrap().outline();
        assert_eq!(
            outline("$.a[2]..b"),
            [
                Asked::Member("a".into()),
                Asked::Element(2),
                Asked::Anywhere,
                Asked::Member("b".into())
            ]
        );
        assert_eq!(
            outline("$[?(@.Key == 'Name' && @.x.y)].length()"),
            [
                Asked::Elementwise(vec![
                    (vec!["Key".into()], Some("Name".into())),
                    (vec!["x".into(), "y".into()], None),
                ]),
                Asked::Function
            ]
        );
        assert_eq!(outline("$[*]"), [Asked::Elements]);
    }
}
