//! Functions of numbers.

use super::Args;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;
use crate::expr::jsonata::{integer, number as numbers};

impl Evaluation<'_> {
    /// A number from zero to below one.
    pub(super) fn random(&mut self) -> f64 {
        const BITS: u32 = 53;
        ((self.entropy)() >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64
    }
}

pub(super) fn random(run: &mut Evaluation, _: Args) -> Outcome {
    Ok(Some(Val::Num(run.random())))
}

pub(super) fn format_number(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(number) = args.number(0) else {
        return Ok(None);
    };
    let mut options = numbers::Options::default();
    if let Some(Val::Object(given)) = args.get(2) {
        for (name, value) in given.entries() {
            if let Val::Str(value) = value {
                options.set(&name, &value);
            }
        }
    }
    let picture = args.text(1).unwrap_or_default();
    let text = numbers::format(number, &picture, &options);
    text.map(|text| Some(Val::from(text)))
        .map_err(|error| Error::foreign(error.code(), &error))
}

pub(super) fn format_base(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(number) = args.number(0) else {
        return Ok(None);
    };
    let text = numbers::to_base(number, args.number(1).unwrap_or(10.0));
    text.map(|text| Some(Val::from(text)))
        .map_err(|error| Error::foreign(error.code(), &error))
}

pub(super) fn format_integer(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(number) = args.number(0) else {
        return Ok(None);
    };
    let text = integer::format(number, &args.text(1).unwrap_or_default());
    text.map(|text| Some(Val::from(text)))
        .map_err(|error| Error::foreign(error.code(), &error))
}

pub(super) fn parse_integer(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let number = integer::parse(&text, &args.text(1).unwrap_or_default());
    number
        .map(|number| Some(Val::Num(number)))
        .map_err(|error| Error::foreign(error.code(), &error))
}

pub(super) fn number(_: &mut Evaluation, args: Args) -> Outcome {
    let number = match args.get(0) {
        None => return Ok(None),
        Some(Val::Num(number)) => Some(*number),
        Some(Val::Bool(bool)) => Some(f64::from(u8::from(*bool))),
        Some(Val::Str(text)) => numbers::parse(text),
        Some(_) => None,
    };
    match number {
        Some(number) => Ok(Some(Val::Num(number))),
        None => Err(Error::new(Code::D3030)
            .value("value", args.get(0))
            .number("index", 1.0)),
    }
}

pub(super) fn floor(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.number(0).map(|number| Val::Num(number.floor())))
}

pub(super) fn ceil(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.number(0).map(|number| Val::Num(number.ceil())))
}

pub(super) fn round(_: &mut Evaluation, args: Args) -> Outcome {
    let precision = args.number(1).unwrap_or(0.0);
    let round = |number| Val::Num(numbers::round(number, precision));
    Ok(args.number(0).map(round))
}

pub(super) fn abs(_: &mut Evaluation, args: Args) -> Outcome {
    Ok(args.number(0).map(|number| Val::Num(number.abs())))
}

pub(super) fn sqrt(_: &mut Evaluation, args: Args) -> Outcome {
    match args.number(0) {
        Some(number) if number < 0.0 => Err(Error::new(Code::D3060)
            .number("value", number)
            .number("index", 1.0)),
        number => Ok(number.map(|number| Val::Num(number.sqrt()))),
    }
}

pub(super) fn power(_: &mut Evaluation, args: Args) -> Outcome {
    let Some(base) = args.number(0) else {
        return Ok(None);
    };
    let exponent = args.number(1).unwrap_or(f64::NAN);
    // Its last digits are the same natively and in a browser.
    let power = libm::pow(base, exponent);
    // To JavaScript an exponent that is missing or infinite makes no number of one either.
    let is_one = base.abs() == 1.0 && !exponent.is_finite();
    if !power.is_finite() || exponent.is_nan() || is_one {
        return Err(Error::new(Code::D3061)
            .number("value", base)
            .value("exp", args.get(1))
            .number("index", 1.0));
    }
    Ok(Some(Val::Num(power)))
}
