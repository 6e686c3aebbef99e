//! The functions on arrays.

use super::IntrinsicErrorKind;
use super::evaluate::{Arguments, Outcome};
use crate::expr::java;
use crate::source::json::Value;

/// How many elements a range has at most.
const MAX_RANGE: usize = 1000;

pub(super) fn length(arguments: &Arguments) -> Outcome {
    let len = arguments.items(0)?.len();
    Ok(i64::try_from(len).unwrap_or(i64::MAX).into())
}

/// The array in chunks of one size; the last may be shorter.
pub(super) fn partition(arguments: &Arguments) -> Outcome {
    let (items, size) = (arguments.items(0)?, arguments.int(1)?);
    let size = usize::try_from(size).unwrap_or(0);
    if size == 0 {
        return Err(IntrinsicErrorKind::BadChunkSize);
    }
    Ok(items
        .chunks(size)
        .map(|chunk| Value::from(chunk.to_vec()))
        .collect())
}

/// Whether an element has the same text as the value: `1` and `"1"` match, objects with
/// their members in another order do not.
pub(super) fn contains(arguments: &Arguments) -> Outcome {
    let text = |value: &Value| match value {
        Value::String(string) => string.to_string(),
        value => value.to_string(),
    };
    let wanted = text(arguments.value(1));
    let is_found = arguments.items(0)?.iter().any(|item| text(item) == wanted);
    Ok(is_found.into())
}

/// From start up or down to and with end. A step in the other direction gives nothing.
pub(super) fn range(arguments: &Arguments) -> Outcome {
    let (start, end, step) = (arguments.int(0)?, arguments.int(1)?, arguments.int(2)?);
    if step == 0 {
        return Err(IntrinsicErrorKind::ZeroStep);
    }
    let steps = (end - start) / step;
    if steps < 0 || (end - start).signum() * step.signum() < 0 {
        return Ok(Vec::new().into());
    }
    if usize::try_from(steps).is_ok_and(|steps| steps >= MAX_RANGE) {
        return Err(IntrinsicErrorKind::TooManyItems(MAX_RANGE));
    }
    Ok((0..=steps).map(|n| Value::from(start + n * step)).collect())
}

/// The element at an index; null from an empty array, where any index is welcome but a
/// negative one.
pub(super) fn get_item(arguments: &Arguments) -> Outcome {
    let (items, index) = (arguments.items(0)?, arguments.int(1)?);
    let position = usize::try_from(index).ok();
    if items.is_empty() && position.is_some() {
        return Ok(Value::Null);
    }
    position
        .and_then(|position| items.get(position))
        .cloned()
        .ok_or(IntrinsicErrorKind::NoSuchItem {
            index,
            len: items.len(),
        })
}

/// Every value once, in the order in which a hash set of Java yields them, for that is
/// what the service collects them in.
pub(super) fn unique(arguments: &Arguments) -> Outcome {
    Ok(java::distinct(arguments.items(0)?).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(function: fn(&Arguments) -> Outcome, json: &str) -> String {
        let values = Value::parse(json).unwrap();
        match function(&Arguments(values.as_array().unwrap())) {
            Ok(value) => value.to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn partitions() {
        assert_eq!(call(partition, "[[1,2,3,4,5],2.6]"), "[[1,2],[3,4],[5]]");
        assert_eq!(call(partition, "[[],3]"), "[]");
        assert_eq!(call(partition, "[[1],0.6]"), "BadChunkSize");
        assert_eq!(call(partition, "[[1],-1]"), "BadChunkSize");
    }

    #[test]
    fn ranges() {
        assert_eq!(call(range, "[0,10,3]"), "[0,3,6,9]");
        assert_eq!(call(range, "[5.4,-0.6,-2.4]"), "[5,3,1]");
        assert_eq!(call(range, "[3,3,-1]"), "[3]");
        assert_eq!(call(range, "[5,1,1]"), "[]");
        assert_eq!(call(range, "[5,4,2]"), "[]");
        assert_eq!(call(range, "[1,10,0.49]"), "ZeroStep");
        assert_eq!(call(range, "[1,1001,1]"), "TooManyItems(1000)");
        assert!(call(range, "[1000,1,-1]").ends_with(",1]"));
        assert_eq!(call(range, "[1,3000000000,1]"), "OutOfRange");
    }

    #[test]
    fn finds_by_text() {
        assert_eq!(call(contains, r#"[["1"],1]"#), "true");
        assert_eq!(
            call(contains, r#"[[{"a":1,"b":2}],{"b":2,"a":1}]"#),
            "false"
        );
        assert_eq!(call(contains, "[[0],false]"), "false");
    }

    #[test]
    fn gets_items() {
        assert_eq!(call(get_item, "[[10,20],1.2]"), "20");
        assert_eq!(call(get_item, "[[],999]"), "null");
        assert_eq!(
            call(get_item, "[[10],1]"),
            "NoSuchItem { index: 1, len: 1 }"
        );
        assert_eq!(
            call(get_item, "[[10],-1]"),
            "NoSuchItem { index: -1, len: 1 }"
        );
    }
}
