//! Other people's PDFs: what is drawn and read off them, and what a hostile one costs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop here"
)]

#[path = "../decoders/mod.rs"]
mod decoders;
mod file;
mod hostile;
mod printing;
mod reading;
