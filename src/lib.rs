//! A self-service payment totem, laid out as a counter clerk's desk.
//!
//! The decisions (`domain`, `payment`, `journey`) are pure: no clock, no randomness, no thread, no socket.
//! Everything else brings the world to them. `README.md` walks one payment through these rooms.

pub mod brand;
pub mod config;
pub mod courier;
pub mod doctor;
pub mod domain;
pub mod erp;
pub mod fleet;
pub mod http;
pub mod inspect;
pub mod journal;
pub mod journey;
pub mod paper;
pub mod payment;
pub mod pdf;
pub mod pix;
pub mod postal;
pub mod printer;
pub mod reader;
pub mod runtime;
pub mod secret;
pub mod service;
pub mod simulator;
pub mod support;
pub mod technician;
pub mod tef;
pub mod ui;
