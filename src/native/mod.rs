//! The companion command.

use std::process::ExitCode;

use clap::Parser;

/// The companion command of the Statelab playground.
#[derive(Parser)]
#[command(name = "statelab", version, arg_required_else_help = true)]
struct Arguments {}

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    Arguments::parse();
    ExitCode::SUCCESS
}
