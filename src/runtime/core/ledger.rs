//! What the desk wants of the journal.

use jiff::Timestamp;

use crate::domain::{Note, PaymentId};
use crate::payment::Entry;

/// Why a payment was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotBegun {
    /// Nothing was attempted, and what is under way goes on: the disk has room for that and for nothing new.
    NotNow(String),
    /// Nothing more is accepted.
    Broken(String),
}

/// The durable list of facts, as the desk needs it.
pub trait Ledger: Send {
    /// Durable on return, all or nothing. After an error nothing more is accepted.
    fn append(&mut self, entries: &[Entry]) -> Result<(), String>;
    /// The same of the facts that open a payment, which may be refused by themselves.
    fn begin(&mut self, entries: &[Entry]) -> Result<(), NotBegun> {
        self.append(entries).map_err(NotBegun::Broken)
    }
    /// Payments without an end, oldest first.
    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String>;
    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String>;
    /// The payments opened last, newest first.
    fn recent(&mut self, limit: u32) -> Result<Vec<Vec<Entry>>, String>;
    /// Payments of one person, newest first.
    fn payments_of(&mut self, tax_id_hash: &str, limit: u32) -> Result<Vec<Vec<Entry>>, String>;
    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String>;
    /// What is about no payment, durable on return. After an error nothing more is accepted.
    fn note(&mut self, _: &Note) -> Result<(), String> {
        Ok(())
    }
    /// Newest first.
    fn notes(&mut self, _limit: u32) -> Result<Vec<Note>, String> {
        Ok(Vec::new())
    }
    /// When the desk was closed, if it still is.
    fn stopped(&mut self) -> Result<Option<Note>, String> {
        Ok(None)
    }
    /// Documents that were not shown and that nobody has looked into since, oldest first.
    fn doubted(&mut self) -> Result<Vec<Note>, String> {
        Ok(Vec::new())
    }
    /// What was noted by one of these names, oldest first.
    fn notes_of(&mut self, _kinds: &[&str]) -> Result<Vec<Note>, String> {
        Ok(Vec::new())
    }
    /// Lets go of payments that ended before this, about `most` facts at once; 0 when none is left to go.
    fn forget(&mut self, _before: Timestamp, _most: u32) -> Result<u64, String> {
        Ok(0)
    }
    /// A keyed hash in hex: of a CPF, so that the CPF itself is never written down, or of an id that must not be guessed.
    fn keyed_hash(&self, text: &str) -> String;
    /// Of the system's own randomness, new each time: what is named with it has no second on any machine, also after an
    /// older state folder was put back. Nothing where a run must be the same when it is repeated.
    fn chance(&self) -> u128 {
        0
    }
}
