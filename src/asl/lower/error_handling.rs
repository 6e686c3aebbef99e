//! `Retry` and `Catch`.

use super::super::error_handling::{Catcher, Jitter, Retrier};
use super::fields::Fields;
use crate::source::Diagnostic;
use crate::source::json::{Node, Pointer};

pub(super) fn retriers(fields: &mut Fields<'_>) -> Vec<Retrier> {
    each(fields, "Retry", |entry, error_equals| Retrier {
        pointer: entry.pointer.clone(),
        span: entry.node.span,
        error_equals,
        interval_seconds: entry.count("IntervalSeconds").unwrap_or(1),
        max_attempts: entry.count("MaxAttempts").unwrap_or(3),
        backoff_rate: entry.number("BackoffRate").unwrap_or(2.0),
        max_delay_seconds: entry.count("MaxDelaySeconds"),
        jitter: jitter(entry),
    })
}

pub(super) fn catchers(fields: &mut Fields<'_>) -> Vec<Catcher> {
    each(fields, "Catch", |entry, error_equals| Catcher {
        pointer: entry.pointer.clone(),
        span: entry.node.span,
        error_equals,
        next: entry.reference("Next"),
        result_path: entry.path("ResultPath"),
        assign: entry.template("Assign"),
        output: entry.template("Output"),
    })
}

/// Reads every entry of an array of objects with `ErrorEquals`.
fn each<T>(
    fields: &mut Fields<'_>,
    name: &str,
    mut read: impl FnMut(&mut Fields<'_>, Vec<std::sync::Arc<str>>) -> T,
) -> Vec<T> {
    let pointer = fields.pointer.child(name);
    let language = fields.language;
    let items = fields.array(name).unwrap_or_default();
    let mut entry_of = |node: &Node, pointer: Pointer, unresolved: &mut Vec<Diagnostic>| {
        let mut entry = Fields::new(node, pointer, language, unresolved);
        let error_equals = entry.strings("ErrorEquals").unwrap_or_default();
        read(&mut entry, error_equals)
    };
    items
        .iter()
        .enumerate()
        .map(|(index, node)| entry_of(node, pointer.index(index), fields.unresolved))
        .collect()
}

fn jitter(entry: &mut Fields<'_>) -> Jitter {
    match entry.string("JitterStrategy").as_deref() {
        Some("FULL") => Jitter::Full,
        None | Some(_) => Jitter::None,
    }
}
