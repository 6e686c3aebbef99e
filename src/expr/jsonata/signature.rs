//! Signatures such as `<s-nn?:s>`: what a function may be called with.

use super::code::Code;
use super::error::Error;
use super::value::Val;

/// The parameters of a function.
#[derive(Debug)]
pub(crate) struct Signature {
    parameters: Vec<Parameter>,
}

#[derive(Debug, Default)]
struct Parameter {
    /// The types that fit, by their letters.
    letters: String,
    /// What follows the type: `?`, `+` or nothing.
    repeat: Repeat,
    /// Whether the context stands in for a missing argument.
    takes_context: bool,
    /// Whether the type is `a`, so that other values are wrapped.
    is_array: bool,
    /// The type of elements.
    element: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Repeat {
    #[default]
    Once,
    Optional,
    Many,
}

impl Signature {
    /// Reads a signature. An error comes with its offset in the text.
    pub(crate) fn parse(text: &str) -> Result<Self, (Error, u32)> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut at = 1;
        while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if letter == ':' {
                break; // what is returned is not checked
            }
            let last = parameters.last_mut();
            match letter {
                's' | 'n' | 'b' | 'l' | 'o' => {
                    parameters.push(Parameter::of(&format!("{letter}m")))
                }
                'a' => parameters.push(Parameter {
                    is_array: true,
                    ..Parameter::of("asnblfom")
                }),
                'f' => parameters.push(Parameter::of("f")),
                'j' => parameters.push(Parameter::of("asnblom")),
                'x' => parameters.push(Parameter::of("asnblfom")),
                '-' => {
                    if let Some(last) = last {
                        last.takes_context = true;
                        last.repeat = Repeat::Optional;
                    }
                }
                '?' => {
                    if let Some(last) = last {
                        last.repeat = Repeat::Optional;
                    }
                }
                '+' => {
                    if let Some(last) = last {
                        last.repeat = Repeat::Many;
                    }
                }
                '(' => {
                    let inner = enclosed(text, at, '(', ')');
                    if inner.contains('<') {
                        let error = Error::new(Code::S0402).text("value", inner);
                        return Err((error, at as u32));
                    }
                    parameters.push(Parameter::of(&format!("{inner}m")));
                    at += inner.len() + 1;
                }
                '<' => {
                    let kind = last.as_ref().map_or("", |last| last.type_letter());
                    if !matches!(kind, "a" | "f") {
                        let error = Error::new(Code::S0401).text("value", kind);
                        return Err((error, at as u32));
                    }
                    let inner = enclosed(text, at, '<', '>');
                    at += inner.len() + 1;
                    if let Some(last) = last {
                        last.element = Some(inner.to_owned());
                    }
                }
                _ => {}
            }
            at += letter.len_utf8();
        }
        Ok(Self { parameters })
    }

    /// Checks arguments, puts the context in where it stands in, and wraps what has to be
    /// an array.
    pub(crate) fn validate(
        &self,
        mut args: Vec<Option<Val>>,
        context: Option<&Val>,
    ) -> Result<Vec<Option<Val>>, Error> {
        if self.fits_as_it_is(&args) {
            return Ok(args);
        }
        let letters: Vec<u8> = args.iter().map(|arg| letter(arg.as_ref())).collect();
        let Some(counts) = self.distribute(&letters) else {
            return Err(self.mismatch(&letters, &args));
        };
        let mut validated = Vec::with_capacity(args.len());
        let mut index = 0;
        for (parameter, count) in self.parameters.iter().zip(counts) {
            if count == 0 {
                if !parameter.takes_context {
                    validated.push(args.get_mut(index).and_then(Option::take));
                    index += 1;
                    continue;
                }
                if !parameter.accepts(letter(context)) {
                    return Err(Error::new(Code::T0411)
                        .value("value", context)
                        .number("index", (index + 1) as f64));
                }
                validated.push(context.cloned());
                continue;
            }
            let letters = letters.get(index..index + count).unwrap_or_default();
            for &given in letters {
                let arg = args.get_mut(index).and_then(Option::take);
                validated.push(match parameter.is_array {
                    true => parameter.array(arg, given, letters, index)?,
                    false => arg,
                });
                index += 1;
            }
        }
        Ok(validated)
    }

    /// The common case: each parameter has its argument, and nothing is to be done.
    fn fits_as_it_is(&self, args: &[Option<Val>]) -> bool {
        self.parameters.len() == args.len()
            && self.parameters.iter().zip(args).all(|(parameter, arg)| {
                !parameter.is_array
                    && parameter.repeat != Repeat::Many
                    && parameter.accepts(letter(arg.as_ref()))
            })
    }

    /// How many arguments each parameter takes; greedily, with a way back.
    fn distribute(&self, letters: &[u8]) -> Option<Vec<usize>> {
        let (mut counts, matched) = self.greedy(self.parameters.len(), letters, true)?;
        counts.truncate(self.parameters.len());
        (matched == letters.len()).then_some(counts)
    }

    /// What the first parameters match from the start, and how many letters that is.
    ///
    /// What fails once is not tried again, so that hostile signatures take no longer than
    /// their length times the number of arguments.
    fn greedy(
        &self,
        parameters: usize,
        letters: &[u8],
        whole: bool,
    ) -> Option<(Vec<usize>, usize)> {
        let width = letters.len() + 1;
        let mut failed = vec![false; (parameters + 1) * width];
        let mut counts: Vec<usize> = Vec::with_capacity(parameters);
        let mut at = 0;
        // The count to try next for the parameter at the end of `counts`.
        let mut next = self.most(0, letters, 0);
        loop {
            let index = counts.len();
            let is_done = index == parameters && (!whole || at == letters.len());
            if is_done {
                return Some((counts, at));
            }
            let is_known = failed.get(index * width + at).copied().unwrap_or(true);
            let least = usize::from(self.repeat(index) != Repeat::Optional);
            match next.filter(|&count| count >= least && index < parameters && !is_known) {
                Some(count) => {
                    counts.push(count);
                    at += count;
                    next = self.most(index + 1, letters, at);
                }
                None => {
                    if let Some(known) = failed.get_mut(index * width + at) {
                        *known = true;
                    }
                    let count = counts.pop()?;
                    at -= count;
                    next = count.checked_sub(1);
                    // The shorter try of the same parameter has not failed yet.
                }
            }
        }
    }

    /// As many letters as a parameter can take.
    fn most(&self, index: usize, letters: &[u8], at: usize) -> Option<usize> {
        let parameter = self.parameters.get(index)?;
        let rest = letters.get(at..).unwrap_or_default();
        let fitting = rest.iter().take_while(|&&it| parameter.accepts(it)).count();
        Some(match parameter.repeat {
            Repeat::Many => fitting,
            Repeat::Once | Repeat::Optional => fitting.min(1),
        })
    }

    fn repeat(&self, index: usize) -> Repeat {
        let parameter = self.parameters.get(index);
        parameter.map_or(Repeat::Optional, |parameter| parameter.repeat)
    }

    /// The error at the first argument that no longer fits.
    fn mismatch(&self, letters: &[u8], args: &[Option<Val>]) -> Error {
        let mut good = 0;
        for end in 1..=self.parameters.len() {
            match self.greedy(end, letters, false) {
                Some((_, count)) => good = count,
                None => break,
            }
        }
        Error::new(Code::T0410)
            .value("value", args.get(good).and_then(Option::as_ref))
            .number("index", (good + 1) as f64)
    }
}

impl Parameter {
    fn of(letters: &str) -> Self {
        Self {
            letters: letters.to_owned(),
            ..Self::default()
        }
    }

    fn accepts(&self, letter: u8) -> bool {
        self.letters.as_bytes().contains(&letter)
    }

    /// The letter of the type in the signature's text.
    fn type_letter(&self) -> &str {
        match self.letters.as_str() {
            _ if self.is_array => "a",
            "asnblom" => "j",
            "asnblfom" => "x",
            letters => letters.strip_suffix('m').unwrap_or(letters),
        }
    }

    /// An argument for an array: its elements are checked, other values are wrapped.
    fn array(
        &self,
        arg: Option<Val>,
        given: u8,
        letters: &[u8],
        index: usize,
    ) -> Result<Option<Val>, Error> {
        if given == b'm' {
            return Ok(None);
        }
        let Some(value) = arg else { return Ok(None) };
        if let Some(element) = &self.element {
            let fits = match &value {
                Val::Array(array) => array.iter().next().is_none_or(|first| {
                    let first = letter(Some(&first));
                    element.as_bytes().first() == Some(&first)
                        && array.iter().all(|item| letter(Some(&item)) == first)
                }),
                _ => letters == element.as_bytes(),
            };
            if !fits {
                let error = Error::new(Code::T0412)
                    .value("value", Some(&value))
                    .number("index", (index + 1) as f64);
                return Err(match plural(element) {
                    Some(elements) => error.text("type", elements),
                    None => error,
                });
            }
        }
        Ok(Some(match value {
            Val::Array(_) => value,
            other => Val::array(vec![other]),
        }))
    }
}

/// The letter of a value's type; `m` for a missing one.
fn letter(value: Option<&Val>) -> u8 {
    match value {
        None => b'm',
        Some(Val::Null) => b'l',
        Some(Val::Bool(_)) => b'b',
        Some(Val::Num(_)) => b'n',
        Some(Val::Str(_)) => b's',
        Some(Val::Array(_)) => b'a',
        Some(Val::Object(_) | Val::Tuple(_)) => b'o',
        Some(Val::Function(_)) => b'f',
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
