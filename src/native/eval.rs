//! `statelab eval`: the value of one expression.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::answer::{Answer, Exit};
use super::input::{ReadError, read};
use super::snippet::{printable, snippet};
use crate::execution::interpreter::Entropy;
use crate::expr::Roots;
use crate::expr::intrinsic::{Call, is_intrinsic};
use crate::expr::jsonpath::Path as JsonPath;
use crate::source::Span;
use crate::source::json::{SyntaxErrorKind, Value};
use crate::source::text::{LineIndex, Position};

/// Evaluate one expression: a JSONPath or an intrinsic function.
///
/// Exit codes: 0 a value, 1 the expression is wrong or fails, 2 wrong use.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: \
    echo '{\"items\": [1, 2, 3]}' | statelab eval '$.items[-1:]' --data -")]
pub struct Arguments {
    /// The expression.
    #[arg(allow_hyphen_values = true)]
    expression: String,
    /// What language it is in; by default `{% … %}` is JSONata, what starts with
    /// `States.` is an intrinsic function, and all else is JSONPath.
    #[arg(long, value_enum)]
    language: Option<Language>,
    /// What `$` shows, as JSON; `-` for standard input. Without it, `{}`.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The variables, as a JSON object: `{"count": 3}` is what `$count` shows. The member
    /// `$$` is the context object.
    #[arg(long, value_name = "FILE")]
    bindings: Option<PathBuf>,
    /// What randomness starts from: States.UUID, States.MathRandom.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Paths such as `$.order.items[0]`.
    #[value(name = "jsonpath")]
    JsonPath,
    /// Calls such as `States.Format('Hello, {}', $.name)`.
    Intrinsic,
    /// Not yet: says so.
    #[value(hide = true)]
    Jsonata,
}

/// Why nothing was evaluated.
#[derive(Debug)]
pub enum EvalError {
    /// A file cannot be read.
    Read(ReadError),
    /// A file is not JSON.
    Json {
        /// Which one.
        name: String,
        /// What is wrong with it.
        error: SyntaxErrorKind,
        /// Where.
        at: Position,
    },
    /// The bindings are not an object.
    Bindings {
        /// What they are.
        found: &'static str,
    },
    /// JSONata is not there yet.
    Jsonata,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvalError::Read(error) => error.fmt(f),
            EvalError::Json { name, error, at } => {
                write!(f, "{name}:{}:{}: {error}", at.line, at.column)
            }
            EvalError::Bindings { found } => write!(
                f,
                "The bindings must be an object of variables, not of type {found}"
            ),
            EvalError::Jsonata => f.write_str("JSONata cannot be evaluated yet"),
        }
    }
}

impl std::error::Error for EvalError {}

impl From<ReadError> for EvalError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Evaluates an expression.
pub fn eval(arguments: &Arguments) -> Result<Answer, EvalError> {
    let expression = arguments.expression.as_str();
    let language = arguments.language.unwrap_or_else(|| guess(expression));
    if language == Language::Jsonata {
        return Err(EvalError::Jsonata);
    }
    let data = read_json(arguments.data.as_deref())?;
    let bindings = read_json(arguments.bindings.as_deref())?;
    if bindings.as_object().is_none() {
        return Err(EvalError::Bindings {
            found: bindings.type_name(),
        });
    }
    let roots = Roots {
        input: &data,
        context: bindings.get("$$").unwrap_or(&Value::Null),
        variables: &|name| bindings.get(name).cloned(),
    };
    let value = match language {
        Language::Intrinsic => match Call::parse(expression) {
            Err(error) => return Ok(misread(expression, &error.kind, error.span)),
            Ok(call) => {
                let mut entropy = Entropy::new(arguments.seed);
                let value = call.evaluate(&roots, &mut || entropy.next_u64());
                value.map_err(|error| error.to_string())
            }
        },
        Language::JsonPath | Language::Jsonata => match JsonPath::parse(expression) {
            Err(error) => return Ok(misread(expression, &error.kind, error.span)),
            Ok(path) => path.evaluate(&roots).map_err(|error| error.to_string()),
        },
    };
    Ok(match value {
        Ok(value) => Answer::good(value.to_pretty() + "\n"),
        Err(error) => Answer {
            err: printable(&error) + "\n",
            exit: Exit::Bad,
            ..Answer::default()
        },
    })
}

fn guess(expression: &str) -> Language {
    if expression.starts_with("{%") {
        return Language::Jsonata;
    }
    if is_intrinsic(expression) {
        return Language::Intrinsic;
    }
    Language::JsonPath
}

fn misread(expression: &str, error: &impl fmt::Display, span: Span) -> Answer {
    let snippet = snippet(expression, span);
    let error = printable(&error.to_string());
    Answer {
        err: format!("{error}\n  {}\n  {}\n", snippet.line, snippet.mark),
        exit: Exit::Bad,
        ..Answer::default()
    }
}

fn read_json(path: Option<&Path>) -> Result<Value, EvalError> {
    let Some(path) = path else {
        return Ok(Value::empty_object());
    };
    let text = read(path)?;
    Value::parse(&text.text).map_err(|error| EvalError::Json {
        at: LineIndex::new(&text.text).position(&text.text, error.span.start as usize),
        name: text.name,
        error: error.kind,
    })
}
