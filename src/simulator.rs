//! The other side of every wire: an ERP, a TEF manager, a printer. No type of a driver is used here.

pub mod erp;
pub mod http;
mod lifetime;
mod state;
pub mod tef_manager;
