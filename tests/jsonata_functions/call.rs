//! Calls with literal arguments.

use serde_json::{Value as Json, json};
use statelab::expr::jsonata::{datetime, integer, number};

/// 2025-06-01T12:04:05.006Z
const NOW: f64 = 1_748_779_445_006.0;

/// What a function gives.
#[derive(Debug)]
pub enum Answer {
    Value(Json),
    Nothing,
    Error(&'static str, String),
}

/// Calls the function that the first element names; `None` if it is not one of these.
pub fn ask(call: &[Json]) -> Option<Answer> {
    let number = |at: usize| call.get(at)?.as_f64();
    let text = |at: usize| call.get(at)?.as_str();
    let value = |value: f64| Answer::Value(json!(value));
    Some(match call.first()?.as_str()? {
        "formatNumber" => {
            let mut options = number::Options::default();
            for (name, value) in call.get(3).and_then(Json::as_object).into_iter().flatten() {
                options.set(name, value.as_str()?);
            }
            match number::format(number(1)?, text(2)?, &options) {
                Ok(text) => Answer::Value(Json::from(text)),
                Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
            }
        }
        "formatBase" => match number::to_base(number(1)?, number(2).unwrap_or(10.0)) {
            Ok(text) => Answer::Value(Json::from(text)),
            Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
        },
        "formatInteger" => match integer::format(number(1)?, text(2)?) {
            Ok(text) => Answer::Value(Json::from(text)),
            Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
        },
        "parseInteger" => match integer::parse(text(1)?, text(2)?) {
            Ok(number) => value(number), // JSON has null for what is no number
            Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
        },
        "fromMillis" => match datetime::from_millis(number(1)?, text(2), text(3)) {
            Ok(text) => Answer::Value(Json::from(text)),
            Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
        },
        "toMillis" => match to_millis(text(1)?, text(2)) {
            Ok(Some(millis)) => value(millis),
            Ok(None) => Answer::Nothing,
            Err(error) => Answer::Error(error.code().as_str(), error.to_string()),
        },
        "round" => value(number::round(number(1)?, number(2).unwrap_or(0.0))),
        "number" => match number::parse(text(1)?) {
            Some(number) => value(number),
            None => Answer::Error("D3030", String::new()),
        },
        "string" if call.len() == 2 => Answer::Value(Json::from(number::to_json(number(1)?))),
        _ => return None,
    })
}

/// Name and arguments of a call whose arguments are all literals.
pub fn arguments(expr: &str) -> Option<Vec<Json>> {
    let (name, rest) = expr.trim().strip_prefix('$')?.split_once('(')?;
    let mut call = vec![Json::from(name)];
    let mut text = String::new();
    let mut quote = None;
    let rest = rest.trim_end().strip_suffix(')')?;
    let mut chars = rest.chars().peekable();
    // All strings get the quotes of JSON, so that its reader takes the rest.
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('"' | '\'', None) => {
                quote = Some(c);
                text.push('"');
            }
            (_, Some(open)) if c == open => {
                quote = None;
                text.push('"');
            }
            ('"', Some(_)) => text.push_str("\\\""),
            ('\\', Some(_)) => match chars.next()? {
                '\'' => text.push('\''),
                other => text.extend(['\\', other]),
            },
            _ => text.push(c),
        }
    }
    let arguments: Vec<Json> = serde_json::from_str(&format!("[{text}]")).ok()?;
    call.extend(arguments);
    Some(call)
}

fn to_millis(text: &str, picture: Option<&str>) -> Result<Option<f64>, datetime::Error> {
    match picture {
        Some(picture) => datetime::Reader::new(picture)?.millis(text, NOW, &mut 1_000_000),
        None => datetime::to_millis(text).map(Some),
    }
}

/// Equal but for the difference of `1` and `1.0`.
pub fn is_equal(a: &Json, b: &Json) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a == b,
        _ => false,
    }
}
