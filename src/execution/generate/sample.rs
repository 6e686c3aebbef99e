//! Plausible leaves: by what a place is called, and by what it is compared with.

use std::time::Duration;

use super::hole::Test;
use crate::asl::{OperandKind, Operator};
use crate::execution::interpreter::holds;
use crate::source::json::{Number, Value};
use crate::time::Timestamp;

/// What could stand in a place called `name`.
pub(super) fn sample(name: &str) -> Value {
    let lower = name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    match name {
        "" => return Value::empty_object(),
        // DynamoDB writes numbers and booleans so.
        "N" => return "1".into(),
        "BOOL" => return true.into(),
        _ => {}
    }
    if ends(&["statuscode"]) {
        return 200.into();
    }
    if ends(&[
        "count", "size", "total", "amount", "price", "quantity", "index", "seconds", "number",
    ]) {
        return 1.into();
    }
    if ends(&["timestamp", "datetime", "date"]) || name.ends_with("Time") {
        return INSTANT.into();
    }
    if lower.starts_with("is")
        && name
            .get(2..3)
            .is_some_and(|next| next == next.to_ascii_uppercase())
    {
        return true.into();
    }
    if ends(&["arn"]) {
        return "arn:aws:service:us-east-1:123456789012:resource".into();
    }
    if ends(&["url", "uri"]) {
        return "https://example.com/".into();
    }
    if ends(&["email"]) {
        return "someone@example.com".into();
    }
    name.into()
}

const INSTANT: &str = "2026-01-01T00:00:00Z";

/// Whether a value is of the kind that a comparison is about.
pub(super) fn is_of_kind(test: &Test, value: &Value) -> bool {
    match test.operator.operand_kind() {
        OperandKind::String => value.as_str().is_some(),
        OperandKind::Number => value.as_number().is_some(),
        OperandKind::Boolean => value.as_bool().is_some(),
        OperandKind::Timestamp => holds(Operator::IsTimestamp, value, &true.into()),
        OperandKind::Test => true,
    }
}

/// Values that a comparison makes worth trying, likely ones first.
pub(super) fn candidates(test: &Test) -> Vec<Value> {
    let other = &test.operand;
    match test.operator.operand_kind() {
        OperandKind::Test => [
            Value::Null,
            "text".into(),
            1.into(),
            true.into(),
            INSTANT.into(),
        ]
        .to_vec(),
        OperandKind::Boolean => vec![other.clone(), true.into(), false.into()],
        OperandKind::Number => {
            let near = [0.0, 1.0, -1.0].into_iter().filter_map(|step| {
                let number = other.as_f64()? + step;
                Number::from_f64(number).map(Value::from)
            });
            std::iter::once(other.clone()).chain(near).collect()
        }
        OperandKind::Timestamp => {
            let at = other.as_str().and_then(Timestamp::parse_rfc3339);
            let near = at.into_iter().flat_map(|at| {
                let later = at + Duration::from_secs(3600);
                let earlier = Timestamp::from_millis(at.as_millis().saturating_sub(3_600_000));
                [later.to_string().into(), earlier.to_string().into()]
            });
            std::iter::once(other.clone()).chain(near).collect()
        }
        OperandKind::String => {
            let text = other.as_str().unwrap_or("");
            let text = match test.operator {
                Operator::StringMatches => plain(text),
                _ => text.to_owned(),
            };
            let longer = format!("{text}~");
            vec![text.into(), longer.into(), "".into(), "other".into()]
        }
    }
}

/// A text that a pattern matches: `*` stands for nothing, escapes for themselves.
fn plain(pattern: &str) -> String {
    let mut plain = String::new();
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        match char {
            '*' => {}
            '\\' => plain.extend(chars.next()),
            char => plain.push(char),
        }
    }
    plain
}
