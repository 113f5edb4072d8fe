//! When something that failed may be tried again. Kept in memory only: after a restart everything is tried at once.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clock::set_back;

/// What is tried: one entry for the money, one for each bill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Never waits.
    Always,
    Money,
    /// A code that has ended.
    Code,
    Ticket,
    Bill(crate::domain::InvoiceId),
    /// A write-off that is left to a person: an ERP that is back does not make it come sooner.
    Debt(crate::domain::InvoiceId),
}

#[derive(Debug, Default)]
pub struct Retry {
    waiting: BTreeMap<What, (u32, Timestamp)>,
}

impl Retry {
    /// Whether it is time.
    pub fn ready(&self, what: &What, now: Timestamp) -> bool {
        self.waiting.get(what).is_none_or(|(_, at)| *at <= now)
    }

    pub fn tries(&self, what: &What) -> u32 {
        self.waiting.get(what).map_or(0, |(tries, _)| *tries)
    }

    /// Counts a failure.
    pub fn failed(&mut self, what: What, wait: Duration, now: Timestamp) {
        let tries = self.tries(&what) + 1;
        self.waiting.insert(what, (tries, now + wait));
    }

    /// Waits without counting a failure.
    pub fn pause(&mut self, what: What, wait: Duration, now: Timestamp) {
        let tries = self.tries(&what);
        self.waiting.insert(what, (tries, now + wait));
    }

    pub fn worked(&mut self, what: &What) {
        self.waiting.remove(what);
    }

    /// The partner answers again: nothing waits any longer.
    pub fn wake_bills(&mut self, now: Timestamp) {
        for (what, (_, at)) in &mut self.waiting {
            if matches!(what, What::Bill(_) | What::Ticket) {
                *at = now.min(*at);
            }
        }
    }

    pub fn clock_set_back(&mut self, by: SignedDuration) {
        set_back(self.waiting.values_mut().map(|(_, at)| at), by);
    }

    pub fn deadline(&self, now: Timestamp) -> Option<Timestamp> {
        self.waiting.values().map(|(_, at)| *at).filter(|at| *at > now).min()
    }
}
