//! What Step Functions adds: `$partition`, `$range`, `$hash`, `$random(seed)`, `$uuid`,
//! `$parse`.

use super::Args;
use crate::expr::encoding;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::{Array, Val};
use crate::source::json::Value;

/// The longest range.
const MAX_RANGE: f64 = 1e7;

fn wrong(index: usize, value: Option<&Val>) -> Error {
    Error::new(Code::T0410)
        .number("index", index as f64)
        .value("value", value)
}

pub(super) fn partition(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(Val::Array(array)) = args.get(0) else {
        return Ok(None);
    };
    let size = args.number(1).unwrap_or(0.0).trunc();
    if size < 1.0 {
        return Err(wrong(2, args.get(1)));
    }
    run.burn(array.len())?;
    let items: Vec<Val> = array.iter().collect();
    let chunks = items.chunks(size as usize);
    Ok(Some(Val::array(
        chunks.map(|chunk| Val::array(chunk.to_vec())).collect(),
    )))
}

pub(super) fn range(run: &mut Evaluation, args: Args) -> Outcome {
    let (Some(first), Some(last), Some(step)) = (args.number(0), args.number(1), args.number(2))
    else {
        return Ok(None);
    };
    if step == 0.0 {
        return Err(wrong(3, args.get(2)));
    }
    let len = ((last - first) / step).floor() + 1.0;
    if len > MAX_RANGE {
        return Err(Error::new(Code::D2014).number("value", len));
    }
    if len >= 1.0 && step == 1.0 && first.fract() == 0.0 && len > 1.0 {
        return Ok(Some(Val::Array(Array::Range(first, first + len - 1.0))));
    }
    let len = len.max(0.0) as usize;
    run.burn(len)?;
    let number = |index: usize| Val::Num(first + index as f64 * step);
    Ok(Some(Val::sequence((0..len).map(number).collect())))
}

pub(super) fn hash(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    match encoding::hash(&args.text(1).unwrap_or_default(), text.as_bytes()) {
        Some(hash) => Ok(Some(Val::from(hash))),
        None => Err(wrong(2, args.get(1))),
    }
}

/// Equal seeds give equal numbers.
pub(super) fn random(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(seed) = args.number(0) else {
        return Ok(Some(Val::Num(run.random())));
    };
    // One step of SplitMix64.
    let mut bits = (seed as i64 as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    Ok(Some(Val::Num((bits >> 11) as f64 / (1_u64 << 53) as f64)))
}

pub(super) fn uuid(run: &mut Evaluation, _: Args) -> Outcome {
    Ok(Some(Val::from(encoding::uuid(&mut run.entropy))))
}

pub(super) fn parse(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    match Value::parse(&text) {
        Ok(value) => Ok(Some(Val::from(&value))),
        Err(error) => Err(Error::new(Code::D3137).text(
            "message",
            format!("The text passed to $parse() is not JSON: {}", error.kind),
        )),
    }
}
