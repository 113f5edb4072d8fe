//! Ledgers for the simulation: one in memory with the journal's semantics, and a disk that fails on order before it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use totem::domain::PaymentId;
use totem::payment::{Entry, Fact};
use totem::runtime::Ledger;

use super::luck::{Fate, Luck, Odds};

/// Facts by payment, as they are durable. Survives a restart.
#[derive(Debug, Default)]
pub struct Store {
    facts: BTreeMap<u64, Vec<Entry>>,
    open: BTreeSet<u64>,
    last: Option<u64>,
    /// Closed payments older than the last hundred are forgotten.
    pub forgets: bool,
}

pub type Shared = Arc<Mutex<Store>>;

pub struct InMemory(pub Shared);

impl InMemory {
    fn with<T>(&self, what: impl FnOnce(&mut Store) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ledger for InMemory {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        self.with(|store| {
            for entry in entries {
                let number = entry.payment.0;
                store.facts.entry(number).or_default().push(entry.clone());
                store.last = store.last.max(Some(number));
                if matches!(entry.fact, Fact::Closed) {
                    store.open.remove(&number);
                } else {
                    // as in the journal: a fact after the end opens a payment again
                    store.open.insert(number);
                }
            }
            if store.forgets {
                while store.facts.len() > 100 + store.open.len() {
                    let Some(oldest) = store.facts.keys().find(|number| !store.open.contains(number)).copied() else {
                        break;
                    };
                    store.facts.remove(&oldest);
                }
            }
        });
        Ok(())
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        self.with(|store| Ok(store.open.iter().filter_map(|number| store.facts.get(number).cloned()).collect()))
    }

    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String> {
        self.with(|store| Ok(store.facts.get(&id.0).cloned().unwrap_or_default()))
    }

    fn recent(&mut self, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.with(|store| Ok(store.facts.values().rev().take(limit).cloned().collect()))
    }

    fn payments_of(&mut self, tax_id_hash: &str, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let of = |facts: &&Vec<Entry>| matches!(facts.first(), Some(Entry { fact: Fact::Opened { payer, .. }, .. }) if payer.tax_id_hash == tax_id_hash);
        self.with(|store| Ok(store.facts.values().rev().filter(of).take(limit).cloned().collect()))
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        self.with(|store| Ok(store.last.map(PaymentId)))
    }

    fn keyed_hash(&self, text: &str) -> String {
        let sum = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{sum:016x}").repeat(4)
    }
}

/// What the disk did, for those who run and judge the totem.
#[derive(Debug, Default)]
pub struct Log {
    /// Power failed.
    pub crashed: bool,
    /// The disk refused a fact: the totem knows.
    pub refused: bool,
    /// What is durable of each payment, by the names of its facts.
    pub durable: BTreeMap<u64, BTreeSet<&'static str>>,
    pub trace: Vec<String>,
}

pub type SharedLog = Arc<Mutex<Log>>;

/// The first planted bug: the last fact is acknowledged and not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Honesty {
    #[default]
    Honest,
    AcknowledgesTooEarly,
}

pub struct Disk {
    pub inner: Box<dyn Ledger>,
    pub luck: Luck,
    pub log: SharedLog,
    pub odds: Odds<'static>,
    pub honesty: Honesty,
    pub held: Vec<Entry>,
}

impl Disk {
    fn log<T>(&self, what: impl FnOnce(&mut Log) -> T) -> T {
        what(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&mut self, entries: &[Entry]) -> Result<(), String> {
        let entries = match self.honesty {
            Honesty::Honest => entries.to_vec(),
            Honesty::AcknowledgesTooEarly => std::mem::replace(&mut self.held, entries.to_vec()),
        };
        if entries.is_empty() {
            return Ok(());
        }
        self.inner.append(&entries)?;
        self.log(|log| {
            for entry in &entries {
                log.durable.entry(entry.payment.0).or_default().insert(entry.fact.name());
            }
        });
        Ok(())
    }
}

impl Ledger for Disk {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        if self.log(|log| log.crashed || log.refused) {
            return Err("nothing is accepted any more".into());
        }
        let name = entries.first().map_or("nothing", |entry| entry.fact.name());
        let fate = self.luck.fate(name, self.odds);
        if !matches!(fate, Fate::CrashBefore | Fate::Refused) {
            self.keep(entries)?;
        }
        self.log(|log| {
            log.crashed |= matches!(fate, Fate::CrashBefore | Fate::CrashAfter);
            log.refused |= matches!(fate, Fate::Refused | Fate::RefusedButKept);
            for entry in entries {
                log.trace.push(format!("fact {} {} [{fate:?}]", entry.payment, entry.fact.name()));
            }
        });
        if fate == Fate::Good { Ok(()) } else { Err(format!("{fate:?}")) }
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        self.inner.open_payments()
    }

    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String> {
        self.inner.payment(id)
    }

    fn recent(&mut self, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        self.inner.recent(limit)
    }

    fn payments_of(&mut self, tax_id_hash: &str, limit: u32) -> Result<Vec<Vec<Entry>>, String> {
        self.inner.payments_of(tax_id_hash, limit)
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        self.inner.last_payment_id()
    }

    fn keyed_hash(&self, text: &str) -> String {
        self.inner.keyed_hash(text)
    }
}
