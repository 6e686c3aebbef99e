//! Values as JSON text, the way `$string` and messages show them; texts in capitals.

use std::fmt::Write;

use super::{Array, Object, Val, too_deep};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::limit::MAX_VALUE_DEPTH;
use crate::expr::jsonata::number;

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `$string`: numbers with fifteen digits, functions as empty strings.
    Compact,
    /// The same with line breaks and two spaces per level.
    Pretty,
    /// In a message: numbers with all digits.
    Message,
}

/// Writes a value as JSON.
pub(crate) fn write_json(
    out: &mut String,
    value: &Val,
    layout: Layout,
    depth: usize,
) -> Result<(), Error> {
    if depth > MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    match value {
        Val::Null => out.push_str("null"),
        Val::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Val::Num(float) if float.is_infinite() && layout != Layout::Message => {
            return Err(super::infinite());
        }
        Val::Num(float) => out.push_str(&match layout {
            // As JSON has neither infinities nor NaN.
            Layout::Message => number::to_exact_json(*float),
            Layout::Compact | Layout::Pretty => number::to_json(*float),
        }),
        Val::Str(text) => quote(out, text),
        Val::Array(array) => return write_array(out, array, layout, depth),
        Val::Object(object) => return write_object(out, object, layout, depth),
        Val::Function(_) | Val::Tuple(_) => out.push_str(match layout {
            Layout::Message => "null",
            Layout::Compact | Layout::Pretty => "\"\"",
        }),
    }
    Ok(())
}

fn write_array(out: &mut String, array: &Array, layout: Layout, depth: usize) -> Result<(), Error> {
    out.push('[');
    for (index, item) in array.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(out, layout, depth + 1);
        write_json(out, &item, layout, depth + 1)?;
    }
    if array.len() > 0 {
        new_line(out, layout, depth);
    }
    out.push(']');
    Ok(())
}

fn write_object(
    out: &mut String,
    object: &Object,
    layout: Layout,
    depth: usize,
) -> Result<(), Error> {
    out.push('{');
    let mut is_first = true;
    for (key, value) in object.entries() {
        if layout == Layout::Message && matches!(value, Val::Function(_)) {
            continue;
        }
        if !is_first {
            out.push(',');
        }
        is_first = false;
        new_line(out, layout, depth + 1);
        quote(out, &key);
        out.push_str(if layout == Layout::Pretty { ": " } else { ":" });
        write_json(out, &value, layout, depth + 1)?;
    }
    if !is_first {
        new_line(out, layout, depth);
    }
    out.push('}');
    Ok(())
}

fn new_line(out: &mut String, layout: Layout, depth: usize) {
    if layout == Layout::Pretty {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// A string in double quotes, escaped as JavaScript escapes.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(&mut out, text);
    out
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(plain..at).unwrap_or_default());
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            // Writing to a string does not fail.
            control => drop(write!(out, "\\u{control:04x}")),
        }
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}

/// A text in capitals. What the standard library has for texts does the same in four times the
/// code.
pub(crate) fn upper_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut upper = String::with_capacity(text.len());
    for char in text.chars() {
        upper.extend(char.to_uppercase());
    }
    upper
}
