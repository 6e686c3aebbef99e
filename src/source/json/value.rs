//! The one value type of engine and history.
//!
//! Values are shared, not copied: cloning one costs a reference count, so a state
//! that hands its input on costs nothing however large the payload is.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::members::Members;
use super::number::Number;
use super::write::{string_len, write_value};
use super::{SyntaxError, parse, read};

/// A JSON value: shared, ordered, its numbers spelled as they were read.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Arc<str>),
    /// An array.
    Array(Arc<Array>),
    /// An object, in the order of its text.
    Object(Arc<Object>),
}

/// The elements of an array and the cached length of its text.
#[derive(Clone, Debug, Default)]
pub struct Array {
    items: Vec<Value>,
    measure: OnceLock<Measure>,
}

/// The members of an object and the cached length of its text.
#[derive(Clone, Debug, Default)]
pub struct Object {
    members: Members<Value>,
    measure: OnceLock<Measure>,
}

/// What is worth knowing about a container without walking through it again.
#[derive(Clone, Copy, Debug)]
struct Measure {
    text_len: usize,
    depth: usize,
}

impl Value {
    /// An object without members.
    pub fn empty_object() -> Self {
        Object::default().into()
    }

    /// Reads one JSON document; the first error if it is not one. Of members with
    /// the same name the last one counts.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if let Some(value) = read(text) {
            return Ok(value);
        }
        let parse = parse(text);
        match parse
            .errors
            .into_iter()
            .find(|error| !error.kind.is_readable())
        {
            Some(error) => Err(error),
            None => Ok(parse.root.to_value()),
        }
    }

    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The element at `index` of an array.
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.as_array()?.get(index)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(bool) => Some(*bool),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as a float.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The number, if it is an integer.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(string) => Some(string),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(array) => Some(&array.items),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// Length in bytes of the compact text, the measure of payload quotas.
    pub fn text_len(&self) -> usize {
        match self {
            Value::Null => 4,
            Value::Bool(bool) => 5 - usize::from(*bool),
            Value::Number(number) => number.text_len(),
            Value::String(string) => string_len(string),
            Value::Array(array) => array.measure().text_len,
            Value::Object(object) => object.measure().text_len,
        }
    }

    /// How many arrays and objects stand in one another; 0 for other values.
    pub fn depth(&self) -> usize {
        match self {
            Value::Array(array) => array.measure().depth,
            Value::Object(object) => object.measure().depth,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }

    /// Compact JSON text: what `to_string` gives, sooner.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(128);
        // Writing to a string does not fail.
        let _ = write_value(&mut out, self);
        out
    }

    /// Text with line breaks and two spaces per level, for people.
    pub fn to_pretty(&self) -> String {
        let mut out = String::new();
        write_pretty(&mut out, self, 0);
        out
    }
}

impl Array {
    /// The elements.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// The elements for change; copies only if they are not yet owned.
    pub fn into_items(self: Arc<Self>) -> Vec<Value> {
        Arc::try_unwrap(self).map_or_else(|shared| shared.items.clone(), |array| array.items)
    }

    fn measure(&self) -> Measure {
        *self.measure.get_or_init(|| {
            let items: usize = self.items.iter().map(Value::text_len).sum();
            Measure {
                text_len: items + 2 + self.items.len().saturating_sub(1),
                depth: 1 + self.items.iter().map(Value::depth).max().unwrap_or(0),
            }
        })
    }
}

impl Object {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.members.get(key)
    }

    /// Whether it has `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// Sets `key`, at its old place or at the end; gives the old value back.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, value: impl Into<Value>) -> Option<Value> {
        self.measure = OnceLock::new();
        self.members.insert(key.into(), value.into())
    }

    /// Takes `key` out; the order of the others stays.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.measure = OnceLock::new();
        self.members.remove(key)
    }

    /// Members in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Value)> + Clone {
        self.members.iter()
    }

    /// Keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<str>> + Clone {
        self.members.keys()
    }

    /// Values in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + Clone {
        self.members.values()
    }

    /// Number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.len() == 0
    }

    fn measure(&self) -> Measure {
        *self.measure.get_or_init(|| {
            let members: usize = self
                .members
                .iter()
                .map(|(key, value)| string_len(key) + 1 + value.text_len())
                .sum();
            Measure {
                text_len: members + 2 + self.members.len().saturating_sub(1),
                depth: 1 + self.members.values().map(Value::depth).max().unwrap_or(0),
            }
        })
    }
}

impl PartialEq for Value {
    /// Numbers by value, objects without regard to order.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => Arc::ptr_eq(a, b) || a.items == b.items,
            (Value::Object(a), Value::Object(b)) => Arc::ptr_eq(a, b) || a.members == b.members,
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// Compact JSON text, as the service writes outputs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_value(f, self)
    }
}

fn write_pretty(out: &mut String, value: &Value, depth: usize) {
    let new_line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    match value {
        Value::Array(array) if !array.items.is_empty() => {
            out.push('[');
            for (index, item) in array.items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                new_line(out, depth + 1);
                write_pretty(out, item, depth + 1);
            }
            new_line(out, depth);
            out.push(']');
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (index, (key, value)) in object.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                new_line(out, depth + 1);
                out.push_str(&Value::from(key.clone()).to_string());
                out.push_str(": ");
                write_pretty(out, value, depth + 1);
            }
            new_line(out, depth);
            out.push('}');
        }
        _ => out.push_str(&value.to_string()),
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Value::Bool(bool)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Value::Number(int.into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Value::Number(number)
    }
}

impl From<&str> for Value {
    fn from(string: &str) -> Self {
        Value::String(string.into())
    }
}

impl From<String> for Value {
    fn from(string: String) -> Self {
        Value::String(string.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(string: Arc<str>) -> Self {
        Value::String(string)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Value::Array(Arc::new(Array {
            items,
            measure: OnceLock::new(),
        }))
    }
}

impl From<Members<Value>> for Object {
    fn from(members: Members<Value>) -> Self {
        Self {
            members,
            measure: OnceLock::new(),
        }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::Object(Arc::new(object))
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl<K: Into<Arc<str>>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let members = members.into_iter();
        let members = members.map(|(key, value)| (key.into(), value.into()));
        members.collect::<Members<Value>>().into()
    }
}

impl<K: Into<Arc<str>>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Value {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect::<Object>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_it_read() {
        for text in [
            r#"{"b":1.0,"a":[true,null,"x\n\"\\\u0001ü"],"":{}}"#,
            "[]",
            "\"\"",
            "1e3",
            "null",
        ] {
            let value = Value::parse(text).unwrap();
            assert_eq!(value.to_string(), text);
            assert_eq!(value.text_len(), text.len(), "{text}");
        }
    }

    #[test]
    fn equality_ignores_order_and_spelling() {
        let value = |text| Value::parse(text).unwrap();
        assert_eq!(value(r#"{"a":1,"b":[2.0]}"#), value(r#"{"b":[2],"a":1e0}"#));
        assert_ne!(value("[1,2]"), value("[2,1]"));
    }

    #[test]
    fn insertion_forgets_the_cached_length() {
        let mut object: Object = [("a", 1)]
            .into_iter()
            .map(|(k, v)| (k, Value::from(v as i64)))
            .collect();
        assert_eq!(object.measure().text_len, 7);
        object.insert("b", "x");
        assert_eq!(
            object.measure().text_len,
            Value::from(object.clone()).to_string().len()
        );
    }

    #[test]
    fn depth_counts_containers() {
        let depth = |text| Value::parse(text).unwrap().depth();
        assert_eq!(["1", "[]", r#"{"a":1,"b":[{}]}"#].map(depth), [0, 1, 3]);
    }

    #[test]
    fn pretty_text_reads_back() {
        let value = Value::parse(r#"{"a":[],"b":[1,{"c":"d"}]}"#).unwrap();
        assert_eq!(
            value.to_pretty(),
            "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"c\": \"d\"\n    }\n  ]\n}"
        );
        assert_eq!(Value::parse(&value.to_pretty()).unwrap(), value);
    }
}
