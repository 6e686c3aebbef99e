//! Compact JSON text.

use std::fmt::{self, Write};

use super::Value;

/// Writes `value` as the service writes outputs: without blanks.
pub(super) fn write_value(out: &mut impl Write, value: &Value) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::Bool(bool) => out.write_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => number.write(out),
        Value::String(string) => write_string(out, string),
        Value::Array(array) => {
            out.write_char('[')?;
            for (index, item) in array.items().iter().enumerate() {
                if index > 0 {
                    out.write_char(',')?;
                }
                write_value(out, item)?;
            }
            out.write_char(']')
        }
        Value::Object(object) => {
            out.write_char('{')?;
            for (index, (key, value)) in object.iter().enumerate() {
                if index > 0 {
                    out.write_char(',')?;
                }
                write_string(out, key)?;
                out.write_char(':')?;
                write_value(out, value)?;
            }
            out.write_char('}')
        }
    }
}

/// Writes `text` as a JSON string with its quotes.
///
/// Escapes what JSON demands and no more, as the service's histories show.
pub fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !needs_escape(byte) {
            continue;
        }
        out.write_str(text.get(plain..at).unwrap_or(""))?;
        plain = at + 1;
        match byte {
            b'"' => out.write_str("\\\"")?,
            b'\\' => out.write_str("\\\\")?,
            b'\n' => out.write_str("\\n")?,
            b'\r' => out.write_str("\\r")?,
            b'\t' => out.write_str("\\t")?,
            0x08 => out.write_str("\\b")?,
            0x0c => out.write_str("\\f")?,
            control => write!(out, "\\u{control:04X}")?,
        }
    }
    out.write_str(text.get(plain..).unwrap_or(""))?;
    out.write_char('"')
}

/// Number of bytes that [`write_string`] writes.
pub(super) fn string_len(text: &str) -> usize {
    let escapes: usize = text
        .bytes()
        .filter(|&byte| needs_escape(byte))
        .map(escape_growth)
        .sum();
    text.len() + escapes + 2
}

fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn escape_growth(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        _ => 5,
    }
}
