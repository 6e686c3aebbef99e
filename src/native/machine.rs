//! Which state machine of a template a command is about.

use std::fmt;
use std::sync::Arc;

use super::snippet::printable;
use crate::authoring::document::{Document, Target};

/// A file has no state machine of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMachine {
    /// The name.
    wanted: String,
    /// Those that there are.
    known: Vec<Arc<str>>,
}

impl fmt::Display for UnknownMachine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "There is no state machine {}: ", printable(&self.wanted))?;
        if self.known.is_empty() {
            return f.write_str("--machine is for templates, and this is none");
        }
        let known: Vec<String> = self.known.iter().map(|name| printable(name)).collect();
        write!(f, "the file has {}", known.join(", "))
    }
}

impl std::error::Error for UnknownMachine {}

/// The document, with the state machine of a name meant if one is given.
pub fn choose(document: Document, wanted: Option<&str>) -> Result<Document, UnknownMachine> {
    let Some(wanted) = wanted else {
        return Ok(document);
    };
    let names = document.shell().map_or(&[][..], |shell| &shell.names);
    if !names.iter().any(|name| **name == *wanted) {
        return Err(UnknownMachine {
            wanted: wanted.to_owned(),
            known: names.to_vec(),
        });
    }
    Ok(document.with_target(Target {
        machine: Some(wanted.to_owned()),
        ..document.target().clone()
    }))
}

/// The document with the problems of all its state machines.
pub fn all(document: &Document) -> Document {
    let Some(shell) = document.shell().filter(|shell| shell.names.len() > 1) else {
        return document.clone();
    };
    let mut problems = document.diagnostics().to_vec();
    for name in shell.names.iter().filter(|name| **name != shell.name) {
        let other = document.with_target(Target {
            machine: Some(name.to_string()),
            ..document.target().clone()
        });
        for problem in other.diagnostics() {
            if !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
    }
    problems.sort_by_key(|problem| problem.span.order());
    document.with_diagnostics(problems)
}
