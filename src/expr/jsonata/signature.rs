//! Signatures such as `<s-nn?:s>`: what a function may be called with.
//!
//! As in the reference a signature becomes a regular expression, which the types of the
//! arguments are to match, a letter each: whatever can be written behind a type, such as `??`,
//! means what it means there.

use super::code::Code;
use super::error::Error;
use super::limit::{BYTES_PER_STEP, too_long};
use super::value::{Array, Val};
use crate::expr::regex::{Match, Regex};

/// What JavaScript makes of nothing as a text.
const UNDEFINED: &str = "undefined";

/// The parameters of a function.
#[derive(Debug)]
pub(crate) struct Signature {
    parameters: Vec<Parameter>,
    regex: Regex,
}

#[derive(Debug, Default)]
struct Parameter {
    /// What the letters of its arguments are to match.
    pattern: String,
    /// The letters that fit, where they say all: for an argument, or for the context.
    letters: String,
    /// Whether there may be no argument.
    is_optional: bool,
    /// What the context is to match to stand in for a missing argument.
    context: Option<String>,
    /// The type as the signature has it: of `a` other values are wrapped.
    kind: String,
    /// The type of elements.
    element: Option<String>,
}

impl Signature {
    /// Reads a signature. An error comes with its offset in the text.
    pub(crate) fn parse(text: &str) -> Result<Self, (Error, u32)> {
        let mut parameters: Vec<Parameter> = Vec::new();
        // What a sign before all types says of the context is kept for the first one. In the
        // reference it has no regular expression yet, which is put down as this.
        let mut first = Parameter {
            pattern: UNDEFINED.to_owned(),
            ..Parameter::default()
        };
        let mut at = 1;
        while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let fail = |error| (error, at as u32);
            let mut next = None;
            let mut skipped = 0;
            let last = match parameters.last_mut() {
                Some(last) => last,
                None => &mut first,
            };
            match letter {
                ':' => break, // what is returned is not checked
                '-' => {
                    let pattern = match last.pattern.as_str() {
                        UNDEFINED => "",
                        pattern => pattern,
                    };
                    last.context = Some(pattern.to_owned());
                    last.repeat('?');
                }
                '?' | '+' => last.repeat(letter),
                '(' => {
                    let choice = enclosed(text, at, '(', ')');
                    if choice.contains('<') {
                        return Err(fail(Error::new(Code::S0402).text("value", choice)));
                    }
                    skipped = choice.len() + 1;
                    next = Some(Parameter::choice(choice));
                }
                '<' => {
                    if !matches!(last.kind.as_str(), "a" | "f") {
                        let error = Error::new(Code::S0401);
                        return Err(fail(match last.kind.as_str() {
                            "" => error,
                            kind => error.text("value", kind),
                        }));
                    }
                    let inner = enclosed(text, at, '<', '>');
                    skipped = inner.len() + 1;
                    last.element = Some(inner.to_owned());
                }
                _ => next = Parameter::of(letter),
            }
            if let Some(mut parameter) = next {
                if let Some(context) = first.context.take() {
                    parameter.letters.clear();
                    parameter.context = Some(context);
                }
                parameters.push(parameter);
            }
            at += letter.len_utf8() + skipped;
        }
        let mut pattern = "^".to_owned();
        for parameter in &parameters {
            pattern += "(";
            pattern += &parameter.pattern;
            pattern += ")";
        }
        pattern += "$";
        match compile(&pattern) {
            Ok(regex) => Ok(Self { parameters, regex }),
            Err(error) => Err((error, 0)),
        }
    }

    /// Checks arguments, puts the context in where it stands in, and wraps what has to be
    /// an array. `fuel` gets less with every step.
    pub(crate) fn validate(
        &self,
        mut args: Vec<Option<Val>>,
        context: Option<&Val>,
        fuel: &mut u64,
    ) -> Result<Vec<Option<Val>>, Error> {
        if self.fits_as_it_is(&args, context) {
            let left_out = self.parameters.iter().skip(args.len());
            let substitutes = left_out.map(|parameter| parameter.context.as_ref().and(context));
            args.extend(substitutes.map(Option::<&Val>::cloned));
            return Ok(args);
        }
        let letters: String = args.iter().map(|arg| letter(arg.as_ref())).collect();
        let Some(found) = find(&self.regex, &letters, fuel)? else {
            return Err(self.mismatch(&letters, &args, fuel)?);
        };
        let mut validated = Vec::with_capacity(self.parameters.len());
        let mut index = 0;
        for (parameter, group) in self.parameters.iter().zip(found.groups) {
            let matched = group.and_then(|(start, end)| letters.get(start..end));
            let matched = matched.unwrap_or_default();
            let arg = |index: usize| args.get(index).cloned().flatten();
            if matched.is_empty() {
                match &parameter.context {
                    // It counts as an argument even so: those of the parameters behind are found
                    // one further.
                    None => {
                        validated.push(arg(index));
                        index += 1;
                    }
                    Some(pattern) => {
                        let letter = letter(context);
                        if find(&compile(pattern)?, letter.encode_utf8(&mut [0]), fuel)?.is_none() {
                            return Err(Error::new(Code::T0411)
                                .value("value", context)
                                .number("index", (index + 1) as f64));
                        }
                        validated.push(context.cloned());
                    }
                }
                continue;
            }
            let first = index;
            for given in matched.chars() {
                validated.push(match parameter.kind.as_str() {
                    "a" => parameter.array(arg(index), given, matched, index)?,
                    // Of several the reference hands on the first one each time.
                    _ => arg(first),
                });
                index += 1;
            }
        }
        Ok(validated)
    }

    /// The common case: each argument fits its parameter as it is, and others need not be or
    /// are the context.
    fn fits_as_it_is(&self, args: &[Option<Val>], context: Option<&Val>) -> bool {
        let is_left_out = |parameter: &Parameter| {
            let is_there = parameter.context.is_none()
                || parameter.letters.contains(letter(context)) && parameter.kind != "a";
            parameter.is_optional && !parameter.letters.is_empty() && is_there
        };
        let mut parameters = self.parameters.iter();
        args.iter().all(|arg| {
            parameters.next().is_some_and(|parameter| {
                let fits = match arg {
                    Some(Val::Array(array)) if parameter.kind == "a" => {
                        parameter.has_elements(array)
                    }
                    _ => parameter.kind != "a",
                };
                fits && parameter.letters.contains(letter(arg.as_ref()))
            })
        }) && parameters.all(is_left_out)
    }

    /// The error at the first argument that no longer fits.
    fn mismatch(
        &self,
        letters: &str,
        args: &[Option<Val>],
        fuel: &mut u64,
    ) -> Result<Error, Error> {
        let mut good = 0;
        let mut pattern = "^".to_owned();
        for parameter in &self.parameters {
            pattern.push_str(&parameter.pattern);
            *fuel = fuel.saturating_sub(pattern.len() as u64);
            match find(&compile(&pattern)?, letters, fuel)? {
                Some(found) => good = found.end,
                None => break,
            }
        }
        Ok(Error::new(Code::T0410)
            .value("value", args.get(good).and_then(Option::as_ref))
            .number("index", (good + 1) as f64))
    }
}

fn compile(pattern: &str) -> Result<Regex, Error> {
    Regex::parse(pattern, "").map_err(|error| Error::foreign(Code::S0303, &error))
}

/// Letters are gone through as texts are, several for a step of fuel.
fn find(regex: &Regex, letters: &str, fuel: &mut u64) -> Result<Option<Match>, Error> {
    let mut left = fuel.saturating_mul(BYTES_PER_STEP as u64);
    let found = regex.find(letters, 0, &mut left);
    *fuel = left / BYTES_PER_STEP as u64;
    found.map_err(|_| too_long())
}

impl Parameter {
    /// The parameter of a type, if the letter stands for one.
    fn of(letter: char) -> Option<Self> {
        let letters = match letter {
            's' => "sm",
            'n' => "nm",
            'b' => "bm",
            'l' => "lm",
            'o' => "om",
            'f' => "f",
            'j' => "asnblom",
            'a' | 'x' => "asnblfom",
            _ => return None,
        };
        Some(Self {
            pattern: ["[", letters, "]"].concat(),
            letters: letters.to_owned(),
            kind: letter.into(),
            ..Self::default()
        })
    }

    /// The parameter of a choice of types, which is taken as it is written.
    fn choice(choice: &str) -> Self {
        let mut letters = [choice, "m"].concat();
        let pattern = ["[", &letters, "]"].concat();
        if !choice.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            letters.clear();
        }
        Self {
            pattern,
            letters,
            kind: ["(", choice, ")"].concat(),
            ..Self::default()
        }
    }

    /// Takes in what follows the type.
    fn repeat(&mut self, sign: char) {
        // What is said twice, or may be more than once, is left to the regular expression.
        if self.is_optional || sign == '+' {
            self.letters.clear();
        }
        self.is_optional = true;
        self.pattern.push(sign);
    }

    /// Whether the elements of an array are of the type that is asked for, if one is.
    fn has_elements(&self, array: &Array) -> bool {
        let Some((element, first)) = self.element.as_ref().zip(array.iter().next()) else {
            return true;
        };
        let first = letter(Some(&first));
        element.starts_with(first) && array.iter().all(|item| letter(Some(&item)) == first)
    }

    /// An argument for an array: its elements are checked, other values are wrapped.
    fn array(
        &self,
        arg: Option<Val>,
        given: char,
        matched: &str,
        index: usize,
    ) -> Result<Option<Val>, Error> {
        if given == 'm' {
            return Ok(None);
        }
        if let Some(element) = &self.element {
            let fits = match (&arg, given) {
                (Some(Val::Array(array)), 'a') => self.has_elements(array),
                // Another argument than the one that matched: a text has a length as well, and
                // letters that are no elements.
                (Some(Val::Str(text)), 'a') => text.is_empty(),
                (_, 'a') => true,
                _ => matched == element,
            };
            if !fits {
                let error = Error::new(Code::T0412)
                    .value("value", arg.as_ref())
                    .number("index", (index + 1) as f64);
                return Err(match plural(element) {
                    Some(elements) => error.text("type", elements),
                    None => error,
                });
            }
        }
        Ok(match arg {
            Some(arg) if given != 'a' => Some(Val::array(vec![arg])),
            arg => arg,
        })
    }
}

/// The letter of a value's type; `m` for a missing one.
fn letter(value: Option<&Val>) -> char {
    match value {
        None => 'm',
        Some(Val::Null) => 'l',
        Some(Val::Bool(_)) => 'b',
        Some(Val::Num(_)) => 'n',
        Some(Val::Str(_)) => 's',
        Some(Val::Array(_)) => 'a',
        Some(Val::Object(_) | Val::Tuple(_)) => 'o',
        Some(Val::Function(_)) => 'f',
    }
}

fn plural(element: &str) -> Option<&'static str> {
    Some(match element {
        "a" => "arrays",
        "b" => "booleans",
        "f" => "functions",
        "n" => "numbers",
        "o" => "objects",
        "s" => "strings",
        _ => return None,
    })
}

/// The text between a bracket and its partner, or to the end.
fn enclosed(text: &str, start: usize, open: char, close: char) -> &str {
    let inner = text.get(start + 1..).unwrap_or_default();
    let mut depth = 1;
    for (at, char) in inner.char_indices() {
        if char == close {
            depth -= 1;
        } else if char == open {
            depth += 1;
        }
        if depth == 0 {
            return inner.get(..at).unwrap_or(inner);
        }
    }
    inner
}
