//! Values as Java prints them.
//!
//! The service and its JSONPath library are written in Java, and where they put a
//! value into a text they let Java do it: `States.Format` gives `{a=1, b=[]}` for an
//! object, an average is `17.0` and not `17`.

use std::fmt::Write;

use crate::source::json::{Number, Value};

/// Text of a value as `toString` of Java's maps, lists and numbers gives it.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

/// Text of a number: integers as they are written, others as [`double_text`].
pub fn number_text(number: &Number) -> String {
    if number.is_integer_literal() {
        return number.to_string();
    }
    double_text(number.as_f64())
}

/// Text of a double as `Double.toString` gives it: always with a fraction, and with
/// an exponent below 10⁻³ and from 10⁷ up.
pub fn double_text(double: f64) -> String {
    let magnitude = double.abs();
    if magnitude == 0.0 || (1e-3..1e7).contains(&magnitude) {
        return format!("{double:?}");
    }
    let text = format!("{double:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

/// A double as a JSON number with Java's spelling; `None` for infinities and NaN.
pub fn double(double: f64) -> Option<Number> {
    Number::parse(&double_text(double)).filter(|_| double.is_finite())
}

/// Whether two values are equal as Java's boxed values are: an integer never equals
/// a floating-point number.
pub fn equals(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a.is_integer_literal() == b.is_integer_literal() && a == b
        }
        (Value::Array(_), Value::Array(_)) => {
            let (a, b) = (a.as_array().unwrap_or(&[]), b.as_array().unwrap_or(&[]));
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equals(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| equals(value, other)))
        }
        _ => a == b,
    }
}

/// Every value once, in the order of a `HashSet` made from the list: by the hash of the
/// value in a table of at least 16 buckets, within a bucket by first occurrence.
pub fn distinct(values: &[Value]) -> Vec<Value> {
    let buckets = (values.len() * 4 / 3 + 1).max(16).next_power_of_two();
    let mut table: Vec<Vec<&Value>> = vec![Vec::new(); buckets];
    for value in values {
        let hash = hash(value);
        let place = (hash ^ (hash >> 16)) as usize & (buckets - 1);
        if let Some(bucket) = table.get_mut(place)
            && !bucket.iter().any(|other| equals(other, value))
        {
            bucket.push(value);
        }
    }
    table.into_iter().flatten().cloned().collect()
}

/// `hashCode` of a value's Java object.
fn hash(value: &Value) -> u32 {
    let fold = |bits: u64| (bits ^ (bits >> 32)) as u32;
    match value {
        Value::Null => 0,
        Value::Bool(true) => 1231,
        Value::Bool(false) => 1237,
        Value::Number(number) => match number.as_i64() {
            Some(int) if number.is_integer_literal() => match i32::try_from(int) {
                Ok(int) => int as u32,
                Err(_) => fold(int as u64),
            },
            _ => fold(number.as_f64().to_bits()),
        },
        Value::String(string) => text_hash(string),
        Value::Array(_) => value.as_array().unwrap_or(&[]).iter().fold(1, |sum, item| {
            hash(item).wrapping_add(31_u32.wrapping_mul(sum))
        }),
        Value::Object(object) => object.iter().fold(0, |sum, (key, value)| {
            sum.wrapping_add(text_hash(key) ^ hash(value))
        }),
    }
}

fn text_hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |sum, unit| {
        31_u32.wrapping_mul(sum).wrapping_add(u32::from(unit))
    })
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(bool) => {
            let _ = write!(out, "{bool}");
        }
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::String(string) => out.push_str(string),
        Value::Array(_) => {
            out.push('[');
            for (index, item) in value.as_array().unwrap_or(&[]).iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (index, (key, value)) in object.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(key);
                out.push('=');
                write(out, value);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_containers_without_quotes() {
        let value = Value::parse(r#"{"Arg1":1,"Arg2":[],"s":"x","l":[null,true,1.50]}"#).unwrap();
        assert_eq!(text(&value), "{Arg1=1, Arg2=[], s=x, l=[null, true, 1.5]}");
    }

    #[test]
    fn prints_doubles_as_java_does() {
        for (double, text) in [
            (17.0, "17.0"),
            (0.0, "0.0"),
            (-0.5, "-0.5"),
            (1e7, "1.0E7"),
            (1.25e-4, "1.25E-4"),
            (9_999_999.0, "9999999.0"),
        ] {
            assert_eq!(double_text(double), text);
        }
        assert!(super::double(f64::INFINITY).is_none());
    }

    #[test]
    fn orders_distinct_values_as_a_hash_set() {
        for (list, distinct_list) in [
            ("[1,2,3,3,4]", "[1,2,3,4]"),
            ("[true,false,true]", "[false,true]"),
            ("[[1,2],[1,2],[2,1]]", "[[2,1],[1,2]]"),
            (r#"["a","b","a"]"#, r#"["a","b"]"#),
            (r#"[{"a":1,"b":2},{"b":2,"a":1}]"#, r#"[{"a":1,"b":2}]"#),
            (r#"[1,"1","01"]"#, r#"[1,"1","01"]"#),
            ("[17,1]", "[17,1]"),
        ] {
            let list = Value::parse(list).unwrap();
            let values = distinct(list.as_array().unwrap());
            assert_eq!(Value::from(values).to_string(), distinct_list);
        }
        assert_eq!(text_hash("hello"), 99_162_322);
    }

    #[test]
    fn integers_are_no_doubles() {
        let value = |text| Value::parse(text).unwrap();
        assert!(equals(&value(r#"{"a":[1]}"#), &value(r#"{"a":[1]}"#)));
        assert!(!equals(&value("[1]"), &value("[1.0]")));
    }
}
