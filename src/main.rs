//! The command line: reads arguments, builds the parts, runs them.

mod cli;

use std::alloc::System;
use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// What is given back is wiped first: nothing that one customer typed or that was fetched for them is left for the next.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    cli::main()
}
