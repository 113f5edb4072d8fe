//! The CliSiTef driver against a stand-in library, which is loaded by the real process that holds libraries.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod asking;
mod library;
mod pending;
mod place;
mod privacy;
mod selling;
#[path = "../standin_library/mod.rs"]
mod standin_library;
mod surviving;
