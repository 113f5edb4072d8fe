//! A disk that fails under the real SQLite: full, read-only, broken, with a sync that fails; and one that loses what was
//! not synced when the power goes. `disk.c` is that disk, put before the program with `LD_PRELOAD`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod disk;
#[path = "../journal_support/mod.rs"]
mod journal_support;
mod power;
mod program;
mod stops;
#[path = "../trade/mod.rs"]
mod trade;
