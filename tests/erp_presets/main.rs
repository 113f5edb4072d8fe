//! The presets for IXC, SGP, RBX, Voalle and MK-Auth: the real driver against a stand-in in another process, judged by the
//! stand-in's own book.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod commands;
mod partner;
#[path = "../trade/process.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod process;
mod reads;
mod recorded;
#[path = "../erp_configured/server.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod server;
mod standins;
mod writes;
