//! The presets for IXC, SGP, RBX, Voalle and MK-Auth, and the stand-ins they are shown against.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod standins;
