//! The command line: reads arguments, builds the parts, runs them.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
