//! JSON within a path, read as generously as Jayway's own reader does: strings in
//! either quote, words without quotes.

use super::super::cursor::{Parser, unescape};
use super::parse::number;
use crate::source::json::{Object, Value};

const MAX_DEPTH: usize = 32;

/// Reads one value that fills `text`; `None` if it cannot be read.
pub fn read(text: &str) -> Option<Value> {
    let mut parser = Parser::new(text);
    let value = value(&mut parser, MAX_DEPTH)?;
    parser.rest().trim().is_empty().then_some(value)
}

fn value(parser: &mut Parser, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    skip_space(parser);
    match parser.peek()? {
        b'[' => array(parser, depth),
        b'{' => object(parser, depth),
        b'\'' | b'"' => string(parser),
        _ => word(parser),
    }
}

fn array(parser: &mut Parser, depth: usize) -> Option<Value> {
    parser.at += 1;
    let mut items = Vec::new();
    loop {
        skip_space(parser);
        if items.is_empty() && parser.eat(b']') {
            break;
        }
        items.push(value(parser, depth)?);
        skip_space(parser);
        if parser.eat(b']') {
            break;
        }
        if !parser.eat(b',') {
            return None;
        }
    }
    Some(items.into())
}

fn object(parser: &mut Parser, depth: usize) -> Option<Value> {
    parser.at += 1;
    let mut members = Object::default();
    loop {
        skip_space(parser);
        if members.is_empty() && parser.eat(b'}') {
            break;
        }
        let key = match parser.peek()? {
            b'\'' | b'"' => string(parser)?,
            _ => bare(parser)?.into(),
        };
        skip_space(parser);
        if !parser.eat(b':') {
            return None;
        }
        let value = value(parser, depth)?;
        members.insert(key.as_str()?, value);
        skip_space(parser);
        if parser.eat(b'}') {
            break;
        }
        if !parser.eat(b',') {
            return None;
        }
    }
    Some(members.into())
}

fn string(parser: &mut Parser) -> Option<Value> {
    let quote = parser.peek()?;
    parser.at += 1;
    parser.quoted(quote).map(|text| unescape(text).into())
}

fn word(parser: &mut Parser) -> Option<Value> {
    Some(match bare(parser)? {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        word => match number(word) {
            Some(number) => number.into(),
            None => word.into(),
        },
    })
}

fn bare<'a>(parser: &mut Parser<'a>) -> Option<&'a str> {
    let rest = parser.rest();
    let len = rest
        .find([',', ':', ']', '}', '[', '{'])
        .unwrap_or(rest.len());
    let word = rest.get(..len)?.trim();
    parser.at += len;
    (!word.is_empty()).then_some(word)
}

fn skip_space(parser: &mut Parser) {
    parser.at += parser.rest().len() - parser.rest().trim_start().len();
}
