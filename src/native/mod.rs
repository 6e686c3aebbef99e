//! The companion command `statelab`: one file per command.
//!
//! A command is a function from its arguments to an [`Answer`]. What it reads from
//! outside goes through [`input`], what it says goes through [`answer`], and the clock
//! is read only where an argument asks for it, so equal files and arguments give
//! byte-equal answers.

mod answer;
mod flow;
mod input;
mod machine;
mod objects;
mod snippet;
mod start;

mod check;
mod eval;
mod layout;
mod render;
mod run;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use answer::{Answer, Exit};

/// Check, run and draw Amazon States Language definitions, the language of AWS Step
/// Functions, without an account.
#[derive(Debug, Parser)]
#[command(name = "statelab", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Run(run::Arguments),
    Eval(eval::Arguments),
    Layout(layout::Arguments),
    Render(render::Arguments),
    Serve(serve::Arguments),
}

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    let answer = match Arguments::parse().command {
        Command::Check(arguments) => check::check(&arguments),
        Command::Run(arguments) => or_wrong_use("run", run::run(&arguments)),
        Command::Eval(arguments) => or_wrong_use("eval", eval::eval(&arguments)),
        Command::Layout(arguments) => or_wrong_use("layout", layout::layout(&arguments)),
        Command::Render(arguments) => or_wrong_use("render", render::render(&arguments)),
        Command::Serve(arguments) => or_wrong_use("serve", serve::serve(&arguments)),
    };
    answer.give()
}

fn or_wrong_use<E: std::error::Error>(command: &str, result: Result<Answer, E>) -> Answer {
    result.unwrap_or_else(|error| Answer::wrong_use(command, &error))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
