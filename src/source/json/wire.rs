//! Types with a JSON form, by way of [`Value`].
//!
//! The page is weighed by the byte, and a derived serializer costs it kilobytes per type.
//! Here a type names its members, and everything else is shared.

use std::sync::Arc;

use indexmap::IndexMap;

use super::number::Number;
use super::value::{Object, Value};

/// A type with a JSON form.
pub trait Wire: Sized {
    /// The JSON form.
    fn to_value(&self) -> Value;

    /// Reads the JSON form; `None` if the value has another shape.
    fn from_value(value: &Value) -> Option<Self>;
}

/// Implements [`Wire`] for a struct or an enum.
///
/// A struct is an object. A member is called as its field, or by the name beside it, and is
/// left out where its form is `null`. An enum is an object with one member, its variant.
macro_rules! wire {
    (struct $name:ident { $($field:ident $(as $key:literal)?,)* }) => {
        impl $crate::source::json::Wire for $name {
            // A structure without members needs neither.
            #[allow(unused_mut)]
            fn to_value(&self) -> $crate::source::json::Value {
                let mut object = $crate::source::json::Object::default();
                $($crate::source::json::put(&mut object, $crate::source::json::wire!(@key $field $($key)?), &self.$field);)*
                object.into()
            }

            #[allow(unused_variables)]
            fn from_value(value: &$crate::source::json::Value) -> Option<Self> {
                let object = value.as_object()?;
                Some(Self { $($field: $crate::source::json::take(object, $crate::source::json::wire!(@key $field $($key)?))?,)* })
            }
        }
    };
    (enum $name:ident { $($variant:ident $(($content:ident))? $({ $($field:ident),* })?,)* }) => {
        impl $crate::source::json::Wire for $name {
            fn to_value(&self) -> $crate::source::json::Value {
                match self {
                    $($name::$variant $(($content))? $({ $($field),* })? => {
                        let content = $crate::source::json::wire!(@write $($content)? $({ $($field),* })?);
                        [(stringify!($variant), content)].into()
                    })*
                }
            }

            fn from_value(value: &$crate::source::json::Value) -> Option<Self> {
                let (variant, content) = value.as_object()?.iter().next()?;
                match &**variant {
                    $(stringify!($variant) => $crate::source::json::wire!(@read content $name $variant $($content)? $({ $($field),* })?),)*
                    _ => None,
                }
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@write) => { $crate::source::json::Value::empty_object() };
    (@write $content:ident) => { $crate::source::json::Wire::to_value($content) };
    (@write { $($field:ident),* }) => {{
        let mut object = $crate::source::json::Object::default();
        $($crate::source::json::put(&mut object, stringify!($field), $field);)*
        $crate::source::json::Value::from(object)
    }};
    (@read $value:ident $name:ident $variant:ident) => { $value.as_object().map(|_| $name::$variant) };
    (@read $value:ident $name:ident $variant:ident $content:ident) => {
        $crate::source::json::Wire::from_value($value).map($name::$variant)
    };
    (@read $value:ident $name:ident $variant:ident { $($field:ident),* }) => {{
        let object = $value.as_object()?;
        Some($name::$variant { $($field: $crate::source::json::take(object, stringify!($field))?),* })
    }};
}
pub(crate) use wire;

/// Sets a member, unless its form is `null`.
pub(crate) fn put<T: Wire>(object: &mut Object, key: &'static str, content: &T) {
    match content.to_value() {
        Value::Null => {}
        value => {
            object.insert(key, value);
        }
    }
}

/// Reads a member; one that is missing is read from `null`.
pub(crate) fn take<T: Wire>(object: &Object, key: &str) -> Option<T> {
    T::from_value(object.get(key).unwrap_or(&Value::Null))
}

impl Wire for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Wire for Number {
    fn to_value(&self) -> Value {
        self.clone().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_number().cloned()
    }
}

impl Wire for bool {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Wire for u32 {
    fn to_value(&self) -> Value {
        i64::from(*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Wire for u64 {
    fn to_value(&self) -> Value {
        Number::from(*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_number()?.as_u64()
    }
}

impl Wire for Arc<str> {
    fn to_value(&self) -> Value {
        self.clone().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl Wire for String {
    fn to_value(&self) -> Value {
        self.as_str().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<T: Wire> Wire for Box<T> {
    fn to_value(&self) -> Value {
        T::to_value(self)
    }

    fn from_value(value: &Value) -> Option<Self> {
        T::from_value(value).map(Box::new)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            _ => T::from_value(value).map(Some),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn to_value(&self) -> Value {
        self.iter().map(T::to_value).collect()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::from_value).collect()
    }
}

impl<T: Wire> Wire for IndexMap<Arc<str>, T> {
    fn to_value(&self) -> Value {
        let members = self.iter();
        let members = members.map(|(key, content)| (key.clone(), content.to_value()));
        members.collect::<Object>().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let members = value.as_object()?.iter();
        let members = members.map(|(key, value)| Some((key.clone(), T::from_value(value)?)));
        members.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Tree {
        height: u64,
        common_name: Option<Arc<str>>,
        fruits: Vec<Fruit>,
    }

    #[derive(Debug, PartialEq)]
    enum Fruit {
        None,
        Ripe(Box<Tree>),
        Green { is_round: bool, days: u32 },
    }

    wire! { struct Tree { height, common_name as "commonName", fruits, } }
    wire! { enum Fruit { None, Ripe(tree), Green { is_round, days }, } }

    fn read(text: &str) -> Option<Tree> {
        Tree::from_value(&Value::parse(text).unwrap())
    }

    #[test]
    fn what_is_written_is_read() {
        let small = Tree {
            height: 0,
            common_name: Some("\u{1F333}".into()),
            fruits: Vec::new(),
        };
        let green = Fruit::Green {
            is_round: true,
            days: u32::MAX,
        };
        let tree = Tree {
            height: u64::MAX,
            common_name: None,
            fruits: vec![Fruit::None, Fruit::Ripe(Box::new(small)), green],
        };
        let text = r#"{"height":18446744073709551615,"fruits":[{"None":{}},{"Ripe":{"height":0,"commonName":"🌳","fruits":[]}},{"Green":{"is_round":true,"days":4294967295}}]}"#;
        assert_eq!(tree.to_value().to_string(), text);
        assert_eq!(read(text), Some(tree));
    }

    #[test]
    fn another_shape_is_not_read() {
        for text in [
            "null",
            "{}",
            r#"{"height":1}"#,
            r#"{"height":-1,"fruits":[]}"#,
            r#"{"height":1.5,"fruits":[]}"#,
            r#"{"height":"1","fruits":[]}"#,
            r#"{"height":1,"fruits":{}}"#,
            r#"{"height":1,"commonName":1,"fruits":[]}"#,
            r#"{"height":1,"fruits":[{}]}"#,
            r#"{"height":1,"fruits":[{"Rotten":{}}]}"#,
            r#"{"height":1,"fruits":[{"None":null}]}"#,
            r#"{"height":1,"fruits":[{"Green":{"is_round":true,"days":4294967296}}]}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let more = r#"{"height":1,"commonName":null,"fruits":[],"unknown":1}"#;
        assert!(read(more).is_some());
    }
}
