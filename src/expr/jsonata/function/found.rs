//! Matches: of a regular expression, which is a function that answers with the first match
//! and with a function for the next, and of functions of one's own that stand in for one.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::{Callback, Function};
use crate::expr::jsonata::ast::Pattern;
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::limit::too_long;
use crate::expr::jsonata::number;
use crate::expr::jsonata::value::{Members, Val, js_truth};

/// A match, be it of a regular expression or of a function that stands in for one.
pub(super) struct Found<'a> {
    /// What matched.
    pub(super) text: Cow<'a, str>,
    /// In UTF-16 code units.
    pub(super) start: usize,
    pub(super) end: usize,
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
    pub(super) fn groups(&self) -> Option<Val> {
        match &self.source {
            Source::Pattern { groups, .. } => Some(Val::array(groups.clone())),
            Source::Function(Val::Object(object)) => object.get("groups"),
            Source::Function(_) => None,
        }
    }

    /// The match as functions see it.
    pub(super) fn object(&self, whole: &Arc<str>) -> Val {
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
        let unit = args.next().flatten().map_or(0.0, unit_of).max(0.0) as usize;
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
        let Some(found) = found.map_err(|_| too_long())? else {
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
    pub(super) fn hand_to(&mut self, function: &Val, args: Vec<Option<Val>>) -> Outcome {
        match function {
            Val::Function(function) => self.call_back(&Callback::of(function.clone()), args),
            other => self.apply(Some(other), args, None, None),
        }
    }

    /// The first match of a matcher.
    pub(super) fn first<'a>(
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
    pub(super) fn matches(
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

/// The place that JavaScript takes a value for. An array is taken for its text, so that what
/// stands alone in it counts.
fn unit_of(value: &Val) -> f64 {
    let mut value = value.clone();
    loop {
        value = match &value {
            Val::Num(number) => return *number,
            Val::Str(text) => return number::parse(text).unwrap_or_default(),
            Val::Bool(true) => return 1.0,
            Val::Array(array) if array.len() == 1 => match array.iter().next() {
                Some(item) if !matches!(item, Val::Bool(_)) => item,
                _ => return 0.0,
            },
            _ => return 0.0,
        };
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
pub(super) fn units(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.encode_utf16().count(),
    }
}

/// Finds bytes by UTF-16 code units, from the last place on if that is possible.
pub(super) struct Cursor<'a> {
    text: &'a str,
    is_ascii: bool,
    byte: usize,
    unit: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
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
    pub(super) fn slice(&mut self, start: usize, end: usize) -> &'a str {
        let (start, end) = (start.min(end), start.max(end));
        let start = self.byte_of(start);
        let end = self.byte_of(end);
        self.text.get(start..end).unwrap_or_default()
    }
}
