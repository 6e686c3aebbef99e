//! JSONata, the query and transformation language, at version 2.0.6.
//!
//! One engine speaks two dialects: the language as its reference implementation defines
//! it, and the one that Step Functions documents, without `$eval` and with functions of
//! its own. Errors carry the reference's codes, messages, positions and tokens.
//!
//! [`compile`] turns a text into an [`Expression`]; [`Expression::evaluate`] applies it to
//! an input. An evaluation knows nothing of the world but what [`Options`] tell it, and
//! its fuel and depth are bounded, so it ends on any expression and any data.

mod ast;
mod code;
mod error;
mod evaluate;
mod function;
mod limit;
mod parse;
mod reference;
mod signature;
mod value;

pub mod datetime;
pub mod integer;
pub mod number;

use std::sync::{Arc, OnceLock};

pub use code::Code;
pub use error::Error;
pub use reference::{Reference, ReferenceKind};

use crate::source::json::Value;
use crate::time::Timestamp;
use ast::Node;
use evaluate::{Evaluation, Frame};
use value::{Array, Flag, Val};

/// Which functions there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// JSONata as its reference implementation has it.
    #[default]
    Jsonata,
    /// JSONata in Step Functions: no `$eval`; `$partition`, `$range`, `$hash`, `$uuid`,
    /// `$parse` and seeds for `$random`.
    States,
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Expression {
    text: Arc<str>,
    dialect: Dialect,
    root: Arc<Node>,
}

/// The variables that an expression finds bound, by name without `$`.
pub type Bindings<'a> = &'a [(Arc<str>, Value)];

/// What bounds an evaluation and what it knows of the world.
pub struct Options<'a> {
    /// How many steps it may take; what is left afterwards.
    pub fuel: u64,
    /// How deep evaluations may stand in one another.
    pub depth: usize,
    /// The time that `$now` and `$millis` tell.
    pub now: Timestamp,
    /// Where `$random`, `$shuffle` and `$uuid` get their bits from.
    pub entropy: &'a mut dyn FnMut() -> u64,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value.
    Value(Value),
    /// Nothing: what JSONata calls undefined.
    Nothing,
    /// A function, which has no place in JSON.
    Function,
}

impl Answer {
    /// The value, if there is one.
    pub fn into_value(self) -> Option<Value> {
        match self {
            Answer::Value(value) => Some(value),
            Answer::Nothing | Answer::Function => None,
        }
    }
}

/// How many steps an evaluation may take unless told otherwise: a second or two.
pub const DEFAULT_FUEL: u64 = 50_000_000;

/// How deep evaluations may stand in one another unless told otherwise; a stack of a
/// megabyte holds them.
pub const DEFAULT_DEPTH: usize = 500;

impl<'a> Options<'a> {
    /// The usual limits.
    pub fn new(now: Timestamp, entropy: &'a mut dyn FnMut() -> u64) -> Self {
        Self {
            fuel: DEFAULT_FUEL,
            depth: DEFAULT_DEPTH,
            now,
            entropy,
        }
    }
}

/// Reads an expression.
pub fn compile(text: &str, dialect: Dialect) -> Result<Expression, Error> {
    let root = parse::parse(text, dialect)?;
    Ok(Expression {
        text: text.into(),
        dialect,
        root: Arc::new(root),
    })
}

/// The names of all functions of a dialect, without `$`.
pub fn function_names(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    let builtins = function::builtins().iter();
    builtins
        .filter(move |builtin| builtin.is_in(dialect))
        .map(|builtin| builtin.name)
}

impl Expression {
    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Applies the expression to an input, which may be missing.
    pub fn evaluate(
        &self,
        input: Option<&Value>,
        bindings: Bindings,
        options: &mut Options,
    ) -> Result<Answer, Error> {
        static INPUT: OnceLock<Arc<str>> = OnceLock::new();
        let root = Frame::root(bindings.len() + 1);
        for (name, value) in bindings {
            root.bind(name, Some(Val::from(value)));
        }
        let input = input.map(Val::from);
        root.bind(INPUT.get_or_init(|| "$".into()), input.clone());
        let input = match input {
            Some(array @ Val::Array(_)) => {
                let flags = [Flag::Sequence, Flag::Wrapper];
                Some(Val::Array(Array::with(vec![array], &flags)))
            }
            other => other,
        };
        let mut run = Evaluation {
            fuel: options.fuel,
            max_depth: options.depth,
            depth: 0,
            dialect: self.dialect,
            now: options.now,
            entropy: &mut *options.entropy,
            root: root.clone(),
            caller: None,
            captured: Vec::new(),
            captured_limit: 64,
            builtins_called: Vec::new(),
            last_reader: None,
        };
        let value = run.evaluate(&self.root, input.as_ref(), &root);
        run.release();
        root.clear();
        options.fuel = run.fuel;
        let answer = value.and_then(|value| match value {
            None => Ok(Answer::Nothing),
            Some(value) => Ok(match value.to_value(0)? {
                Some(value) => Answer::Value(value),
                None => Answer::Function,
            }),
        });
        answer.map_err(|error| error.locate(&self.text))
    }
}

impl PartialEq for Expression {
    /// By text.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.dialect == other.dialect
    }
}
