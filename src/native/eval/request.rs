//! One expression and what it is applied to.

use std::sync::Arc;

use super::Language;
use crate::execution::interpreter::Entropy;
use crate::expr::Roots;
use crate::expr::intrinsic::Call;
use crate::expr::jsonata::{self, Options};
use crate::expr::jsonpath::Path;
use crate::source::Span;
use crate::source::json::Value;
use crate::time::Timestamp;

/// What expressions know of the world.
#[derive(Debug)]
pub(super) struct World {
    pub(super) dialect: jsonata::Dialect,
    pub(super) seed: u64,
    pub(super) now: Timestamp,
}

/// What is to be evaluated.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub(super) language: Language,
    pub(super) expression: &'a str,
    /// What `$` shows.
    pub(super) data: Option<Value>,
    /// An object of variables.
    pub(super) bindings: Value,
}

/// Why there is no value.
#[derive(Debug)]
pub(super) struct Failure {
    /// JSONata's code.
    pub(super) code: Option<&'static str>,
    pub(super) message: String,
    /// As the language counts: UTF-16 code units for JSONata, bytes for the others.
    pub(super) position: Option<usize>,
    /// What to mark, in bytes of the text.
    pub(super) span: Option<Span>,
}

impl Request<'_> {
    /// The expression without the braces of a definition.
    pub(super) fn text(&self) -> &str {
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
    pub(super) fn evaluate(&self, world: &World) -> Result<Option<Value>, Failure> {
        let mut entropy = Entropy::new(world.seed);
        let mut entropy = || entropy.next_u64();
        let empty = Value::empty_object();
        let roots = Roots {
            input: self.data.as_ref().unwrap_or(&empty),
            context: self.bindings.get("$$").unwrap_or(&Value::Null),
            variables: &|name| self.bindings.get(name).cloned(),
        };
        match self.language {
            Language::Jsonata => self.jsonata(world, &mut entropy),
            Language::Intrinsic => {
                let call = Call::parse(self.expression)
                    .map_err(|error| Failure::at(&error.kind, error.span))?;
                let value = call.evaluate(&roots, &mut entropy);
                value.map(Some).map_err(|error| Failure::of(&error))
            }
            Language::JsonPath => {
                let path = match self.has_variables(world) {
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
    fn has_variables(&self, world: &World) -> bool {
        let bindings = self.bindings.as_object();
        world.dialect == jsonata::Dialect::States || bindings.is_some_and(|it| !it.is_empty())
    }

    fn jsonata(
        &self,
        world: &World,
        entropy: &mut dyn FnMut() -> u64,
    ) -> Result<Option<Value>, Failure> {
        let expression = jsonata::compile(self.text(), world.dialect)?;
        let members = self.bindings.as_object().into_iter();
        let bindings: Vec<(Arc<str>, Value)> = members
            .flat_map(|members| members.iter())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut options = Options::new(world.now, entropy);
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
