//! The comparisons of Choice Rules. Values of another type than the operator's never
//! match; they are no error.

use std::cmp::Ordering;

use crate::asl::{OperandKind, Operator};
use crate::source::json::Value;
use crate::time::Timestamp;

/// Whether `value operator other` holds, as in a Choice Rule.
pub fn holds(operator: Operator, value: &Value, other: &Value) -> bool {
    use Operator as Op;
    match operator {
        Op::StringMatches => match (value.as_str(), other.as_str()) {
            (Some(text), Some(pattern)) => matches_pattern(text, pattern),
            _ => false,
        },
        Op::IsNull => is(value.is_null(), other),
        Op::IsNumeric => is(value.as_number().is_some(), other),
        Op::IsString => is(value.as_str().is_some(), other),
        Op::IsBoolean => is(value.as_bool().is_some(), other),
        Op::IsTimestamp => is(timestamp(value).is_some(), other),
        // Presence is a matter of the path, not of the value it finds.
        Op::IsPresent => is(true, other),
        Op::StringEquals | Op::NumericEquals | Op::BooleanEquals | Op::TimestampEquals => {
            order(operator, value, other) == Some(Ordering::Equal)
        }
        Op::StringLessThan | Op::NumericLessThan | Op::TimestampLessThan => {
            order(operator, value, other) == Some(Ordering::Less)
        }
        Op::StringGreaterThan | Op::NumericGreaterThan | Op::TimestampGreaterThan => {
            order(operator, value, other) == Some(Ordering::Greater)
        }
        Op::StringLessThanEquals | Op::NumericLessThanEquals | Op::TimestampLessThanEquals => {
            order(operator, value, other).is_some_and(Ordering::is_le)
        }
        Op::StringGreaterThanEquals
        | Op::NumericGreaterThanEquals
        | Op::TimestampGreaterThanEquals => {
            order(operator, value, other).is_some_and(Ordering::is_ge)
        }
    }
}

fn is(found: bool, wanted: &Value) -> bool {
    wanted.as_bool() == Some(found)
}

/// The order of two values of the operator's type.
fn order(operator: Operator, value: &Value, other: &Value) -> Option<Ordering> {
    match operator.operand_kind() {
        // Java compares strings by UTF-16 units.
        OperandKind::String => Some(
            value
                .as_str()?
                .encode_utf16()
                .cmp(other.as_str()?.encode_utf16()),
        ),
        OperandKind::Number => value.as_number()?.partial_cmp(other.as_number()?),
        OperandKind::Boolean => Some(value.as_bool()?.cmp(&other.as_bool()?)),
        OperandKind::Timestamp => Some(timestamp(value)?.cmp(&timestamp(other)?)),
        OperandKind::Test => None,
    }
}

fn timestamp(value: &Value) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(value.as_str()?)
}

/// `*` stands for any text; `\*` and `\\` for themselves.
fn matches_pattern(text: &str, pattern: &str) -> bool {
    let mut parts = vec![String::new()];
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        let literal = match char {
            '*' => {
                parts.push(String::new());
                continue;
            }
            '\\' => chars.next().unwrap_or('\\'),
            char => char,
        };
        if let Some(part) = parts.last_mut() {
            part.push(literal);
        }
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    if parts.len() == 1 {
        return text == first;
    }
    let Some(rest) = text.strip_prefix(first.as_str()) else {
        return false;
    };
    let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
        return false;
    };
    let middle = parts.get(1..parts.len() - 1).unwrap_or_default();
    middle
        .iter()
        .all(|part| match rest.split_once(part.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => part.is_empty(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        for (text, pattern, expected) in [
            ("log-x.txt", "log-*.txt", true),
            ("log-.txt", "log-*.txt", true),
            ("log.txt", "log-*.txt", false),
            ("a", "*", true),
            ("", "*", true),
            ("abcabc", "a*c*c", true),
            ("ab", "a*b*b", false),
            ("a*b", r"a\*b", true),
            ("axb", r"a\*b", false),
            (r"a\b", r"a\\b", true),
            ("aXbYc", "*X*Y*", true),
        ] {
            assert_eq!(matches_pattern(text, pattern), expected, "{text} {pattern}");
        }
    }

    #[test]
    fn other_types_never_match() {
        let one = Value::from(1);
        let text = Value::from("1");
        assert!(!holds(Operator::StringEquals, &one, &text));
        assert!(!holds(Operator::NumericEquals, &text, &one));
        assert!(!holds(Operator::TimestampLessThan, &text, &text));
        assert!(holds(
            Operator::NumericEquals,
            &Value::parse("1.0").unwrap(),
            &one
        ));
    }
}
