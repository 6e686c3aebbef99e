//! What a command says and how it ends.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ends, as a number for scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: all is well.
    #[default]
    Good,
    /// 1: the command did its work, and the answer is bad news.
    Bad,
    /// 2: it could not do its work: a wrong argument, an unreadable file, a definition
    /// that cannot be run.
    WrongUse,
    /// 3: a task waits for an answer that nobody gave.
    Pending,
}

/// What a command has to say when it is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it was asked for, for standard output.
    pub out: String,
    /// What a person should know, for standard error.
    pub err: String,
    /// How it ends.
    pub exit: Exit,
}

impl Answer {
    /// A good answer.
    pub fn good(out: String) -> Self {
        Self {
            out,
            ..Self::default()
        }
    }

    /// The answer of a command that could not do its work.
    pub fn wrong_use(command: &str, error: &impl Error) -> Self {
        Self {
            err: format!("statelab {command}: {error}\n"),
            exit: Exit::WrongUse,
            ..Self::default()
        }
    }

    /// Writes it. A reader that has gone away is no error; a full disk is one.
    pub fn give(&self) -> ExitCode {
        let written = write(&mut io::stdout().lock(), &self.out);
        // There is nobody left to tell if standard error cannot be written.
        let _ = write(&mut io::stderr().lock(), &self.err);
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let sentence = format!("statelab: the answer cannot be written: {error}\n");
                let _ = write(&mut io::stderr().lock(), &sentence);
                Exit::WrongUse.into()
            }
            _ => self.exit.into(),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Bad => 1,
            Exit::WrongUse => 2,
            Exit::Pending => 3,
        })
    }
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
