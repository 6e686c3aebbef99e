//! The companion command.

fn main() -> std::process::ExitCode {
    statelab::native::main()
}
