//! `statelab eval --lines`: a request per line in, an answer per line out.

use std::io::{self, BufRead, Write};

use clap::ValueEnum;

use super::Place;
use crate::expr::request::{Failure, Language, Request};
use crate::source::json::{Object, Value};

/// Answers every line at once, so that two programs can talk.
pub(super) fn answer(
    input: impl BufRead,
    mut output: impl Write,
    language: Language,
    place: &Place,
) -> io::Result<()> {
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match request(&line, language, place) {
            Ok(Some(value)) => Value::from([("result", value)]),
            Ok(None) => Value::empty_object(),
            Err(failure) => Value::from([("error", describe(&failure))]),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn request(line: &str, language: Language, place: &Place) -> Result<Option<Value>, Failure> {
    let wrong = |message: String| Failure {
        code: None,
        message,
        position: None,
        span: None,
    };
    let json = Value::parse(line).map_err(|error| wrong(format!("Not JSON: {}", error.kind)))?;
    let language = match json.get("language").map(|name| name.as_str()) {
        None => language,
        Some(name) => Language::from_str(name.unwrap_or_default(), false)
            .map_err(|_| wrong("The language must be jsonata, jsonpath or intrinsic".to_owned()))?,
    };
    let Some(expression) = json.get("expression").and_then(Value::as_str) else {
        return Err(wrong("The expression, a string, is missing".to_owned()));
    };
    let bindings = json.get("bindings").cloned();
    let bindings = bindings.unwrap_or_else(Value::empty_object);
    if bindings.as_object().is_none() {
        return Err(wrong("The bindings must be an object".to_owned()));
    }
    let request = Request {
        language,
        expression,
        data: json.get("data").cloned(),
        bindings,
    };
    place.evaluate(&request)
}

fn describe(failure: &Failure) -> Value {
    let mut error = Object::default();
    if let Some(code) = failure.code {
        error.insert("code", code);
    }
    error.insert("message", failure.message.as_str());
    if let Some(position) = failure.position {
        error.insert("position", i64::try_from(position).unwrap_or(i64::MAX));
    }
    error.into()
}
