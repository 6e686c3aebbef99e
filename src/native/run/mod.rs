//! `statelab run`: one execution under the virtual clock.

mod cases;
mod substitution;
mod table;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::answer::{Answer, Exit};
use super::check::{Checked, problems};
use super::input::{Inline, ReadError, Text, read};
use super::machine::{UnknownMachine, choose};
use super::objects::{self, ObjectsError};
use super::snippet::printable;
use super::start::Start;
use crate::execution::generate::generate;
use crate::execution::history::{HistoryEvent, write_history};
use crate::execution::interpreter::{
    Options, Outcome, Quotas, Setup, SetupError, Status, TaskRequest, run_to_end,
};
use crate::source::json::Value;
use crate::source::text::Position;
use cases::CasesError;
use substitution::{Pair, SubstitutionError, values};

/// Characters of a pending task's input that are shown.
const INPUT_LEN: usize = 500;

/// Run a definition in the simulator, under a virtual clock: waiting takes no time.
///
/// Prints the output; an error and its cause go to standard error. A Task state gets its
/// result from the mocks, else from --default-result, else it is pending and the run ends
/// there. With --generate, results and the input are made from what the definition asks
/// for. Equal files and arguments give the same events to the byte.
///
/// Exit codes: 0 succeeded, 1 failed or timed out, or a case of --tests did not pass, 2 the definition is invalid or cannot
/// be run, or wrong use, 3 a task is pending.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: statelab run order.asl.json --input '{\"id\": 7}' \
    --mocks MockConfigFile.json --test-case HappyPath --summary"
)]
pub struct Arguments {
    /// The definition; `-` for standard input.
    #[arg(required_unless_present = "tests")]
    definition: Option<PathBuf>,
    /// Which state machine of a template; without it the first one.
    #[arg(long, value_name = "NAME", conflicts_with = "tests")]
    machine: Option<String>,
    /// Run the cases of test files instead, in the form NAME.asl.test.json, and tell which
    /// passed.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "definition")]
    tests: Vec<PathBuf>,
    /// Write the results of --tests as JUnit's XML.
    #[arg(long, value_name = "FILE", requires = "tests")]
    junit: Option<PathBuf>,
    /// The input, or `@` and the file that holds it (`@-` for standard input). Without it,
    /// `{}`, or what --generate makes.
    #[arg(long, value_name = "JSON|@FILE")]
    input: Option<Inline>,
    /// Mocked results, in the form of MockConfigFile.json of Step Functions Local.
    #[arg(long, value_name = "FILE")]
    mocks: Option<PathBuf>,
    /// The test case in the mocks, `Name` or `Machine#Name`; without it the first one.
    #[arg(long, value_name = "NAME", requires = "mocks")]
    test_case: Option<String>,
    /// The result of every Task without a mock, or `@` and the file that holds it.
    #[arg(long, value_name = "JSON|@FILE")]
    default_result: Option<Inline>,
    /// The value of a placeholder `${NAME}` of the definition; may be given again.
    #[arg(long, value_name = "NAME=VALUE")]
    substitution: Vec<Pair>,
    /// The values of placeholders, as a JSON object.
    #[arg(long, value_name = "FILE")]
    substitutions: Option<PathBuf>,
    /// Make results for all Tasks, and an input if none is given, that lead to a good end.
    #[arg(long, conflicts_with_all = ["mocks", "default_result"])]
    generate: bool,
    /// A folder with the objects of S3, as `bucket/key` files: a distributed Map reads its
    /// items there and writes its results.
    #[arg(long, value_name = "DIR")]
    s3: Option<PathBuf>,
    /// What randomness starts from: UUIDs, random numbers, jitter, task tokens.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// When the execution starts on its virtual clock: RFC 3339, or `now` to read the
    /// real clock, which makes two runs differ.
    #[arg(long, value_name = "TIME", default_value_t)]
    start: Start,
    /// The limits of the service on payloads, events and time.
    #[arg(long, value_enum, default_value_t)]
    quotas: Limits,
    /// Print the events, as GetExecutionHistory answers.
    #[arg(long, conflicts_with = "summary")]
    events: bool,
    /// Print a table of the states and how each stands.
    #[arg(long)]
    summary: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Limits {
    /// As published.
    #[default]
    Service,
    /// None, but for a million events.
    Off,
}

/// Why nothing was run.
#[derive(Debug)]
pub enum RunError {
    /// A file cannot be read.
    Read(ReadError),
    /// The definition has errors.
    Definition {
        /// Its file.
        name: String,
        /// All its problems, for people.
        problems: String,
    },
    /// The file has no state machine of the name.
    Machine(UnknownMachine),
    /// A placeholder needs a value.
    Unresolved {
        /// The file of the definition.
        name: String,
        /// Where it stands.
        at: Position,
        /// Which, and why.
        message: String,
    },
    /// The definition has no placeholder of a name that was given.
    UnknownPlaceholder(String),
    /// The values of placeholders cannot be read.
    Substitutions(SubstitutionError),
    /// The objects cannot be read or written.
    Objects(ObjectsError),
    /// Test cases cannot be run.
    Cases(CasesError),
    /// What is given beside the definition does not fit.
    Setup {
        /// The file of the mocks.
        mocks: String,
        /// Why.
        error: SetupError,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Read(error) => error.fmt(f),
            RunError::Definition { name, problems } => {
                write!(f, "{name} has errors\n{}", problems.trim_end())
            }
            RunError::Unresolved { name, at, message } => {
                let message = printable(message);
                write!(f, "{name}:{}:{}: {message}\n  ", at.line, at.column)?;
                f.write_str("hint: give it one with --substitution NAME=VALUE")
            }
            RunError::UnknownPlaceholder(name) => {
                write!(
                    f,
                    "The definition has no placeholder ${{{}}}",
                    printable(name)
                )
            }
            RunError::Machine(error) => error.fmt(f),
            RunError::Cases(error) => error.fmt(f),
            RunError::Objects(error) => f.write_str(&printable(&error.to_string())),
            RunError::Substitutions(error) => error.fmt(f),
            RunError::Setup { mocks, error } => match error {
                SetupError::Mocks(errors) => {
                    write!(f, "The mocks cannot be read")?;
                    for (at, error) in errors {
                        let message = printable(&error.message);
                        write!(f, "\n{mocks}:{}:{}: {message}", at.line, at.column)?;
                    }
                    Ok(())
                }
                SetupError::Json { .. } | SetupError::TestCase(_) => {
                    f.write_str(&printable(&error.to_string()))
                }
            },
        }
    }
}

impl std::error::Error for RunError {}

impl From<ReadError> for RunError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<CasesError> for RunError {
    fn from(error: CasesError) -> Self {
        Self::Cases(error)
    }
}

impl From<ObjectsError> for RunError {
    fn from(error: ObjectsError) -> Self {
        Self::Objects(error)
    }
}

impl From<UnknownMachine> for RunError {
    fn from(error: UnknownMachine) -> Self {
        Self::Machine(error)
    }
}

impl From<SubstitutionError> for RunError {
    fn from(error: SubstitutionError) -> Self {
        Self::Substitutions(error)
    }
}

/// Runs a definition, or the cases of test files.
pub fn run(arguments: &Arguments) -> Result<Answer, RunError> {
    match &arguments.definition {
        Some(definition) => run_definition(definition, arguments),
        None => Ok(cases::run(&arguments.tests, arguments.junit.as_deref())?),
    }
}

/// Runs a definition until it ends or a task is pending.
fn run_definition(path: &Path, arguments: &Arguments) -> Result<Answer, RunError> {
    let mut checked = Checked::new(read(path)?);
    checked.document = choose(checked.document, arguments.machine.as_deref())?;
    let values = values(arguments.substitutions.as_deref(), &arguments.substitution)?;
    let known = checked.document.placeholders();
    for Pair { name, .. } in &arguments.substitution {
        if !known.iter().any(|placeholder| *placeholder.name == **name) {
            return Err(RunError::UnknownPlaceholder(name.clone()));
        }
    }
    if let Some(document) = checked.document.with_values(&values) {
        checked.document = document;
    }
    if checked.document.has_errors() {
        return Err(RunError::Definition {
            problems: problems(&checked),
            name: checked.name,
        });
    }
    if let Some(problem) = checked.document.unresolved().first() {
        return Err(RunError::Unresolved {
            at: checked.document.position(problem.span.start as usize),
            message: problem.message.clone(),
            name: checked.name,
        });
    }
    let machine = checked.document.machine();
    let name = machine_name(&checked.name);
    let generated = arguments.generate.then(|| generate(machine, &name));
    let input = match (&arguments.input, &generated) {
        (Some(input), _) => input.read()?,
        (None, Some(generated)) => generated.input_text(),
        (None, None) => String::new(),
    };
    let mocks = match &generated {
        Some(generated) => Some(Text {
            name: "<generated>".to_owned(),
            text: generated.mocks_text(),
        }),
        None => arguments.mocks.as_deref().map(read).transpose()?,
    };
    let default_result = arguments.default_result.as_ref().map(Inline::read);
    let default_result = default_result.transpose()?;
    let setup = Setup {
        input: &input,
        mocks: mocks.as_ref().map_or("", |mocks| mocks.text.as_str()),
        test_case: arguments.test_case.as_deref(),
        default_result: default_result.as_deref(),
    };
    let objects = arguments.s3.as_deref().map(objects::read).transpose()?;
    let options = Options {
        objects: Arc::new(objects.unwrap_or_default()),
        machine_name: name.into(),
        workflow_type: checked.document.workflow_type(),
        seed: arguments.seed,
        quotas: match arguments.quotas {
            Limits::Service => Quotas::SERVICE,
            Limits::Off => Quotas::OFF,
        },
        ..Options::default()
    };
    let mut simulation = setup
        .start(machine.clone(), options, arguments.start.instant())
        .map_err(|error| RunError::Setup {
            mocks: mocks
                .as_ref()
                .map_or_else(String::new, |mocks| mocks.name.clone()),
            error,
        })?;
    let status = run_to_end(&mut simulation);
    if let Some(folder) = &arguments.s3 {
        for (bucket, key, text) in simulation.execution().written() {
            objects::write(folder, bucket, key, text)?;
        }
    }
    let mut answer = tell(&status);
    if arguments.events {
        answer.out = write_events(simulation.history());
    }
    if arguments.summary {
        answer.out = table::write(machine, simulation.history(), &status);
    }
    Ok(answer)
}

/// The output, or what went wrong.
fn tell(status: &Status) -> Answer {
    match status {
        Status::Ended(Outcome::Succeeded(output)) => Answer::good(format!("{output}\n")),
        Status::Ended(Outcome::Failed(_) | Outcome::TimedOut(_) | Outcome::Aborted(_)) => {
            told(status, Exit::Bad)
        }
        Status::Pending(tasks) => Answer {
            err: tasks.iter().map(pending).collect(),
            exit: Exit::Pending,
            ..Answer::default()
        },
        // `run_to_end` goes on as long as there is something to do.
        Status::Running => told(status, Exit::Pending),
    }
}

fn told(status: &Status, exit: Exit) -> Answer {
    Answer {
        err: in_words(status) + "\n",
        exit,
        ..Answer::default()
    }
}

/// Where a run stands, in a sentence or two.
fn in_words(status: &Status) -> String {
    let words = match status {
        Status::Running => "running".to_owned(),
        Status::Pending(tasks) if tasks.len() == 1 => "pending: 1 task waits".to_owned(),
        Status::Pending(tasks) => format!("pending: {} tasks wait", tasks.len()),
        Status::Ended(outcome) => outcome.to_string(),
    };
    // Causes are often stack traces.
    let lines: Vec<String> = words.lines().map(printable).collect();
    let mut words = lines.join("\n");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn pending(task: &TaskRequest) -> String {
    let iterations: String = task
        .iterations
        .iter()
        .map(|index| format!("[{index}]"))
        .collect();
    format!(
        "Pending: {}{iterations} ({}), attempt {}, waits for a result of {}\n  input: {}\n  \
         hint: give it a mock with --mocks, or every task a result with --default-result\n",
        printable(&task.state),
        printable(task.pointer.as_str()),
        task.attempt,
        printable(&task.resource.text),
        shorten(&task.input.to_string()),
    )
}

fn shorten(text: &str) -> String {
    let mut short: String = printable(text).chars().take(INPUT_LEN).collect();
    if text.len() > short.len() {
        short.push('…');
    }
    short
}

/// What `GetExecutionHistory` answers.
fn write_events(events: &[HistoryEvent]) -> String {
    Value::from([("events", write_history(events))]).to_pretty() + "\n"
}

/// The name of a state machine from that of its file, with what ARNs allow.
fn machine_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let allowed = |char: &char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    let name: String = stem.chars().filter(allowed).take(80).collect();
    match name.as_str() {
        "" | "stdin" => "statemachine".to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn files_name_machines() {
        for (file, name) in [
            ("flows/order-1.asl.json", "order-1"),
            ("<stdin>", "statemachine"),
            ("é.json", "statemachine"),
            ("my flow.asl", "myflow"),
        ] {
            assert_eq!(super::machine_name(file), name);
        }
    }
}
