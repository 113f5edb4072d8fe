//! The command line: reads arguments, builds the parts, runs them.

fn main() {}
