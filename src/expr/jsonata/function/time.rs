//! `$now`, `$millis`, `$fromMillis`, `$toMillis`. The time is that of the evaluation.

use std::rc::Rc;
use std::sync::Arc;

use super::Args;
use crate::expr::jsonata::datetime::{self, Reader};
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

fn write(millis: f64, args: &Args, first: usize) -> Outcome {
    let picture = args.text(first);
    let zone = args.text(first + 1);
    let text = datetime::from_millis(millis, picture.as_deref(), zone.as_deref());
    text.map(|text| Some(Val::from(text)))
        .map_err(|error| Error::foreign(error.code(), &error))
}

pub(super) fn now(run: &mut Evaluation, args: Args) -> Outcome {
    write(run.now.as_millis() as f64, &args, 0)
}

pub(super) fn millis(run: &mut Evaluation, _: Args) -> Outcome {
    Ok(Some(Val::Num(run.now.as_millis() as f64)))
}

pub(super) fn from_millis(_: &mut Evaluation, args: Args) -> Outcome {
    match args.number(0) {
        Some(millis) => write(millis, &args, 1),
        None => Ok(None),
    }
}

pub(super) fn to_millis(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let now = run.now.as_millis() as f64;
    let millis = match args.text(1) {
        Some(picture) => {
            reader(run, picture).and_then(|reader| reader.millis(&text, now, &mut run.fuel))
        }
        None => datetime::to_millis(&text).map(Some),
    };
    millis
        .map(|millis| millis.map(Val::Num))
        .map_err(|error| Error::foreign(error.code(), &error))
}

/// The picture made ready; the last one is kept, as many texts are read by one.
fn reader(run: &mut Evaluation, picture: Arc<str>) -> Result<Rc<Reader>, datetime::Error> {
    if let Some((known, reader)) = &run.last_reader
        && *known == picture
    {
        return Ok(reader.clone());
    }
    let reader = Rc::new(Reader::new(&picture)?);
    run.last_reader = Some((picture, reader.clone()));
    Ok(reader)
}
