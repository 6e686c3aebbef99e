//! `$match`, `$contains`, `$replace`, `$split`, and calls of regular expressions.
//!
//! A regular expression is a function: given a text, it answers with the first match and
//! with a function for the next. Functions of one's own may stand in for it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::{Args, Callback, Function};
use crate::expr::jsonata::ast::Pattern;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::limit::TOO_LONG;
use crate::expr::jsonata::number;
use crate::expr::jsonata::value::{Members, Val, js_truth};

/// A match, be it of a regular expression or of a function that stands in for one.
struct Found<'a> {
    /// What matched.
    text: Cow<'a, str>,
    /// In UTF-16 code units.
    start: usize,
    end: usize,
    source: Source<'a>,
}

/// Where a match comes from.
enum Source<'a> {
    /// A regular expression: the groups, and where the search goes on.
    Pattern {
        pattern: &'a Arc<Pattern>,
        groups: Vec<Val>,
        next: Place,
    },
    /// A function, which answered with this: an object, or what does not hold as a condition.
    /// The reference takes that for a match, and fails where it looks into it.
    Function(Val),
}

impl Found<'_> {
    /// The groups, if there is a list of them.
    fn groups(&self) -> Option<Val> {
        match &self.source {
            Source::Pattern { groups, .. } => Some(Val::array(groups.clone())),
            Source::Function(Val::Object(object)) => object.get("groups"),
            Source::Function(_) => None,
        }
    }

    /// The match as functions see it.
    fn object(&self, whole: &Arc<str>) -> Val {
        let (pattern, groups, next) = match &self.source {
            Source::Function(answer) => return answer.clone(),
            Source::Pattern {
                pattern,
                groups,
                next,
            } => (*pattern, groups, next),
        };
        let next = Function::Next {
            pattern: pattern.clone(),
            text: whole.clone(),
            from: *next,
            called: RefCell::default(),
        };
        let mut members = Members::with_capacity(5);
        members.insert("match".into(), Val::from(&*self.text));
        members.insert("start".into(), Val::Num(self.start as f64));
        members.insert("end".into(), Val::Num(self.end as f64));
        members.insert("groups".into(), Val::array(groups.clone()));
        members.insert("next".into(), Val::Function(Rc::new(next)));
        Val::object(members)
    }
}

impl Evaluation<'_> {
    /// Calls a regular expression with a text, or what JavaScript takes for one, and the UTF-16
    /// unit where the search begins. Functions that go over an array give it the place of the
    /// element.
    pub(crate) fn call_pattern(&mut self, pattern: &Arc<Pattern>, args: &[Option<Val>]) -> Outcome {
        let mut args = args.iter().map(Option::as_ref);
        let text: Arc<str> = match args.next().flatten() {
            Some(Val::Str(text)) => text.clone(),
            Some(Val::Num(number)) => number::to_string(*number).into(),
            Some(Val::Bool(bool)) => bool.to_string().into(),
            Some(Val::Null) => "null".into(),
            _ => return Ok(None),
        };
        let unit = match args.next().flatten() {
            Some(Val::Num(number)) => *number,
            Some(Val::Str(text)) => number::parse(text).unwrap_or_default(),
            Some(Val::Bool(true)) => 1.0,
            _ => 0.0,
        };
        let unit = unit.max(0.0) as usize;
        let mut cursor = Cursor::new(&text);
        let byte = cursor.byte_of(unit);
        if cursor.unit < unit {
            return Ok(None);
        }
        let from = Place {
            byte,
            unit: cursor.unit,
            is_behind: false,
        };
        self.match_from(pattern, &text, from)
    }

    /// The match of a regular expression from a place of a text on, as an object.
    pub(crate) fn match_from(
        &mut self,
        pattern: &Arc<Pattern>,
        text: &Arc<str>,
        from: Place,
    ) -> Outcome {
        let found = self.find(pattern, text, from)?;
        Ok(found.map(|found| found.object(text)))
    }

    /// The match of a regular expression from a place of a text on. One after another must get
    /// on.
    fn find<'a>(
        &mut self,
        pattern: &'a Arc<Pattern>,
        text: &'a str,
        from: Place,
    ) -> Result<Option<Found<'a>>, Error> {
        if from.is_behind && from.byte >= text.len() {
            return Ok(None);
        }
        let found = pattern.regex.find(text, from.byte, &mut self.fuel);
        let Some(found) = found.map_err(|_| Error::new(Code::U1001).text("message", TOO_LONG))?
        else {
            return Ok(None);
        };
        let matched = text.get(found.start..found.end).unwrap_or_default();
        if from.is_behind && matched.is_empty() {
            return Err(Error::at(Code::D1004, pattern.position).text("value", &*pattern.source));
        }
        let group = |group: &Option<(usize, usize)>| {
            let group = group.and_then(|(start, end)| text.get(start..end));
            Val::from(group.unwrap_or_default())
        };
        let start = from.advance(text, found.start);
        let end = start.advance(text, found.end);
        Ok(Some(Found {
            text: matched.into(),
            start: start.unit,
            end: end.unit,
            source: Source::Pattern {
                pattern,
                groups: found.groups.iter().map(group).collect(),
                next: end,
            },
        }))
    }

    /// Asks a matcher, and checks what it answers.
    fn ask<'a>(
        &mut self,
        matcher: &Val,
        args: Vec<Option<Val>>,
    ) -> Result<Option<Found<'a>>, Error> {
        let answer = self.hand_to(matcher, args)?;
        let object = match answer {
            None => return Ok(None),
            Some(Val::Object(object)) => object,
            Some(other) if !js_truth(Some(&other)) => {
                return Ok(Some(Found {
                    text: "".into(),
                    start: 0,
                    end: 0,
                    source: Source::Function(other),
                }));
            }
            Some(_) => return Err(Error::new(Code::T1010)),
        };
        let is_match = matches!(object.get("start"), Some(Val::Num(_)))
            || matches!(object.get("end"), Some(Val::Num(_)))
            || matches!(object.get("groups"), Some(Val::Array(_)))
            || matches!(object.get("next"), Some(Val::Function(_)));
        if !is_match {
            return Err(Error::new(Code::T1010));
        }
        let unit = |key| match object.get(key) {
            Some(Val::Num(number)) => number.max(0.0) as usize,
            _ => 0,
        };
        let text = match object.get("match") {
            Some(Val::Str(text)) => Cow::Owned(text.to_string()),
            _ => Cow::default(),
        };
        Ok(Some(Found {
            text,
            start: unit("start"),
            end: unit("end"),
            source: Source::Function(Val::Object(object)),
        }))
    }

    /// Calls a function that was handed on.
    fn hand_to(&mut self, function: &Val, args: Vec<Option<Val>>) -> Outcome {
        match function {
            Val::Function(function) => self.call_back(&Callback::of(function.clone()), args),
            other => self.apply(Some(other), args, None, None),
        }
    }

    /// The first match of a matcher.
    fn first<'a>(
        &mut self,
        matcher: &'a Val,
        text: &'a Arc<str>,
    ) -> Result<Option<Found<'a>>, Error> {
        if let Val::Function(function) = matcher
            && let Some(pattern) = function.pattern()
        {
            return self.find(pattern, text, Place::default());
        }
        self.ask(matcher, vec![Some(Val::Str(text.clone()))])
    }

    /// All matches, at most `limit`.
    fn matches(
        &mut self,
        matcher: &Val,
        text: &Arc<str>,
        limit: Option<f64>,
        mut visit: impl FnMut(&mut Self, &Found) -> Result<(), Error>,
    ) -> Result<usize, Error> {
        let mut count = 0;
        let mut next = self.first(matcher, text)?;
        while let Some(found) = next
            && limit.is_none_or(|limit| (count as f64) < limit)
        {
            self.burn(1)?;
            count += 1;
            visit(self, &found)?;
            next = match found.source {
                Source::Pattern { pattern, next, .. } => self.find(pattern, text, next)?,
                Source::Function(Val::Object(object)) => match object.get("next") {
                    Some(function) => self.ask(&function, Vec::new())?,
                    None => None,
                },
                Source::Function(_) => return Err(Error::new(Code::T1010)),
            };
        }
        Ok(count)
    }
}

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

/// A place in a text, counted in both ways.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub(crate) byte: usize,
    /// In UTF-16 code units.
    pub(crate) unit: usize,
    /// Whether a match ends there.
    is_behind: bool,
}

impl Place {
    /// The place of a later byte.
    fn advance(self, text: &str, byte: usize) -> Self {
        let between = text.get(self.byte..byte).unwrap_or_default();
        Self {
            byte,
            unit: self.unit + units(between),
            is_behind: true,
        }
    }
}

/// How many UTF-16 code units a text has. Most texts are ASCII and need not be walked through.
fn units(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.encode_utf16().count(),
    }
}

/// Finds bytes by UTF-16 code units, from the last place on if that is possible.
struct Cursor<'a> {
    text: &'a str,
    is_ascii: bool,
    byte: usize,
    unit: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            is_ascii: text.is_ascii(),
            byte: 0,
            unit: 0,
        }
    }

    fn byte_of(&mut self, unit: usize) -> usize {
        if self.is_ascii {
            self.unit = unit.min(self.text.len());
            self.byte = self.unit;
            return self.byte;
        }
        if unit < self.unit {
            (self.byte, self.unit) = (0, 0);
        }
        for char in self.text.get(self.byte..).unwrap_or_default().chars() {
            if self.unit >= unit {
                break;
            }
            self.unit += char.len_utf16();
            self.byte += char.len_utf8();
        }
        self.byte
    }

    /// The text between two places, in either order.
    fn slice(&mut self, start: usize, end: usize) -> &'a str {
        let (start, end) = (start.min(end), start.max(end));
        let start = self.byte_of(start);
        let end = self.byte_of(end);
        self.text.get(start..end).unwrap_or_default()
    }
}
