//! One expression in any of the languages, and what it is applied to: for those who try
//! expressions out.

use std::sync::Arc;

use super::Roots;
use super::intrinsic::Call;
use super::jsonata::{self, Options};
use super::jsonpath::Path;
use crate::source::Span;
use crate::source::json::Value;
use crate::time::Timestamp;

/// The language of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Paths such as `$.order.items[0]`.
    JsonPath,
    /// Calls such as `States.Format('Hello, {}', $.name)`.
    Intrinsic,
    /// Expressions such as `$sum(items.price)`.
    Jsonata,
}

/// What expressions know of the world.
pub struct World<'a> {
    /// Whose functions JSONata has.
    pub dialect: jsonata::Dialect,
    /// The time of `$now`.
    pub now: Timestamp,
    /// Where randomness comes from.
    pub entropy: &'a mut dyn FnMut() -> u64,
}

/// What is to be evaluated.
#[derive(Debug)]
pub struct Request<'a> {
    /// Its language.
    pub language: Language,
    /// Its text.
    pub expression: &'a str,
    /// What `$` shows.
    pub data: Option<Value>,
    /// An object of variables; to paths, its member `$$` is the context object.
    pub bindings: Value,
}

/// Why there is no value.
#[derive(Debug)]
pub struct Failure {
    /// JSONata's code.
    pub code: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// As the language counts: UTF-16 code units for JSONata, bytes for the others.
    pub position: Option<usize>,
    /// What to mark, in bytes of [`Request::text`].
    pub span: Option<Span>,
}

impl Request<'_> {
    /// The expression without the braces of a definition.
    pub fn text(&self) -> &str {
        let inner = self.expression.trim();
        let inner = inner
            .strip_prefix("{%")
            .and_then(|it| it.strip_suffix("%}"));
        match (self.language, inner) {
            (Language::Jsonata, Some(inner)) => inner,
            _ => self.expression,
        }
    }

    /// The value; `None` where JSONata has none.
    pub fn evaluate(&self, mut world: World<'_>) -> Result<Option<Value>, Failure> {
        let empty = Value::empty_object();
        let roots = Roots {
            input: self.data.as_ref().unwrap_or(&empty),
            context: self.bindings.get("$$").unwrap_or(&Value::Null),
            variables: &|name| self.bindings.get(name).cloned(),
        };
        match self.language {
            Language::Jsonata => self.jsonata(world),
            Language::Intrinsic => {
                let call = Call::parse(self.expression)
                    .map_err(|error| Failure::at(&error.kind, error.span))?;
                let value = call.evaluate(&roots, &mut world.entropy);
                value.map(Some).map_err(|error| Failure::of(&error))
            }
            Language::JsonPath => {
                let path = match self.has_variables(world.dialect) {
                    true => Path::parse(self.expression),
                    false => Path::parse_jayway(self.expression),
                };
                let path = path.map_err(|error| Failure::at(&error.kind, error.span))?;
                let value = path.evaluate(&roots);
                value.map(Some).map_err(|error| Failure::of(&error))
            }
        }
    }

    /// Whether paths may start from variables or the context object.
    fn has_variables(&self, dialect: jsonata::Dialect) -> bool {
        let bindings = self.bindings.as_object();
        dialect == jsonata::Dialect::States || bindings.is_some_and(|it| !it.is_empty())
    }

    fn jsonata(&self, world: World<'_>) -> Result<Option<Value>, Failure> {
        let expression = jsonata::compile(self.text(), world.dialect)?;
        let members = self.bindings.as_object().into_iter();
        let bindings: Vec<(Arc<str>, Value)> = members
            .flat_map(|members| members.iter())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut options = Options::new(world.now, world.entropy);
        let answer = expression.evaluate(self.data.as_ref(), &bindings, &mut options)?;
        Ok(answer.into_value())
    }
}

impl Failure {
    fn of(message: &impl ToString) -> Self {
        Self {
            code: None,
            message: message.to_string(),
            position: None,
            span: None,
        }
    }

    fn at(message: &impl ToString, span: Span) -> Self {
        Self {
            position: Some(span.start as usize),
            span: Some(span),
            ..Self::of(message)
        }
    }
}

impl From<jsonata::Error> for Failure {
    fn from(error: jsonata::Error) -> Self {
        // The position is past the token; what is marked is its last character.
        let mark = |end: usize| Span::new(end.saturating_sub(1), end);
        Self {
            code: Some(error.code().as_str()),
            position: error.position(),
            span: error.offset().map(mark),
            ..Self::of(&error)
        }
    }
}
