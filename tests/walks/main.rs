//! Walks through the whole trade: the real program on its line face, real stand-ins in other processes, judged by the
//! stand-ins' own books.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod bank;
mod brand;
mod by_hand;
mod card;
mod card_desk;
mod changes;
mod clisitef;
mod configured;
mod contract;
mod courier;
mod devices;
mod doctor;
mod document;
mod erp;
mod erp_command;
mod fleet;
mod forgetting;
mod hostile;
mod houses;
mod hubsoft;
mod idle;
mod joining;
mod leaving;
mod mqtt;
mod negotiation;
mod panel_cards;
mod papers;
mod pix;
mod printer_faults;
mod printers;
mod program;
mod refusals;
mod reload;
mod scan;
mod secrets;
mod sending;
mod service;
mod services;
mod support;
mod technician;
mod teller;
#[path = "../trade/mod.rs"]
mod trade;
mod visits;
