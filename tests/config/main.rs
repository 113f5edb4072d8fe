//! The technician's file as a whole: what is told of a wrong one, its layers, the shipped file and its schema, and the
//! commands that check and explain it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod command;
mod layers;
mod setup;
mod shipped;
mod site;
mod wrong;
