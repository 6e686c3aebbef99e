//! `$match`, `$contains`, `$replace` and `$split`.

use super::Args;
use super::found::{Cursor, Found, units};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::{Members, Val};

pub(super) fn find(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let limit = limit(&args, 2, Code::D3040)?;
    let mut found = Vec::new();
    if let Some(matcher) = args
        .get(1)
        .filter(|_| limit.is_none_or(|limit| limit > 0.0))
    {
        run.matches(matcher, &text, limit, |_, this| {
            let groups = this.groups();
            let mut members = Members::with_capacity(3);
            members.insert("match".into(), Val::from(&*this.text));
            members.insert("index".into(), Val::Num(this.start as f64));
            if let Some(groups) = groups {
                members.insert("groups".into(), groups);
            }
            found.push(Val::object(members));
            Ok(())
        })?;
    }
    Ok(Some(Val::sequence(found)))
}

pub(super) fn contains(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let is_contained = match args.get(1) {
        Some(Val::Str(token)) => text.contains(&**token),
        Some(matcher) => run.first(matcher, &text)?.is_some(),
        None => false,
    };
    Ok(Some(Val::Bool(is_contained)))
}

pub(super) fn replace(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    if matches!(args.get(1), Some(Val::Str(pattern)) if pattern.is_empty()) {
        return Err(Error::new(Code::D3010)
            .text("value", "")
            .number("index", 2.0));
    }
    let limit = match args.number(3) {
        Some(limit) if limit < 0.0 => {
            return Err(Error::new(Code::D3011)
                .number("value", limit)
                .number("index", 4.0));
        }
        limit => limit,
    };
    if limit == Some(0.0) {
        return Ok(Some(Val::Str(text)));
    }
    let Some(pattern) = args.get(1) else {
        return Ok(Some(Val::Str(text)));
    };
    // As JavaScript writes what is missing.
    let missing = Val::from("undefined");
    let replacement = args.get(2).unwrap_or(&missing);
    let mut result = String::new();
    let mut position = 0;
    if let Val::Str(pattern) = pattern {
        let replacement = match replacement {
            Val::Str(replacement) => replacement.clone(),
            _ => "".into(),
        };
        let mut count = 0.0;
        while let Some(at) = text.get(position..).and_then(|rest| rest.find(&**pattern))
            && limit.is_none_or(|limit| count < limit)
        {
            run.burn(1 + replacement.len() / 16)?;
            result.push_str(text.get(position..position + at).unwrap_or_default());
            result.push_str(&replacement);
            position += at + pattern.len();
            count += 1.0;
        }
        result.push_str(text.get(position..).unwrap_or_default());
        return Ok(Some(Val::from(result)));
    }
    let mut cursor = Cursor::new(&text);
    run.matches(pattern, &text, limit, |run, found| {
        let (start, end) = (found.start, found.start + units(&found.text));
        result.push_str(cursor.slice(position, start));
        match replacement {
            Val::Str(replacement) => substitute(&mut result, replacement, found),
            function => {
                let match_object = Some(found.object(&text));
                match run.hand_to(function, vec![match_object])? {
                    Some(Val::Str(text)) => result.push_str(&text),
                    other => {
                        return Err(Error::new(Code::D3012).value("value", other.as_ref()));
                    }
                }
            }
        }
        run.burn(result.len() / 64)?;
        position = end;
        Ok(())
    })?;
    result.push_str(cursor.slice(position, usize::MAX));
    Ok(Some(Val::from(result)))
}

/// Writes a replacement: `$0` is the match, `$1` the first group, `$$` a dollar.
fn substitute(out: &mut String, replacement: &str, found: &Found) {
    if !replacement.contains('$') {
        out.push_str(replacement);
        return;
    }
    let groups = match found.groups() {
        Some(Val::Array(groups)) => groups.into_items(),
        _ => Vec::new(),
    };
    let digits = groups.len().max(1).to_string().len();
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix('0') {
            out.push_str(&found.text);
            rest = after;
            continue;
        }
        let number = |len: usize| {
            let plain = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            rest.get(..plain.min(len))
                .and_then(|digits| digits.parse::<usize>().ok())
        };
        let mut index = number(digits);
        if digits > 1 && index.is_some_and(|index| index > groups.len()) {
            index = number(digits - 1);
        }
        let Some(index) = index else {
            out.push('$');
            continue;
        };
        if let Some(Val::Str(group)) = index.checked_sub(1).and_then(|index| groups.get(index)) {
            out.push_str(group);
        }
        rest = rest.get(index.to_string().len()..).unwrap_or_default();
    }
    out.push_str(rest);
}

pub(super) fn split(run: &mut Evaluation, args: Args) -> Outcome {
    let Some(text) = args.text(0) else {
        return Ok(None);
    };
    let limit = limit(&args, 2, Code::D3020)?;
    if limit.is_some_and(|limit| limit <= 0.0) {
        return Ok(Some(Val::array(Vec::new())));
    }
    // JavaScript counts them in 32 bits, and infinitely many are none.
    let most = limit.map_or(usize::MAX, |limit| (limit % 4_294_967_296.0) as usize);
    run.burn(text.len() / 4)?;
    let mut parts = Vec::new();
    match args.get(1) {
        Some(Val::Str(separator)) if separator.is_empty() => {
            let chars = text.chars().take(most);
            parts.extend(chars.map(|char| Val::from(char.to_string())));
        }
        Some(Val::Str(separator)) => {
            parts.extend(text.split(&**separator).take(most).map(Val::from));
        }
        Some(matcher) => {
            let mut cursor = Cursor::new(&text);
            let mut start = 0;
            let count = run.matches(matcher, &text, limit, |_, found| {
                parts.push(Val::from(cursor.slice(start, found.start)));
                start = found.end;
                Ok(())
            })?;
            if limit.is_none_or(|limit| (count as f64) < limit) {
                parts.push(Val::from(cursor.slice(start, usize::MAX)));
            }
        }
        None => parts.push(Val::Str(text)),
    }
    Ok(Some(Val::array(parts)))
}

fn limit(args: &Args, index: usize, code: Code) -> Result<Option<f64>, Error> {
    match args.number(index) {
        Some(limit) if limit < 0.0 => Err(Error::new(code)
            .number("value", limit)
            .number("index", (index + 1) as f64)),
        limit => Ok(limit),
    }
}
