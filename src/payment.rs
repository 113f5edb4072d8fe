//! What must happen to money: facts in, next steps out.
//!
//! A payment is the list of its facts, in order, in the journal. `next` is a pure function of them, so power loss
//! needs no code of its own: after a restart the same function is asked about the same facts.

pub mod fact;

pub use fact::{Decision, Entry, Fact, Item, Method, Payer, PrintResult, SettledHow, UndoReason};
