//! A journal for tests, with nothing in it but what is noted.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::{Ledger, NotBegun};
use crate::domain::{Note, PaymentId};
use crate::payment::Entry;

/// What is noted, by name; and whether the disk still takes it.
#[derive(Clone, Default)]
pub struct Pad {
    pub notes: Arc<Mutex<Vec<Note>>>,
    /// Facts of payments: how many came.
    pub payments: Arc<Mutex<usize>>,
    pub full: bool,
    /// There is room for what is under way, and for no new payment.
    pub is_narrow: Arc<AtomicBool>,
}

impl Pad {
    /// The facts of tries, by name. A try is nobody's payment.
    pub fn names(&self) -> Vec<&'static str> {
        assert_eq!(*self.payments.lock().unwrap(), 0);
        let notes = self.notes.lock().unwrap();
        notes.iter().filter(|note| note.fact.pix_try().is_some()).map(|note| note.fact.name()).collect()
    }
}

impl Ledger for Pad {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        *self.payments.lock().unwrap() += entries.len();
        Ok(())
    }

    fn begin(&mut self, entries: &[Entry]) -> Result<(), NotBegun> {
        if self.is_narrow.load(Ordering::SeqCst) {
            return Err(NotBegun::NotNow("the disk is full".into()));
        }
        self.append(entries).map_err(NotBegun::Broken)
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn payment(&mut self, _: PaymentId) -> Result<Vec<Entry>, String> {
        Ok(Vec::new())
    }

    fn recent(&mut self, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn payments_of(&mut self, _: &str, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        Ok(None)
    }

    fn note(&mut self, note: &Note) -> Result<(), String> {
        if self.full && note.fact.pix_try().is_some() {
            return Err("disk full".into());
        }
        self.notes.lock().unwrap().push(note.clone());
        Ok(())
    }

    fn notes_of(&mut self, kinds: &[&str]) -> Result<Vec<Note>, String> {
        let notes = self.notes.lock().unwrap();
        Ok(notes.iter().filter(|note| kinds.contains(&note.fact.name())).cloned().collect())
    }

    fn keyed_hash(&self, text: &str) -> String {
        format!("{:064x}", text.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))))
    }
}
