//! Base64 and the encoding of addresses.

use super::Args;
use crate::expr::encoding;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

/// What stays as it is in a component of an address, letters and digits apart.
const UNRESERVED: &str = "-_.!~*'()";
/// What else stays as it is in a whole address.
const RESERVED: &str = ";/?:@&=+$,#";

/// Each code unit gives one byte, as in the reference: characters beyond Latin-1 lose bits.
pub(super) fn base64_encode(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| {
        let bytes: Vec<u8> = text.encode_utf16().map(|unit| unit as u8).collect();
        Val::from(encoding::base64_encode(bytes))
    }))
}

pub(super) fn base64_decode(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| {
        let bytes = encoding::base64_decode(&text);
        Val::from(bytes.into_iter().map(char::from).collect::<String>())
    }))
}

pub(super) fn encode_url_component(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| Val::from(encode(&text, ""))))
}

pub(super) fn encode_url(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| Val::from(encode(&text, RESERVED))))
}

pub(super) fn decode_url_component(_: &mut Evaluation, args: Args) -> Outcome {
    decoded(&args, "decodeUrlComponent", "")
}

pub(super) fn decode_url(_: &mut Evaluation, args: Args) -> Outcome {
    decoded(&args, "decodeUrl", RESERVED)
}

fn encode(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii_alphanumeric() || UNRESERVED.contains(char) || kept.contains(char) {
            out.push(char);
            continue;
        }
        for byte in char.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn decoded(args: &Args, name: &str, kept: &str) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    match decode(&text, kept) {
        Some(decoded) => Ok(Some(Val::from(decoded))),
        None => Err(Error::new(Code::D3140)
            .text("value", &*text)
            .text("functionName", name)),
    }
}

/// `None` if a percent sign is not followed by the digits of a character.
fn decode(text: &str, kept: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let first = escaped(after)?;
        let len = match first {
            0x00..0x80 => 1,
            0xC2..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0..0xF5 => 4,
            _ => return None,
        };
        let mut bytes = vec![first];
        for index in 1..len {
            let next = after.get(3 * index - 1..)?.strip_prefix('%')?;
            bytes.push(escaped(next)?);
        }
        let char = std::str::from_utf8(&bytes).ok()?;
        match kept.contains(char) {
            true => {
                out.push('%');
                out.push_str(after.get(..2)?);
            }
            false => out.push_str(char),
        }
        rest = after.get(3 * len - 1..)?;
    }
    out.push_str(rest);
    Some(out)
}

fn escaped(text: &str) -> Option<u8> {
    let digits = text.get(..2)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}
