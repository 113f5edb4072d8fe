//! The file exchange driver against a scripted manager, over real folders and raw bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "tef_file_exchange/desk.rs"]
mod desk;
#[path = "tef_file_exchange/dialects.rs"]
mod dialects;
#[path = "tef_file_exchange/finalizing.rs"]
mod finalizing;
#[path = "tef_file_exchange/folders.rs"]
mod folders;
#[path = "tef_file_exchange/handshake.rs"]
mod handshake;
#[path = "tef_file_exchange/manager.rs"]
mod manager;
#[path = "tef_file_exchange/plan.rs"]
mod plan;
#[path = "tef_file_exchange/recovery.rs"]
mod recovery;
