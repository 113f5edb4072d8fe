//! The stand-in bank, asked by hand-written requests from the tables of the API Pix: never by the driver it stands against.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod bending;
mod charging;
mod demanding;
mod misbehaving;
mod paying;
mod refunding;
mod serving;
mod signing;
mod tls;
mod wire;
