//! When something that failed may be tried again. Kept in memory only: after a restart everything is tried at once.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::domain::calendar::set_back;

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

/// A request without an answer may still be on its way: so long nothing is repeated, whoever answers again.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub struct Retry {
    waiting: BTreeMap<What, Wait>,
}

#[derive(Debug)]
struct Wait {
    tries: u32,
    at: Timestamp,
    /// Not sooner, whatever happens.
    earliest: Timestamp,
}

impl Retry {
    /// Whether it is time.
    pub fn ready(&self, what: &What, now: Timestamp) -> bool {
        self.waiting.get(what).is_none_or(|wait| wait.at <= now)
    }

    pub fn tries(&self, what: &What) -> u32 {
        self.waiting.get(what).map_or(0, |wait| wait.tries)
    }

    /// Counts a failure.
    pub fn failed(&mut self, what: What, wait: Duration, now: Timestamp) {
        let tries = self.tries(&what) + 1;
        let earliest = now + wait.min(ON_ITS_WAY);
        self.waiting.insert(what, Wait { tries, at: now + wait, earliest });
    }

    /// Waits without counting a failure.
    pub fn pause(&mut self, what: What, wait: Duration, now: Timestamp) {
        let tries = self.tries(&what);
        self.waiting.insert(what, Wait { tries, at: now + wait, earliest: now });
    }

    pub fn worked(&mut self, what: &What) {
        self.waiting.remove(what);
    }

    /// The partner answers again: nothing waits any longer than what was sent may take.
    pub fn wake_bills(&mut self, now: Timestamp) {
        for (what, wait) in &mut self.waiting {
            if matches!(what, What::Bill(_) | What::Ticket) {
                wait.at = wait.at.min(now.max(wait.earliest));
            }
        }
    }

    pub fn clock_set_back(&mut self, by: SignedDuration) {
        set_back(self.waiting.values_mut().flat_map(|wait| [&mut wait.at, &mut wait.earliest]), by);
    }

    pub fn deadline(&self, now: Timestamp) -> Option<Timestamp> {
        self.waiting.values().map(|wait| wait.at).filter(|at| *at > now).min()
    }
}
