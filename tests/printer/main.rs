//! The printer room from the document to the bytes, the line and the proof; and what stands at the other end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod command;
#[path = "../counterpart/mod.rs"]
mod counterpart;
#[path = "../decoders/mod.rs"]
mod decoders;
mod desk;
mod file;
mod golden;
mod makers;
mod matrix;
#[path = "../papers/mod.rs"]
mod papers;
mod plan;
mod ports;
mod properties;
mod raster;
mod serial;
mod stops;
