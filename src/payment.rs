//! What must happen to money: facts in, next steps out.
//!
//! A payment is the list of its facts, in order, in the journal. `next` is a pure function of them, so power loss
//! needs no code of its own: after a restart the same function is asked about the same facts.

mod answers;
mod debt;
pub mod fact;
mod fits;
mod next;
pub mod person;
pub mod pix_try;
mod print_failure;
mod receipt;
mod reversal;
mod side;
mod standing;
mod state;
mod waiting;

pub use answers::TicketLost;
pub use debt::Debt;
pub use fact::{Decision, Entry, Fact, Item, Method, Payer, PersonWhy, PrintResult, Refusal, SettledHow, UndoReason};
pub use next::{Rules, Step, WriteOffBy, next};
pub use person::{Need, Outcome};
pub use pix_try::{PIX_TRIES, PixTry};
pub use print_failure::{CardDriver, OnPrintFailure};
pub use receipt::NoReceipt;
pub use reversal::{NotReversible, Reversal};
pub use side::{Refund, Ticket, TicketState};
pub use standing::Standing;
pub use state::{Payment, Received, Stage};

#[cfg(test)]
mod tests;
