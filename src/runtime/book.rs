//! The journal as the desk's ledger. One that cannot be used refuses every fact and says why.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::call::Audit;
use super::core::{Ledger, NotBegun};
use super::meter::Meter;
use crate::domain::{Note, PaymentId};
use crate::journal::{self, Journal, JournalKey, tax_id_hash};
use crate::payment::Entry;

pub struct Book(State);

enum State {
    Open { journal: Box<Journal>, key: JournalKey, meter: Arc<Meter> },
    Broken(String),
}

impl Book {
    #[must_use]
    pub fn open(journal: Journal, key: JournalKey, meter: Arc<Meter>) -> Book {
        Book(State::Open { journal: Box::new(journal), key, meter })
    }

    #[must_use]
    pub fn broken(why: String) -> Book {
        Book(State::Broken(why))
    }

    fn journal(&mut self) -> Result<&mut Journal, String> {
        match &mut self.0 {
            State::Open { journal, .. } => Ok(journal),
            State::Broken(why) => Err(why.clone()),
        }
    }
}

/// Walks the whole journal at `path` beside the desk that writes it.
#[must_use]
pub fn audit(path: &Path, key: &JournalKey) -> Audit {
    match journal::Book::open(path, key).and_then(|book| book.verify()) {
        Ok(found) => Audit::Whole { facts: found.facts },
        Err(error @ (journal::Error::Broken { .. } | journal::Error::Corrupt { .. })) => {
            Audit::Broken(error.to_string())
        }
        Err(error) => Audit::Unreadable(error.to_string()),
    }
}

impl Ledger for Book {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        let State::Open { journal, meter, .. } = &mut self.0 else { return self.journal().map(|_| ()) };
        let begun = Instant::now();
        let done = journal.append(entries);
        meter.commit.took(begun.elapsed());
        done.map_err(|error| error.to_string())
    }

    fn begin(&mut self, entries: &[Entry]) -> Result<(), NotBegun> {
        let done = self.append(entries);
        let goes_on = matches!(&self.0, State::Open { journal, .. } if !journal.is_poisoned());
        done.map_err(|why| if goes_on { NotBegun::NotNow(why) } else { NotBegun::Broken(why) })
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        let open = self.journal()?.open_payments().map_err(|error| error.to_string())?;
        Ok(open.into_iter().map(|(_, entries)| entries).collect())
    }

    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String> {
        self.journal()?.payment(id).map_err(|error| error.to_string())
    }

    fn recent(&mut self, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        let recent = self.journal()?.recent(limit).map_err(|error| error.to_string())?;
        Ok(recent.into_iter().map(|(_, entries)| entries).collect())
    }

    fn payments_of(&mut self, tax_id_hash: &str, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        let known = self.journal()?.payments_of(tax_id_hash, limit).map_err(|error| error.to_string())?;
        Ok(known.into_iter().map(|(_, entries)| entries).collect())
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        self.journal()?.last_payment_id().map_err(|error| error.to_string())
    }

    fn note(&mut self, note: &Note) -> Result<(), String> {
        self.journal()?.note(note).map_err(|error| error.to_string())
    }

    fn notes(&mut self, limit: u32) -> Result<Vec<Note>, String> {
        self.journal()?.notes(limit).map_err(|error| error.to_string())
    }

    fn stopped(&mut self) -> Result<Option<Note>, String> {
        self.journal()?.stopped().map_err(|error| error.to_string())
    }

    fn doubted(&mut self) -> Result<Vec<Note>, String> {
        self.journal()?.doubted().map_err(|error| error.to_string())
    }

    fn notes_of(&mut self, kinds: &[&str]) -> Result<Vec<Note>, String> {
        self.journal()?.notes_of(kinds).map_err(|error| error.to_string())
    }

    fn forget(&mut self, before: Timestamp, most: u32) -> Result<u64, String> {
        self.journal()?.forget(before, most).map_err(|error| error.to_string())
    }

    fn keyed_hash(&self, text: &str) -> String {
        match &self.0 {
            State::Open { key, .. } => tax_id_hash(key, text),
            State::Broken(_) => String::new(),
        }
    }

    fn chance(&self) -> u128 {
        let mut bytes = [0_u8; 16];
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "the system gives no randomness");
        }
        u128::from_ne_bytes(bytes)
    }
}
