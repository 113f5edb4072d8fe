//! Finding out what stands at a port without printing anything: every harmless question, once, and what came of it.
