//! The other side of every wire: a bank, an ERP, a TEF manager, a pinpad, a printer. No type of a driver is used here.

pub mod automation;
pub mod bank;
mod br_code;
pub mod courier;
pub mod datacake;
pub mod erp;
pub mod http;
pub mod hubsoft;
pub mod isp;
pub mod lifetime;
pub mod pinpad;
mod port;
pub mod postal;
pub mod printer;
pub mod smartbill;
pub mod state;
pub mod tef_manager;
