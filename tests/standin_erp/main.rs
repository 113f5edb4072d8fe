//! The stand-in ERP, asked by hand-written requests from document 001: never by the driver it stands against.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod counter;
mod misbehaving;
mod paying;
mod reading;
mod serving;
mod wire;
