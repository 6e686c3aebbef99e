//! What the service says of a text that is no JSON.
//!
//! People are told by the parser, with exact places and all errors. The service is written in
//! Java and hands on what its JSON library says, which stops at the first error. Recordings
//! have some of the sentences here; the others are the library's own.

use std::iter::Peekable;
use std::str::Chars;

use super::Value;

const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// The value of a text, or what the service says of it.
pub fn read_or_complain(text: &str) -> Result<Value, String> {
    // What the library takes and this program does not is nesting without end.
    Value::parse(text).map_err(|error| complaint(text).unwrap_or_else(|| error.kind.to_string()))
}

/// What the service says of a text; nothing if it can read it.
pub fn complaint(text: &str) -> Option<String> {
    scan(text).err()
}

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// Reads a text from left to right up to the first thing that does not fit.
fn scan(text: &str) -> Result<(), String> {
    let mut chars = text.chars().peekable();
    let mut open: Vec<char> = Vec::new();
    let mut next = Next::Value;
    loop {
        while chars.next_if(|char| char.is_ascii_whitespace()).is_some() {}
        if open.is_empty() && next == Next::CommaOrEnd {
            return match chars.next() {
                None => Ok(()),
                Some(char) => Err(unexpected(
                    char,
                    &format!("expected a valid value {VALUES}"),
                )),
            };
        }
        let Some(char) = chars.next() else {
            return Err(match open.last() {
                None => "No content to map due to end-of-input".into(),
                Some('{') => "Unexpected end-of-input: expected close marker for Object".into(),
                Some(_) => "Unexpected end-of-input: expected close marker for Array".into(),
            });
        };
        next = match (next, char) {
            (Next::KeyOrEnd | Next::CommaOrEnd, '}') if open.last() == Some(&'{') => {
                open.pop();
                Next::CommaOrEnd
            }
            (Next::ValueOrEnd | Next::CommaOrEnd, ']') if open.last() == Some(&'[') => {
                open.pop();
                Next::CommaOrEnd
            }
            (Next::CommaOrEnd, ',') => match open.last() {
                Some('{') => Next::Key,
                _ => Next::Value,
            },
            (Next::CommaOrEnd, '}' | ']') => {
                let (open, kind) = match open.last() {
                    Some('{') => ('}', "Object"),
                    _ => (']', "Array"),
                };
                return Err(format!(
                    "Unexpected close marker '{char}': expected '{open}' (for {kind})"
                ));
            }
            (Next::CommaOrEnd, char) => {
                let kind = match open.last() {
                    Some('{') => "Object",
                    _ => "Array",
                };
                let wanted = format!("was expecting comma to separate {kind} entries");
                return Err(unexpected(char, &wanted));
            }
            (Next::Key | Next::KeyOrEnd, '"') => {
                string(&mut chars)?;
                Next::Colon
            }
            (Next::Key | Next::KeyOrEnd, char) => {
                let wanted = "was expecting double-quote to start field name";
                return Err(unexpected(char, wanted));
            }
            (Next::Colon, ':') => Next::Value,
            (Next::Colon, char) => {
                let wanted = "was expecting a colon to separate field name and value";
                return Err(unexpected(char, wanted));
            }
            (Next::Value | Next::ValueOrEnd, '{') => {
                open.push('{');
                Next::KeyOrEnd
            }
            (Next::Value | Next::ValueOrEnd, '[') => {
                open.push('[');
                Next::ValueOrEnd
            }
            (Next::Value | Next::ValueOrEnd, char) => {
                scalar(char, &mut chars)?;
                Next::CommaOrEnd
            }
        };
    }
}

/// The rest of a string whose quote was read.
fn string(chars: &mut Peekable<Chars>) -> Result<(), String> {
    loop {
        match chars.next() {
            None => {
                return Err(
                    "Unexpected end-of-input: was expecting closing quote for a string value"
                        .into(),
                );
            }
            Some('"') => return Ok(()),
            Some('\\') => match chars.next() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => {}
                Some('u') => {
                    for _ in 0..4 {
                        match chars.next() {
                            Some(char) if char.is_ascii_hexdigit() => {}
                            Some(char) => {
                                let wanted = "expected a hex-digit for character escape sequence";
                                return Err(unexpected(char, wanted));
                            }
                            None => {
                                return Err(
                                    "Unexpected end-of-input in character escape sequence".into()
                                );
                            }
                        }
                    }
                }
                Some(char) => {
                    let code = char as u32;
                    return Err(format!(
                        "Unrecognized character escape '{char}' (code {code})"
                    ));
                }
                None => return Err("Unexpected end-of-input in character escape sequence".into()),
            },
            Some(char) if char < ' ' => {
                let code = char as u32;
                return Err(format!(
                    "Illegal unquoted character ((CTRL-CHAR, code {code})): has to be escaped using backslash to be included in string value"
                ));
            }
            Some(_) => {}
        }
    }
}

/// The rest of a string, number or word that begins with a character.
fn scalar(first: char, chars: &mut Peekable<Chars>) -> Result<(), String> {
    if first == '"' {
        return string(chars);
    }
    if first == '-' || first.is_ascii_digit() {
        return number(first, chars);
    }
    let is_word = |char: char| char.is_alphanumeric() || "_$".contains(char);
    if !is_word(first) {
        return Err(unexpected(
            first,
            &format!("expected a valid value {VALUES}"),
        ));
    }
    let mut word = String::from(first);
    while let Some(char) = chars.next_if(|char| is_word(*char)) {
        word.push(char);
    }
    match word.as_str() {
        "null" | "true" | "false" => Ok(()),
        _ => Err(format!(
            "Unrecognized token '{word}': was expecting {VALUES}"
        )),
    }
}

fn number(first: char, chars: &mut Peekable<Chars>) -> Result<(), String> {
    let digits = |chars: &mut Peekable<Chars>| {
        let mut count = 0;
        while chars.next_if(char::is_ascii_digit).is_some() {
            count += 1;
        }
        count
    };
    let missing = |chars: &mut Peekable<Chars>, what: &str| match chars.next() {
        Some(char) => Err(unexpected(char, what)),
        None => Err("Unexpected end-of-input within a number".into()),
    };
    let mut leading = first;
    if first == '-' {
        match chars.next_if(char::is_ascii_digit) {
            Some(char) => leading = char,
            None => {
                return missing(
                    chars,
                    "expected digit (0-9) to follow minus sign, for valid numeric value",
                );
            }
        }
    }
    let more = digits(chars);
    if leading == '0' && more > 0 {
        return Err("Invalid numeric value: Leading zeroes not allowed".into());
    }
    if chars.next_if_eq(&'.').is_some() && digits(chars) == 0 {
        return missing(chars, "Decimal point not followed by a digit");
    }
    if chars.next_if(|char| "eE".contains(*char)).is_some() {
        let _ = chars.next_if(|char| "+-".contains(*char));
        if digits(chars) == 0 {
            return missing(chars, "Exponent indicator not followed by a digit");
        }
    }
    match chars.peek() {
        Some(char) if !char.is_ascii_whitespace() && !",]}".contains(*char) => Err(unexpected(
            *char,
            "Expected space separating root-level values",
        )),
        _ => Ok(()),
    }
}

fn unexpected(char: char, wanted: &str) -> String {
    let code = char as u32;
    format!("Unexpected character ('{char}' (code {code})): {wanted}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_the_library_says() {
        for (text, message) in [
            (
                "not some json",
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            ),
            (
                "{'not': 'json'",
                "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            ),
            (
                r#"{"a" 1}"#,
                "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
            ),
            (
                r#"{"a": 1 "b": 2}"#,
                "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
            ),
            (
                "[1 2]",
                "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
            ),
            (
                r#"{"a": 1,}"#,
                "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
            ),
            (
                r#"{"a": 1"#,
                "Unexpected end-of-input: expected close marker for Object",
            ),
            (
                r#"["a"#,
                "Unexpected end-of-input: was expecting closing quote for a string value",
            ),
            (
                "[1}",
                "Unexpected close marker '}': expected ']' (for Array)",
            ),
            ("01", "Invalid numeric value: Leading zeroes not allowed"),
            (
                "1.x",
                "Unexpected character ('x' (code 120)): Decimal point not followed by a digit",
            ),
            (r#""\q""#, "Unrecognized character escape 'q' (code 113)"),
        ] {
            assert_eq!(read_or_complain(text).unwrap_err(), message, "{text}");
        }
    }

    #[test]
    fn finds_nothing_wrong_with_json() {
        for text in [
            "0",
            "-1.5e+3",
            "null",
            r#" {"a": [1, "x\u00e4", {}, []], "b": true} "#,
        ] {
            assert!(read_or_complain(text).is_ok(), "{text}");
            assert_eq!(complaint(text), None, "{text}");
        }
    }
}
