//! Functions of strings that need no pattern.

use std::borrow::Cow;

use super::Args;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome, unwrapped};
use crate::expr::jsonata::limit::BYTES_PER_STEP;
use crate::expr::jsonata::value::{Layout, Val, upper_case, write_json};

/// A value as text, as `&` and `$string` see it.
pub(crate) fn to_text(value: &Val) -> Result<Cow<'_, str>, Error> {
    text_of(value, Layout::Compact)
}

fn text_of(value: &Val, layout: Layout) -> Result<Cow<'_, str>, Error> {
    match value {
        Val::Str(text) => Ok(Cow::Borrowed(text)),
        Val::Function(_) => Ok(Cow::Borrowed("")),
        Val::Num(number) if !number.is_finite() => Err(Error::new(Code::D3001)),
        value => {
            let mut text = String::new();
            write_json(&mut text, &unwrapped(value), layout, 0)?;
            Ok(Cow::Owned(text))
        }
    }
}

pub(super) fn string(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(value) = args.get(0) else {
        return Ok(None);
    };
    if let Val::Str(_) = value {
        return Ok(Some(value.clone()));
    }
    let layout = match args.get(1) {
        Some(Val::Bool(true)) => Layout::Pretty,
        _ => Layout::Compact,
    };
    let text = text_of(value, layout)?;
    run.burn(text.len() / BYTES_PER_STEP)?;
    Ok(Some(Val::from(&*text)))
}

pub(super) fn substring(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    // JavaScript reckons an end from a start that is missing, and comes to no number.
    if args.get(1).is_none() && args.get(2).is_some() {
        return Ok(Some(Val::from("")));
    }
    let mut start = args.number(1).unwrap_or(0.0);
    let is_ascii = text.is_ascii();
    let len = if is_ascii {
        text.len()
    } else {
        text.chars().count()
    };
    if len as f64 + start < 0.0 {
        start = 0.0;
    }
    let end = match args.number(2) {
        Some(length) if length <= 0.0 => return Ok(Some(Val::from(""))),
        Some(length) if start >= 0.0 => start + length,
        Some(length) => len as f64 + start + length,
        None => len as f64,
    };
    let (start, end) = (place(start, len), place(end, len));
    if start >= end {
        return Ok(Some(Val::from("")));
    }
    let byte = |index: usize| match is_ascii {
        true => index,
        false => text
            .char_indices()
            .nth(index)
            .map_or(text.len(), |(at, _)| at),
    };
    Ok(Some(Val::from(
        text.get(byte(start)..byte(end)).unwrap_or_default(),
    )))
}

/// Where JavaScript's `slice` begins or ends: fractions cut off, from the end if negative.
fn place(index: f64, len: usize) -> usize {
    let index = index.trunc();
    let index = if index < 0.0 {
        index + len as f64
    } else {
        index
    };
    index.clamp(0.0, len as f64) as usize
}

pub(super) fn substring_before(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| {
        let chars = args.text(1);
        let parts = chars.as_deref().and_then(|chars| text.split_once(chars));
        parts.map_or_else(|| Val::Str(text.clone()), |(before, _)| Val::from(before))
    }))
}

pub(super) fn substring_after(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| {
        let chars = args.text(1);
        let parts = chars.as_deref().and_then(|chars| text.split_once(chars));
        parts.map_or_else(|| Val::Str(text.clone()), |(_, after)| Val::from(after))
    }))
}

pub(super) fn lowercase(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| Val::from(text.to_lowercase())))
}

pub(super) fn uppercase(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| Val::from(upper_case(&text))))
}

pub(super) fn length(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args
        .text(0)
        .map(|text| Val::Num(text.chars().count() as f64)))
}

pub(super) fn trim(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.text(0).map(|text| {
        let words = text.split([' ', '\t', '\n', '\r']);
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        Val::from(words.join(" "))
    }))
}

pub(super) fn pad(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let width = args.number(1).unwrap_or(0.0);
    let missing = (width.abs() - text.chars().count() as f64).max(0.0) as usize;
    run.burn(missing)?;
    let filler = args.text(2).filter(|filler| !filler.is_empty());
    let filler = filler.unwrap_or_else(|| " ".into());
    let padding: String = filler.chars().cycle().take(missing).collect();
    Ok(Some(Val::from(match width > 0.0 {
        true => format!("{text}{padding}"),
        false => format!("{padding}{text}"),
    })))
}

pub(super) fn join(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(Val::Array(array)) = args.get(0) else {
        return Ok(None);
    };
    let separator = args.text(1).unwrap_or_default();
    let mut joined = String::new();
    for (index, item) in array.iter().enumerate() {
        if let Val::Str(text) = item {
            run.burn(1 + (separator.len() + text.len()) / BYTES_PER_STEP)?;
            if index > 0 {
                joined.push_str(&separator);
            }
            joined.push_str(&text);
        }
    }
    Ok(Some(Val::from(joined)))
}
