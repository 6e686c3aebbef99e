//! `statelab check`: what is wrong with definitions.

mod github;
mod human;
mod json;
mod sarif;

use std::path::PathBuf;

use clap::ValueEnum;

use super::answer::{Answer, Exit};
use super::input::{Text, read};
use super::machine;
use crate::asl::WorkflowType;
use crate::authoring::document::{Document, Target};

pub(super) use human::problems;

/// Say what is wrong with definitions: where, how bad, and what to do. Of a template all state
/// machines are looked at.
///
/// Exit codes: 0 no errors (warnings are fine), 1 errors, 2 a file that cannot be read.
/// Columns count UTF-16 units from 1, as editors do.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: statelab check machines/*.asl.json --format github")]
pub struct Arguments {
    /// Definitions; `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the state machines are to be: EXPRESS forbids some of what STANDARD may have.
    /// Without it, what their template says, or else STANDARD.
    #[arg(long = "type", value_name = "TYPE", value_enum, ignore_case = true)]
    workflow_type: Option<Type>,
    /// How to write the problems.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Sentences, each with its line and a mark below it.
    #[default]
    Human,
    /// A list of objects.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Type {
    /// Up to a year, each step exactly once.
    #[value(name = "STANDARD")]
    Standard,
    /// Up to five minutes, without callbacks, jobs and activities.
    #[value(name = "EXPRESS")]
    Express,
}

impl From<Type> for WorkflowType {
    fn from(given: Type) -> Self {
        match given {
            Type::Standard => WorkflowType::Standard,
            Type::Express => WorkflowType::Express,
        }
    }
}

/// A definition that was read.
pub(super) struct Checked {
    /// The name of its file.
    pub name: String,
    /// The definition and its problems.
    pub document: Document,
}

impl Checked {
    /// Reads a definition, in a template the first one.
    pub fn new(text: Text) -> Self {
        Self::at(text, Target::default())
    }

    fn at(Text { name, text }: Text, target: Target) -> Self {
        let document = Document::open_at(text, target);
        Self { name, document }
    }
}

/// Checks every file that can be read.
pub fn check(arguments: &Arguments) -> Answer {
    let mut answer = Answer::default();
    let mut checked = Vec::new();
    for path in &arguments.files {
        match read(path) {
            Ok(text) => {
                let target = Target {
                    machine: None,
                    workflow_type: arguments.workflow_type.map(WorkflowType::from),
                };
                let Checked { name, document } = Checked::at(text, target);
                let document = machine::all(&document);
                checked.push(Checked { name, document });
            }
            Err(error) => {
                answer.err.push_str(&Answer::wrong_use("check", &error).err);
                answer.exit = Exit::WrongUse;
            }
        }
    }
    if checked.iter().any(|checked| checked.document.has_errors()) {
        answer.exit = answer.exit.max(Exit::Bad);
    }
    answer.out = match arguments.format {
        Format::Human => human::write(&checked),
        Format::Json => json::write(&checked),
        Format::Github => github::write(&checked),
        Format::Sarif => sarif::write(&checked),
    };
    answer
}
