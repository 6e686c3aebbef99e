//! `statelab eval`: the value of one expression, or of many, one per line.

mod lines;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::answer::{Answer, Exit};
use super::input::{ReadError, read};
use super::snippet::{printable, snippet};
use super::start::Start;
use crate::execution::interpreter::Entropy;
use crate::expr::jsonata::Dialect as JsonataDialect;
use crate::expr::request::{Failure, Language, Request, World};
use crate::source::json::{SyntaxErrorKind, Value};
use crate::source::text::{LineIndex, Position};
use crate::time::Timestamp;

/// Evaluate one expression: JSONata, a JSONPath or an intrinsic function.
///
/// Exit codes: 0 a value, 1 the expression is wrong or fails, 2 wrong use.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: \
    echo '{\"items\": [1, 2, 3]}' | statelab eval '$sum(items)' --data -")]
pub struct Arguments {
    /// The expression; `{% … %}` around JSONata may stand or not.
    #[arg(allow_hyphen_values = true, required_unless_present = "lines")]
    expression: Option<String>,
    /// What language it is in.
    #[arg(long, value_enum, default_value = "jsonata")]
    language: Language,
    /// Which functions JSONata has: its own, or those of Step Functions. A JSONPath may start
    /// from variables in the latter, or where there are bindings.
    #[arg(long, value_enum, default_value = "jsonata")]
    dialect: Dialect,
    /// What `$` shows, as JSON; `-` for standard input. Without it, nothing to JSONata and
    /// `{}` to the others.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The variables, as a JSON object: `{"count": 3}` is what `$count` shows. For JSONPath
    /// the member `$$` is the context object.
    #[arg(long, value_name = "FILE")]
    bindings: Option<PathBuf>,
    /// What randomness starts from: `$random`, `$uuid`, States.UUID, States.MathRandom.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// What time `$now` and `$millis` tell: a time such as 2026-01-02T03:04:05Z, or `now`.
    #[arg(long, value_name = "TIME", default_value_t = Start::default())]
    start: Start,
    /// Read requests from standard input, one JSON object per line, and answer each with
    /// one: `{"language", "expression", "data"?, "bindings"?}` in, `{"result"}`, `{}` for
    /// nothing, or `{"error"}` out.
    #[arg(long, conflicts_with_all = ["expression", "data", "bindings"])]
    lines: bool,
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Language::JsonPath, Language::Intrinsic, Language::Jsonata]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Language::JsonPath => ("jsonpath", "Paths such as `$.order.items[0]`"),
            Language::Intrinsic => {
                let help = "Calls such as `States.Format('Hello, {}', $.name)`";
                ("intrinsic", help)
            }
            Language::Jsonata => ("jsonata", "Expressions such as `$sum(items.price)`"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dialect {
    /// The languages as their reference implementations have them.
    Jsonata,
    /// As Step Functions has it.
    States,
}

/// Where and when expressions are evaluated.
#[derive(Debug)]
struct Place {
    dialect: JsonataDialect,
    seed: u64,
    now: Timestamp,
}

impl Place {
    /// The value of an expression; each starts from the same seed.
    fn evaluate(&self, request: &Request<'_>) -> Result<Option<Value>, Failure> {
        let mut entropy = Entropy::new(self.seed);
        request.evaluate(World {
            dialect: self.dialect,
            now: self.now,
            entropy: &mut || entropy.next_u64(),
        })
    }
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
    /// Standard input or output fails between two lines.
    Lines(io::Error),
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
            EvalError::Lines(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EvalError {}

impl From<ReadError> for EvalError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Evaluates an expression, or all that standard input asks for.
pub fn eval(arguments: &Arguments) -> Result<Answer, EvalError> {
    let place = Place {
        dialect: match arguments.dialect {
            Dialect::Jsonata => JsonataDialect::Jsonata,
            Dialect::States => JsonataDialect::States,
        },
        seed: arguments.seed,
        now: arguments.start.instant(),
    };
    if arguments.lines {
        let (input, output) = (io::stdin().lock(), io::stdout().lock());
        lines::answer(input, output, arguments.language, &place).map_err(EvalError::Lines)?;
        return Ok(Answer::default());
    }
    let bindings = match read_json(arguments.bindings.as_deref())? {
        None => Value::empty_object(),
        Some(bindings) => bindings,
    };
    if bindings.as_object().is_none() {
        return Err(EvalError::Bindings {
            found: bindings.type_name(),
        });
    }
    let expression = arguments.expression.as_deref().unwrap_or_default();
    let request = Request {
        language: arguments.language,
        expression,
        data: read_json(arguments.data.as_deref())?,
        bindings,
    };
    Ok(match place.evaluate(&request) {
        Ok(Some(value)) => Answer::good(value.to_pretty() + "\n"),
        Ok(None) => Answer {
            err: "The expression has no value\n".to_owned(),
            ..Answer::default()
        },
        Err(failure) => failed(request.text(), &failure),
    })
}

/// The sentence, and the place with a mark where there is one.
fn failed(expression: &str, failure: &Failure) -> Answer {
    let code = failure.code.map(|code| format!("{code}: "));
    let mut err = code.unwrap_or_default() + &printable(&failure.message) + "\n";
    if let Some(span) = failure.span {
        let snippet = snippet(expression, span);
        err += &format!("  {}\n  {}\n", snippet.line, snippet.mark);
    }
    Answer {
        err,
        exit: Exit::Bad,
        ..Answer::default()
    }
}

fn read_json(path: Option<&Path>) -> Result<Option<Value>, EvalError> {
    let Some(path) = path else {
        return Ok(None);
    };
    let text = read(path)?;
    let value = Value::parse(&text.text).map_err(|error| EvalError::Json {
        at: LineIndex::new(&text.text).position(&text.text, error.span.start as usize),
        name: text.name,
        error: error.kind,
    })?;
    Ok(Some(value))
}
